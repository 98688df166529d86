/* SPDX-License-Identifier: MPL-2.0 */
#include "town/citizen.h"

#include "base/clock.h"

enum { SEEN_MS = 60 * 1000, /* a chat in full swing is not written down anew with each message */
       SILENCE_MS = 60 * 60 * 1000 };

const char *const citizen_migrations[] = {
    "CREATE TABLE citizen ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  language TEXT NOT NULL,"
    "  created_at INTEGER NOT NULL);"
    "CREATE TABLE address ("
    "  channel TEXT NOT NULL,"
    "  address TEXT NOT NULL,"
    "  citizen INTEGER NOT NULL REFERENCES citizen(id),"
    "  reachable INTEGER NOT NULL DEFAULT 1,"
    "  seen_at INTEGER NOT NULL,"
    "  PRIMARY KEY (channel, address));"
    "CREATE INDEX address_citizen ON address(citizen, seen_at);",
    "ALTER TABLE citizen ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0",
};
const size_t citizen_migration_count = sizeof citizen_migrations / sizeof *citizen_migrations;

static struct citizen read_citizen(struct arena *arena, sqlite3_stmt *row)
{
    return (struct citizen){
        .id = (uint64_t)db_int(row, 0),
        .language = arena_copy(arena, db_text(row, 1)),
        .channel = arena_copy(arena, db_text(row, 2)),
        .address = arena_copy(arena, db_text(row, 3)),
    };
}

/* fresh: it was written down within the last minute, and no other chat of this citizen since. */
static struct citizen look_up(struct db *db, struct arena *arena, const char *channel, const char *address, bool *fresh)
{
    sqlite3_stmt *row = db_query(db,
                                 "SELECT citizen.id, language, channel, address, reachable = 1 AND seen_at > ?3 AND NOT EXISTS("
                                 "  SELECT 1 FROM address other WHERE other.citizen = mine.citizen AND other.seen_at > mine.seen_at),"
                                 " seen_at <= ?4"
                                 " FROM address mine JOIN citizen ON citizen.id = mine.citizen WHERE channel = ?1 AND address = ?2",
                                 "ssii", channel, address, clock_now_ms() - SEEN_MS, clock_now_ms() - SILENCE_MS);
    struct citizen citizen = {0};
    if (db_row(db, row)) {
        citizen = read_citizen(arena, row);
        *fresh = db_int(row, 4) != 0;
        citizen.begins = db_int(row, 5) != 0;
    }
    db_done(row);
    return citizen;
}

struct citizen citizen_at(struct db *db, struct arena *arena, const char *channel, const char *address, const char *language)
{
    bool fresh = false;
    struct citizen citizen = look_up(db, arena, channel, address, &fresh);
    if (citizen.id == 0) {
        db_run(db, "INSERT INTO citizen(language, created_at) VALUES(?, ?)", "si", language, clock_now());
        db_run(db, "INSERT INTO address(channel, address, citizen, seen_at) VALUES(?, ?, ?, ?)", "ssii", channel, address,
               db_last_id(db), clock_now_ms());
        citizen = look_up(db, arena, channel, address, &fresh);
        citizen.begins = true;
        return citizen;
    }
    if (!fresh)
        db_run(db, "UPDATE address SET seen_at = ?, reachable = 1 WHERE channel = ? AND address = ?", "iss", clock_now_ms(), channel,
               address);
    return citizen;
}

bool citizen_exists(struct db *db, uint64_t id)
{
    return db_number(db, "SELECT COUNT(*) FROM citizen WHERE id = ?", "i", (int64_t)id) > 0;
}

bool citizen_known(struct db *db, const char *channel, const char *address)
{
    return db_number(db, "SELECT COUNT(*) FROM address WHERE channel = ? AND address = ?", "ss", channel, address) > 0;
}

struct citizen citizen_find(struct db *db, struct arena *arena, uint64_t id)
{
    sqlite3_stmt *row = db_query(db,
                                 "SELECT citizen.id, language, channel, address FROM citizen JOIN address ON citizen = citizen.id"
                                 " WHERE citizen.id = ?1 AND reachable = 1 AND (elsewhere = 1 OR seen_at ="
                                 "   (SELECT MAX(seen_at) FROM address WHERE citizen = ?1))"
                                 " ORDER BY seen_at DESC LIMIT 1",
                                 "i", (int64_t)id);
    struct citizen citizen = {0};
    if (db_row(db, row))
        citizen = read_citizen(arena, row);
    db_done(row);
    return citizen;
}

const char *citizen_address(struct db *db, struct arena *arena, uint64_t id, const char *channel, uint32_t index)
{
    sqlite3_stmt *row = db_query(db, "SELECT address FROM address WHERE citizen = ? AND channel = ? ORDER BY address LIMIT 1 OFFSET ?",
                                 "isi", (int64_t)id, channel, (int64_t)index);
    const char *address = db_row(db, row) ? arena_copy(arena, db_text(row, 0)) : NULL;
    db_done(row);
    return address;
}

struct citizen citizen_from(struct db *db, struct arena *arena, uint64_t from)
{
    static const char first[] = "SELECT id, language, '', '', created_at FROM citizen WHERE id >= ? ORDER BY id LIMIT 1";
    sqlite3_stmt *row = db_query(db, first, "i", (int64_t)from);
    struct citizen citizen = {0};
    if (db_row(db, row)) {
        citizen = read_citizen(arena, row);
        citizen.since = db_int(row, 4);
    }
    db_done(row);
    struct citizen reachable = citizen.id ? citizen_find(db, arena, citizen.id) : citizen;
    reachable.since = citizen.since;
    return reachable.id ? reachable : citizen;
}

void citizen_speak(struct db *db, uint64_t id, const char *language)
{
    db_run(db, "UPDATE citizen SET language = ? WHERE id = ?", "si", language, (int64_t)id);
}

void citizen_reach(struct db *db, const char *channel, const char *address, bool reachable)
{
    db_run(db, "UPDATE address SET reachable = ? WHERE channel = ? AND address = ?", "iss", (int64_t)reachable, channel, address);
}

void citizen_readdress(struct db *db, const char *channel, const char *from, const char *to)
{
    db_run(db, "UPDATE OR IGNORE address SET address = ? WHERE channel = ? AND address = ?", "sss", to, channel, from);
}

/* ---- several addresses ---- */

size_t citizen_addresses(struct db *db, struct arena *arena, uint64_t id, struct citizen_address *out, size_t room)
{
    size_t count = 0;
    sqlite3_stmt *row = db_query(db, "SELECT channel, address, seen_at, reachable FROM address WHERE citizen = ?"
                                     " ORDER BY seen_at DESC LIMIT ?",
                                 "ii", (int64_t)id, (int64_t)room);
    while (db_row(db, row))
        out[count++] = (struct citizen_address){
            .channel = arena_copy(arena, db_text(row, 0)),
            .address = arena_copy(arena, db_text(row, 1)),
            .seen_at = db_int(row, 2) / 1000,
            .reachable = db_int(row, 3) != 0,
        };
    return count;
}

uint64_t citizen_of(struct db *db, const char *channel, const char *address)
{
    return (uint64_t)db_number(db, "SELECT citizen FROM address WHERE channel = ? AND address = ?", "ss", channel, address);
}

bool citizen_reachable(struct db *db, const char *channel, const char *address)
{
    return db_number(db, "SELECT reachable FROM address WHERE channel = ? AND address = ?", "ss", channel, address) != 0;
}

void citizen_move(struct db *db, uint64_t from, uint64_t to)
{
    db_run(db, "UPDATE address SET citizen = ? WHERE citizen = ?", "ii", (int64_t)to, (int64_t)from);
    db_run(db, "DELETE FROM citizen WHERE id = ?", "i", (int64_t)from);
}

void citizen_part(struct db *db, const char *channel, const char *address)
{
    db_run(db,
           "INSERT INTO citizen(language, created_at) SELECT language, ? FROM citizen JOIN address ON citizen = citizen.id"
           " WHERE channel = ? AND address = ?",
           "iss", clock_now(), channel, address);
    db_run(db, "UPDATE address SET citizen = ? WHERE channel = ? AND address = ?", "iss", db_last_id(db), channel, address);
}

void citizen_agree(struct db *db, uint64_t id, bool elsewhere)
{
    db_run(db, "UPDATE citizen SET elsewhere = ? WHERE id = ?", "ii", (int64_t)elsewhere, (int64_t)id);
}

bool citizen_agreed(struct db *db, uint64_t id)
{
    return db_number(db, "SELECT elsewhere FROM citizen WHERE id = ?", "i", (int64_t)id) != 0;
}

void citizen_erase(struct db *db, uint64_t id)
{
    db_run(db, "DELETE FROM address WHERE citizen = ?", "i", (int64_t)id);
    db_run(db, "DELETE FROM citizen WHERE id = ?", "i", (int64_t)id);
}
