/* SPDX-License-Identifier: MPL-2.0
 * The view «Організації»: those registered in the service, closed when they take nothing new. */
#include <string.h>

#include "desk.h"

#define NAME_FIELD { .name = "name", .label = "field-organisation-name", .kind = VICHE_FIELD_TEXT, \
                     .flags = VICHE_FIELD_REQUIRED | VICHE_FIELD_KEPT, .max = 200 }

static const struct viche_action add = {
    .id = "add", .label = "organisation-add", .flags = VICHE_ACTION_NEW,
    .fields = VICHE_LIST(struct viche_field, NAME_FIELD,
        { .name = "id", .label = "field-id", .help = "help-id", .kind = VICHE_FIELD_TEXT, .flags = VICHE_FIELD_REQUIRED, .max = 40 })};
static const struct viche_action called = {.id = "rename", .label = "organisation-rename",
                                           .fields = VICHE_LIST(struct viche_field, NAME_FIELD)};
static const struct viche_action shut = {.id = "close", .label = "organisation-close", .help = "organisation-close-help",
                                          .flags = VICHE_ACTION_DANGER};
static const struct viche_action reopen = {.id = "open", .label = "organisation-open"};

static bool is_admin(const struct viche_clerk *clerk) { return role_among(clerk->roles, "admin"); }

static void put(const struct organisation *organisation, struct viche_sheet *sheet)
{
    viche_sheet_value(sheet, "name", organisation->name);
    viche_sheet_value(sheet, "id", organisation->id);
    viche_sheet_value(sheet, "state", organisation->closed ? "closed" : "open");
}

void organisation_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct organisation found;
    uint32_t count = 0;
    const char *after = query->after;
    bool more = !query->tasks;
    while (more && count < query->limit && (more = organisation_next(t, after, &found))) {
        after = found.id;
        if (!fold_has(found.name, query->search))
            continue;
        viche_sheet_row(sheet, found.id);
        put(&found, sheet);
        count++;
    }
    viche_sheet_more(sheet, more ? after : "", -1);
    if (is_admin(query->clerk))
        viche_sheet_action(sheet, &add);
}

uint32_t organisation_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct organisation found;
    return role_among(clerk->roles, "responsible decider admin auditor") && organisation_find(t, id, &found);
}

static const char *stamp_of(struct viche_turn *t, const struct organisation *found)
{
    return viche_print(t, "%s %d", found->name, found->closed);
}

void organisation_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct organisation found;
    if (!organisation_find(t, id, &found))
        return;
    viche_sheet_value(sheet, "stamp", stamp_of(t, &found));
    put(&found, sheet);
    if (!is_admin(clerk))
        return;
    viche_sheet_action(sheet, &called);
    viche_sheet_action(sheet, found.closed ? &reopen : &shut);
}

const char *organisation_view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    struct organisation found = {viche_get(t, "id"), viche_get(t, "name"), false};
    (void)clerk;
    if (strcmp(action, "add") == 0) {
        if (!organisation_id_valid(found.id))
            return viche_text(t, "bad-organisation-id");
        if (organisation_find(t, found.id, &found))
            return viche_text(t, "organisation-known");
        found = (struct organisation){viche_get(t, "id"), viche_get(t, "name"), false};
    } else if (!organisation_find(t, id, &found)) {
        return viche_text(t, "refused-not-here");
    } else if (*stamp && strcmp(stamp, stamp_of(t, &found)) != 0) {
        return viche_text(t, "refused-changed");
    }
    if (strcmp(action, "rename") == 0)
        found.name = viche_get(t, "name");
    if (strcmp(action, "close") == 0 || strcmp(action, "open") == 0)
        found.closed = *action == 'c';
    organisation_put(t, &found);
    live_changed(t, "desk/organisations", found.id);
    if (strcmp(action, "close") == 0)
        view_tell_staffed(t);
    return NULL;
}
