/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/value.h"

#include "base/clock.h"
#include "base/text.h"

const char *const value_migrations[] = {
    "CREATE TABLE value ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  value TEXT NOT NULL UNIQUE,"
    "  used_at INTEGER NOT NULL);",
};
const size_t value_migration_count = sizeof value_migrations / sizeof *value_migrations;

const char *value_short(struct db *db, struct arena *arena, const char *value)
{
    int64_t id = db_number(db,
                           "INSERT INTO value(value, used_at) VALUES(?, ?)"
                           " ON CONFLICT(value) DO UPDATE SET used_at = excluded.used_at RETURNING id",
                           "si", value, clock_now());
    return arena_print(arena, "#%lld", (long long)id);
}

const char *value_whole(struct db *db, struct arena *arena, const char *value)
{
    int64_t id = 0;
    if (*value != '#' || !text_number(value + 1, &id))
        return value;
    sqlite3_stmt *row = db_query(db, "SELECT value FROM value WHERE id = ?", "i", id);
    const char *whole = db_row(db, row) ? arena_copy(arena, db_text(row, 0)) : NULL;
    db_done(row);
    return whole;
}

void value_trim(struct db *db, int64_t before) { db_run(db, "DELETE FROM value WHERE used_at < ?", "i", before); }
