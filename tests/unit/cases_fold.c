/* SPDX-License-Identifier: MPL-2.0 */
#include "services/cases/cases_fold.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void small_counts_are_folded_together(void **state)
{
    (void)state;
    struct cell cells[] = {{"a", 3, 1, 1, 10}, {"b", 40, 0, 0, 0}, {"c", 4, 2, 1, 20}, {"d", 5, 9, 0, 0}};
    assert_int_equal(fold(cells, 4), 3);
    assert_string_equal(cells[0].name, "b");
    assert_string_equal(cells[1].name, "d");
    assert_null(cells[2].name);
    assert_int_equal(cells[2].received, 7);
    assert_int_equal(cells[2].closed, 3);
    assert_int_equal(cells[2].seconds, 30);
}

/* Else whoever knows the sum could reckon the one that is hidden. */
static void one_small_count_takes_the_next_with_it(void **state)
{
    (void)state;
    struct cell cells[] = {{"a", 1, 0, 0, 0}, {"b", 40, 0, 0, 0}, {"c", 9, 0, 0, 0}};
    assert_int_equal(fold(cells, 3), 2);
    assert_string_equal(cells[0].name, "b");
    assert_null(cells[1].name);
    assert_int_equal(cells[1].received, 10);
}

static void what_is_too_small_in_all_is_not_shown(void **state)
{
    (void)state;
    struct cell cells[] = {{"a", 1, 0, 0, 0}, {"b", 2, 0, 0, 0}};
    assert_int_equal(fold(cells, 2), 0);
    assert_int_equal(fold(cells, 0), 0);
}

static void large_counts_stay(void **state)
{
    (void)state;
    struct cell cells[] = {{"a", 5, 0, 0, 0}, {"b", 6, 6, 6, 0}};
    assert_int_equal(fold(cells, 2), 2);
    assert_string_equal(cells[0].name, "b");
    assert_string_equal(cells[1].name, "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_counts_are_folded_together),
        cmocka_unit_test(one_small_count_takes_the_next_with_it),
        cmocka_unit_test(what_is_too_small_in_all_is_not_shown),
        cmocka_unit_test(large_counts_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
