/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/history.h"

#include "base/clock.h"
#include "flow/message.h"

const char *const history_migrations[] = {
    "CREATE TABLE history ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  channel TEXT NOT NULL,"
    "  address TEXT NOT NULL,"
    "  origin TEXT,"
    "  at INTEGER NOT NULL,"
    "  body TEXT NOT NULL);"
    "CREATE INDEX history_chat ON history(channel, address, id);"
    "CREATE UNIQUE INDEX history_origin ON history(channel, origin) WHERE origin IS NOT NULL;",
};
const size_t history_migration_count = sizeof history_migrations / sizeof *history_migrations;

enum { PAGE_ROWS = 200 };

int64_t history_put(struct db *db, const char *channel, const char *address, const char *origin, const char *body)
{
    db_run(db, "INSERT INTO history(channel, address, origin, at, body) VALUES(?, ?, ?, ?, ?)", "sssis", channel, address, origin,
           clock_now(), body);
    return db_last_id(db);
}

int64_t history_id(struct db *db, const char *channel, const char *origin)
{
    return db_number(db, "SELECT id FROM history WHERE channel = ? AND origin = ?", "ss", channel, origin);
}

const struct viche_message *history_read(struct db *db, struct arena *arena, const char *channel, const char *address,
                                         uint64_t after_id, uint32_t *count)
{
    struct viche_message *messages = arena_alloc(arena, PAGE_ROWS * sizeof *messages);
    *count = 0;
    sqlite3_stmt *row = db_query(db,
                                 "SELECT id, at, body, origin FROM history WHERE channel = ? AND address = ? AND id > ?"
                                 " ORDER BY id LIMIT ?",
                                 "ssii", channel, address, (int64_t)after_id, (int64_t)PAGE_ROWS);
    while (db_row(db, row)) {
        struct viche_message *message = &messages[*count];
        if (!message_read(db_text(row, 2), arena, message))
            continue;
        const char *origin = db_text(row, 3);
        message->id = (uint64_t)db_int(row, 0);
        message->at = db_int(row, 1);
        message->address = address;
        message->origin = *origin ? arena_copy(arena, origin) : NULL;
        message->flags = *origin ? VICHE_MESSAGE_INCOMING : 0;
        (*count)++;
    }
    return messages;
}

void history_erase(struct db *db, const char *channel, const char *address)
{
    db_run(db, "DELETE FROM history WHERE channel = ? AND address = ?", "ss", channel, address);
}

void history_trim(struct db *db, int64_t before) { db_run(db, "DELETE FROM history WHERE at < ?", "i", before); }
