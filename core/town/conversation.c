/* SPDX-License-Identifier: MPL-2.0 */
#include "town/conversation.h"

#include "base/clock.h"

enum { HOUR_S = 3600 };

/* hour: UTC seconds / 3600 */
const char *const conversation_migrations[] = {
    "CREATE TABLE conversation(hour INTEGER PRIMARY KEY, count INTEGER NOT NULL)",
};
const size_t conversation_migration_count = sizeof conversation_migrations / sizeof *conversation_migrations;

void conversation_begin(struct db *db)
{
    db_run(db, "INSERT INTO conversation(hour, count) VALUES(?, 1) ON CONFLICT(hour) DO UPDATE SET count = count + 1", "i",
           clock_now() / HOUR_S);
}

int64_t conversation_count(struct db *db, int64_t from, int64_t until)
{
    return db_number(db, "SELECT COALESCE(SUM(count), 0) FROM conversation WHERE hour >= ? AND hour < ?", "ii", from / HOUR_S,
                     until / HOUR_S);
}
