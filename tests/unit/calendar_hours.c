/* SPDX-License-Identifier: MPL-2.0 */
#include "services/calendar/calendar_hours.c"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void a_week_is_read_as_an_ini_says_it(void **state)
{
    (void)state;
    struct hours_day week[7];
    assert_null(hours_read_week("mon-thu 08:00-17:15, fri 08:00-16:00, break 12:00-12:45", week));
    assert_int_equal(week[0].count, 2);
    assert_int_equal(week[0].spans[0].to, 12 * 60);
    assert_int_equal(week[3].spans[1].from, 12 * 60 + 45);
    assert_int_equal(week[4].spans[1].to, 16 * 60);
    assert_int_equal(week[5].count, 0);
    assert_null(hours_read_week("sat 09:00-12:00, break 12:00-13:00", week)); /* ends before the break */
    assert_int_equal(week[5].count, 1);
    assert_null(hours_read_week("mon-sun 00:00-24:00", week));
    assert_int_equal(week[6].spans[0].to, HOURS_DAY);
}

static void what_is_no_week_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "8-17", "mon", "mon 8:00-17:00", "fri-mon 08:00-17:00", "mon 17:00-08:00", "mon 08:00-17:60",
                                      "mon 08:00-17:00;", "break", "mon 08:00-17:00, break 13:00", "montag 08:00-17:00", "mon 08:00-25:00",
                                      "mon 08:00–17:00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct hours_day week[7];
        assert_string_equal(hours_read_week(bad[i], week), "bad-hours");
    }
    struct hours_day week[7];
    assert_string_equal(hours_read_week("mon 12:00-17:00, mon 08:00-13:00", week), "bad-hours-order");
}

static void a_day_of_the_list_is_read(void **state)
{
    (void)state;
    struct hours_day day;
    assert_null(hours_read_day("", &day));
    assert_int_equal(day.count, 0);
    assert_null(hours_read_day("08:00-12:00, 13:00-16:00", &day));
    assert_int_equal(day.count, 2);
    assert_string_equal(hours_read_day("08:00-12:00,", &day), "bad-hours");
    assert_string_equal(hours_read_day("01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00,09:00-10:00", &day), "bad-hours-many");
}

static void holidays_are_dates_or_days_from_easter(void **state)
{
    (void)state;
    struct hours_holidays holidays;
    assert_null(hours_read_holidays("01-01 easter easter+49 easter-2  12-25 ", &holidays));
    assert_int_equal(holidays.count, 5);
    assert_int_equal(holidays.items[2].day, 49);
    assert_int_equal(holidays.items[3].day, -2);
    assert_int_equal(holidays.items[4].month, 12);
    assert_null(hours_read_holidays("", &holidays));
    static const char *const bad[] = {"13-01", "02-30", "1-1", "easter+", "easter49", "easter+100", "01-01,12-25", "Різдво"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_string_equal(hours_read_holidays(bad[i], &holidays), "bad-holidays");
}

/* Dates as the churches publish them. */
static void easter_is_when_the_church_says(void **state)
{
    (void)state;
    static const struct {
        int32_t year, march;
    } years[] = {{2022, 31 + 24}, {2023, 31 + 16}, {2024, 31 + 30 + 5}, {2025, 31 + 20}, {2026, 31 + 12}, {2027, 31 + 30 + 2}, {2028, 31 + 16}};
    for (size_t i = 0; i < sizeof years / sizeof *years; i++)
        assert_int_equal(hours_easter(years[i].year), years[i].march);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week_is_read_as_an_ini_says_it),      cmocka_unit_test(what_is_no_week_is_refused),
        cmocka_unit_test(a_day_of_the_list_is_read),             cmocka_unit_test(holidays_are_dates_or_days_from_easter),
        cmocka_unit_test(easter_is_when_the_church_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
