/* SPDX-License-Identifier: MPL-2.0
 * Rows: of one view, of all that waits for one official, and as a file to take away. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

enum { LIMIT = 50, LIMIT_MAX = 200, FILTERS_MAX = 32 };

/* ---- what is asked for -------------------------------------------------------------------------------------------------- */

static bool has_flag(const struct viche_view *view, const char *name, uint32_t flag)
{
    const struct viche_field *field = view_field(view, name);
    return field && (field->flags & flag);
}

/* Unmasked, which is written down; the administrator of the system never sees it. */
static bool asks_private(const struct viche_http *http, const struct session *session)
{
    return strcmp(gate_query(http, "private"), "yes") == 0 && !role_among(session->roles, "admin");
}

/* Whatever the view did not offer for it is left out; a report as a file is told its period as one. */
static const struct viche_pair *filters_of(struct viche_turn *t, const struct viche_http *http, const struct session *session,
                                            const struct viche_view *view)
{
    struct viche_pair *filters = viche_memory(t, (FILTERS_MAX + 1) * sizeof *filters);
    size_t count = 0;
    for (const struct viche_pair *pair = http->query; pair && pair->name && count < FILTERS_MAX; pair++)
        if (strncmp(pair->name, "f.", 2) == 0 && *pair->value && has_flag(view, pair->name + 2, VICHE_FIELD_FILTER))
            filters[count++] = (struct viche_pair){pair->name + 2, pair->value};
    if (view->file && asks_private(http, session) && count < FILTERS_MAX)
        filters[count++] = (struct viche_pair){"private", "yes"};
    if (view->report && *gate_query(http, "from") && *gate_query(http, "until") && count < FILTERS_MAX)
        filters[count] = (struct viche_pair){"period", viche_print(t, "%s..%s", gate_query(http, "from"), gate_query(http, "until"))};
    return filters;
}

static struct viche_query query_of(struct viche_turn *t, const struct viche_http *http, const struct session *session, const struct view *view)
{
    const char *order = gate_query(http, "order");
    long limit = strtol(gate_query(http, "limit"), NULL, 10);
    bool sorted = has_flag(view->view, order + (*order == '-'), VICHE_FIELD_SORTED);
    return (struct viche_query){
        .size = sizeof(struct viche_query),
        .limit = limit < 1 ? LIMIT : limit > LIMIT_MAX ? LIMIT_MAX : (uint32_t)limit,
        .clerk = &view->clerk,
        .search = gate_query(http, "search"),
        .order = sorted ? order : "",
        .after = gate_query(http, "after"),
        .filter = filters_of(t, http, session, view->view),
        .tasks = strcmp(gate_query(http, "tasks"), "1") == 0,
    };
}

/* ---- answers ------------------------------------------------------------------------------------------------------------ */

/* Above a list stands what needs no row and what may be done to many; who only reads is offered nothing. */
static json_t *list_actions(const struct session *session, const json_t *all)
{
    json_t *actions = json_array();
    size_t i = 0;
    json_t *action = NULL;
    json_array_foreach(all, i, action)
        if (json_is_true(json_object_get(action, "new")) || json_is_true(json_object_get(action, "bulk")))
            json_array_append(actions, action);
    if (role_among(session->roles, "auditor"))
        json_array_clear(actions);
    return actions;
}

static json_t *or_empty(json_t *array) { return array ? json_incref(array) : json_array(); }
static json_t *or_null(json_t *json) { return json ? json_incref(json) : json_null(); }

/* What the view said of its fields for this list: the choices of filters. */
static json_t *list_fields(const struct sheet *sheet)
{
    json_t *first = json_array_get(sheet->sections, 0);
    return or_empty(json_object_get(first, "fields"));
}

void list_run(struct viche_turn *t, struct view *view, const struct viche_query *query, struct sheet *out)
{
    view_enter(t, view);
    view->view->list(t, query, &out->base);
    view_leave(t, view);
}

void list_serve(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    struct view view;
    if (!gate_in(t, http, &session) || !view_open(t, &session, &view))
        return;
    if (!view.view->list) {
        refuse(t, 404, "not-here", NULL);
        return;
    }
    struct viche_query query = query_of(t, http, &session, &view);
    struct sheet sheet = sheet_open(t, view.view);
    list_run(t, &view, &query, &sheet);
    reply_json(t, 200,
               json_pack("{s:o, s:o, s:o, s:o, s:o}", "fields", list_fields(&sheet), "rows", or_empty(sheet.rows), "more",
                         or_null(sheet.more), "total", or_null(sheet.total), "actions", list_actions(&session, sheet.actions)));
    sheet_close(&sheet);
}

static void add_tasks(struct viche_turn *t, struct view *view, json_t *groups)
{
    static const struct viche_pair none = {NULL, NULL};
    struct sheet sheet = sheet_open(t, view->view);
    list_run(t, view,
             &(struct viche_query){.size = sizeof(struct viche_query),
                                   .limit = LIMIT,
                                   .clerk = &view->clerk,
                                   .search = "",
                                   .order = "",
                                   .after = "",
                                   .filter = &none,
                                   .tasks = 1},
             &sheet);
    if (sheet.rows) {
        view_enter(t, view);
        const char *title = field_label(t, view->view->title);
        view_leave(t, view);
        json_array_append_new(groups, json_pack("{s:s, s:s, s:s, s:O, s:o}", "plugin", view->at.plugin_name, "view", view->view->id, "title",
                                                title, "rows", sheet.rows, "total", or_null(sheet.total)));
    }
    sheet_close(&sheet);
}

void list_tasks(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    if (!gate_in(t, http, &session))
        return;
    json_t *groups = json_array();
    struct view view = {.clerk = clerk_of(t, &session)};
    for (uint32_t i = 0; viche_next_view(t, i, &view.at); i++) {
        view.view = view.at.view;
        if (view.view->list && role_among(session.roles, view.view->see))
            add_tasks(t, &view, groups);
    }
    reply_json(t, 200, json_pack("{s:o}", "groups", groups));
}

void list_file(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    struct view view;
    if (!gate_in(t, http, &session) || !view_open(t, &session, &view))
        return;
    const char *format = gate_query(http, "format");
    if (!view.view->file || (strcmp(format, "csv") != 0 && strcmp(format, "xlsx") != 0)) {
        refuse(t, 404, "not-here", "format");
        return;
    }
    struct viche_query query = query_of(t, http, &session, &view);
    query.after = http->more;
    if (!*http->more)
        viche_audit(t, session.staff.id, asks_private(http, &session) ? "took a file with personal data" : "took a file", view_name(t, &view));
    viche_reply_header(t, "cache-control", "no-store");
    viche_reply_header(t, "content-disposition",
                       viche_print(t, "attachment; filename=\"%s-%s.%s\"", view.at.plugin_name, view.view->id, format));
    view_enter(t, &view);
    view.view->file(t, &query, format);
    view_leave(t, &view);
}
