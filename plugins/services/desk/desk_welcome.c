/* SPDX-License-Identifier: MPL-2.0
 * How a password comes to be: by a one-time code (an invitation, or the first administrator's from the console), or in place of the old one. */
#include <string.h>

#include "desk.h"

enum { FIRST_S = 3600 };

static const char *const WELCOME = "welcome";

/* The invited person's own name to sign in with, if another one is wanted. */
static const char *rename_login(struct viche_turn *t, struct staff *staff, const char *login)
{
    if (!*login || strcmp(login, staff->login) == 0)
        return NULL;
    const char *fault = staff_login_fault(t, login, staff->id);
    staff->login = login;
    return fault;
}

static void settle(struct viche_turn *t, const struct viche_http *http, const struct session *before, struct staff *staff, const json_t *body)
{
    const char *fault = rename_login(t, staff, body_text(body, "login"));
    if (fault) {
        refuse_words(t, 422, "form", "login", fault);
        return;
    }
    fault = password_fault(t, staff, body_text(body, "password"));
    if (fault) {
        refuse_words(t, 422, "form", "password", fault);
        return;
    }
    if (!login_may_hash(t))
        return;
    staff_change(t, staff);
    password_put(t, staff->id, body_text(body, "password"));
    totp_forget(t, staff->id);
    invite_use(t, staff->id);
    session_end_all(t, staff->id, "");
    viche_audit(t, staff->id, "set a password", "");
    struct session session = session_begin(t, http, before, staff->id, SESSION_ENROL);
    reply_json(t, 200, me_json(t, &session));
}

static void welcome(struct viche_turn *t, const struct viche_http *http, const struct session *before, const json_t *body)
{
    struct buckets buckets;
    struct staff staff;
    if (!login_may_try(t, http, viche_print(t, "%s %s", WELCOME, body_text(body, "code")), &buckets))
        return;
    uint64_t id = invite_staff(t, body_text(body, "code"));
    if (!id || !staff_find(t, id, &staff) || staff.dismissed)
        login_wrong(t, &buckets, "wrong-invite");
    else if (!json_object_get(body, "password"))
        reply_json(t, 200, json_pack("{s:s, s:s}", "name", staff.name, "login", staff.login));
    else
        settle(t, http, before, &staff, body);
}

void welcome_serve(struct viche_turn *t, const struct viche_http *http)
{
    struct session before = gate_open(t, http);
    json_t *body = gate_same_site(t, http, &before) ? body_json(t, http) : NULL;
    if (body)
        welcome(t, http, &before, body);
    json_decref(body);
}

/* `viche call TOWN desk/first-admin`: for the first one, and for one who lost password and telephone. */
void welcome_first(struct viche_turn *t, const struct viche_http *http)
{
    struct staff staff;
    const char *asked = gate_query(http, "login"), *name = gate_query(http, "name");
    const char *login = *asked ? asked : "admin";
    const char *fault = staff_login_fault(t, login, 0);
    bool known = staff_named(t, login, &staff);
    if ((known && !grant_holds(t, staff.id, "admin", GRANT_ALL, GRANT_ALL)) || (!known && fault)) {
        const char *words = known ? "This name is taken by somebody who is no administrator. Choose another: login=NAME\n"
                                  : "A name to sign in with has 3 to 40 small Latin letters, digits, '.', '-' or '_': login=NAME\n";
        viche_reply(t, 409, "text/plain; charset=utf-8", words, strlen(words));
        return;
    }
    if (!known) {
        staff = (struct staff){.name = *name ? name : viche_text(t, "role-admin"), .post = "", .login = login, .organisation = ""};
        staff.id = staff_add(t, &staff);
        grant_give(t, staff.id, "admin", GRANT_ALL, GRANT_ALL);
    }
    viche_audit(t, 0, "invited the administrator", viche_print(t, "desk/staff/%llu", (unsigned long long)staff.id));
    const char *words = viche_print(t, "%s\nSign-in name: %s. The address opens once, within an hour.\n",
                                    invite_link(t, staff.id, FIRST_S), login);
    viche_reply(t, 200, "text/plain; charset=utf-8", words, strlen(words));
}

/* `viche call TOWN desk/invite login=NAME`: for whom was imported. Whoever can run this can read the database, too. */
void welcome_invite(struct viche_turn *t, const struct viche_http *http)
{
    struct staff staff;
    if (!staff_named(t, gate_query(http, "login"), &staff) || staff.dismissed) {
        static const char nobody[] = "Nobody who works here signs in by this name: login=NAME\n";
        viche_reply(t, 404, "text/plain; charset=utf-8", nobody, sizeof nobody - 1);
        return;
    }
    viche_audit(t, 0, "invited", viche_print(t, "desk/staff/%llu", (unsigned long long)staff.id));
    const char *words = viche_print(t, "%s\n", invite_link(t, staff.id, FIRST_S));
    viche_reply(t, 200, "text/plain; charset=utf-8", words, strlen(words));
}

/* ---- another one instead ---------------------------------------------------------------------------------------------- */

static void replace(struct viche_turn *t, const struct viche_http *http, const struct session *before, const json_t *body)
{
    struct buckets buckets;
    const struct staff *staff = &before->staff;
    if (!login_may_try(t, http, staff->login, &buckets) || !login_may_hash(t))
        return;
    if (!password_right(t, staff->id, body_text(body, "old"))) {
        login_wrong(t, &buckets, "wrong-old");
        return;
    }
    const char *fault = password_fault(t, staff, body_text(body, "new"));
    if (fault) {
        refuse_words(t, 422, "form", "new", fault);
        return;
    }
    if (!totp_right(t, staff->id, body_text(body, "code"))) {
        login_wrong(t, &buckets, "wrong-code");
        return;
    }
    password_put(t, staff->id, body_text(body, "new"));
    session_end_all(t, staff->id, before->id);
    viche_audit(t, staff->id, "changed the password", "");
    struct session session = session_begin(t, http, before, staff->id, SESSION_IN);
    reply_json(t, 200, me_json(t, &session));
}

void welcome_password(struct viche_turn *t, const struct viche_http *http)
{
    struct session before;
    json_t *body = gate_in(t, http, &before) ? body_json(t, http) : NULL;
    if (body)
        replace(t, http, &before, body);
    json_decref(body);
}
