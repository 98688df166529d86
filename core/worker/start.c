/* SPDX-License-Identifier: MPL-2.0 */
#include "worker/start.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "flow/incoming.h"
#include "flow/outbox.h"
#include "flow/schedule.h"
#include "flow/turn.h"
#include "flow/wait.h"
#include "store/file.h"
#include "town/search.h"

static void switch_off(struct flow *flow)
{
    for (size_t i = 1; flow->page && i < flow->town->plugin_count; i++) {
        struct town_plugin *plugin = &flow->town->plugins[i];
        plugin->off = page_is_off(flow->page, flow->town->id, plugin->plugin->name) != 0;
        if (plugin->off)
            log_line(LOG_ALARM, "start", "a plugin stays switched off here: it kept crashing", "town=%s plugin=%s", flow->town->id,
                     plugin->plugin->name);
    }
}

static bool start_plugin(struct flow *flow, const struct town_plugin *plugin, struct fail *fail)
{
    if (plugin->off || !plugin->plugin->decl->start)
        return true;
    struct turn *turn = turn_plain(flow, plugin);
    flow_begin(flow, page_event(flow->town->id, plugin->plugin->name, "start"), plugin->plugin->name);
    plugin->plugin->decl->start(&turn->base);
    flow_end(flow);
    const char *failed = turn->failed;
    if (!failed)
        turn_send(turn);
    turn_end(turn);
    return !failed || fail_set(fail, "town %s: plugin %s does not start: %s", flow->town->id, plugin->plugin->name, failed);
}

/* ---- free text finds dialogs by their title and by what stands under "find-<dialog>" beside it ---- */

struct titles {
    struct flow *flow;
    const char *language;
    const char **ids;
    size_t count, room;
};

static void index_dialog(struct titles *titles, struct turn *turn, const struct viche_dialog *dialog)
{
    const char *more = turn_fill(turn, turn->plugin, arena_print(turn->arena, "find-%s", dialog->id));
    struct viche_entry entry = {
        .size = sizeof entry,
        .id = arena_print(turn->arena, "%s.%s.%s", turn->plugin->plugin->name, dialog->id, titles->language),
        .language = titles->language,
        .title = turn_fill(turn, turn->plugin, dialog->title),
        .text = more ? more : "",
        .opens = arena_copy_bytes(turn->arena, dialog->opens, strcspn(dialog->opens, " ")),
    };
    search_put(turn->town->db, "", &entry);
    if (titles->count == titles->room) {
        titles->room = titles->room ? titles->room * 2 : 64;
        titles->ids = mem_grow(titles->ids, titles->room * sizeof *titles->ids);
    }
    titles->ids[titles->count++] = entry.id;
}

static void index_plugin(struct titles *titles, const struct town_plugin *plugin)
{
    struct turn *turn = turn_plain(titles->flow, plugin);
    turn->language = titles->language;
    const struct viche_dialog *dialogs = PLUGIN_ITEMS(struct viche_dialog, plugin->plugin->decl->dialogs);
    for (uint32_t i = 0; !plugin->off && i < plugin->plugin->decl->dialogs.count; i++)
        if (dialogs[i].title && dialogs[i].opens)
            index_dialog(titles, turn, &dialogs[i]);
    turn_end(turn);
}

static void index_dialogs(struct flow *flow)
{
    struct titles titles = {.flow = flow};
    const char *languages = flow->town->config.languages;
    size_t length = 0;
    for (const char *at = text_word(&languages, &length); at; at = text_word(&languages, &length)) {
        titles.language = arena_copy_bytes(flow->arena, at, length);
        for (size_t i = 0; i < flow->town->plugin_count; i++)
            index_plugin(&titles, &flow->town->plugins[i]);
    }
    search_keep(flow->town->db, "", titles.ids, titles.count);
    free(titles.ids);
}

bool start_town(struct flow *flow, struct fail *fail)
{
    struct db *db = flow->town->db;
    switch_off(flow);
    db_begin(db);
    for (size_t i = 0; i < flow->town->plugin_count; i++) {
        if (!start_plugin(flow, &flow->town->plugins[i], fail)) {
            db_rollback(db);
            return false;
        }
    }
    index_dialogs(flow);
    if (!schedule_start(flow, fail)) {
        db_rollback(db);
        return false;
    }
    request_again(flow);
    incoming_again(flow);
    outbox_collect(flow);
    if (!db_commit(db))
        return fail_set(fail, "town %s: %s", flow->town->id, db_words(db));
    file_sweep(db, flow->town->folder);
    outbox_send(flow);
    arena_reset(flow->arena);
    return true;
}
