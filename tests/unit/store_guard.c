/* SPDX-License-Identifier: MPL-2.0 */
#include "store/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "store/migrate.h"

static struct db *db;

static int open_with_tables(void **state)
{
    (void)state;
    static const char *const host[] = {"CREATE TABLE citizen(id INTEGER PRIMARY KEY, phone TEXT);"
                                       "CREATE TABLE queue_ticket(id INTEGER PRIMARY KEY);" /* another plugin's */
                                       "CREATE TABLE directoryx(id INTEGER PRIMARY KEY)"};
    static const char *const plugin[] = {
        "CREATE TABLE directory(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, n INTEGER CHECK (n > 0));"
        "CREATE TABLE directory_hours(id INTEGER PRIMARY KEY, of INTEGER REFERENCES directory(id) ON DELETE CASCADE);"
        "CREATE INDEX directory_by_n ON directory(n);"
        "CREATE VIRTUAL TABLE directory_text USING fts5(name, tokenize = 'trigram');"
        "CREATE TRIGGER directory_added AFTER INSERT ON directory BEGIN INSERT INTO directory_hours(of) VALUES (new.id); END;",
        "ALTER TABLE directory ADD COLUMN site TEXT;"
        "ALTER TABLE directory RENAME COLUMN site TO url;"
        "CREATE TABLE directory_gone(x); DROP TABLE directory_gone;"
        "CREATE VIEW directory_named AS SELECT name FROM directory WHERE name IS NOT NULL;",
    };
    struct fail fail = {0};
    db = db_open_memory();
    if (!migrate(db, "viche", host, 1, &fail) || !migrate(db, "directory", plugin, 2, &fail)) {
        print_message("%s\n", fail.words);
        return -1;
    }
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    db_close(db);
    return 0;
}

static void a_plugin_uses_its_own_tables_fully(void **state)
{
    (void)state;
    static const char *const fine[] = {
        "INSERT INTO directory(name, n) VALUES (?, 1) ON CONFLICT(name) DO UPDATE SET n = n + 1 RETURNING id",
        "SELECT count(*), max(n), group_concat(name, ', ') FROM directory WHERE name LIKE 'a%'",
        "SELECT d.name, row_number() OVER (ORDER BY n) FROM directory AS d JOIN directory_hours AS h ON h.of = d.id",
        "WITH directory_x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM directory_x WHERE n < 5) SELECT n FROM directory_x",
        "UPDATE directory SET name = lower(name) WHERE id IN (SELECT of FROM directory_hours)",
        "DELETE FROM directory WHERE id = ?",
        "SELECT name, bm25(directory_text) FROM directory_text WHERE directory_text MATCH ? ORDER BY rank",
        "SELECT value FROM json_each(?)",
        "SELECT name FROM directory_named",
        "REPLACE INTO directory(id, name, n) VALUES (1, 'x', 2);",
    };
    struct fail fail = {0};
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        if (!guard_prepare(db, "directory", fine[i], &fail))
            fail_msg("%s", fail.words);
    sqlite3_stmt *insert = guard_prepare(db, "directory", "INSERT INTO directory(name, n) VALUES ('Лікарня', 1)", &fail);
    assert_false(db_row(db, insert));
    assert_false(db_failed(db));
    assert_int_equal(db_number(db, "SELECT count(*) FROM directory_hours", ""), 1);
    assert_false(db_row(db, guard_prepare(db, "directory", "INSERT INTO directory_text(name) VALUES ('Лікарня')", &fail)));
    sqlite3_stmt *find = guard_prepare(db, "directory", "SELECT name FROM directory_text WHERE directory_text MATCH 'лікар'", &fail);
    assert_true(db_row(db, find));
    assert_string_equal(db_text(find, 0), "Лікарня");
    db_done(find);
}

static const char *const not_a_plugins[] = {
    "SELECT phone FROM citizen",
    "SELECT count(*) FROM citizen",
    "SELECT 1 FROM citizen",
    "SELECT * FROM main.citizen",
    "SELECT * FROM CITIZEN",
    "SELECT * FROM directory, citizen",
    "SELECT (SELECT phone FROM citizen LIMIT 1) FROM directory",
    "SELECT * FROM directory WHERE EXISTS (SELECT 1 FROM citizen)",
    "INSERT INTO directory(name) SELECT phone FROM citizen",
    "WITH c AS (SELECT phone FROM citizen) SELECT * FROM c",
    "SELECT name FROM directory UNION SELECT phone FROM citizen",
    "INSERT INTO citizen(phone) VALUES ('1')",
    "UPDATE citizen SET phone = NULL",
    "DELETE FROM citizen",
    "SELECT * FROM queue_ticket",
    "SELECT * FROM directoryx",
    "SELECT * FROM migration",
    "SELECT sql FROM sqlite_master",
    "SELECT sql FROM sqlite_schema",
    "SELECT * FROM sqlite_temp_master",
    "SELECT * FROM sqlite_sequence",
    "UPDATE sqlite_master SET sql = ''",
    "UPDATE sqlite_sequence SET seq = 0",
    "DELETE FROM sqlite_sequence",
    "SELECT * FROM sqlite_dbpage",
    "SELECT * FROM dbstat",
    "SELECT * FROM pragma_table_info('citizen')",
    "SELECT * FROM pragma_database_list",
    "ATTACH 'other.db' AS other",
    "DETACH main",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA table_info(citizen)",
    "PRAGMA writable_schema = 1",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT x",
    "RELEASE s",
    "ROLLBACK TO s",
    "CREATE TABLE directory_more(x)",
    "CREATE TEMP TABLE directory_t(x)",
    "CREATE INDEX directory_i ON directory(name)",
    "DROP TABLE directory",
    "DROP INDEX directory_by_n",
    "ALTER TABLE directory ADD COLUMN y",
    "CREATE VIEW directory_v AS SELECT phone FROM citizen",
    "CREATE TRIGGER directory_x AFTER INSERT ON citizen BEGIN DELETE FROM directory; END",
    "CREATE VIRTUAL TABLE directory_w USING fts5(x)",
    "REINDEX",
    "ANALYZE",
    "SELECT load_extension('/tmp/x.so')",
    "SELECT fts3_tokenizer('x')",
    "SELECT random()",
    "SELECT randomblob(10)",
    "SELECT zeroblob(1000000000)",
    "SELECT sqlite_version()",
    "SELECT last_insert_rowid()",
    "SELECT name FROM directory; DELETE FROM citizen",
    "SELECT 1; SELECT 2",
    "",
    "-- nothing",
    "SELEKT",
};

static void a_plugin_is_refused_everything_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof not_a_plugins / sizeof *not_a_plugins; i++) {
        struct fail fail = {0};
        if (guard_prepare(db, "directory", not_a_plugins[i], &fail))
            fail_msg("let through: %s", not_a_plugins[i]);
        assert_true(strncmp(fail.words, "directory: ", 11) == 0);
    }
    assert_int_equal(db_number(db, "SELECT count(*) FROM citizen", ""), 0);
}

static void the_refusal_says_what_and_what_to_do(void **state)
{
    (void)state;
    struct fail fail = {0};
    assert_null(guard_prepare(db, "directory", "SELECT phone FROM citizen", &fail));
    assert_non_null(strstr(fail.words, "citizen"));
    assert_non_null(strstr(fail.words, "only tables named directory or directory_"));
}

static void a_migration_stays_within_its_own_names(void **state)
{
    (void)state;
    static const char *const forbidden[] = {
        "CREATE TABLE other(x)",
        "CREATE TABLE directoryy(x)",
        "CREATE TABLE Directory_x(x)",
        "DROP TABLE citizen",
        "ALTER TABLE citizen ADD COLUMN x",
        "ALTER TABLE directory_hours RENAME TO hours",
        "CREATE INDEX directory_spy ON citizen(phone)",
        "CREATE INDEX spy ON directory(name)",
        "CREATE TRIGGER directory_spy AFTER INSERT ON citizen BEGIN INSERT INTO directory(name) VALUES (new.phone); END",
        "CREATE TABLE directory_copy AS SELECT * FROM citizen",
        "CREATE TABLE directory_key(x REFERENCES citizen(id))",
        "CREATE TABLE directory_self(x REFERENCES queue_ticket)",
        "CREATE TEMP TABLE directory_x(x)",
        "CREATE TEMP TRIGGER directory_x AFTER INSERT ON main.citizen BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE directory_x USING dbstat",
        "CREATE VIRTUAL TABLE text USING fts5(x)",
        "DELETE FROM citizen",
        "DELETE FROM migration",
        "DELETE FROM sqlite_master",
        "UPDATE sqlite_master SET sql = ''",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA writable_schema = ON",
        "ATTACH ':memory:' AS x",
        "VACUUM",
        "COMMIT; DROP TABLE directory",
        "CREATE TABLE directory_fine(x); DROP TABLE citizen",
    };
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        assert_true(db_begin(db));
        if (guard_script(db, "directory", forbidden[i]))
            fail_msg("let through: %s", forbidden[i]);
        assert_false(db_commit(db));
    }
    assert_int_equal(db_number(db, "SELECT count(*) FROM sqlite_master WHERE name GLOB 'directory_fine'", ""), 0);
}

static void a_trigger_or_view_reaches_no_farther_than_its_owner(void **state)
{
    (void)state;
    assert_true(db_begin(db));
    assert_true(guard_script(db, "directory",
                             "CREATE TRIGGER directory_sly AFTER UPDATE ON directory BEGIN DELETE FROM citizen; END;"
                             "CREATE VIEW directory_sly_view AS SELECT phone FROM citizen"));
    struct fail fail = {0};
    assert_null(guard_prepare(db, "directory", "UPDATE directory SET n = 2", &fail));
    assert_null(guard_prepare(db, "directory", "SELECT * FROM directory_sly_view", &fail));
    db_rollback(db);
}

static void the_host_is_not_bound_by_a_plugins_guard(void **state)
{
    (void)state;
    struct fail fail = {0};
    assert_null(guard_prepare(db, "directory", "SELECT phone FROM citizen", &fail));
    assert_true(db_run(db, "INSERT INTO citizen(phone) VALUES ('1')", ""));
    assert_true(db_begin(db));
    assert_true(db_commit(db));
}

static void statements_are_kept_for_each_plugin(void **state)
{
    (void)state;
    struct fail fail = {0};
    static const char sql[] = "SELECT id FROM queue_ticket";
    assert_non_null(guard_prepare(db, "queue", sql, &fail));
    assert_null(guard_prepare(db, "directory", sql, &fail));
    assert_ptr_equal(guard_prepare(db, "queue", sql, &fail), guard_prepare(db, "queue", sql, &fail));
}

#define WITH_TABLES(test) cmocka_unit_test_setup_teardown(test, open_with_tables, close_all)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_TABLES(a_plugin_uses_its_own_tables_fully),
        WITH_TABLES(a_plugin_is_refused_everything_else),
        WITH_TABLES(the_refusal_says_what_and_what_to_do),
        WITH_TABLES(a_migration_stays_within_its_own_names),
        WITH_TABLES(a_trigger_or_view_reaches_no_farther_than_its_owner),
        WITH_TABLES(the_host_is_not_bound_by_a_plugins_guard),
        WITH_TABLES(statements_are_kept_for_each_plugin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
