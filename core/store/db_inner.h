/* SPDX-License-Identifier: MPL-2.0
 * What the files of store/ share about a database; nobody else includes this. */
#ifndef STORE_DB_INNER_H
#define STORE_DB_INNER_H

#include <sqlite3.h>
#include <stddef.h>

#include "store/db.h"

enum { DB_BUCKETS = 128 };

enum db_control { DB_BEGIN, DB_COMMIT, DB_ROLLBACK, DB_SAVE, DB_KEEP, DB_UNDO, DB_CONTROLS };

struct db_kept; /* a prepared statement */
struct guard;

struct db {
    sqlite3 *sqlite;
    int lock;
    struct db_kept *kept[DB_BUCKETS];
    size_t kept_count;
    /* Prepared at the start, so that no authorizer and no lack of memory stands between us and a rollback. */
    sqlite3_stmt *control[DB_CONTROLS];
    bool open;               /* between db_begin and db_commit or db_rollback */
    int depth, failed_depth; /* savepoints now; and when the first statement failed */
    bool failed, fatal, full;
    int wal_pages; /* still to be moved into the file */
    bool log_used; /* the log is more than an empty file */
    struct guard *guard; /* store/guard.c: whose SQL is being prepared; NULL: the host's */
    struct fail words;
};

/* A kept statement that nobody is walking; owner: a plugin, "" for the host. NULL: sqlite3_errmsg, or not exactly one statement. */
sqlite3_stmt *db_prepare(struct db *db, const char *owner, const char *sql);
void db_drop_kept(struct db *db);               /* every kept statement */
bool db_script(struct db *db, const char *sql); /* several statements */
void db_note_failure(struct db *db, const char *sql); /* marks the transaction with what SQLite says */

#endif
