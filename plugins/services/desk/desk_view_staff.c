/* SPDX-License-Identifier: MPL-2.0
 * The view «Працівники»: who works here; invited, changed, dismissed by the administrator. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

enum { INVITE_S = 24 * 3600 };

static const char *number(struct viche_turn *t, uint64_t id) { return viche_print(t, "%llu", (unsigned long long)id); }

static const char *state_of(struct viche_turn *t, const struct staff *staff)
{
    return staff->dismissed ? "dismissed" : totp_bound(t, staff->id) ? "working" : "invited";
}

static void put(struct viche_turn *t, const struct staff *staff, struct viche_sheet *sheet)
{
    viche_sheet_value(sheet, "name", staff->name);
    viche_sheet_value(sheet, "post", staff->post);
    viche_sheet_value(sheet, "login", staff->login);
    viche_sheet_value(sheet, "organisation", staff->organisation);
    viche_sheet_value(sheet, "state", state_of(t, staff));
}

static bool wanted(struct viche_turn *t, const struct viche_query *query, const struct staff *staff)
{
    const char *organisation = viche_filter(query, "organisation"), *state = viche_filter(query, "state");
    bool found = fold_has(staff->name, query->search) || fold_has(staff->login, query->search) || fold_has(staff->post, query->search);
    return found && (!*organisation || strcmp(organisation, staff->organisation) == 0) && (!*state || strcmp(state, state_of(t, staff)) == 0);
}

#define NAME_FIELD                                                                                                     \
    {                                                                                                                  \
        .name = "name", .label = "field-name", .kind = VICHE_FIELD_TEXT,                                               \
        .flags = VICHE_FIELD_REQUIRED | VICHE_FIELD_KEPT, .max = 120                                                   \
    }
#define POST_FIELD { .name = "post", .label = "field-post", .kind = VICHE_FIELD_TEXT, .flags = VICHE_FIELD_KEPT, .max = 200 }
#define LOGIN_FIELD { .name = "login", .label = "field-login", .help = "help-login", .kind = VICHE_FIELD_TEXT, \
                      .flags = VICHE_FIELD_REQUIRED | VICHE_FIELD_KEPT, .max = 40 }
#define ORGANISATION_FIELD { .name = "organisation", .label = "field-organisation", .help = "help-organisation", \
                             .kind = VICHE_FIELD_ORGANISATION, .flags = VICHE_FIELD_KEPT }

static const struct viche_action invite_new = {
    .id = "new", .label = "staff-new", .help = "staff-new-help", .flags = VICHE_ACTION_NEW,
    .fields = VICHE_LIST(struct viche_field, NAME_FIELD, POST_FIELD, LOGIN_FIELD, ORGANISATION_FIELD)};
static const struct viche_action change = {
    .id = "change", .label = "staff-change",
    .fields = VICHE_LIST(struct viche_field, NAME_FIELD, POST_FIELD, LOGIN_FIELD, ORGANISATION_FIELD)};
static const struct viche_action invite = {.id = "invite", .label = "staff-invite", .help = "staff-invite-help", .flags = VICHE_ACTION_DANGER};
static const struct viche_action dismiss = {
    .id = "dismiss", .label = "staff-dismiss", .help = "staff-dismiss-help", .flags = VICHE_ACTION_DANGER};
static const struct viche_action take_back = {.id = "take-back", .label = "staff-take-back"};

static bool is_admin(const struct viche_clerk *clerk) { return role_among(clerk->roles, "admin"); }

void staff_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct viche_rows *rows = query->tasks ? NULL : staff_all(t);
    struct staff staff;
    uint64_t after = strtoull(query->after, NULL, 10);
    uint32_t count = 0;
    bool passed = after == 0;
    while (rows && count < query->limit && staff_row(t, rows, &staff)) {
        if (!passed) {
            passed = staff.id == after;
            continue;
        }
        if (!wanted(t, query, &staff))
            continue;
        viche_sheet_row(sheet, number(t, staff.id));
        put(t, &staff, sheet);
        count++;
    }
    viche_sheet_more(sheet, rows && count == query->limit ? number(t, staff.id) : "", -1);
    if (is_admin(query->clerk))
        viche_sheet_action(sheet, &invite_new);
}

uint32_t staff_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct staff staff;
    return role_among(clerk->roles, "admin auditor") && staff_find(t, strtoull(id, NULL, 10), &staff);
}

static void put_grants(struct viche_turn *t, uint64_t id, struct viche_sheet *sheet)
{
    static const struct viche_field line = {.name = "grant", .label = "field-role", .kind = VICHE_FIELD_LINK};
    struct grant grant;
    viche_sheet_section(sheet, "view-grants");
    for (int64_t from = 1; grant_of(t, id, from, &grant); from = grant.id + 1)
        viche_sheet_field(sheet, &line, viche_print(t, "desk/grants/%lld %s", (long long)grant.id, grant_words(t, &grant)));
}

static const char *stamp_of(struct viche_turn *t, const struct staff *staff)
{
    return viche_hash(t, viche_print(t, "%s\n%s\n%s\n%s\n%s", staff->name, staff->post, staff->login, staff->organisation, state_of(t, staff)));
}

void staff_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct staff staff;
    if (!staff_find(t, strtoull(id, NULL, 10), &staff))
        return;
    viche_sheet_value(sheet, "stamp", stamp_of(t, &staff));
    put(t, &staff, sheet);
    put_grants(t, staff.id, sheet);
    if (!is_admin(clerk))
        return;
    struct viche_action own = dismiss;
    own.wait = staff.id == clerk->id ? viche_text(t, "not-yourself") : NULL;
    viche_sheet_action(sheet, &change);
    if (!staff.dismissed)
        viche_sheet_action(sheet, &invite);
    viche_sheet_action(sheet, staff.dismissed ? &take_back : &own);
}

static const char *keep(struct viche_turn *t, uint64_t id, uint64_t *kept)
{
    const struct staff staff = {.id = id, .name = viche_get(t, "name"), .post = viche_get(t, "post"), .login = viche_get(t, "login"),
                                .organisation = viche_get(t, "organisation")};
    const char *fault = staff_login_fault(t, staff.login, id);
    if (fault)
        return fault;
    *kept = id;
    if (id)
        staff_change(t, &staff);
    else
        *kept = staff_add(t, &staff);
    return NULL;
}

/* The link is shown to the administrator, who hands it over; it is kept nowhere. */
static void say_link(struct viche_turn *t, uint64_t id)
{
    viche_let(t, "link", invite_link(t, id, INVITE_S));
    viche_set(t, "said", viche_text(t, "staff-link"));
}

const char *staff_view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    uint64_t whom = strtoull(id, NULL, 10);
    struct staff now;
    (void)clerk;
    if (*stamp && staff_find(t, whom, &now) && strcmp(stamp, stamp_of(t, &now)) != 0)
        return viche_text(t, "refused-changed");
    const char *fault = strcmp(action, "new") == 0 || strcmp(action, "change") == 0 ? keep(t, whom, &whom) : NULL;
    if (fault)
        return fault;
    if (strcmp(action, "dismiss") == 0 || strcmp(action, "take-back") == 0)
        staff_dismiss(t, whom, *action == 'd');
    if (strcmp(action, "dismiss") == 0 || strcmp(action, "change") == 0)
        view_tell_staffed(t);
    if (strcmp(action, "invite") == 0 || strcmp(action, "new") == 0)
        say_link(t, whom);
    if (strcmp(action, "new") == 0)
        viche_set(t, "opens", viche_print(t, "desk/staff/%s", number(t, whom)));
    live_changed(t, "desk/staff", number(t, whom));
    return NULL;
}
