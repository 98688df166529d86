/* SPDX-License-Identifier: MPL-2.0
 * The chain in the town's database: it grows, and nothing else. */
#include "store/audit.h"

#include <setjmp.h>
#include <stdarg.h>

#include "with_db.h"

#include <cmocka.h>

static void write_rows(int64_t count)
{
    for (int64_t i = 1; i <= count; i++)
        audit_put(db, &(struct audit_row){.at = clock_now() + i, .plugin = "cases", .clerk = 7, .what = "looked", .object = "cards/12"});
}

static void rows_are_numbered_without_gaps_and_each_is_sealed(void **state)
{
    (void)state;
    unsigned char before[AUDIT_HASH_BYTES] = {0}, sealed[AUDIT_HASH_BYTES];
    struct audit_row row;
    write_rows(3);
    for (int64_t i = 1; i <= 3; i++) {
        assert_true(audit_read(db, arena, i, &row));
        assert_int_equal(row.id, i);
        audit_seal(before, &row, sealed);
        assert_memory_equal(sealed, row.hash, sizeof sealed);
        memcpy(before, row.hash, sizeof before);
    }
    assert_false(audit_read(db, arena, 4, &row));
    assert_true(audit_read(db, arena, INT64_MAX, &row));
    assert_int_equal(row.id, 3);
    assert_string_equal(row.object, "cards/12");
}

static void no_row_is_changed(void **state)
{
    (void)state;
    write_rows(2);
    assert_false(db_run(db, "UPDATE audit SET object = 'cards/13' WHERE id = 1", ""));
}

static void no_row_is_deleted(void **state)
{
    (void)state;
    write_rows(2);
    assert_false(db_run(db, "DELETE FROM audit", ""));
}

static void no_row_is_put_in_between_or_over(void **state)
{
    (void)state;
    write_rows(2);
    assert_false(db_run(db, "INSERT OR REPLACE INTO audit SELECT 1, at, plugin, clerk, what, 'x', hash FROM audit WHERE id = 2", ""));
}

static void what_is_undone_leaves_no_gap(void **state)
{
    (void)state;
    struct audit_row row;
    write_rows(1);
    db_save(db);
    write_rows(2);
    db_undo(db);
    write_rows(1);
    assert_true(audit_read(db, arena, INT64_MAX, &row));
    assert_int_equal(row.id, 2);
}

static void a_field_cannot_flow_into_the_next(void **state)
{
    (void)state;
    const unsigned char before[AUDIT_HASH_BYTES] = {0};
    unsigned char one[AUDIT_HASH_BYTES], other[AUDIT_HASH_BYTES];
    audit_seal(before, &(struct audit_row){.id = 1, .plugin = "ab", .what = "c", .object = ""}, one);
    audit_seal(before, &(struct audit_row){.id = 1, .plugin = "a", .what = "bc", .object = ""}, other);
    assert_memory_not_equal(one, other, sizeof one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(rows_are_numbered_without_gaps_and_each_is_sealed),
        WITH_DB(no_row_is_changed),
        WITH_DB(no_row_is_deleted),
        WITH_DB(no_row_is_put_in_between_or_over),
        WITH_DB(what_is_undone_leaves_no_gap),
        WITH_DB(a_field_cannot_flow_into_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
