/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/schedule.h"

#include <setjmp.h>
#include <stdarg.h>

#include <viche/viche.h>

#include "plugin/words.h"

#include <cmocka.h>

static const char *const KYIV = "Europe/Kyiv";

static int64_t at(int year, int month, int day, int hour, int minute)
{
    struct viche_local local = {.size = sizeof local, .year = year, .month = month, .day = day, .hour = hour, .minute = minute};
    return words_moment(KYIV, &local);
}

static void the_next_time_is_today_or_tomorrow(void **state)
{
    (void)state;
    int64_t next = 0;
    assert_true(schedule_next("08:00", KYIV, at(2026, 11, 25, 7, 0), &next));
    assert_int_equal(next, at(2026, 11, 25, 8, 0));
    assert_true(schedule_next("08:00", KYIV, at(2026, 11, 25, 8, 0), &next));
    assert_int_equal(next, at(2026, 11, 26, 8, 0));
}

static void a_weekday_comes_once_a_week(void **state)
{
    (void)state;
    int64_t next = 0;
    assert_true(schedule_next("mon 09:30", KYIV, at(2026, 11, 25, 7, 0), &next));
    assert_int_equal(next, at(2026, 11, 30, 9, 30));
    assert_true(schedule_next("wed 07:00", KYIV, at(2026, 11, 25, 7, 0), &next));
    assert_int_equal(next, at(2026, 12, 2, 7, 0));
}

/* 2027-03-28 03:30 does not exist in Kyiv, 2026-10-25 03:30 comes twice: each day has one such time all the same. */
static void nights_of_the_clock_change_have_one_time_each(void **state)
{
    (void)state;
    int64_t first = 0;
    int64_t second = 0;
    assert_true(schedule_next("03:30", KYIV, at(2027, 3, 27, 12, 0), &first));
    assert_true(first > at(2027, 3, 28, 2, 59) && first <= at(2027, 3, 28, 4, 30));
    assert_true(schedule_next("03:30", KYIV, first, &second));
    assert_int_equal(second, at(2027, 3, 29, 3, 30));
    assert_true(schedule_next("03:30", KYIV, at(2026, 10, 24, 12, 0), &first));
    assert_true(schedule_next("03:30", KYIV, first, &second));
    assert_int_equal(second, at(2026, 10, 26, 3, 30));
}

static void what_is_no_time_is_refused(void **state)
{
    (void)state;
    int64_t next = 0;
    static const char *const bad[] = {"", "8", "24:00", "08:60", "08:00x", "someday 08:00", "-1:00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(schedule_next(bad[i], KYIV, 0, &next));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_time_is_today_or_tomorrow),
        cmocka_unit_test(a_weekday_comes_once_a_week),
        cmocka_unit_test(nights_of_the_clock_change_have_one_time_each),
        cmocka_unit_test(what_is_no_time_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
