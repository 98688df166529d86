/* SPDX-License-Identifier: MPL-2.0
 * Views that plugins declare: finding one, whether this official may open it, and acting in its plugin's name. Two of the three
 * questions that every request answers stand here: may they open the view, may they see the row. */
#include <string.h>

#include "desk.h"

struct viche_clerk clerk_of(struct viche_turn *t, const struct session *session)
{
    struct viche_clerk clerk = {.size = sizeof clerk};
    clerk_fill(t, &session->staff, &clerk);
    clerk.roles = session->roles;
    return clerk;
}

/* An auditor reads whatever can be read. */
bool view_may(const struct session *session, const struct viche_view *view)
{
    return role_among(session->roles, view->see) || role_among(session->roles, "auditor");
}

bool view_find(struct viche_turn *t, const struct session *session, const char *plugin, const char *id, struct view *out)
{
    *out = (struct view){.clerk = clerk_of(t, session)};
    for (uint32_t i = 0; viche_next_view(t, i, &out->at); i++) {
        out->view = out->at.view;
        if (strcmp(out->at.plugin_name, plugin) == 0 && strcmp(out->view->id, id) == 0)
            return view_may(session, out->view);
    }
    return false;
}

bool view_open(struct viche_turn *t, const struct session *session, struct view *out)
{
    if (view_find(t, session, viche_get(t, "plugin"), viche_get(t, "view"), out))
        return true;
    refuse(t, 404, "not-here", NULL);
    return false;
}

void view_enter(struct viche_turn *t, struct view *view) { view->before = viche_act(t, view->at.plugin); }
void view_leave(struct viche_turn *t, struct view *view) { viche_act(t, view->before); }

void view_tell_staffed(struct viche_turn *t)
{
    struct view view = {0};
    for (uint32_t i = 0; viche_next_view(t, i, &view.at); i++) {
        if (!view.at.view->staffed)
            continue;
        view_enter(t, &view);
        view.at.view->staffed(t);
        view_leave(t, &view);
    }
}

bool view_sees(struct viche_turn *t, struct view *view, const char *id)
{
    if (!view->view->sees)
        return false;
    view_enter(t, view);
    bool sees = view->view->sees(t, &view->clerk, id) != 0;
    view_leave(t, view);
    return sees;
}

bool view_thing(struct viche_turn *t, struct view *view, const char **id)
{
    *id = viche_get(t, "thing");
    if (view->view->show && view_sees(t, view, *id))
        return true;
    refuse(t, 404, "not-here", NULL);
    return false;
}

const char *view_name(struct viche_turn *t, const struct view *view)
{
    return viche_print(t, "%s/%s", view->at.plugin_name, view->view->id);
}

const char *view_object(struct viche_turn *t, const struct view *view, const char *id)
{
    return viche_print(t, "%s/%s/%s", view->at.plugin_name, view->view->id, id);
}

const struct viche_field *view_field(const struct viche_view *view, const char *name)
{
    for (uint32_t i = 0; i < view->fields.count; i++) {
        const struct viche_field *field = viche_item(&view->fields, i);
        if (strcmp(field->name, name) == 0)
            return field;
    }
    return NULL;
}
