/* SPDX-License-Identifier: MPL-2.0
 * What happens while somebody looks: one stream a tab, addressed by its session, so that whoever ends the session ends the stream.
 * Only which row changed is told, and only to who may see it. */
#include <viche/channel.h>

#include <stdlib.h>
#include <string.h>

#include "desk.h"

static const char *event_text(struct viche_turn *t, const char *name, json_t *data)
{
    char *text = json_dumps(data, JSON_COMPACT);
    const char *event = viche_print(t, "event: %s\ndata: %s\n\n", name, text);
    free(text);
    json_decref(data);
    return event;
}

void live_serve(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    if (!gate_in(t, http, &session))
        return;
    const char *hello = event_text(t, "hello", json_object());
    viche_reply_header(t, "cache-control", "no-store");
    viche_reply_header(t, "x-accel-buffering", "no"); /* nginx would hold it back */
    viche_reply(t, 200, "text/event-stream; charset=utf-8", hello, strlen(hello));
    viche_stream(t, session.id, 0);
}

void live_end(struct viche_turn *t, const char *session)
{
    viche_push(t, session, 0, event_text(t, "end", json_pack("{s:s}", "code", "signed-out")));
    viche_stream_end(t, session);
}

/* "cases/cards" in two */
static bool find(struct viche_turn *t, const struct session *session, const char *name, struct view *out)
{
    const char *slash = strchr(name, '/');
    return slash && view_find(t, session, viche_print(t, "%.*s", (int)(slash - name), name), slash + 1, out);
}

void live_changed(struct viche_turn *t, const char *view_name, const char *id)
{
    const char *event = event_text(t, "changed", json_pack("{s:s, s:s}", "view", view_name, "id", id));
    struct session session;
    for (const char *after = ""; session_next(t, 0, after, &session); after = session.id) {
        struct view view;
        session.roles = grant_roles(t, session.staff.id);
        if (find(t, &session, view_name, &view) && view_sees(t, &view, id))
            viche_push(t, session.id, 0, event);
    }
}

void live_notice(struct viche_turn *t, uint64_t staff, json_t *notice)
{
    const char *event = event_text(t, "notice", notice);
    struct session session;
    for (const char *after = ""; session_next(t, staff, after, &session); after = session.id)
        viche_push(t, session.id, 0, event);
}
