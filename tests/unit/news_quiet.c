/* SPDX-License-Identifier: MPL-2.0 */
#include "features/news/news_quiet.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "plugin/words.h"

#include <cmocka.h>

static const char *const KYIV = "Europe/Kyiv";
static const struct quiet NIGHT = {21 * 60, 8 * 60};

static int64_t at(int32_t year, int32_t month, int32_t day, int32_t hour, int32_t minute)
{
    struct viche_local local = {.size = sizeof local, .year = year, .month = month, .day = day, .hour = hour, .minute = minute};
    return words_moment(KYIV, &local);
}

/* As the plugin does: the moment at which these hours end, or the same moment. */
static int64_t until(struct quiet quiet, int64_t now)
{
    struct viche_local here = {.size = sizeof here}, end;
    words_local(KYIV, now, &here);
    return quiet_now(quiet, &here, &end) ? words_moment(KYIV, &end) : now;
}

static void hours_are_read(void **state)
{
    (void)state;
    struct quiet quiet;
    assert_true(quiet_read("21:00-08:00", &quiet));
    assert_int_equal(quiet.from, 1260);
    assert_int_equal(quiet.until, 480);
    assert_true(quiet_read("", &quiet));
    assert_int_equal(quiet.from, quiet.until);
    static const char *const wrong[] = {"21-08", "24:00-08:00", "21:00-08:60", "21:00–08:00", "21:00-8:00", "a1:00-08:00", "21:00-08:00 "};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(quiet_read(wrong[i], &quiet));
}

static void evening_and_morning_end_at_the_same_hour(void **state)
{
    (void)state;
    assert_int_equal(until(NIGHT, at(2026, 11, 25, 21, 0)), at(2026, 11, 26, 8, 0));
    assert_int_equal(until(NIGHT, at(2026, 11, 25, 23, 59)), at(2026, 11, 26, 8, 0));
    assert_int_equal(until(NIGHT, at(2026, 11, 26, 7, 59)), at(2026, 11, 26, 8, 0));
}

static void the_day_is_loud(void **state)
{
    (void)state;
    assert_int_equal(until(NIGHT, at(2026, 11, 25, 8, 0)), at(2026, 11, 25, 8, 0));
    assert_int_equal(until(NIGHT, at(2026, 11, 25, 20, 59)), at(2026, 11, 25, 20, 59));
}

static void hours_within_a_day_end_that_day(void **state)
{
    (void)state;
    const struct quiet nap = {13 * 60, 15 * 60 + 30};
    assert_int_equal(until(nap, at(2026, 11, 25, 13, 0)), at(2026, 11, 25, 15, 30));
    assert_int_equal(until(nap, at(2026, 11, 25, 15, 30)), at(2026, 11, 25, 15, 30));
    assert_int_equal(until(nap, at(2026, 11, 25, 3, 0)), at(2026, 11, 25, 3, 0));
}

static void no_hours_are_never_quiet(void **state)
{
    (void)state;
    assert_int_equal(until((struct quiet){0, 0}, at(2026, 11, 25, 0, 0)), at(2026, 11, 25, 0, 0));
}

static void they_end_next_month_and_next_year(void **state)
{
    (void)state;
    assert_int_equal(until(NIGHT, at(2026, 11, 30, 22, 0)), at(2026, 12, 1, 8, 0));
    assert_int_equal(until(NIGHT, at(2026, 12, 31, 22, 0)), at(2027, 1, 1, 8, 0));
    assert_int_equal(until(NIGHT, at(2028, 2, 28, 22, 0)), at(2028, 2, 29, 8, 0));
}

/* 29 March 2026: 03:00 becomes 04:00. 25 October 2026: 04:00 becomes 03:00. */
static void a_changed_clock_ends_them_at_eight_all_the_same(void **state)
{
    (void)state;
    int64_t spring = at(2026, 3, 28, 21, 0), autumn = at(2026, 10, 24, 21, 0);
    assert_int_equal(until(NIGHT, spring), at(2026, 3, 29, 8, 0));
    assert_int_equal(until(NIGHT, spring) - spring, 10 * 3600);
    assert_int_equal(until(NIGHT, autumn), at(2026, 10, 25, 8, 0));
    assert_int_equal(until(NIGHT, autumn) - autumn, 12 * 3600);
}

static void an_end_that_the_clock_leaves_out_is_still_ahead(void **state)
{
    (void)state;
    const struct quiet early = {22 * 60, 3 * 60 + 30};
    int64_t now = at(2026, 3, 29, 2, 50);
    assert_true(until(early, now) > now);
    assert_true(until(early, now) <= now + 3600);
    assert_int_equal(until(early, until(early, now)), until(early, now));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hours_are_read),
        cmocka_unit_test(evening_and_morning_end_at_the_same_hour),
        cmocka_unit_test(the_day_is_loud),
        cmocka_unit_test(hours_within_a_day_end_that_day),
        cmocka_unit_test(no_hours_are_never_quiet),
        cmocka_unit_test(they_end_next_month_and_next_year),
        cmocka_unit_test(a_changed_clock_ends_them_at_eight_all_the_same),
        cmocka_unit_test(an_end_that_the_clock_leaves_out_is_still_ahead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
