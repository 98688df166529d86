/* SPDX-License-Identifier: MPL-2.0
 * Who is signed in, as the page has to know it: the first thing it asks, and the answer to every step of a log-in. */
#include <string.h>

#include "desk.h"

enum { UPLOAD_BYTES = 20 * 1024 * 1024 };

static json_t *words_json(const char *list)
{
    json_t *array = json_array();
    while (*list) {
        size_t length = strcspn(list, " ");
        json_array_append_new(array, json_stringn(list, length));
        list += length;
        list += strspn(list, " ");
    }
    return array;
}

static json_t *town_json(struct viche_turn *t)
{
    return json_pack("{s:s, s:s, s:o, s:s}", "id", viche_town(t, "id"), "name", viche_town(t, "name"), "languages",
                     words_json(viche_town(t, "languages")), "zone", viche_town(t, "zone"));
}

static json_t *clerk_json(struct viche_turn *t, const struct session *session)
{
    const struct staff *staff = &session->staff;
    return json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:s}, s:o}", "id", viche_print(t, "%llu", (unsigned long long)staff->id), "name",
                     staff->name, "post", staff->post, "login", staff->login, "organisation", "id", staff->organisation, "name",
                     organisation_name(t, staff->organisation), "roles", words_json(session->roles));
}

json_t *me_json(struct viche_turn *t, const struct session *session)
{
    static const char *const states[] = {"out", "code", "enrol", "in"};
    json_t *me = json_pack("{s:s, s:s, s:s, s:o}", "state", states[session->state], "token", session->token, "language", viche_language(t),
                           "town", town_json(t));
    if (session->state != SESSION_IN)
        return me;
    int64_t ends_at = session->began_at + viche_option_number(t, "absolute");
    json_object_set_new(me, "clerk", clerk_json(t, session));
    json_object_set_new(me, "tiles", json_string(viche_option(t, "tiles")));
    json_object_set_new(me, "tiles_credit", json_string(viche_option(t, "tiles-credit")));
    json_object_set_new(me, "upload_bytes", json_integer(UPLOAD_BYTES));
    json_object_set_new(me, "idle_s", json_integer(viche_option_number(t, "idle")));
    json_object_set_new(me, "ends_at", json_integer(ends_at));
    json_object_set_new(me, "recovery_left", json_integer(totp_recovery_left(t, session->staff.id)));
    json_object_set_new(me, "unread", json_integer(notice_unread(t, session->staff.id)));
    return me;
}

/* A visitor without a cookie gets nobody's: the log-in, too, is only taken from our own page. */
void me_serve(struct viche_turn *t, const struct viche_http *http)
{
    struct session session = gate_open(t, http);
    if (!*session.token)
        session = session_begin(t, http, NULL, 0, SESSION_OUT);
    reply_json(t, 200, me_json(t, &session));
}

void me_language(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    json_t *body = gate_in(t, http, &session) ? body_json(t, http) : NULL;
    if (!body)
        return;
    viche_speak(t, body_text(body, "language"));
    staff_speak(t, session.staff.id, viche_language(t));
    json_decref(body);
    reply_json(t, 200, me_json(t, &session));
}
