/* SPDX-License-Identifier: MPL-2.0
 * Statements: prepared once, kept, walked row by row; and what happens when one fails. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "store/db_inner.h"

struct db_kept {
    struct db_kept *next;
    sqlite3_stmt *statement;
    char *owner, *sql;
};

/* ---- failures ---- */

void db_note_failure(struct db *db, const char *what)
{
    int code = sqlite3_extended_errcode(db->sqlite);
    if (!db->failed) {
        db->failed = true;
        db->failed_depth = db->depth;
        fail_set(&db->words, "%s (%d) in: %.300s", sqlite3_errmsg(db->sqlite), code, what);
    }
    if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
        db->fatal = true;
    if (code == SQLITE_FULL || code == SQLITE_IOERR_WRITE) /* the second by a quota or a limit: all one can do is wait, too */
        db->full = true;
}

bool db_written(const struct db *db) { return sqlite3_txn_state(db->sqlite, NULL) == SQLITE_TXN_WRITE; }

bool db_failed(const struct db *db) { return db->failed; }

bool db_fatal(const struct db *db) { return db->fatal; }

bool db_full(const struct db *db) { return db->full; }

const char *db_words(const struct db *db) { return db->words.words; }

void db_refuse(struct db *db, const char *why)
{
    if (!db->failed)
        db->failed_depth = db->depth;
    db->failed = true;
    fail_set(&db->words, "%s", why);
}

/* ---- statements ---- */

static uint32_t hash_of(const char *sql)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (const char *at = sql; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    return hash;
}

/* The host's own are literals (db.h): where one lies tells it from the others faster than what it says. */
static unsigned bucket_of(const char *owner, const char *sql)
{
    return (*owner ? hash_of(sql) : (uint32_t)((uintptr_t)sql >> 3)) % DB_BUCKETS;
}

static bool is_one_statement(const char *tail) { return tail[strspn(tail, " \t\n;")] == '\0'; }

static sqlite3_stmt *prepare_new(struct db *db, const char *owner, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    const char *tail = "";
    if (sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, &tail) != SQLITE_OK)
        return NULL;
    if (!statement || !is_one_statement(tail)) {
        sqlite3_finalize(statement);
        return NULL;
    }
    struct db_kept **bucket = &db->kept[bucket_of(owner, sql)];
    struct db_kept *kept = mem_alloc(sizeof *kept);
    *kept = (struct db_kept){.next = *bucket, .statement = statement, .owner = mem_copy(owner), .sql = mem_copy(sql)};
    *bucket = kept;
    db->kept_count++;
    return statement;
}

sqlite3_stmt *db_prepare(struct db *db, const char *owner, const char *sql)
{
    /* A query inside a walk of the same query gets a statement of its own. */
    for (struct db_kept *kept = db->kept[bucket_of(owner, sql)]; kept; kept = kept->next)
        if (strcmp(kept->sql, sql) == 0 && strcmp(kept->owner, owner) == 0 && !sqlite3_stmt_busy(kept->statement))
            return kept->statement;
    return prepare_new(db, owner, sql);
}

void db_drop_kept(struct db *db)
{
    for (size_t i = 0; i < DB_BUCKETS; i++) {
        while (db->kept[i]) {
            struct db_kept *kept = db->kept[i];
            db->kept[i] = kept->next;
            sqlite3_finalize(kept->statement);
            free(kept->owner);
            free(kept->sql);
            free(kept);
        }
    }
    db->kept_count = 0;
}

static int bind_one(sqlite3_stmt *statement, int at, char type, va_list *values)
{
    switch (type) {
    case 'i': return sqlite3_bind_int64(statement, at, va_arg(*values, int64_t));
    case 'r': return sqlite3_bind_double(statement, at, va_arg(*values, double));
    case 's': return sqlite3_bind_text(statement, at, va_arg(*values, const char *), -1, SQLITE_TRANSIENT);
    case 'b': {
        const void *data = va_arg(*values, const void *);
        return sqlite3_bind_blob64(statement, at, data, va_arg(*values, size_t), SQLITE_TRANSIENT);
    }
    default: return SQLITE_MISUSE;
    }
}

static sqlite3_stmt *query(struct db *db, const char *sql, const char *types, va_list *values)
{
    if (db->failed && db->open)
        return NULL; /* the transaction may be gone already: nothing more may slip out of it */
    db->failed = false;
    sqlite3_stmt *statement = db_prepare(db, "", sql);
    if (!statement) {
        db_note_failure(db, sql);
        return NULL;
    }
    if ((size_t)sqlite3_bind_parameter_count(statement) != strlen(types)) {
        db_refuse(db, sql);
        return NULL;
    }
    int at = 1;
    for (const char *type = types; *type; type++, at++) {
        if (bind_one(statement, at, *type, values) == SQLITE_OK)
            continue;
        db_note_failure(db, sql);
        return NULL;
    }
    return statement;
}

sqlite3_stmt *db_query(struct db *db, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = query(db, sql, types, &values);
    va_end(values);
    return statement;
}

bool db_row(struct db *db, sqlite3_stmt *statement)
{
    if (!statement)
        return false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        db_note_failure(db, sqlite3_sql(statement));
    sqlite3_reset(statement);
    return false;
}

void db_done(sqlite3_stmt *statement) { sqlite3_reset(statement); }

bool db_run(struct db *db, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = query(db, sql, types, &values);
    va_end(values);
    if (!statement)
        return false;
    while (db_row(db, statement))
        ;
    return !db->failed;
}

int64_t db_number(struct db *db, const char *sql, const char *types, ...)
{
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = query(db, sql, types, &values);
    va_end(values);
    if (!db_row(db, statement))
        return 0;
    int64_t number = db_int(statement, 0);
    db_done(statement);
    return number;
}

bool db_script(struct db *db, const char *sql)
{
    if (db->failed && db->open)
        return false;
    db->failed = false;
    if (sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
        db_note_failure(db, sql);
    return !db->failed;
}

int64_t db_int(sqlite3_stmt *statement, int column) { return sqlite3_column_int64(statement, column); }

double db_real(sqlite3_stmt *statement, int column) { return sqlite3_column_double(statement, column); }

const char *db_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text ? (const char *)text : "";
}

int64_t db_changes(struct db *db) { return sqlite3_changes64(db->sqlite); }

int64_t db_last_id(struct db *db) { return sqlite3_last_insert_rowid(db->sqlite); }
