/* SPDX-License-Identifier: MPL-2.0
 * A town's SQLite file: one connection, exclusive, WAL, synchronous=FULL, so that a commit is a promise. Statements are
 * prepared once and kept. A failing statement marks the transaction: it cannot be committed any more. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/fail.h"

struct db;

/* Opens or makes folder/town.db and takes folder/lock (flock): another process that has it makes this fail with its pid. The
 * folder is made with mode 0700 if its parent is there. Refuses a file that another program made. On failure errno is EAGAIN
 * if another process has the lock: it may be about to go. */
struct db *db_open(const char *folder, struct fail *fail);
struct db *db_open_memory(void); /* for tests and `viche talk` */
void db_close(struct db *db);
const char *db_path(const struct db *db); /* of the file, or "memory" */
void db_refuse(struct db *db, const char *why); /* marks the transaction as failed, with these words */

/* Transactions. db_commit may run on another thread while nobody else touches this db. After a failure every further statement
 * of the transaction does nothing and says false. Both ends of a transaction end every query that is still being walked. */
bool db_begin(struct db *db);
bool db_commit(struct db *db);   /* false: rolled back, see db_words; IOERR_FSYNC: the process must end, see db_fatal */
void db_rollback(struct db *db);
void db_save(struct db *db);     /* savepoint */
void db_keep(struct db *db);     /* release it */
void db_undo(struct db *db);     /* back to it and release it; clears the failure mark set since */
bool db_written(const struct db *db); /* has the transaction under way changed anything? */
bool db_failed(const struct db *db);
bool db_fatal(const struct db *db); /* an fsync failed: never retried */
bool db_full(const struct db *db);  /* the disk is full */
const char *db_words(const struct db *db); /* of the last failure, for the log */

/* sql is a literal. types: one letter a ?: i int64_t, r double, s const char * (NULL binds NULL), b const void * and size_t. */
sqlite3_stmt *db_query(struct db *db, const char *sql, const char *types, ...);
bool db_row(struct db *db, sqlite3_stmt *statement); /* the next row; at the end the statement is reset */
void db_done(sqlite3_stmt *statement);               /* leaves before the end */
bool db_run(struct db *db, const char *sql, const char *types, ...); /* a statement without rows */
/* The first column of the first row; 0 without one. */
int64_t db_number(struct db *db, const char *sql, const char *types, ...);
int64_t db_int(sqlite3_stmt *statement, int column);
double db_real(sqlite3_stmt *statement, int column);
const char *db_text(sqlite3_stmt *statement, int column); /* "" for NULL; until the next row */
int64_t db_changes(struct db *db);
int64_t db_last_id(struct db *db);

/* VACUUM INTO path (must not exist): a whole, consistent copy; only outside a transaction. */
bool db_copy(struct db *db, const char *path, struct fail *fail);
bool db_check(struct db *db, struct fail *fail); /* integrity_check */
/* Moves the write-ahead log into the file; the next commits write over it, which is cheaper than a log that grows. A busy town does
 * it by itself in a commit, a quiet one when told. Nothing to do costs nothing. db_failed and db_fatal tell of trouble. */
void db_checkpoint(struct db *db);
/* The same, and of what stood in the log nothing is left. */
void db_empty_log(struct db *db);
int64_t db_log_bytes(const struct db *db); /* what a checkpoint would move */

#endif
