/* SPDX-License-Identifier: MPL-2.0
 * What an official may open: the views of all plugins that name a role of theirs. */
#include "desk.h"

static json_t *abilities(const struct viche_view *view)
{
    const struct {
        const char *name;
        bool has;
    } all[] = {{"list", view->list},     {"show", view->show}, {"act", view->act},
               {"report", view->report}, {"csv", view->file},  {"xlsx", view->file}};
    json_t *array = json_array();
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].has)
            json_array_append_new(array, json_string(all[i].name));
    return array;
}

static json_t *view_json(struct viche_turn *t, struct view *view)
{
    view_enter(t, view);
    json_t *fields = json_array();
    for (uint32_t i = 0; i < view->view->fields.count; i++)
        json_array_append_new(fields, field_json(t, viche_item(&view->view->fields, i), true));
    json_t *json = json_pack("{s:s, s:s, s:s, s:o, s:o, s:o}", "plugin", view->at.plugin_name, "id", view->view->id, "title",
                             field_label(t, view->view->title), "help", text_json(view->view->help ? field_label(t, view->view->help) : NULL),
                             "has", abilities(view->view), "fields", fields);
    view_leave(t, view);
    return json;
}

/* The work first, what the desk itself is about at the end. */
static void add_views(struct viche_turn *t, const struct session *session, bool own, json_t *views)
{
    struct view view = {0};
    for (uint32_t i = 0; viche_next_view(t, i, &view.at); i++) {
        view.view = view.at.view;
        if ((view.at.plugin == &viche_plugin_v0) == own && view_may(session, view.view))
            json_array_append_new(views, view_json(t, &view));
    }
}

void menu_serve(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    if (!gate_in(t, http, &session))
        return;
    json_t *views = json_array();
    add_views(t, &session, false, views);
    add_views(t, &session, true, views);
    reply_json(t, 200, json_pack("{s:o}", "views", views));
}
