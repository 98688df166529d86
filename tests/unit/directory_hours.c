/* SPDX-License-Identifier: MPL-2.0 */
#include "features/directory/directory_hours.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <viche/turn.h>

#include "plugin/words.h"

#include <cmocka.h>

/* ---- reading */

static const char *day_says(const char *text)
{
    struct hours_day day;
    return hours_read_day(text, &day);
}

static const char *exceptions_say(const char *text)
{
    static struct hours hours;
    return hours_read_exceptions(text, &hours);
}

static void reads_days_as_they_are_written(void **state)
{
    (void)state;
    struct hours_day day;
    assert_null(hours_read_day("08:00-12:00,13:00-17:15", &day));
    assert_int_equal(day.count, 2);
    assert_int_equal(day.spans[1].to, 17 * 60 + 15);
    assert_null(hours_read_day("20:00-02:00", &day));
    assert_int_equal(day.spans[0].to, 26 * 60);
    assert_null(hours_read_day("24h", &day));
    assert_int_equal(day.spans[0].to, HOURS_DAY);
    assert_null(hours_read_day("", &day));
    assert_int_equal(day.count, 0);
}

static void refuses_days_with_the_reason(void **state)
{
    (void)state;
    static const char *const bad[] = {"8:00-17:00", "08:00–17:00", "08:00-17:60", "08:00-24:01", "24:00-24:00", "08:00-08:00",
                                      "08:00", "08:00-17:00,", ",", "08:00-17:00 ", "closed", "08:00-17:00;13:00-14:00", "24H"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_string_equal(day_says(bad[i]), "bad-hours");
    assert_string_equal(day_says("08:00-12:00,11:00-17:00"), "bad-hours-order");
    assert_string_equal(day_says("20:00-02:00,21:00-22:00"), "bad-hours-order");
    assert_string_equal(day_says("01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00,09:00-10:00"), "bad-hours-many");
}

static void reads_exceptions_by_date(void **state)
{
    (void)state;
    static struct hours hours;
    assert_null(hours_read_exceptions("2026-12-25:closed;2026-12-31:08:00-12:00,13:00-15:00", &hours));
    assert_int_equal(hours.exception_count, 2);
    assert_int_equal(hours.exceptions[0].day.count, 0);
    assert_int_equal(hours.exceptions[1].date, hours_date(2026, 12, 31));
    assert_int_equal(hours.exceptions[1].day.count, 2);
    assert_null(exceptions_say(""));
    assert_null(exceptions_say("2028-02-29:24h"));
}

static void refuses_exceptions_with_the_reason(void **state)
{
    (void)state;
    static const char *const bad[] = {"2026-02-29:closed", "2026-13-01:closed", "2026-12-25", "2026-12-25:", "25.12.2026:closed",
                                      "2026-12-25:closed;", ";", "2026-12-25:closed;;2026-12-26:closed"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_string_equal(exceptions_say(bad[i]), "bad-exception");
    assert_string_equal(exceptions_say("2026-12-26:closed;2026-12-25:closed"), "bad-exception-order");
    assert_string_equal(exceptions_say("2026-12-25:closed;2026-12-25:closed"), "bad-exception-order");
    assert_string_equal(exceptions_say("2026-12-25:8-15"), "bad-hours");
}

static void knows_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(hours_date(1970, 1, 1), 0);
    assert_int_equal(hours_weekday(hours_date(2026, 11, 21)), 5);
    for (int32_t date = hours_date(2023, 12, 1); date < hours_date(2029, 2, 1); date++) {
        int32_t year = 0, month = 0, day = 0;
        hours_civil(date, &year, &month, &day);
        assert_int_equal(hours_date(year, month, day), date);
    }
}

/* ---- meaning */

static int64_t kyiv(void *context, int32_t date, int32_t minute)
{
    (void)context;
    struct viche_local local = {.size = sizeof local, .hour = minute / 60, .minute = minute % 60};
    hours_civil(date, &local.year, &local.month, &local.day);
    return words_moment("Europe/Kyiv", &local);
}

/* Wednesday 25 November 2026 is day 0. */
static const struct {
    const char *week; /* the same on all seven days, unless it has seven parts separated by '|' */
    const char *exceptions;
    const char *now, *says;
} moments[] = {
    {"08:00-17:15", "", "2026-11-25 07:59", "closed until 2026-11-25 08:00"},
    {"08:00-17:15", "", "2026-11-25 08:00", "open until 2026-11-25 17:15"},
    {"08:00-17:15", "", "2026-11-25 17:14", "open until 2026-11-25 17:15"},
    {"08:00-17:15", "", "2026-11-25 17:15", "closed until 2026-11-26 08:00"},
    {"08:00-12:00,13:00-17:15", "", "2026-11-25 12:30", "break until 2026-11-25 13:00"},
    {"08:00-12:00,13:00-17:15", "", "2026-11-25 13:00", "open until 2026-11-25 17:15"},
    {"20:00-02:00", "", "2026-11-25 23:00", "open until 2026-11-26 02:00"},
    {"20:00-02:00", "", "2026-11-26 01:59", "open until 2026-11-26 02:00"},
    {"20:00-02:00", "", "2026-11-26 02:00", "closed until 2026-11-26 20:00"},
    {"20:00-24:00", "", "2026-11-25 23:59", "open until 2026-11-26 00:00"},
    {"24h", "", "2026-11-25 03:00", "always"},
    {"24h", "2026-11-27:closed", "2026-11-25 03:00", "open until 2026-11-27 00:00"},
    {"24h|24h|24h|24h|24h|24h|", "", "2026-11-27 10:00", "open until 2026-11-29 00:00"},
    {"08:00-17:00|08:00-17:00|08:00-17:00|08:00-17:00|08:00-16:00||", "", "2026-11-27 16:30", "closed until 2026-11-30 08:00"},
    {"08:00-17:00", "2026-11-25:closed", "2026-11-25 10:00", "closed until 2026-11-26 08:00"},
    {"08:00-17:00", "2026-11-25:10:00-12:00", "2026-11-25 11:00", "open until 2026-11-25 12:00"},
    {"20:00-02:00", "2026-11-26:closed", "2026-11-26 01:00", "open until 2026-11-26 02:00"},
    {"", "", "2026-11-25 10:00", "unknown"},
    {"", "2026-11-25:10:00-12:00", "2026-11-26 10:00", "far"},
    {"", "2026-12-20:10:00-12:00", "2026-11-26 10:00", "closed until 2026-12-20 10:00"},
    {"", "2027-03-01:10:00-12:00", "2026-11-26 10:00", "far"},
};

static void read_week(const char *text, struct hours *hours)
{
    char part[64];
    for (size_t day = 0; day < 7; day++) {
        const char *at = text;
        for (size_t skip = strchr(text, '|') ? day : 0; skip > 0; skip--)
            at += strcspn(at, "|") + 1;
        snprintf(part, sizeof part, "%.*s", (int)strcspn(at, "|"), at);
        assert_null(hours_read_day(part, &hours->week[day]));
    }
}

static int64_t read_now(const char *text, int32_t *today)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0;
    assert_int_equal(sscanf(text, "%d-%d-%d %d:%d", &year, &month, &day, &hour, &minute), 5);
    *today = hours_date(year, month, day);
    return kyiv(NULL, *today, hour * 60 + minute);
}

static const char *said(const struct hours *hours, int64_t now, int32_t today, char out[80])
{
    static const char *const names[] = {"unknown", "always", "open", "break", "closed", "far"};
    struct hours_clock clock = {kyiv, NULL, now, today};
    struct hours_state state = hours_state(hours, &clock);
    int32_t year = 0, month = 0, day = 0;
    hours_civil(state.date, &year, &month, &day);
    if (state.status == HOURS_OPEN || state.status == HOURS_BREAK || state.status == HOURS_CLOSED)
        snprintf(out, 80, "%s until %04d-%02d-%02d %02d:%02d", names[state.status], year, month, day, state.minute / 60,
                 state.minute % 60);
    else
        snprintf(out, 80, "%s", names[state.status]);
    return out;
}

static void says_what_holds_at_a_moment(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        static struct hours hours;
        char out[80];
        read_week(moments[i].week, &hours);
        assert_null(hours_read_exceptions(moments[i].exceptions, &hours));
        int32_t today = 0;
        int64_t now = read_now(moments[i].now, &today);
        assert_string_equal(said(&hours, now, today, out), moments[i].says);
    }
}

/* 29 March 2026: 03:00 becomes 04:00. 25 October 2026: 04:00 becomes 03:00, and the hour from 03:00 comes twice. */
static void the_night_of_the_clock_change_keeps_its_hours(void **state)
{
    (void)state;
    static struct hours hours;
    char out[80];
    read_week("20:00-03:30", &hours);
    int32_t spring = hours_date(2026, 3, 29), autumn = hours_date(2026, 10, 25);
    int64_t before = kyiv(NULL, spring, 2 * 60 + 59);
    assert_string_equal(said(&hours, before, spring, out), "open until 2026-03-29 03:30");
    assert_string_equal(said(&hours, kyiv(NULL, spring, 4 * 60 + 30), spring, out), "closed until 2026-03-29 20:00");
    int64_t first = kyiv(NULL, autumn, 3 * 60 + 15);
    assert_string_equal(said(&hours, first, autumn, out), "open until 2026-10-25 03:30");
    assert_string_equal(said(&hours, first + 3600, autumn, out), "closed until 2026-10-25 20:00");
    read_week("24h", &hours);
    assert_string_equal(said(&hours, first + 3600, autumn, out), "always");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_days_as_they_are_written),
        cmocka_unit_test(refuses_days_with_the_reason),
        cmocka_unit_test(reads_exceptions_by_date),
        cmocka_unit_test(refuses_exceptions_with_the_reason),
        cmocka_unit_test(knows_the_calendar),
        cmocka_unit_test(says_what_holds_at_a_moment),
        cmocka_unit_test(the_night_of_the_clock_change_keeps_its_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
