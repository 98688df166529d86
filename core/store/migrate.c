/* SPDX-License-Identifier: MPL-2.0 */
#include "store/migrate.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "store/db_inner.h"
#include "store/guard.h"

enum { HASH_CHARS = 2 * crypto_generichash_BYTES_MIN + 1 };

static void hash_of(const char *sql, char out[HASH_CHARS])
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)sql, strlen(sql), NULL, 0);
    sodium_bin2hex(out, HASH_CHARS, hash, sizeof hash);
}

static bool known_is_unchanged(struct db *db, const char *owner, const char *const *sql, size_t count, struct fail *fail)
{
    bool same = true;
    sqlite3_stmt *done =
        db_query(db, "SELECT number, hash FROM migration WHERE owner = ? AND number <= ? ORDER BY number", "si", owner, (int64_t)count);
    while (same && db_row(db, done)) {
        size_t number = (size_t)db_int(done, 0);
        char hash[HASH_CHARS];
        hash_of(sql[number - 1], hash);
        same = strcmp(hash, db_text(done, 1)) == 0;
        if (!same)
            fail_set(fail,
                     "%s: migration %zu of '%s' was edited after it had run here. Put its old text back and add a new migration "
                     "behind it",
                     db_path(db), number, owner);
    }
    db_done(done);
    return same;
}

static bool run_one(struct db *db, const char *owner, const char *sql, int64_t number, struct fail *fail)
{
    char hash[HASH_CHARS];
    hash_of(sql, hash);
    bool ours = text_is(owner, "viche") || text_starts(owner, "viche.");
    bool done = db_begin(db) && (ours ? db_script(db, sql) : guard_script(db, owner, sql)) &&
                db_run(db, "INSERT INTO migration(owner, number, hash, at) VALUES (?, ?, ?, ?)", "sisi", owner, number, hash,
                       clock_now()) &&
                db_commit(db);
    if (done)
        return true;
    db_rollback(db);
    return fail_set(fail, "%s: migration %lld of '%s' failed and was undone: %s. Nothing has changed; mend it and start again",
                    db_path(db), (long long)number, owner, db_words(db));
}

bool migrate(struct db *db, const char *owner, const char *const *sql, size_t count, struct fail *fail)
{
    static const char table[] = "CREATE TABLE IF NOT EXISTS migration(owner TEXT NOT NULL, number INTEGER NOT NULL,"
                                " hash TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(owner, number))";
    if (!db_run(db, table, ""))
        return fail_set(fail, "%s: %s", db_path(db), db_words(db));
    int64_t done = db_number(db, "SELECT coalesce(max(number), 0) FROM migration WHERE owner = ?", "s", owner);
    if (done > (int64_t)count)
        return fail_set(fail,
                        "%s: a newer version of '%s' has written here (schema %lld, this one knows %zu). Install that version "
                        "again, or restore a backup made before it",
                        db_path(db), owner, (long long)done, count);
    if (!known_is_unchanged(db, owner, sql, count, fail))
        return false;
    for (int64_t number = done + 1; number <= (int64_t)count; number++)
        if (!run_one(db, owner, sql[number - 1], number, fail))
            return false;
    return true;
}
