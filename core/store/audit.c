/* SPDX-License-Identifier: MPL-2.0 */
#include "store/audit.h"

#include <sodium.h>
#include <string.h>

_Static_assert(AUDIT_HASH_BYTES == crypto_generichash_BYTES, "the chain is BLAKE2b-256");

const char *const audit_migrations[] = {
    "CREATE TABLE audit(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, plugin TEXT NOT NULL, clerk INTEGER NOT NULL,"
    "  what TEXT NOT NULL, object TEXT NOT NULL, hash BLOB NOT NULL);"
    "CREATE TRIGGER audit_changes BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'the audit chain only grows'); END;"
    "CREATE TRIGGER audit_shrinks BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'the audit chain only grows'); END;"
    "CREATE TRIGGER audit_jumps BEFORE INSERT ON audit WHEN new.id <> (SELECT coalesce(max(id), 0) + 1 FROM audit)"
    "  BEGIN SELECT raise(ABORT, 'the audit chain has no gaps'); END;",
};
const size_t audit_migration_count = sizeof audit_migrations / sizeof *audit_migrations;

/* ---- sealing ---- */

static void add_number(crypto_generichash_state *state, int64_t number)
{
    unsigned char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    crypto_generichash_update(state, bytes, sizeof bytes);
}

static void add_text(crypto_generichash_state *state, const char *text)
{
    size_t size = strlen(text);
    add_number(state, (int64_t)size);
    crypto_generichash_update(state, (const unsigned char *)text, size);
}

void audit_seal(const unsigned char before[AUDIT_HASH_BYTES], const struct audit_row *row, unsigned char hash[AUDIT_HASH_BYTES])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, AUDIT_HASH_BYTES);
    crypto_generichash_update(&state, before, AUDIT_HASH_BYTES);
    add_number(&state, row->id);
    add_number(&state, row->at);
    add_number(&state, row->clerk);
    add_text(&state, row->plugin);
    add_text(&state, row->what);
    add_text(&state, row->object);
    crypto_generichash_final(&state, hash, AUDIT_HASH_BYTES);
}

/* ---- rows ---- */

/* A hash that is no hash reads as zeros: whoever looks finds that it does not fit. */
static void read_hash(sqlite3_stmt *statement, int column, unsigned char hash[AUDIT_HASH_BYTES])
{
    const void *bytes = sqlite3_column_blob(statement, column);
    memset(hash, 0, AUDIT_HASH_BYTES);
    if (bytes && sqlite3_column_bytes(statement, column) == AUDIT_HASH_BYTES)
        memcpy(hash, bytes, AUDIT_HASH_BYTES);
}

void audit_put(struct db *db, const struct audit_row *row)
{
    struct audit_row next = *row;
    unsigned char before[AUDIT_HASH_BYTES] = {0};
    sqlite3_stmt *last = db_query(db, "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1", "");
    bool any = db_row(db, last);
    next.id = any ? db_int(last, 0) + 1 : 1;
    if (any)
        read_hash(last, 1, before);
    db_done(last);
    audit_seal(before, &next, next.hash);
    db_run(db, "INSERT INTO audit(id, at, plugin, clerk, what, object, hash) VALUES(?, ?, ?, ?, ?, ?, ?)", "iisissb", next.id,
           next.at, next.plugin, next.clerk, next.what, next.object, (const void *)next.hash, sizeof next.hash);
}

static void read_row(sqlite3_stmt *statement, struct audit_row *row)
{
    *row = (struct audit_row){db_int(statement, 0),  db_int(statement, 1),  db_int(statement, 2), db_text(statement, 3),
                              db_text(statement, 4), db_text(statement, 5), {0}};
    read_hash(statement, 6, row->hash);
}

void audit_each(struct db *db, int64_t from, bool (*take)(void *context, const struct audit_row *row), void *context)
{
    sqlite3_stmt *rows = db_query(db, "SELECT id, at, clerk, plugin, what, object, hash FROM audit WHERE id >= ? ORDER BY id", "i", from);
    struct audit_row row;
    bool more = true;
    while (more && db_row(db, rows)) {
        read_row(rows, &row);
        more = take(context, &row);
    }
    db_done(rows);
}

bool audit_read(struct db *db, struct arena *arena, int64_t from, struct audit_row *out)
{
    const char *sql = from == INT64_MAX
                          ? "SELECT id, at, clerk, plugin, what, object, hash FROM audit WHERE id <= ? ORDER BY id DESC LIMIT 1"
                          : "SELECT id, at, clerk, plugin, what, object, hash FROM audit WHERE id >= ? ORDER BY id LIMIT 1";
    sqlite3_stmt *row = db_query(db, sql, "i", from);
    bool found = db_row(db, row);
    if (found) {
        read_row(row, out);
        out->plugin = arena_copy(arena, out->plugin);
        out->what = arena_copy(arena, out->what);
        out->object = arena_copy(arena, out->object);
    }
    db_done(row);
    return found;
}
