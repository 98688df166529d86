/* SPDX-License-Identifier: MPL-2.0
 * Service ua.viche.staff/1: what other plugins ask about officials. Each function acts in the desk's name and gives the turn back. */
#include <string.h>

#include "desk.h"

void clerk_fill(struct viche_turn *t, const struct staff *staff, struct viche_clerk *out)
{
    const struct viche_clerk clerk = {.size = out->size, .id = staff->id, .name = staff->name, .post = staff->post,
                                      .organisation = staff->organisation, .roles = grant_roles(t, staff->id)};
    memcpy(out, &clerk, out->size < sizeof clerk ? out->size : sizeof clerk);
}

static uint32_t who(struct viche_turn *t, const struct viche_http *http, struct viche_clerk *out)
{
    const struct viche_plugin *before = viche_act(t, &viche_plugin_v0);
    struct session session = session_read(t, http);
    bool in = session.state == SESSION_IN;
    if (in)
        clerk_fill(t, &session.staff, out);
    viche_act(t, before);
    return in;
}

static uint32_t next(struct viche_turn *t, uint64_t from, struct viche_clerk *out)
{
    const struct viche_plugin *before = viche_act(t, &viche_plugin_v0);
    struct staff staff;
    bool found = staff_next(t, from, &staff);
    if (found)
        clerk_fill(t, &staff, out);
    viche_act(t, before);
    return found;
}

static uint32_t find(struct viche_turn *t, uint64_t id, struct viche_clerk *out)
{
    const struct viche_plugin *before = viche_act(t, &viche_plugin_v0);
    struct staff staff;
    bool found = staff_find(t, id, &staff);
    if (found)
        clerk_fill(t, &staff, out);
    viche_act(t, before);
    return found;
}

static uint32_t holds(struct viche_turn *t, uint64_t clerk, const char *role, const char *type, const char *organisation)
{
    const struct viche_plugin *before = viche_act(t, &viche_plugin_v0);
    bool held = grant_holds(t, clerk, role, type, organisation);
    viche_act(t, before);
    return held;
}

static uint32_t organisation(struct viche_turn *t, const char *id, struct viche_organisation *out)
{
    const struct viche_plugin *before = viche_act(t, &viche_plugin_v0);
    struct organisation found;
    bool more = organisation_next(t, id, &found);
    if (more) {
        const struct viche_organisation shown = {.size = out->size, .closed = found.closed, .id = found.id, .name = found.name};
        memcpy(out, &shown, out->size < sizeof shown ? out->size : sizeof shown);
    }
    viche_act(t, before);
    return more;
}

static void notice(struct viche_turn *t, uint64_t clerk, const char *view, const char *id, const char *key, const char *words)
{
    const struct viche_plugin *before = viche_act(t, &viche_plugin_v0);
    notice_tell(t, clerk, view, id, key, words);
    viche_act(t, before);
}

static void changed(struct viche_turn *t, const char *view, const char *id)
{
    const struct viche_plugin *before = viche_act(t, &viche_plugin_v0);
    live_changed(t, view, id);
    viche_act(t, before);
}

const struct viche_staff staff_service = {
    .size = sizeof staff_service, .who = who, .next = next, .find = find, .holds = holds, .organisation = organisation, .notice = notice,
    .changed = changed,
};
