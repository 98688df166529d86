/* SPDX-License-Identifier: MPL-2.0 */
#include "store/db.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "folder.h"

static struct db *opened(void)
{
    struct fail fail = {0};
    struct db *db = db_open(folder, &fail);
    if (!db)
        fail_msg("%s", fail.words);
    return db;
}

static void opens_exclusive_wal_full_and_guarded(void **state)
{
    (void)state;
    struct db *db = opened();
    static const struct {
        const char *sql, *value;
    } expected[] = {
        {"PRAGMA journal_mode", "wal"}, {"PRAGMA locking_mode", "exclusive"}, {"PRAGMA synchronous", "2"},
        {"PRAGMA foreign_keys", "1"},   {"PRAGMA trusted_schema", "0"},       {"PRAGMA secure_delete", "1"},
        {"PRAGMA wal_autocheckpoint", "0"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        sqlite3_stmt *row = db_query(db, expected[i].sql, "");
        assert_true(db_row(db, row));
        assert_string_equal(db_text(row, 0), expected[i].value);
        db_done(row);
    }
    assert_int_equal(access(folder_path("town.db-shm"), F_OK), -1);
    db_close(db);
}

static void keeps_what_was_committed_and_nothing_else(void **state)
{
    (void)state;
    struct db *db = opened();
    assert_true(db_begin(db));
    assert_true(db_run(db, "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, r REAL, s TEXT, b BLOB)", ""));
    assert_true(db_run(db, "INSERT INTO t(n, r, s, b) VALUES (?, ?, ?, ?)", "irsb", (int64_t)7, 2.5, "Ґанок", "a\0b", (size_t)3));
    assert_int_equal(db_last_id(db), 1);
    assert_int_equal(db_changes(db), 1);
    assert_true(db_run(db, "INSERT INTO t(s) VALUES (?)", "s", (char *)NULL));
    assert_true(db_commit(db));
    assert_true(db_begin(db));
    assert_true(db_run(db, "DELETE FROM t", ""));
    db_rollback(db);
    db_close(db);

    db = opened();
    sqlite3_stmt *row = db_query(db, "SELECT n, r, s, length(b) FROM t WHERE id = ?", "i", (int64_t)1);
    assert_true(db_row(db, row));
    assert_int_equal(db_int(row, 0), 7);
    assert_true(db_real(row, 1) > 2.4 && db_real(row, 1) < 2.6);
    assert_string_equal(db_text(row, 2), "Ґанок");
    assert_int_equal(db_int(row, 3), 3);
    assert_false(db_row(db, row));
    assert_int_equal(db_number(db, "SELECT count(*) FROM t WHERE s IS NULL", ""), 1);
    assert_int_equal(db_number(db, "SELECT n FROM t WHERE id = 99", ""), 0);
    db_close(db);
}

static void a_failure_spoils_the_whole_transaction(void **state)
{
    (void)state;
    struct db *db = db_open_memory();
    assert_true(db_run(db, "CREATE TABLE t(id INTEGER PRIMARY KEY)", ""));
    assert_true(db_begin(db));
    assert_true(db_run(db, "INSERT INTO t VALUES (1)", ""));
    assert_false(db_run(db, "INSERT INTO t VALUES (1)", ""));
    assert_true(db_failed(db));
    assert_non_null(strstr(db_words(db), "UNIQUE"));
    assert_false(db_run(db, "INSERT INTO t VALUES (2)", ""));
    assert_null(db_query(db, "SELECT 1", ""));
    assert_false(db_commit(db));
    assert_int_equal(db_number(db, "SELECT count(*) FROM t", ""), 0);
    assert_true(db_begin(db));
    assert_true(db_run(db, "INSERT INTO t VALUES (3)", ""));
    assert_true(db_commit(db));
    assert_int_equal(db_number(db, "SELECT count(*) FROM t", ""), 1);
    db_close(db);
}

static void a_savepoint_contains_its_failure(void **state)
{
    (void)state;
    struct db *db = db_open_memory();
    assert_true(db_run(db, "CREATE TABLE t(id INTEGER PRIMARY KEY)", ""));
    assert_true(db_begin(db));
    db_save(db);
    assert_true(db_run(db, "INSERT INTO t VALUES (1)", ""));
    db_keep(db);
    db_save(db);
    assert_true(db_run(db, "INSERT INTO t VALUES (2)", ""));
    assert_false(db_run(db, "INSERT INTO nowhere VALUES (2)", ""));
    db_save(db); /* nothing can start inside what has failed */
    db_undo(db);
    assert_true(db_failed(db));
    db_undo(db);
    assert_false(db_failed(db));
    db_save(db);
    assert_true(db_run(db, "INSERT INTO t VALUES (3)", ""));
    db_keep(db);
    assert_true(db_commit(db));
    assert_int_equal(db_number(db, "SELECT sum(id) FROM t", ""), 4);
    db_close(db);
}

static void a_failure_that_is_kept_spoils_the_outer_one(void **state)
{
    (void)state;
    struct db *db = db_open_memory();
    assert_true(db_run(db, "CREATE TABLE t(id INTEGER PRIMARY KEY)", ""));
    assert_true(db_begin(db));
    db_save(db);
    db_save(db);
    assert_false(db_run(db, "INSERT INTO nowhere VALUES (2)", ""));
    db_keep(db);
    assert_true(db_failed(db));
    db_undo(db);
    assert_false(db_failed(db));
    assert_true(db_run(db, "INSERT INTO t VALUES (5)", ""));
    assert_true(db_commit(db));
    assert_int_equal(db_number(db, "SELECT id FROM t", ""), 5);
    db_close(db);
}

static void the_same_query_nests_in_itself(void **state)
{
    (void)state;
    struct db *db = db_open_memory();
    assert_true(db_run(db, "CREATE TABLE t(id INTEGER PRIMARY KEY)", ""));
    for (int64_t i = 1; i <= 3; i++)
        assert_true(db_run(db, "INSERT INTO t VALUES (?)", "i", i));
    int pairs = 0;
    static const char sql[] = "SELECT id FROM t ORDER BY id";
    sqlite3_stmt *outer = db_query(db, sql, "");
    while (db_row(db, outer)) {
        sqlite3_stmt *inner = db_query(db, sql, "");
        while (db_row(db, inner))
            pairs++;
    }
    assert_int_equal(pairs, 9);
    db_close(db);
}

static void wrong_number_of_values_is_a_failure(void **state)
{
    (void)state;
    struct db *db = db_open_memory();
    assert_false(db_run(db, "SELECT ?", ""));
    assert_false(db_run(db, "SELECT ?", "ii", (int64_t)1, (int64_t)2));
    assert_true(db_run(db, "SELECT ?", "i", (int64_t)1));
    db_close(db);
}

static void another_process_is_kept_out_and_told_whose_it_is(void **state)
{
    (void)state;
    struct db *db = opened();
    pid_t child = fork();
    if (child == 0) {
        struct fail fail = {0};
        struct db *second = db_open(folder, &fail);
        char pid[16];
        snprintf(pid, sizeof pid, "%d", getppid());
        _exit(!second && errno == EAGAIN && strstr(fail.words, pid) ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    db_close(db);
    db_close(opened());
}

static void copies_a_whole_town_while_it_is_open(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct db *db = opened();
    assert_true(db_run(db, "CREATE TABLE t(id INTEGER PRIMARY KEY)", ""));
    assert_true(db_run(db, "INSERT INTO t VALUES (42)", ""));
    assert_true(db_copy(db, folder_path("copy.db"), &fail));
    struct stat about;
    assert_int_equal(stat(folder_path("copy.db"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_false(db_copy(db, folder_path("copy.db"), &fail));
    db_close(db);
    assert_int_equal(rename(folder_path("copy.db"), folder_path("town.db")), 0);
    db = opened();
    assert_true(db_check(db, &fail));
    assert_int_equal(db_number(db, "SELECT id FROM t", ""), 42);
    db_close(db);
}

static void refuses_a_file_of_another_program(void **state)
{
    (void)state;
    sqlite3 *other = NULL;
    assert_int_equal(sqlite3_open(folder_path("town.db"), &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "CREATE TABLE theirs(x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    struct fail fail = {0};
    assert_null(db_open(folder, &fail));
    assert_non_null(strstr(fail.words, "another program"));
}

static void refuses_a_damaged_file_with_a_way_out(void **state)
{
    (void)state;
    char garbage[32768];
    memset(garbage, '!', sizeof garbage);
    folder_put_bytes("town.db", garbage, sizeof garbage);
    struct fail fail = {0};
    assert_null(db_open(folder, &fail));
    assert_non_null(strstr(fail.words, "town.db"));
    assert_non_null(strstr(fail.words, "restore"));
}

static void only_what_writes_counts_as_written(void **state)
{
    (void)state;
    struct db *db = opened();
    assert_true(db_run(db, "CREATE TABLE t(id INTEGER PRIMARY KEY)", ""));
    assert_true(db_begin(db));
    db_save(db);
    assert_int_equal(db_number(db, "SELECT count(*) FROM t", ""), 0);
    db_keep(db);
    assert_false(db_written(db));
    assert_true(db_run(db, "INSERT INTO t VALUES (1)", ""));
    assert_true(db_written(db));
    assert_true(db_commit(db));
    db_close(db);
}

static void *commit_elsewhere(void *context)
{
    return db_commit(context) ? context : NULL;
}

static void a_commit_may_run_on_another_thread(void **state)
{
    (void)state;
    struct db *db = opened();
    assert_true(db_run(db, "CREATE TABLE t(id INTEGER PRIMARY KEY)", ""));
    for (int64_t i = 1; i <= 20; i++) {
        pthread_t thread;
        void *committed = NULL;
        assert_true(db_begin(db));
        assert_true(db_run(db, "INSERT INTO t VALUES (?)", "i", i));
        assert_int_equal(pthread_create(&thread, NULL, commit_elsewhere, db), 0);
        pthread_join(thread, &committed);
        assert_non_null(committed);
    }
    assert_int_equal(db_number(db, "SELECT count(*) FROM t", ""), 20);
    db_close(db);
}

/* RLIMIT_FSIZE stands for a full disk: the write fails with EFBIG. */
static void a_full_disk_is_told_and_work_goes_on_when_there_is_room(void **state)
{
    (void)state;
    struct db *db = opened();
    const struct rlimit full = {.rlim_cur = 256 * 1024, .rlim_max = RLIM_INFINITY};
    const struct rlimit room = {.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
    int64_t acked = 0;
    bool committed = true;
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &ignore, NULL);
    assert_true(db_run(db, "CREATE TABLE t(b BLOB)", ""));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
    for (; committed && acked < 1000; acked += committed) {
        assert_true(db_begin(db));
        db_run(db, "INSERT INTO t VALUES (zeroblob(10000))", "");
        committed = db_commit(db);
    }
    assert_false(committed);
    assert_true(db_full(db));
    assert_false(db_fatal(db));
    assert_int_equal(db_number(db, "SELECT count(*) FROM t", ""), acked);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &room), 0);
    assert_true(db_begin(db));
    assert_true(db_run(db, "INSERT INTO t VALUES (zeroblob(10000))", ""));
    assert_true(db_commit(db));
    assert_false(db_full(db));
    assert_int_equal(db_number(db, "SELECT count(*) FROM t", ""), acked + 1);
    db_close(db);
}

static void a_log_is_written_over_and_emptied_when_told(void **state)
{
    (void)state;
    struct db *db = opened();
    assert_true(db_run(db, "CREATE TABLE t(id INTEGER PRIMARY KEY)", ""));
    struct stat about;
    assert_int_equal(stat(folder_path("town.db-wal"), &about), 0);
    assert_true(about.st_size > 0);
    assert_true(db_log_bytes(db) > 0);
    db_checkpoint(db);
    assert_int_equal(db_log_bytes(db), 0);
    off_t size = about.st_size;
    for (int i = 0; i < 20; i++) {
        assert_true(db_run(db, "INSERT INTO t DEFAULT VALUES", ""));
        db_checkpoint(db);
    }
    assert_int_equal(stat(folder_path("town.db-wal"), &about), 0);
    assert_int_equal(about.st_size, size);
    db_empty_log(db);
    assert_int_equal(stat(folder_path("town.db-wal"), &about), 0);
    assert_int_equal(about.st_size, 0);
    assert_int_equal(db_number(db, "SELECT count(*) FROM t", ""), 20);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(opens_exclusive_wal_full_and_guarded),
        IN_FOLDER(keeps_what_was_committed_and_nothing_else),
        cmocka_unit_test(a_failure_spoils_the_whole_transaction),
        cmocka_unit_test(a_savepoint_contains_its_failure),
        cmocka_unit_test(a_failure_that_is_kept_spoils_the_outer_one),
        cmocka_unit_test(the_same_query_nests_in_itself),
        cmocka_unit_test(wrong_number_of_values_is_a_failure),
        IN_FOLDER(another_process_is_kept_out_and_told_whose_it_is),
        IN_FOLDER(copies_a_whole_town_while_it_is_open),
        IN_FOLDER(refuses_a_file_of_another_program),
        IN_FOLDER(refuses_a_damaged_file_with_a_way_out),
        IN_FOLDER(only_what_writes_counts_as_written),
        IN_FOLDER(a_commit_may_run_on_another_thread),
        IN_FOLDER(a_full_disk_is_told_and_work_goes_on_when_there_is_room),
        IN_FOLDER(a_log_is_written_over_and_emptied_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
