/* SPDX-License-Identifier: MPL-2.0
 * The page of one thing, a look at what is masked on it, its files; and reports. */
#include <viche/channel.h>

#include <stdlib.h>
#include <string.h>

#include "desk.h"

static json_t *or_empty(json_t *array) { return array ? json_incref(array) : json_array(); }

/* Who only reads is offered nothing. */
static json_t *actions_of(const struct session *session, const struct sheet *sheet)
{
    return role_among(session->roles, "auditor") ? json_array() : or_empty(sheet->actions);
}

/* The view and the thing of the path, if this official may see both; false: refused. */
static bool open_thing(struct viche_turn *t, const struct viche_http *http, struct session *session, struct view *view, const char **id)
{
    return gate_in(t, http, session) && view_open(t, session, view) && view_thing(t, view, id);
}

void show_serve(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    struct view view;
    const char *id = NULL;
    if (!open_thing(t, http, &session, &view, &id))
        return;
    struct sheet sheet = sheet_open(t, view.view);
    sheet_show(t, &view, id, &sheet);
    json_t *files = sheet.files ? json_incref(sheet.files) : json_object();
    reply_json(t, 200,
               json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "id", id, "stamp", sheet.stamp, "sections",
                         or_empty(sheet.sections), "events", or_empty(sheet.events), "messages",
                         or_empty(sheet.messages), "charts", or_empty(sheet.charts), "files", files, "actions",
                         actions_of(&session, &sheet)));
    sheet_close(&sheet);
}

/* ---- a look ------------------------------------------------------------------------------------------------------------- */

/* Asked of a page without masks; only what was asked for leaves this function. */
static json_t *look(struct viche_turn *t, struct view *view, const char *id, const json_t *names, const char **looked)
{
    struct sheet sheet = sheet_open(t, view->view);
    sheet.bare = true;
    sheet_show(t, view, id, &sheet);
    json_t *values = json_object(), *words = json_object();
    size_t i = 0;
    json_t *name = NULL;
    json_array_foreach(names, i, name) {
        const char *text = json_string_value(name);
        const json_t *field = text ? sheet_value(&sheet, text) : NULL;
        if (!field || !json_is_true(json_object_get(field, "private")))
            continue;
        *looked = viche_print(t, "%s%s%s", *looked, **looked ? " " : "", text);
        json_object_set(values, text, json_object_get(field, "value"));
        if (json_is_string(json_object_get(field, "words")))
            json_object_set(words, text, json_object_get(field, "words"));
    }
    json_t *files = sheet.files ? json_incref(sheet.files) : json_object();
    sheet_close(&sheet);
    return json_pack("{s:o, s:o, s:o}", "values", values, "words", words, "files", files);
}

/* The administrator of the system sees no personal data. */
static bool may_look(const struct session *session) { return !role_among(session->roles, "admin"); }

void show_reveal(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    struct view view;
    const char *id = NULL, *looked = "";
    if (!open_thing(t, http, &session, &view, &id))
        return;
    if (!may_look(&session)) {
        refuse(t, 403, "not-allowed", NULL);
        return;
    }
    json_t *body = body_json(t, http);
    if (!body)
        return;
    json_t *answer = look(t, &view, id, json_object_get(body, "fields"), &looked);
    if (*looked)
        viche_audit(t, session.staff.id, viche_print(t, "looked: %s", looked), view_object(t, &view, id));
    reply_json(t, 200, answer);
    json_decref(body);
}

void show_file(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    struct view view;
    const char *id = NULL, *file = viche_get(t, "file");
    if (!open_thing(t, http, &session, &view, &id))
        return;
    struct sheet sheet = sheet_open(t, view.view);
    sheet.bare = true;
    sheet_show(t, &view, id, &sheet);
    bool named = line_among(sheet.named, file), personal = line_among(sheet.private_files, file);
    sheet_close(&sheet);
    if (!named || (personal && !may_look(&session))) {
        refuse(t, 404, "not-here", "file");
        return;
    }
    if (personal)
        viche_audit(t, session.staff.id, "looked: file", view_object(t, &view, id));
    viche_reply_file(t, file);
}

/* ---- reports ------------------------------------------------------------------------------------------------------------ */

/* The beginning or the end of a day: "2026-11-25"; `fallback` when it is none. */
static int64_t day(struct viche_turn *t, const char *text, bool end, int64_t fallback)
{
    struct viche_local local = {.size = sizeof local};
    char *rest = NULL;
    local.year = (int32_t)strtol(text, &rest, 10);
    local.month = *rest == '-' ? (int32_t)strtol(rest + 1, &rest, 10) : 0;
    local.day = *rest == '-' ? (int32_t)strtol(rest + 1, &rest, 10) : 0;
    if (strlen(text) != 10 || *rest || local.month < 1 || local.month > 12 || local.day < 1 || local.day > 31)
        return fallback;
    if (end)
        local.hour = 23, local.minute = 59, local.second = 59;
    return viche_moment(t, &local);
}

static const char *day_text(struct viche_turn *t, int64_t at)
{
    struct viche_local here = viche_local(t, at);
    return viche_print(t, "%04d-%02d-%02d", here.year, here.month, here.day);
}

void show_report(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    struct view view;
    if (!gate_in(t, http, &session) || !view_open(t, &session, &view))
        return;
    if (!view.view->report) {
        refuse(t, 404, "not-here", NULL);
        return;
    }
    struct viche_local today = viche_local(t, viche_now(t));
    int64_t from = day(t, gate_query(http, "from"), false, day(t, viche_print(t, "%04d-01-01", today.year), false, 0));
    int64_t until = day(t, gate_query(http, "until"), true, viche_now(t));
    struct sheet sheet = sheet_open(t, view.view);
    view_enter(t, &view);
    view.view->report(t, &view.clerk, from, until, &sheet.base);
    view_leave(t, &view);
    reply_json(t, 200, json_pack("{s:s, s:s, s:o, s:o}", "from", day_text(t, from), "until", day_text(t, until), "charts",
                                 or_empty(sheet.charts), "sections", or_empty(sheet.sections)));
    sheet_close(&sheet);
}
