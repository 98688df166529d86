/* SPDX-License-Identifier: MPL-2.0
 * Institutions in the staff desk: the same rows as in the table that is imported, one at a time, checked by the same rules. */
#include <stdlib.h>
#include <string.h>

#include <viche/channel.h>
#include <viche/services/staff.h>

#include "common/search.h"
#include "directory.h"

#define LINE(column, words) { .name = column, .label = words, .flags = VICHE_FIELD_KEPT, .max = 300 }
#define HOURS(column, words) { .name = column, .label = words, .help = "view-hours-help", .flags = VICHE_FIELD_KEPT, .max = 100 }
#define FORM VICHE_LIST(struct viche_field, \
    { .name = "name", .label = "view-name", .flags = VICHE_FIELD_REQUIRED | VICHE_FIELD_KEPT, .max = 200 }, \
    { .name = "kind", .label = "view-kind", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_REQUIRED | VICHE_FIELD_KEPT }, \
    LINE("address", "view-address"), \
    { .name = "phones", .label = "view-phones", .help = "view-phones-help", .flags = VICHE_FIELD_KEPT, .max = 200 }, \
    LINE("site", "view-site"), HOURS("mon", "view-day-1"), HOURS("tue", "view-day-2"), HOURS("wed", "view-day-3"), HOURS("thu", "view-day-4"), \
    HOURS("fri", "view-day-5"), HOURS("sat", "view-day-6"), HOURS("sun", "view-day-7"), \
    { .name = "exceptions", .label = "view-exceptions", .help = "view-exceptions-help", .flags = VICHE_FIELD_KEPT, .max = 2000 }, \
    { .name = "place", .label = "view-place", .kind = VICHE_FIELD_PLACE, .flags = VICHE_FIELD_KEPT }, \
    { .name = "part_of", .label = "view-part-of", .help = "view-part-of-help", .flags = VICHE_FIELD_KEPT, .max = 200 }, \
    { .name = "synonyms", .label = "view-synonyms", .help = "view-synonyms-help", .flags = VICHE_FIELD_KEPT, .max = 500 }, \
    LINE("note", "view-note"), LINE("name_en", "view-name-en"), LINE("address_en", "view-address-en"), LINE("note_en", "view-note-en"))

static const struct viche_action add = {.id = "add", .label = "view-add", .flags = VICHE_ACTION_NEW, .fields = FORM};
static const struct viche_action change = {.id = "change", .label = "view-change", .fields = FORM};
static const struct viche_action drop = {.id = "remove", .label = "view-remove", .help = "view-remove-help", .flags = VICHE_ACTION_DANGER};

static const char *number(struct viche_turn *t, int64_t value) { return viche_print(t, "%lld", (long long)value); }

/* The directory is the town's: a role for one organisation is not enough. */
static bool writes(struct viche_turn *t, const struct viche_clerk *clerk)
{
    const struct viche_staff *staff = viche_service(t, VICHE_STAFF);
    return staff && (staff->holds(t, clerk->id, "operator", "", "") || staff->holds(t, clerk->id, "pr", "", ""));
}

static bool reads(struct viche_turn *t, const struct viche_clerk *clerk)
{
    return writes(t, clerk) || strcmp(clerk->roles, "auditor") == 0;
}

/* ---- the list ---------------------------------------------------------------------------------------------------------- */

/* A form's choices of kinds are the view's: written once, in directory.c. */
static void offer(struct viche_turn *t, const struct viche_action *action, struct viche_sheet *sheet)
{
    struct viche_action filled = *action;
    struct viche_field *fields = viche_memory(t, action->fields.count * sizeof *fields);
    struct viche_choice *choices = viche_memory(t, kind_count * sizeof *choices);
    for (size_t i = 0; i < kind_count; i++)
        choices[i] = (struct viche_choice){kinds[i], viche_print(t, "kind-%s", kinds[i])};
    for (uint32_t i = 0; i < action->fields.count; i++)
        fields[i] = *(const struct viche_field *)viche_item(&action->fields, i);
    if (action->fields.count)
        fields[1].choices = (struct viche_list){sizeof *choices, (uint32_t)kind_count, choices};
    filled.fields = (struct viche_list){sizeof *fields, action->fields.count, fields};
    viche_sheet_action(sheet, &filled);
}

static void put_line(struct viche_turn *t, const struct institution *institution, struct viche_sheet *sheet)
{
    struct hours_state state = institution_state(t, institution);
    viche_sheet_value(sheet, "name", institution->name);
    viche_sheet_value(sheet, "kind", institution->kind);
    viche_sheet_value(sheet, "address", institution->address);
    viche_sheet_value(sheet, "phones", institution->phones);
    viche_sheet_value(sheet, "now", week_brief(t, &state));
}

void view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct institution institution;
    uint32_t count = 0;
    if (!reads(t, query->clerk))
        return;
    struct viche_rows *rows = institution_page(t, query->search, viche_filter(query, "kind"), strtoll(query->after, NULL, 10),
                                               query->tasks ? 0 : query->limit);
    int64_t last = 0;
    while (institution_next(t, rows, &institution)) {
        viche_sheet_row(sheet, number(t, institution.id));
        put_line(t, &institution, sheet);
        last = institution.id;
        count++;
    }
    viche_sheet_more(sheet, count == query->limit ? number(t, last) : "", -1);
    if (writes(t, query->clerk))
        offer(t, &add, sheet);
}

/* ---- the page ---------------------------------------------------------------------------------------------------------- */

uint32_t view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct institution institution;
    return reads(t, clerk) && institution_find(t, strtoll(id, NULL, 10), &institution);
}

static const char *stamp_of(struct viche_turn *t, int64_t id)
{
    struct viche_rows *row = institution_row(t, id);
    const char *all = "";
    if (viche_row(t, row))
        for (uint32_t i = 0; i < INSTITUTION_CELLS; i++)
            all = viche_print(t, "%s\n%s", all, viche_row_text(t, row, i));
    return viche_hash(t, all);
}

void view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    int64_t number_of = strtoll(id, NULL, 10);
    const char *latitude = "", *longitude = "";
    viche_sheet_value(sheet, "stamp", stamp_of(t, number_of));
    struct viche_rows *row = institution_row(t, number_of);
    if (!viche_row(t, row))
        return;
    for (uint32_t i = 0; i < INSTITUTION_CELLS; i++) {
        const char *name = institution_cells[i], *value = viche_row_text(t, row, i);
        if (strcmp(name, "latitude") == 0)
            latitude = value;
        else if (strcmp(name, "longitude") == 0)
            longitude = value;
        else if (strcmp(name, "sample") != 0)
            viche_sheet_value(sheet, name, value);
    }
    viche_sheet_value(sheet, "place", *latitude ? viche_print(t, "%s,%s", latitude, longitude) : "");
    if (!writes(t, clerk))
        return;
    offer(t, &change, sheet);
    viche_sheet_action(sheet, &drop);
}

/* ---- what is done ------------------------------------------------------------------------------------------------------ */

static const char *const FAULT = "fault";

/* The first thing that is wrong, for one sentence above the form. */
static void note(struct viche_turn *t, const char *column, const char *reason_key)
{
    (void)column;
    if (reason_key && !*viche_get(t, FAULT))
        viche_set(t, FAULT, viche_text(t, reason_key));
}

static void split_place(struct viche_turn *t)
{
    const char *place = viche_get(t, "place"), *comma = strchr(place, ',');
    viche_set(t, "latitude", comma ? viche_print(t, "%.*s", (int)(comma - place), place) : "");
    viche_set(t, "longitude", comma ? comma + 1 : "");
    viche_set(t, "sample", "");
}

/* id 0: a new one. An institution is known by its name: a new name is given to the old row first. */
static const char *keep(struct viche_turn *t, int64_t id)
{
    const char *name = viche_get(t, "name"), *parent = viche_get(t, "part_of");
    int64_t same = institution_named(t, name), part_of = *parent ? institution_named(t, parent) : 0;
    viche_set(t, FAULT, "");
    split_place(t);
    data_check(t, note);
    if (same && same != id)
        note(t, "name", "view-name-taken");
    if (*parent && (!part_of || part_of == id))
        note(t, "part_of", "view-no-parent");
    if (*viche_get(t, FAULT))
        return viche_get(t, FAULT);
    if (id)
        institution_rename(t, id, name);
    id = institution_keep(t, part_of);
    search_each_language(t, id, data_put_entry);
    viche_set(t, "opens", viche_print(t, "directory/institutions/%lld", (long long)id));
    return NULL;
}

static void forget(struct viche_turn *t, int64_t id)
{
    search_each_language(t, id, search_drop);
    institution_remove(t, id);
}

const char *view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    int64_t which = strtoll(id, NULL, 10);
    const struct viche_staff *staff = viche_service(t, VICHE_STAFF);
    const char *refusal = NULL;
    (void)clerk;
    if (*stamp && strcmp(stamp, stamp_of(t, which)) != 0)
        return viche_text(t, "view-changed");
    if (strcmp(action, "remove") == 0)
        forget(t, which);
    else
        refusal = keep(t, which);
    if (!refusal && staff && which)
        staff->changed(t, "directory/institutions", id);
    return refusal;
}
