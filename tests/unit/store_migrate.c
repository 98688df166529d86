/* SPDX-License-Identifier: MPL-2.0 */
#include "store/migrate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct db *db;

static int open_empty(void **state)
{
    (void)state;
    db = db_open_memory();
    return 0;
}

static int close_it(void **state)
{
    (void)state;
    db_close(db);
    return 0;
}

static int64_t rows_of(const char *owner)
{
    return db_number(db, "SELECT count(*) FROM migration WHERE owner = ?", "s", owner);
}

static void runs_each_number_once(void **state)
{
    (void)state;
    static const char *const sql[] = {"CREATE TABLE t(x); INSERT INTO t VALUES (1)", "UPDATE t SET x = x + 1"};
    struct fail fail = {0};
    assert_true(migrate(db, "viche", sql, 1, &fail));
    assert_true(migrate(db, "viche", sql, 2, &fail));
    assert_true(migrate(db, "viche", sql, 2, &fail));
    assert_int_equal(db_number(db, "SELECT x FROM t", ""), 2);
    assert_int_equal(rows_of("viche"), 2);
}

static void a_failing_one_leaves_nothing_behind(void **state)
{
    (void)state;
    static const char *const sql[] = {"CREATE TABLE a(x)", "CREATE TABLE b(x); INSERT INTO nowhere VALUES (1)"};
    struct fail fail = {0};
    assert_false(migrate(db, "viche", sql, 2, &fail));
    assert_non_null(strstr(fail.words, "migration 2 of 'viche'"));
    assert_non_null(strstr(fail.words, "nowhere"));
    assert_int_equal(db_number(db, "SELECT count(*) FROM sqlite_master WHERE name = 'b'", ""), 0);
    assert_int_equal(rows_of("viche"), 1);
}

static void an_edited_one_is_refused(void **state)
{
    (void)state;
    static const char *const before[] = {"CREATE TABLE a(x)"};
    static const char *const after[] = {"CREATE TABLE a(y)"};
    struct fail fail = {0};
    assert_true(migrate(db, "viche", before, 1, &fail));
    assert_false(migrate(db, "viche", after, 1, &fail));
    assert_non_null(strstr(fail.words, "edited"));
}

static void a_file_of_a_newer_version_is_refused(void **state)
{
    (void)state;
    static const char *const sql[] = {"CREATE TABLE a(x)", "CREATE TABLE b(x)"};
    struct fail fail = {0};
    assert_true(migrate(db, "viche", sql, 2, &fail));
    assert_false(migrate(db, "viche", sql, 1, &fail));
    assert_non_null(strstr(fail.words, "newer version"));
}

static void owners_are_apart_and_a_plugin_is_guarded(void **state)
{
    (void)state;
    static const char *const own[] = {"CREATE TABLE queue(x)"};
    static const char *const foreign[] = {"CREATE TABLE outbox(x)"};
    struct fail fail = {0};
    assert_true(migrate(db, "queue", own, 1, &fail));
    assert_true(migrate(db, "viche", NULL, 0, &fail));
    assert_false(migrate(db, "petitions", foreign, 1, &fail));
    assert_non_null(strstr(fail.words, "petitions"));
    assert_int_equal(rows_of("queue"), 1);
    assert_int_equal(rows_of("petitions"), 0);
}

#define WITH_DB(test) cmocka_unit_test_setup_teardown(test, open_empty, close_it)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(runs_each_number_once),
        WITH_DB(a_failing_one_leaves_nothing_behind),
        WITH_DB(an_edited_one_is_refused),
        WITH_DB(a_file_of_a_newer_version_is_refused),
        WITH_DB(owners_are_apart_and_a_plugin_is_guarded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
