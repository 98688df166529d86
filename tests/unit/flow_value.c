/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/value.h"

#include <setjmp.h>
#include <stdarg.h>

#include "with_db.h"

#include <cmocka.h>

static const char *const LONG = "/directory show pharmacy-of-the-village-behind-the-hills-and-the-river-42";

static void a_long_value_comes_back_whole(void **state)
{
    (void)state;
    const char *reference = value_short(db, arena, LONG);
    assert_in_range(strlen(reference), 2, 20);
    assert_string_equal(value_whole(db, arena, reference), LONG);
    assert_string_equal(value_short(db, arena, LONG), reference); /* the same one for the same value */
}

static void what_is_no_reference_is_left_alone(void **state)
{
    (void)state;
    assert_string_equal(value_whole(db, arena, "/menu"), "/menu");
    assert_string_equal(value_whole(db, arena, "#menu"), "#menu");
}

static void a_forgotten_reference_is_nothing(void **state)
{
    (void)state;
    const char *reference = value_short(db, arena, LONG);
    value_trim(db, clock_now() + 1);
    assert_null(value_whole(db, arena, reference));
    assert_null(value_whole(db, arena, "#99999"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(a_long_value_comes_back_whole),
        WITH_DB(what_is_no_reference_is_left_alone),
        WITH_DB(a_forgotten_reference_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
