/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/receipt.h"

#include "base/clock.h"
#include "flow/turn.h"

const char *const receipt_migrations[] = {
    "CREATE TABLE receipt ("
    "  channel TEXT NOT NULL,"
    "  sent_id TEXT NOT NULL,"
    "  owner TEXT NOT NULL,"
    "  tag TEXT NOT NULL,"
    "  at INTEGER NOT NULL,"
    "  PRIMARY KEY (channel, sent_id));",
};
const size_t receipt_migration_count = sizeof receipt_migrations / sizeof *receipt_migrations;

void receipt_tell(struct flow *flow, const char *owner, const char *tag, uint32_t what)
{
    const struct town_plugin *plugin = town_plugin(flow->town, owner);
    if (!plugin || !plugin->plugin->decl->delivered)
        return;
    struct flow_mark mark = flow_save(flow);
    struct turn *turn = turn_plain(flow, plugin);
    flow_begin(flow, 0, owner);
    plugin->plugin->decl->delivered(&turn->base, tag, what);
    flow_end(flow);
    bool fine = !turn->failed && !db_failed(flow->town->db);
    if (fine)
        turn_send(turn);
    turn_end(turn);
    if (fine)
        flow_keep(flow);
    else
        flow_undo(flow, mark);
}

void receipt_keep(struct flow *flow, const struct viche_channel *channel, const char *sent_id, const char *owner, const char *tag)
{
    db_run(flow->town->db,
           "INSERT INTO receipt(channel, sent_id, owner, tag, at) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", "ssssi",
           channel->id, sent_id, owner, tag, clock_now());
}

void receipt_come(struct flow *flow, const struct viche_channel *channel, const char *sent_id, uint32_t what)
{
    struct db *db = flow->town->db;
    sqlite3_stmt *row = db_query(db, "SELECT owner, tag FROM receipt WHERE channel = ? AND sent_id = ?", "ss", channel->id,
                                 sent_id ? sent_id : "");
    bool found = db_row(db, row);
    const char *owner = found ? arena_copy(flow->arena, db_text(row, 0)) : "";
    const char *tag = found ? arena_copy(flow->arena, db_text(row, 1)) : "";
    db_done(row);
    if (found)
        receipt_tell(flow, owner, tag, what);
}

void receipt_trim(struct db *db, int64_t before) { db_run(db, "DELETE FROM receipt WHERE at < ?", "i", before); }
