/* SPDX-License-Identifier: MPL-2.0
 * Where a view answers into: what it calls becomes JSON at once. Private values are masked here and nowhere else, so that no way
 * leads around it. */
#include <viche/channel.h>

#include <stdlib.h>
#include <string.h>

#include "desk.h"

static struct sheet *of(struct viche_sheet *s) { return (struct sheet *)(void *)s; }

/* A list that is there from the first item on. */
static json_t *grow(json_t **array)
{
    if (!*array)
        *array = json_array();
    return *array;
}

/* ---- files ---------------------------------------------------------------------------------------------------------------- */

static json_t *name_files(struct sheet *sheet, const char *ids)
{
    json_t *array = json_array();
    for (const char *id = line_next(sheet->t, &ids); id; id = line_next(sheet->t, &ids)) {
        struct viche_file_about about;
        json_array_append_new(array, json_string(id));
        if (line_among(sheet->named, id) || !viche_file_about(sheet->t, id, &about))
            continue;
        sheet->named = viche_print(sheet->t, "%s\n%s", id, sheet->named);
        if (!sheet->files)
            sheet->files = json_object();
        json_object_set_new(sheet->files, id, json_pack("{s:s, s:s}", "name", about.name, "type", about.type));
    }
    return array;
}

/* ---- values ------------------------------------------------------------------------------------------------------------- */

struct shown {
    const char *value, *words;
    bool masked;
};

static struct shown show(struct sheet *sheet, const struct viche_field *field, const char *value)
{
    bool hide = (field->flags & VICHE_FIELD_PRIVATE) && !sheet->bare && *value;
    if (hide)
        return (struct shown){mask(sheet->t, field, value), NULL, true};
    if (field->kind == VICHE_FIELD_FILES) {
        if (field->flags & VICHE_FIELD_PRIVATE)
            sheet->private_files = viche_print(sheet->t, "%s\n%s", value, sheet->private_files);
        json_decref(name_files(sheet, value));
    }
    return (struct shown){value, field_words(sheet->t, field, value), false};
}

static void put_in_row(struct sheet *sheet, const struct viche_field *field, const char *value)
{
    struct shown shown = show(sheet, field, value);
    json_object_set_new(json_object_get(sheet->row, "values"), field->name, json_string(shown.value));
    if (shown.words)
        json_object_set_new(json_object_get(sheet->row, "words"), field->name, json_string(shown.words));
    if (shown.masked)
        json_array_append_new(json_object_get(sheet->row, "masked"), json_string(field->name));
}

static void begin_section(struct sheet *sheet, const char *title)
{
    sheet->section = json_pack("{s:o, s:[]}", "title", text_json(title), "fields");
    json_array_append_new(grow(&sheet->sections), sheet->section);
}

static void put_in_page(struct sheet *sheet, const struct viche_field *field, const char *value)
{
    struct shown shown = show(sheet, field, value);
    json_t *json = field_json(sheet->t, field, false);
    json_object_set_new(json, "value", json_string(shown.value));
    json_object_set_new(json, "words", text_json(shown.words));
    json_object_set_new(json, "masked", json_boolean(shown.masked));
    if (!sheet->section)
        begin_section(sheet, NULL);
    json_array_append_new(json_object_get(sheet->section, "fields"), json);
}

static void on_row(struct viche_sheet *s, const char *id)
{
    struct sheet *sheet = of(s);
    sheet->row = json_pack("{s:s, s:{}, s:{}, s:[]}", "id", id, "values", "words", "masked");
    json_array_append_new(grow(&sheet->rows), sheet->row);
}

static void on_value(struct viche_sheet *s, const char *name, const char *value)
{
    struct sheet *sheet = of(s);
    const char *text = value ? value : "";
    if (strcmp(name, "stamp") == 0 && !sheet->row) {
        sheet->stamp = viche_print(sheet->t, "%s", text);
        return;
    }
    const struct viche_field *field = view_field(sheet->view, name);
    if (field && sheet->row)
        put_in_row(sheet, field, text);
    else if (field)
        put_in_page(sheet, field, text);
}

static void on_field(struct viche_sheet *s, const struct viche_field *field, const char *value)
{
    put_in_page(of(s), field, value ? value : "");
}

static void on_section(struct viche_sheet *s, const char *title) { begin_section(of(s), field_label(of(s)->t, title)); }

static void on_more(struct viche_sheet *s, const char *after, int64_t total)
{
    json_decref(of(s)->more);
    json_decref(of(s)->total);
    of(s)->more = text_json(after);
    of(s)->total = total < 0 ? json_null() : json_integer(total);
}

/* ---- the timeline and the thread ------------------------------------------------------------------------------------------ */

static void on_event(struct viche_sheet *s, int64_t at, const char *who, const char *title, const char *words, const char *files)
{
    json_array_append_new(grow(&of(s)->events),
                          json_pack("{s:I, s:s, s:s, s:s, s:o}", "at", (json_int_t)at, "who", who ? who : "", "title", title ? title : "",
                                    "words", words ? words : "", "files", name_files(of(s), files ? files : "")));
}

static void on_message(struct viche_sheet *s, int64_t at, const char *who, uint32_t from_citizen, const char *words, const char *files)
{
    json_array_append_new(grow(&of(s)->messages),
                          json_pack("{s:I, s:s, s:b, s:s, s:o}", "at", (json_int_t)at, "who", who ? who : "", "from_citizen",
                                    from_citizen != 0, "words", words ? words : "", "files", name_files(of(s), files ? files : "")));
}

/* ---- actions ---------------------------------------------------------------------------------------------------------------- */

static json_t *form_json(struct viche_turn *t, const struct viche_list *fields)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < fields->count; i++)
        json_array_append_new(array, field_json(t, viche_item(fields, i), true));
    return array;
}

static void on_action(struct viche_sheet *s, const struct viche_action *action)
{
    struct viche_turn *t = of(s)->t;
    json_t *json = json_pack("{s:s, s:s, s:o, s:o, s:b, s:b, s:b, s:o}", "id", action->id, "label", field_label(t, action->label), "help",
                             text_json(action->help ? field_label(t, action->help) : NULL), "wait", text_json(action->wait), "bulk",
                             (action->flags & VICHE_ACTION_BULK) != 0, "danger", (action->flags & VICHE_ACTION_DANGER) != 0, "new",
                             (action->flags & VICHE_ACTION_NEW) != 0, "fields", form_json(t, &action->fields));
    json_array_append_new(grow(&of(s)->actions), json);
}

const json_t *sheet_action(const struct sheet *sheet, const char *id)
{
    size_t i = 0;
    json_t *action = NULL;
    json_array_foreach(sheet->actions, i, action)
        if (strcmp(json_string_value(json_object_get(action, "id")), id) == 0)
            return action;
    return NULL;
}

json_t *sheet_value(const struct sheet *sheet, const char *name)
{
    size_t i = 0, j = 0;
    json_t *section = NULL, *field = NULL;
    json_array_foreach(sheet->sections, i, section)
        json_array_foreach(json_object_get(section, "fields"), j, field)
            if (strcmp(json_string_value(json_object_get(field, "name")), name) == 0)
                return field;
    return NULL;
}

static json_t *value_of_kind(const struct sheet *sheet, const char *name, const char *kind)
{
    size_t i = 0, j = 0;
    json_t *section = NULL, *field = NULL;
    json_array_foreach(sheet->sections, i, section)
        json_array_foreach(json_object_get(section, "fields"), j, field)
            if (strcmp(json_string_value(json_object_get(field, "name")), name) == 0 &&
                strcmp(json_string_value(json_object_get(field, "kind")), kind) == 0)
                return field;
    return sheet_value(sheet, name);
}

static const char *kind_of(const json_t *field) { return json_string_value(json_object_get(field, "kind")); }

/* A deadline is the day on which it ends to a date. */
static json_t *kept_value(struct viche_turn *t, const json_t *field, const json_t *shown)
{
    json_t *value = json_object_get(shown, "value");
    if (strcmp(kind_of(field), "date") != 0 || strcmp(kind_of(shown), "due") != 0 || !*json_string_value(value))
        return json_incref(value);
    struct viche_local day = viche_local(t, strtoll(json_string_value(value), NULL, 10));
    return json_string(viche_print(t, "%04d-%02d-%02d", day.year, day.month, day.day));
}

/* The form of an action begins with what the page shows, where the field says so: a date rather with a date than with a deadline. */
static void keep_values(struct sheet *sheet)
{
    size_t i = 0, j = 0;
    json_t *action = NULL, *field = NULL;
    json_array_foreach(sheet->actions, i, action)
        json_array_foreach(json_object_get(action, "fields"), j, field) {
            const json_t *shown = value_of_kind(sheet, json_string_value(json_object_get(field, "name")), kind_of(field));
            if (!shown || !json_is_true(json_object_get(field, "kept")))
                continue;
            json_object_set_new(field, "value", kept_value(sheet->t, field, shown));
            json_object_set(field, "masked", json_object_get(shown, "masked"));
        }
}

/* ---- charts ------------------------------------------------------------------------------------------------------------- */

static void on_chart(struct viche_sheet *s, const char *title, uint32_t kind, const char *unit)
{
    json_array_append_new(grow(&of(s)->charts),
                          json_pack("{s:s, s:s, s:s, s:[]}", "title", field_label(of(s)->t, title), "unit", field_label(of(s)->t, unit), "kind",
                                    kind == VICHE_CHART_LINES ? "lines" : "bars", "points"));
}

static void on_point(struct viche_sheet *s, const char *series, const char *at, double value, const char *opens)
{
    json_t *chart = json_array_get(of(s)->charts, json_array_size(of(s)->charts) - 1);
    json_array_append_new(json_object_get(chart, "points"),
                          json_pack("{s:s, s:s, s:f, s:o}", "series", series ? series : "", "at", at ? at : "", "value",
                                    value, "opens", text_json(opens)));
}

/* ---- the whole --------------------------------------------------------------------------------------------------------------- */

struct sheet sheet_open(struct viche_turn *t, const struct viche_view *view)
{
    return (struct sheet){
        .base = {.size = sizeof(struct viche_sheet),
                 .row = on_row,
                 .value = on_value,
                 .more = on_more,
                 .field = on_field,
                 .section = on_section,
                 .event = on_event,
                 .message = on_message,
                 .action = on_action,
                 .chart = on_chart,
                 .point = on_point},
        .t = t,
        .view = view,
        .stamp = "",
        .named = "",
        .private_files = "",
    };
}

void sheet_close(struct sheet *sheet)
{
    json_t *all[] = {sheet->rows, sheet->more, sheet->total, sheet->sections, sheet->events, sheet->messages, sheet->actions, sheet->charts,
                     sheet->files};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        json_decref(all[i]);
}

void sheet_show(struct viche_turn *t, struct view *view, const char *id, struct sheet *out)
{
    view_enter(t, view);
    view->view->show(t, &view->clerk, id, &out->base);
    view_leave(t, view);
    keep_values(out);
}
