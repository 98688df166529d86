/* SPDX-License-Identifier: MPL-2.0 */
#include "town/join.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

const char *const join_migrations[] = {
    "CREATE TABLE join_code ("
    "  hash TEXT PRIMARY KEY,"
    "  citizen INTEGER NOT NULL,"
    "  channel TEXT NOT NULL,"
    "  address TEXT NOT NULL,"
    "  later INTEGER NOT NULL,"
    "  expires_at INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX join_code_of ON join_code(citizen, later);"
    "CREATE TABLE join_try ("
    "  channel TEXT NOT NULL,"
    "  address TEXT NOT NULL,"
    "  at INTEGER NOT NULL);"
    "CREATE INDEX join_try_at ON join_try(channel, address, at);",
};
const size_t join_migration_count = sizeof join_migrations / sizeof *join_migrations;

/* None of them is taken for another, neither read from a paper nor on another keyboard: 35 bits in eight, 52 in twelve. */
static const char letters[] = "34679ACDEFHJKMNPRTWXY";
enum { LETTERS = sizeof letters - 1, HASH_BYTES = 16, GROUP = 4 };

/* А К М Н Р С Т Х Е of a Cyrillic keyboard look like ours. */
static char letter_of(uint32_t point)
{
    static const struct {
        uint32_t point;
        char letter;
    } alike[] = {{0x410, 'A'}, {0x415, 'E'}, {0x41A, 'K'}, {0x41C, 'M'}, {0x41D, 'H'},
                 {0x420, 'P'}, {0x421, 'C'}, {0x422, 'T'}, {0x425, 'X'}};
    if (point >= 0x430 && point <= 0x44F)
        point -= 0x20;
    if (point >= 'a' && point <= 'z')
        point -= 'a' - 'A';
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (alike[i].point == point)
            return alike[i].letter;
    return point && point < 0x80 && strchr(letters, (int)point) ? (char)point : '\0';
}

/* The bare letters of what was typed, hashed. */
static const char *hash_of(struct arena *arena, const char *typed)
{
    char bare[JOIN_LATER_LETTERS + 1] = "";
    size_t count = 0;
    for (uint32_t point = text_next(&typed); point && count < sizeof bare; point = text_next(&typed)) {
        char letter = letter_of(point);
        if (letter)
            bare[count++] = letter;
    }
    unsigned char hash[HASH_BYTES];
    char *out = arena_alloc(arena, 2 * HASH_BYTES + 1);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)bare, count, NULL, 0);
    return sodium_bin2hex(out, 2 * HASH_BYTES + 1, hash, sizeof hash);
}

const char *join_make(struct db *db, struct arena *arena, const struct citizen *citizen, bool later)
{
    int count = later ? JOIN_LATER_LETTERS : JOIN_NOW_LETTERS;
    char *code = arena_alloc(arena, (size_t)(count + count / GROUP)), *at = code;
    for (int i = 0; i < count; i++) {
        if (i > 0 && i % GROUP == 0)
            *at++ = '-';
        *at++ = letters[randombytes_uniform(LETTERS)];
    }
    *at = '\0';
    db_run(db, "DELETE FROM join_code WHERE citizen = ? AND later = ?", "ii", (int64_t)citizen->id, (int64_t)later);
    db_run(db, "INSERT INTO join_code(hash, citizen, channel, address, later, expires_at) VALUES(?, ?, ?, ?, ?, ?)", "sissii",
           hash_of(arena, code), (int64_t)citizen->id, citizen->channel, citizen->address, (int64_t)later,
           clock_now() + (later ? JOIN_LATER_S : JOIN_NOW_S));
    return code;
}

struct citizen join_find(struct db *db, struct arena *arena, const char *typed)
{
    sqlite3_stmt *row = db_query(db, "SELECT citizen, channel, address FROM join_code WHERE hash = ? AND expires_at > ?", "si",
                                 hash_of(arena, typed), clock_now());
    struct citizen citizen = {0};
    if (db_row(db, row)) {
        citizen.id = (uint64_t)db_int(row, 0);
        citizen.channel = arena_copy(arena, db_text(row, 1));
        citizen.address = arena_copy(arena, db_text(row, 2));
    }
    db_done(row);
    return citizen;
}

void join_use(struct db *db, struct arena *arena, const char *typed)
{
    db_run(db, "DELETE FROM join_code WHERE hash = ?", "s", hash_of(arena, typed));
}

void join_wrong(struct db *db, const char *channel, const char *address)
{
    db_run(db, "INSERT INTO join_try(channel, address, at) VALUES(?, ?, ?)", "ssi", channel, address, clock_now());
}

int64_t join_pause(struct db *db, const char *channel, const char *address)
{
    int64_t since = clock_now() - JOIN_TRIES_S;
    int64_t tries = db_number(db, "SELECT COUNT(*) FROM join_try WHERE channel = ? AND address = ? AND at > ?", "ssi", channel,
                              address, since);
    if (tries < JOIN_TRIES)
        return 0;
    return JOIN_TRIES_S + db_number(db, "SELECT MAX(at) FROM join_try WHERE channel = ? AND address = ?", "ss", channel, address);
}

void join_drop(struct db *db, uint64_t citizen)
{
    db_run(db, "DELETE FROM join_code WHERE citizen = ?", "i", (int64_t)citizen);
}

void join_trim(struct db *db)
{
    db_run(db, "DELETE FROM join_code WHERE expires_at <= ?", "i", clock_now());
    db_run(db, "DELETE FROM join_try WHERE at <= ?", "i", clock_now() - JOIN_TRIES_S);
}
