/* SPDX-License-Identifier: MPL-2.0
 * The view «Мої сеанси»: where somebody is signed in, to be ended from anywhere. */
#include <string.h>

#include "desk.h"

static const struct viche_action end = {.id = "end", .label = "session-end", .help = "session-end-help",
                                        .flags = VICHE_ACTION_BULK | VICHE_ACTION_DANGER};

/* A session is named by its hash, which opens nothing; the page gets a hash of that. */
static bool find(struct viche_turn *t, uint64_t staff, const char *name, struct session *out)
{
    for (const char *after = ""; session_next(t, staff, after, out); after = out->id)
        if (strcmp(viche_hash(t, out->id), name) == 0)
            return true;
    return false;
}

static void put(struct viche_turn *t, const struct session *session, struct viche_sheet *sheet)
{
    viche_sheet_value(sheet, "began", viche_print(t, "%lld", (long long)session->began_at));
    viche_sheet_value(sheet, "seen", viche_print(t, "%lld", (long long)session->seen_at));
    viche_sheet_value(sheet, "agent", session->agent);
}

void session_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct session session;
    for (const char *after = ""; !query->tasks && session_next(t, query->clerk->id, after, &session); after = session.id) {
        viche_sheet_row(sheet, viche_hash(t, session.id));
        put(t, &session, sheet);
    }
    viche_sheet_action(sheet, &end);
}

uint32_t session_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct session session;
    return find(t, clerk->id, id, &session);
}

void session_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct session session;
    if (!find(t, clerk->id, id, &session))
        return;
    put(t, &session, sheet);
    viche_sheet_action(sheet, &end);
}

const char *session_view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    struct session session;
    (void)action, (void)stamp;
    if (find(t, clerk->id, id, &session))
        session_end(t, session.id);
    return NULL;
}
