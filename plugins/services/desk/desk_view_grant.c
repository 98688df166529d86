/* SPDX-License-Identifier: MPL-2.0
 * The view «Ролі»: who holds what, where; given and taken by the administrator, for whom the change counts from the next log-in. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

static const struct viche_action give = {
    .id = "give",
    .label = "grant-give",
    .help = "grant-give-help",
    .flags = VICHE_ACTION_NEW,
    .fields = VICHE_LIST(
        struct viche_field,
        {.name = "staff", .label = "field-staff", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_REQUIRED},
        {.name = "role",
         .label = "field-role",
         .kind = VICHE_FIELD_CHOICE,
         .flags = VICHE_FIELD_REQUIRED,
         .choices = VICHE_LIST(struct viche_choice, {"responsible", "role-responsible"}, {"decider", "role-decider"},
                               {"executor", "role-executor"}, {"pr", "role-pr"}, {"operator", "role-operator"},
                               {"auditor", "role-auditor"}, {"admin", "role-admin"})},
        {.name = "type", .label = "field-type", .help = "help-type", .kind = VICHE_FIELD_TEXT, .max = 40},
        {.name = "organisation",
         .label = "field-organisation",
         .help = "help-grant-organisation",
         .kind = VICHE_FIELD_ORGANISATION},
        {.name = "own", .label = "field-own", .help = "help-own", .kind = VICHE_FIELD_FLAG})};
static const struct viche_action take = {.id = "take", .label = "grant-take", .help = "grant-take-help",
                                         .flags = VICHE_ACTION_BULK | VICHE_ACTION_DANGER};

static bool is_all(const char *text) { return strcmp(text, GRANT_ALL) == 0; }

const char *grant_words(struct viche_turn *t, const struct grant *grant)
{
    const char *role = viche_text(t, viche_print(t, "role-%s", grant->role));
    const char *where = is_all(grant->organisation) ? "" : viche_print(t, " · %s", organisation_name(t, grant->organisation));
    return viche_print(t, "%s%s%s%s", role, is_all(grant->type) ? "" : " · ", is_all(grant->type) ? "" : grant->type, where);
}

static const char *number(struct viche_turn *t, int64_t id) { return viche_print(t, "%lld", (long long)id); }

static void put(struct viche_turn *t, const struct grant *grant, struct viche_sheet *sheet)
{
    viche_sheet_value(sheet, "staff", viche_print(t, "%llu", (unsigned long long)grant->staff));
    viche_sheet_value(sheet, "role", grant->role);
    viche_sheet_value(sheet, "type", is_all(grant->type) ? viche_text(t, "all-types") : grant->type);
    viche_sheet_value(sheet, "where", is_all(grant->organisation) ? viche_text(t, "everywhere") : organisation_name(t, grant->organisation));
}

static bool is_admin(const struct viche_clerk *clerk) { return role_among(clerk->roles, "admin"); }

/* Everybody who works here may be given a role, also who holds none yet. */
static void offer(struct viche_turn *t, struct viche_sheet *sheet)
{
    struct viche_field fields[5];
    struct viche_action action = give;
    size_t count = 0;
    struct staff staff;
    for (uint64_t from = 1; staff_next(t, from, &staff); from = staff.id + 1)
        count++;
    struct viche_choice *people = viche_memory(t, (count + 1) * sizeof *people), *at = people;
    for (uint64_t from = 1; staff_next(t, from, &staff); from = staff.id + 1)
        *at++ = (struct viche_choice){viche_print(t, "%llu", (unsigned long long)staff.id), viche_print(t, "=%s", staff.name)};
    for (uint32_t i = 0; i < give.fields.count; i++)
        fields[i] = *(const struct viche_field *)viche_item(&give.fields, i);
    fields[0].choices = (struct viche_list){sizeof *people, (uint32_t)count, people};
    action.fields = (struct viche_list){sizeof *fields, give.fields.count, fields};
    viche_sheet_action(sheet, &action);
}

static bool wanted(const struct viche_query *query, const struct grant *grant)
{
    for (const struct viche_pair *pair = query->filter; pair && pair->name; pair++) {
        if (strcmp(pair->name, "role") == 0 && strcmp(pair->value, grant->role) != 0)
            return false;
        if (strcmp(pair->name, "staff") == 0 && strtoull(pair->value, NULL, 10) != grant->staff)
            return false;
    }
    return !query->tasks;
}

void grant_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct grant grant;
    uint32_t count = 0;
    int64_t from = strtoll(query->after, NULL, 10) + 1;
    for (; count < query->limit && grant_next(t, from, &grant); from = grant.id + 1) {
        if (!wanted(query, &grant))
            continue;
        viche_sheet_row(sheet, number(t, grant.id));
        put(t, &grant, sheet);
        count++;
    }
    viche_sheet_more(sheet, count == query->limit ? number(t, from - 1) : "", -1);
    if (!is_admin(query->clerk))
        return;
    offer(t, sheet);
    viche_sheet_action(sheet, &take);
}

static bool find(struct viche_turn *t, const char *id, struct grant *out)
{
    int64_t wanted_id = strtoll(id, NULL, 10);
    return grant_next(t, wanted_id, out) && out->id == wanted_id;
}

uint32_t grant_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct grant grant;
    return role_among(clerk->roles, "admin auditor") && find(t, id, &grant);
}

void grant_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct grant grant;
    if (!find(t, id, &grant))
        return;
    put(t, &grant, sheet);
    struct viche_action action = take;
    action.wait = grant.staff == clerk->id ? viche_text(t, "not-yourself") : NULL;
    if (is_admin(clerk))
        viche_sheet_action(sheet, &action);
}

const char *grant_view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    struct grant grant;
    (void)clerk, (void)stamp;
    if (strcmp(action, "give") == 0) {
        const char *type = viche_get(t, "type"), *organisation = viche_get(t, "organisation");
        bool own = strcmp(viche_get(t, "own"), "yes") == 0;
        return grant_give(t, strtoull(viche_get(t, "staff"), NULL, 10), viche_get(t, "role"), *type ? type : GRANT_ALL,
                          *organisation ? organisation : own ? "" : GRANT_ALL);
    }
    if (find(t, id, &grant)) {
        grant_take(t, &grant);
        view_tell_staffed(t);
    }
    return NULL;
}
