/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/incoming.h"

#include "base/log.h"
#include "flow/event.h"
#include "flow/inbox.h"
#include "flow/turn.h"
#include "flow/wait.h"
#include "store/file.h"

const char *const incoming_migrations[] = {
    "CREATE TABLE incoming ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  channel TEXT NOT NULL,"
    "  address TEXT NOT NULL,"
    "  origin TEXT NOT NULL,"
    "  remote TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  body TEXT NOT NULL);",
};
const size_t incoming_migration_count = sizeof incoming_migrations / sizeof *incoming_migrations;

struct waiting {
    int64_t id;
    const struct town_plugin *plugin;
    const struct viche_channel *channel;
    const char *remote, *name;
    struct viche_event event;
};

static bool load(struct flow *flow, int64_t id, struct waiting *out)
{
    sqlite3_stmt *row = db_query(flow->town->db, "SELECT channel, origin, remote, name, body FROM incoming WHERE id = ?", "i", id);
    bool found = db_row(flow->town->db, row);
    if (found) {
        *out = (struct waiting){.id = id};
        out->channel = town_channel(flow->town, db_text(row, 0), &out->plugin);
        out->event.origin = arena_copy(flow->arena, db_text(row, 1));
        out->remote = arena_copy(flow->arena, db_text(row, 2));
        out->name = arena_copy(flow->arena, db_text(row, 3));
        inbox_read_event(flow->arena, db_text(row, 4), &out->event);
    }
    db_done(row);
    return found && out->channel;
}

/* The file is there, or never will be: the event goes on without waiting. */
static void finish(struct flow *flow, struct waiting *waiting, const char *file)
{
    db_run(flow->town->db, "DELETE FROM incoming WHERE id = ?", "i", waiting->id);
    waiting->event.file = file;
    event_go_on(flow, waiting->channel, &waiting->event);
}

static void ask(struct flow *flow, struct waiting *waiting, const struct viche_result *last)
{
    struct turn *turn = turn_plain(flow, waiting->plugin);
    turn->channel = waiting->channel;
    struct viche_request request = {.size = sizeof request};
    flow_begin(flow, 0, waiting->plugin->plugin->name);
    uint32_t answer = waiting->channel->fetch_file(&turn->base, waiting->remote, last, &request);
    flow_end(flow);
    bool fails = turn->failed != NULL;
    if (!fails && answer != 0)
        fetch_write(flow, fetch_id(waiting->id, FETCH_FILE), waiting->plugin->plugin->name, "", &request,
                    answer == VICHE_FETCH_TAKE ? FETCH_TO_FILE : 0);
    turn_end(turn);
    if (fails || answer == 0)
        finish(flow, waiting, NULL);
}

void incoming_put(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event)
{
    struct db *db = flow->town->db;
    db_run(db, "INSERT INTO incoming(channel, address, origin, remote, name, body) VALUES(?, ?, ?, ?, ?, ?)", "ssssss", channel->id,
           event->address, event->origin, event->remote, event->remote_name ? event->remote_name : "",
           inbox_write_event(flow->arena, event));
    struct waiting waiting;
    if (load(flow, db_last_id(db), &waiting))
        ask(flow, &waiting, NULL);
}

void incoming_fetched(struct flow *flow, int64_t id, const struct viche_result *result, const char *upload)
{
    struct waiting waiting;
    if (!load(flow, id, &waiting))
        return;
    if (!*upload) {
        ask(flow, &waiting, result);
        return;
    }
    struct fail why;
    const char *file = NULL;
    if (result->status == 200)
        file = file_keep(flow->town->db, flow->arena, flow->town->folder, upload, waiting.name, 0, &why);
    if (!file)
        log_line(LOG_NOTE, "incoming", "a messenger's file is not taken", "town=%s channel=%s status=%d", flow->town->id,
                 waiting.channel->id, result->status);
    finish(flow, &waiting, file);
}

void incoming_erase(struct db *db, const char *channel, const char *address)
{
    db_run(db, "DELETE FROM incoming WHERE channel = ? AND address = ?", "ss", channel, address);
}

void incoming_again(struct flow *flow)
{
    int64_t id = 0;
    struct waiting waiting;
    for (;;) {
        id = db_number(flow->town->db, "SELECT COALESCE(MIN(id), 0) FROM incoming WHERE id > ?", "i", id);
        if (id == 0)
            return;
        if (load(flow, id, &waiting))
            ask(flow, &waiting, NULL);
    }
}
