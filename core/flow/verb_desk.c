/* SPDX-License-Identifier: MPL-2.0
 * The verbs by which the staff desk works: views of all plugins, files that options name, the audit chain, parked
 * events, figures. */
#include "base/clock.h"
#include "flow/schedule.h"
#include "flow/event.h"
#include "flow/inbox.h"
#include "flow/verb.h"
#include "flow/vintage.h"
#include "store/audit.h"
#include "town/conversation.h"

enum { HOUR_S = 3600 };

static struct turn *of(struct viche_turn *t) { return (struct turn *)t; }

const char *verb_option_file(struct viche_turn *t, const char *name)
{
    const char *text = town_option_file(of(t)->plugin, name);
    if (!text)
        turn_fail(of(t), "option %s names no file", name);
    return text ? text : "";
}

uint32_t verb_next_view(struct viche_turn *t, uint32_t index, struct viche_view_at *out)
{
    const struct town *town = of(t)->town;
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct plugin *plugin = town->plugins[i].plugin;
        const struct viche_list *views = &plugin->decl->views;
        if (town->plugins[i].off)
            continue;
        if (index < views->count) {
            const struct viche_view_at at = {.plugin = plugin->given, .plugin_name = plugin->name,
                                             .view = &PLUGIN_ITEMS(struct viche_view, *views)[index]};
            vintage_give(out, &at, sizeof at);
            return 1;
        }
        index -= views->count;
    }
    return 0;
}

void verb_trust(struct viche_turn *t)
{
    if (of(t)->reply)
        of(t)->reply->trusted = true;
}

void verb_more(struct viche_turn *t, const char *from)
{
    if (!of(t)->reply)
        turn_fail(of(t), "viche_more outside a route");
    else if (*from)
        of(t)->reply->more = arena_copy(of(t)->arena, from);
}

void verb_audit(struct viche_turn *t, uint64_t clerk, const char *what, const char *object)
{
    audit_put(of(t)->town->db, &(struct audit_row){.at = clock_now(), .clerk = (int64_t)clerk, .plugin = of(t)->plugin->plugin->name,
                                                   .what = what ? what : "", .object = object ? object : ""});
    schedule_plan(of(t)->flow, &of(t)->town->plugins[0], "anchor", (clock_now() / HOUR_S + 1) * HOUR_S);
}

uint32_t verb_audit_row(struct viche_turn *t, uint64_t from, struct viche_audit_row *out)
{
    struct audit_row row;
    int64_t first = from > INT64_MAX ? INT64_MAX : (int64_t)from;
    if (!audit_read(of(t)->town->db, of(t)->arena, first, &row))
        return 0;
    const struct viche_audit_row today = {.id = (uint64_t)row.id, .clerk = (uint64_t)row.clerk, .at = row.at, .plugin = row.plugin,
                                          .what = row.what, .object = row.object};
    vintage_give(out, &today, sizeof today);
    return 1;
}

uint32_t verb_parked(struct viche_turn *t, uint64_t from, struct viche_parked *out)
{
    struct inbox_parked row;
    int64_t after = from > INT64_MAX ? INT64_MAX : (int64_t)from - 1;
    if (inbox_parked(of(t)->town->db, of(t)->arena, after, &row, 1) == 0)
        return 0;
    const struct viche_parked today = {.id = (uint64_t)row.id, .at = row.at, .channel = row.channel, .why = row.why};
    vintage_give(out, &today, sizeof today);
    return 1;
}

uint32_t verb_parked_end(struct viche_turn *t, uint64_t id, uint32_t retry)
{
    if (!retry)
        return inbox_bury(of(t)->town->db, (int64_t)id);
    return event_retry(of(t)->flow, (int64_t)id, of(t)->event);
}

int64_t verb_conversations(struct viche_turn *t, int64_t from, int64_t until) { return conversation_count(of(t)->town->db, from, until); }
