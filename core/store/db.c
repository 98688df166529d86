/* SPDX-License-Identifier: MPL-2.0
 * Opening and closing, transactions, copies. */
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/db_inner.h"
#include "store/guard.h"
#include "store/lock.h"

enum {
    KEPT_MAX = 512,      /* plugins may compose their SQL: beyond so many statements all of them are made anew */
    WAL_PAGES_MAX = 512 /* 2 MiB: a town that is never quiet pays in small pieces, so that nobody waits long for one */
};

static const char *const control_sql[DB_CONTROLS] = {
    "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT s", "RELEASE s", "ROLLBACK TO s",
};

/* ---- transactions ---- */

static bool control(struct db *db, enum db_control which)
{
    int code = sqlite3_step(db->control[which]);
    if (code != SQLITE_DONE)
        db_note_failure(db, control_sql[which]);
    sqlite3_reset(db->control[which]);
    return code == SQLITE_DONE;
}

/* A query nobody finished would keep the write-ahead log from being checkpointed. */
static void end_queries(struct db *db)
{
    for (sqlite3_stmt *at = sqlite3_next_stmt(db->sqlite, NULL); at; at = sqlite3_next_stmt(db->sqlite, at))
        if (sqlite3_stmt_busy(at))
            sqlite3_reset(at);
}

bool db_begin(struct db *db)
{
    if (db->fatal)
        return false;
    if (db->kept_count > KEPT_MAX)
        db_drop_kept(db);
    db->failed = false;
    db->depth = 0;
    db->open = control(db, DB_BEGIN);
    return db->open;
}

void db_rollback(struct db *db)
{
    end_queries(db);
    if (!sqlite3_get_autocommit(db->sqlite)) /* after a disk error SQLite may have done it already */
        control(db, DB_ROLLBACK);
    db->open = false;
    db->depth = 0;
}

bool db_commit(struct db *db)
{
    end_queries(db);
    if (db->failed || !control(db, DB_COMMIT)) {
        db_rollback(db);
        return false;
    }
    db->open = false;
    db->full = false;
    if (db->wal_pages > WAL_PAGES_MAX)
        db_checkpoint(db);
    return !db->fatal;
}

/* A savepoint exists in SQLite only if nothing had failed when it was asked for. */
static bool savepoint_is_real(const struct db *db)
{
    return !sqlite3_get_autocommit(db->sqlite) && (!db->failed || db->failed_depth >= db->depth);
}

void db_save(struct db *db)
{
    if (!db->failed)
        control(db, DB_SAVE);
    db->depth++;
}

void db_keep(struct db *db)
{
    if (savepoint_is_real(db))
        control(db, DB_KEEP);
    db->depth--;
    if (db->failed && db->failed_depth > db->depth)
        db->failed_depth = db->depth;
}

void db_undo(struct db *db)
{
    if (savepoint_is_real(db)) {
        bool undone = control(db, DB_UNDO) && control(db, DB_KEEP);
        if (undone)
            db->failed = false;
    }
    db->depth--;
    if (db->failed && db->failed_depth > db->depth)
        db->failed_depth = db->depth;
}

/* ---- copies and checks ---- */

static bool sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool synced = fsync(fd) == 0;
    close(fd);
    return synced;
}

bool db_copy(struct db *db, const char *path, struct fail *fail)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); /* VACUUM INTO takes an empty file */
    if (fd < 0)
        return fail_set(fail, "%s: %s. Name a file that is not there yet, in a writable folder", path,
                        strerrordesc_np(errno));
    close(fd);
    if (db_run(db, "VACUUM INTO ?", "s", path) && sync_file(path))
        return true;
    fail_set(fail, "%s: the copy failed: %s. Free some space and try again", path,
             db->failed ? db_words(db) : strerrordesc_np(errno));
    unlink(path);
    return false;
}

bool db_check(struct db *db, struct fail *fail)
{
    sqlite3_stmt *statement = db_query(db, "PRAGMA integrity_check(1)", "");
    bool sound = db_row(db, statement) && strcmp(db_text(statement, 0), "ok") == 0;
    if (!sound)
        fail_set(fail, "%s: the database is damaged: %s. Restore the last backup: viche restore", db_path(db),
                 db->failed ? db_words(db) : db_text(statement, 0));
    db_done(statement);
    return sound;
}

const char *db_path(const struct db *db)
{
    const char *path = sqlite3_db_filename(db->sqlite, "main");
    return path && *path ? path : "memory";
}

int64_t db_log_bytes(const struct db *db) { return (int64_t)db->wal_pages * 4096; }

static bool checkpoint(struct db *db, int how)
{
    db->failed = false;
    if (sqlite3_wal_checkpoint_v2(db->sqlite, NULL, how, NULL, NULL) != SQLITE_OK) {
        db_note_failure(db, "checkpoint");
        return false;
    }
    db->wal_pages = 0;
    return true;
}

void db_checkpoint(struct db *db)
{
    if (db->wal_pages > 0 && !db->open)
        checkpoint(db, SQLITE_CHECKPOINT_PASSIVE);
}

void db_empty_log(struct db *db)
{
    if (db->log_used && !db->open)
        db->log_used = !checkpoint(db, SQLITE_CHECKPOINT_TRUNCATE);
}

/* ---- opening ---- */

/* Before the first look into the file: so the write-ahead log's index stays in our memory, and no other process can come in. */
static const char exclusive[] = "PRAGMA locking_mode=EXCLUSIVE;"
                                "PRAGMA synchronous=EXTRA"; /* until it is WAL: a journal whose removal was lost would undo commits */
static const char settings[] = "PRAGMA journal_mode=WAL;"
                               "PRAGMA synchronous=FULL;"
                               "PRAGMA wal_autocheckpoint=0;" /* db_checkpoint, when nobody waits */
                               "PRAGMA secure_delete=ON;"
                               "PRAGMA temp_store=MEMORY;"
                               "PRAGMA cache_size=-1024;";

static int on_wal(void *context, sqlite3 *sqlite, const char *name, int pages)
{
    (void)sqlite, (void)name;
    struct db *db = context;
    db->wal_pages = pages;
    db->log_used = true;
    return SQLITE_OK;
}

/* A file of another program is not ours to change: SQLite keeps a number for this in its header. */
static bool claim(struct db *db)
{
    enum { VICHE = 0x76696368 }; /* "vich" */
    int64_t owner = db_number(db, "PRAGMA application_id", "");
    if (owner == VICHE)
        return true;
    if (db->failed)
        return false;
    if (owner != 0 || db_number(db, "SELECT count(*) FROM sqlite_master", "") != 0) {
        db_refuse(db, "it was made by another program");
        return false;
    }
    return db_script(db, "PRAGMA application_id=0x76696368");
}

/* SQLite answers "delete" rather than with an error where a file system cannot do it. */
static bool is_wal(struct db *db)
{
    sqlite3_stmt *mode = db_query(db, "PRAGMA journal_mode", "");
    bool is = db_row(db, mode) && (strcmp(db_text(mode, 0), "wal") == 0 || strcmp(db_text(mode, 0), "memory") == 0);
    db_done(mode);
    if (!is)
        db_refuse(db, "the file system cannot keep a write-ahead log");
    return is;
}

static bool prepare_controls(struct db *db)
{
    for (int i = 0; i < DB_CONTROLS; i++)
        if (sqlite3_prepare_v3(db->sqlite, control_sql[i], -1, SQLITE_PREPARE_PERSISTENT, &db->control[i], NULL) != SQLITE_OK)
            return false;
    return true;
}

static bool set_up(struct db *db, const char *path)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX; /* one thread at a time, by contract */
    if (sqlite3_open_v2(path, &db->sqlite, flags, NULL) != SQLITE_OK) {
        db_note_failure(db, "open");
        return false;
    }
    sqlite3_extended_result_codes(db->sqlite, 1);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    if (!db_script(db, exclusive) || !claim(db) || !db_script(db, settings) || !is_wal(db))
        return false;
    if (!prepare_controls(db)) {
        db_note_failure(db, "BEGIN");
        return false;
    }
    sqlite3_wal_hook(db->sqlite, on_wal, db);
    guard_install(db);
    return true;
}

static bool make_folder(const char *folder, struct fail *fail)
{
    if (mkdir(folder, 0700) == 0 || errno == EEXIST)
        return true;
    return fail_set(fail, "%s: %s. Make its parent folder, writable for the user viched runs as", folder,
                    strerrordesc_np(errno));
}

static struct db *db_new(int lock)
{
    struct db *db = mem_alloc(sizeof *db);
    db->lock = lock;
    return db;
}

struct db *db_open(const char *folder, struct fail *fail)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* before the first of them: or each allocation takes a lock to be counted */
    if (!make_folder(folder, fail))
        return NULL;
    int lock = lock_take(folder, fail);
    if (lock < 0)
        return NULL;
    struct db *db = db_new(lock);
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/town.db", folder);
    if (set_up(db, path))
        return db;
    fail_set(fail, "%s: %s. If the disk is sound, restore the last backup: viche restore", path, db_words(db));
    db_close(db);
    errno = EIO;
    return NULL;
}

struct db *db_open_memory(void)
{
    struct db *db = db_new(-1);
    if (!set_up(db, ":memory:"))
        abort(); /* only lack of memory does this */
    return db;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (int i = 0; i < DB_CONTROLS; i++)
        sqlite3_finalize(db->control[i]);
    db_drop_kept(db);
    if (db->fatal) /* the log is all that is certain: the next to open the file reads it */
        sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_close_v2(db->sqlite); /* the last one out checkpoints */
    lock_drop(db->lock);
    free(db);
}
