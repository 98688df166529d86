/* SPDX-License-Identifier: MPL-2.0
 * Fields as the page draws them: names of kinds, labels in the clerk's language, and who or what may be chosen. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

static const char *const kinds[] = {
    [VICHE_FIELD_TEXT] = "text",       [VICHE_FIELD_LONG] = "long",         [VICHE_FIELD_NUMBER] = "number",
    [VICHE_FIELD_FLAG] = "flag",       [VICHE_FIELD_DATE] = "date",         [VICHE_FIELD_MOMENT] = "moment",
    [VICHE_FIELD_DUE] = "due",         [VICHE_FIELD_CHOICE] = "choice",     [VICHE_FIELD_CHOICES] = "choices",
    [VICHE_FIELD_STATE] = "state",     [VICHE_FIELD_STAFF] = "staff",       [VICHE_FIELD_STAFFS] = "staffs",
    [VICHE_FIELD_ORGANISATION] = "organisation", [VICHE_FIELD_FILES] = "files", [VICHE_FIELD_PLACE] = "place",
    [VICHE_FIELD_PHONE] = "phone",     [VICHE_FIELD_LINK] = "link",
};

const char *line_next(struct viche_turn *t, const char **lines)
{
    size_t length = strcspn(*lines, "\n");
    if (!length)
        return NULL;
    const char *line = viche_print(t, "%.*s", (int)length, *lines);
    *lines += length + ((*lines)[length] == '\n');
    return line;
}

bool line_among(const char *lines, const char *line)
{
    size_t length = strlen(line);
    for (; length && *lines; lines += *lines == '\n') {
        size_t here = strcspn(lines, "\n");
        if (here == length && strncmp(lines, line, here) == 0)
            return true;
        lines += here;
    }
    return false;
}

/* A label is a text key of the plugin; "=words" are words. */
const char *field_label(struct viche_turn *t, const char *label)
{
    return !label ? "" : *label == '=' ? label + 1 : viche_text(t, label);
}

/* ---- who may be chosen: asked in the desk's own name -------------------------------------------------------------------- */

static json_t *choice(const char *value, const char *label) { return json_pack("{s:s, s:s}", "value", value, "label", label); }

/* Holds one of the roles that the field's choices name, if it names any. */
static bool fits(struct viche_turn *t, const struct viche_field *field, const struct staff *staff)
{
    const char *held = grant_roles(t, staff->id);
    bool any = field->choices.count == 0 && *held;
    for (uint32_t i = 0; i < field->choices.count && !any; i++)
        any = role_among(held, ((const struct viche_choice *)viche_item(&field->choices, i))->value);
    return any && organisation_open(t, staff->organisation);
}

static void add_staff(struct viche_turn *t, const struct viche_field *field, json_t *choices)
{
    struct staff staff;
    for (uint64_t from = 1; staff_next(t, from, &staff); from = staff.id + 1)
        if (fits(t, field, &staff))
            json_array_append_new(choices, choice(viche_print(t, "%llu", (unsigned long long)staff.id),
                                                  *staff.post ? viche_print(t, "%s, %s", staff.name, staff.post) : staff.name));
}

static void add_organisations(struct viche_turn *t, json_t *choices)
{
    struct organisation found;
    for (const char *after = ""; organisation_next(t, after, &found); after = found.id)
        if (!found.closed)
            json_array_append_new(choices, choice(found.id, found.name));
}

/* On a page nobody is chosen: the words of who was are there. */
static json_t *choices_json(struct viche_turn *t, const struct viche_field *field, bool choosing)
{
    json_t *choices = json_array();
    bool people = field->kind == VICHE_FIELD_STAFF || field->kind == VICHE_FIELD_STAFFS;
    if (people || field->kind == VICHE_FIELD_ORGANISATION) {
        if (!choosing)
            return choices;
        const struct viche_plugin *before = viche_act(t, &viche_plugin_v0);
        if (people)
            add_staff(t, field, choices);
        else
            add_organisations(t, choices);
        viche_act(t, before);
        return choices;
    }
    for (uint32_t i = 0; i < field->choices.count; i++) {
        const struct viche_choice *one = viche_item(&field->choices, i);
        json_array_append_new(choices, choice(one->value, field_label(t, one->label)));
    }
    return choices;
}

json_t *field_json(struct viche_turn *t, const struct viche_field *field, bool choosing)
{
    json_t *json = json_pack("{s:s, s:s, s:o, s:s, s:b, s:b, s:b, s:b, s:b}", "name", field->name, "label", field_label(t, field->label),
                             "help", text_json(field->help ? field_label(t, field->help) : NULL), "kind",
                             kinds[field->kind < sizeof kinds / sizeof *kinds ? field->kind : 0], "required",
                             (field->flags & VICHE_FIELD_REQUIRED) != 0, "private", (field->flags & VICHE_FIELD_PRIVATE) != 0, "listed",
                             (field->flags & VICHE_FIELD_LISTED) != 0, "sorted", (field->flags & VICHE_FIELD_SORTED) != 0, "filter",
                             (field->flags & VICHE_FIELD_FILTER) != 0);
    json_object_set_new(json, "kept", json_boolean(field->flags & VICHE_FIELD_KEPT));
    json_object_set_new(json, "min", json_integer(field->min));
    json_object_set_new(json, "max", json_integer(field->max));
    json_object_set_new(json, "choices", choices_json(t, field, choosing));
    return json;
}

/* ---- what to show instead of a number ------------------------------------------------------------------------------------ */

static const char *staff_words(struct viche_turn *t, const char *value)
{
    const char *out = "";
    for (const char *line = line_next(t, &value); line; line = line_next(t, &value)) {
        struct staff staff;
        bool found = staff_find(t, strtoull(line, NULL, 10), &staff);
        out = viche_print(t, "%s%s%s", out, *out ? ", " : "", found ? staff.name : line);
    }
    return out;
}

const char *field_words(struct viche_turn *t, const struct viche_field *field, const char *value)
{
    bool people = field->kind == VICHE_FIELD_STAFF || field->kind == VICHE_FIELD_STAFFS;
    if (!*value || (!people && field->kind != VICHE_FIELD_ORGANISATION))
        return NULL;
    const struct viche_plugin *before = viche_act(t, &viche_plugin_v0);
    const char *words = people ? staff_words(t, value) : organisation_name(t, value);
    viche_act(t, before);
    return words;
}
