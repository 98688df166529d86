/* SPDX-License-Identifier: MPL-2.0 */
#include "calendar_fake.h"

#include "services/calendar/calendar_data.c"
#include "services/calendar/calendar_day.c"
#include "services/calendar/calendar_hours.c"
#include "services/calendar/calendar_reckon.c"
#include "services/calendar/calendar_walk.c"

#define USUAL .hours = "mon-thu 08:00-17:15, fri 08:00-16:00, break 12:00-12:45", .last_day_off = "next", .after_hours = "next"
#define HOLIDAYS .holidays = "01-01 03-08 easter 05-01 05-08 easter+49 06-28 07-15 08-24 10-01 12-25"

static const struct fake_day bridge[] = {{20261123, "off", "", "переносимо на суботу"},
                                         {20261128, "work", "", "за понеділок, 23 листопада"},
                                         {20261127, "short", "08:00-11:00", ""},
                                         {0, NULL, NULL, NULL}};

static const struct fake_town war = {USUAL, HOLIDAYS, .martial_law = 1};
static const struct fake_town peace = {USUAL, HOLIDAYS};
static const struct fake_town moved = {USUAL, HOLIDAYS, .martial_law = 1, .days = bridge};
static const struct fake_town strict = {.hours = "mon-fri 09:00-18:00", .holidays = "", .last_day_off = "same", .after_hours = "same"};
static const struct fake_town night = {.hours = "sat-sun 00:00-08:00", .holidays = "", .last_day_off = "same", .after_hours = "same"};

static const struct calendar *calendar_of(const struct fake_town *town)
{
    fake_used = 0;
    fake_town = town;
    return day_calendar(&fake_turn);
}

/* ---- terms */

static const struct {
    const char *what;
    const struct fake_town *town;
    const char *from, *term, *due;
} terms[] = {
    {"a month is the same day of the next one", &strict, "2026-11-25 10:00", "1 month", "2026-12-25 23:59"},
    {"from 31 January to the end of February", &strict, "2027-01-31 10:00", "1 month", "2027-02-28 23:59"},
    {"and in a leap year to 29 February", &strict, "2028-01-31 10:00", "1 month", "2028-02-29 23:59"},
    {"from the leap day a month later", &strict, "2028-02-29 10:00", "1 month", "2028-03-29 23:59"},
    {"from the leap day a year later", &strict, "2028-02-29 10:00", "12 months", "2029-02-28 23:59"},
    {"from 31 August over two months", &strict, "2026-08-31 10:00", "2 months", "2026-10-31 23:59"},
    {"over the turn of the year", &strict, "2026-12-31 10:00", "2 months", "2027-02-28 23:59"},
    {"15 days, weekends included", &strict, "2026-11-25 10:00", "15 days", "2026-12-10 23:59"},
    {"45 days", &strict, "2026-11-25 10:00", "45 days", "2027-01-09 23:59"},
    {"days over 28 February", &strict, "2027-02-20 10:00", "10 days", "2027-03-02 23:59"},
    {"days over 29 February", &strict, "2028-02-20 10:00", "10 days", "2028-03-01 23:59"},
    {"days over the night of 23 hours", &strict, "2027-03-25 10:00", "5 days", "2027-03-30 23:59"},
    {"days over the night of 25 hours", &strict, "2026-10-23 10:00", "5 days", "2026-10-28 23:59"},
    {"a term may end in the night of 23 hours", &strict, "2027-03-25 10:00", "3 days", "2027-03-28 23:59"},

    {"the last day is a Saturday: Monday", &war, "2026-11-26 10:00", "1 month", "2026-12-28 23:59"},
    {"what comes after hours counts from the next day", &war, "2026-11-25 18:20", "5 days", "2026-12-01 23:59"},
    {"what comes before hours counts from that day", &war, "2026-11-25 06:00", "5 days", "2026-11-30 23:59"},
    {"what comes in the break counts from that day", &war, "2026-11-25 12:20", "5 days", "2026-11-30 23:59"},
    {"on a Friday at 16:00 the week is over", &war, "2026-11-27 16:00", "5 days", "2026-12-07 23:59"},
    {"on a Saturday it counts from Monday", &war, "2026-11-28 10:00", "5 days", "2026-12-07 23:59"},
    {"martial law: Christmas is a working day", &war, "2026-12-10 10:00", "15 days", "2026-12-25 23:59"},
    {"peace: Christmas is not", &peace, "2026-12-10 10:00", "15 days", "2026-12-28 23:59"},
    {"peace: what comes on May Day counts from Wednesday, 5 May", &peace, "2027-05-01 10:00", "1 day", "2027-05-06 23:59"},
    {"peace: Easter 2027 is 2 May, Monday is off for May Day, Tuesday for Easter", &peace, "2027-04-30 10:00", "1 day", "2027-05-05 23:59"},
    {"peace: Trinity 2027 is 20 June, Monday is off", &peace, "2027-06-18 10:00", "2 days", "2027-06-22 23:59"},
    {"peace: 8 May 2027 is a Saturday, Monday is off", &peace, "2027-05-06 10:00", "4 days", "2027-05-11 23:59"},

    {"5 working days", &war, "2026-11-25 10:00", "5 working days", "2026-12-02 23:59"},
    {"working days over a holiday", &peace, "2026-12-23 10:00", "5 working days", "2026-12-31 23:59"},
    {"a transferred day off does not count", &moved, "2026-11-20 10:00", "4 working days", "2026-11-27 23:59"},
    {"its Saturday does", &moved, "2026-11-20 10:00", "5 working days", "2026-11-28 23:59"},
    {"the transferred day is no last day", &moved, "2026-11-18 10:00", "5 days", "2026-11-24 23:59"},
    {"on the short day the day is over at 11", &moved, "2026-11-27 11:30", "3 days", "2026-12-01 23:59"},

    {"24 hours by the clock", &war, "2026-11-27 18:20", "24 hours", "2026-11-28 18:20"},
    {"24 hours in the night of 25", &war, "2026-10-24 12:00", "24 hours", "2026-10-25 11:00"},
    {"24 hours in the night of 23", &war, "2027-03-27 12:00", "24 hours", "2027-03-28 13:00"},
    {"8 working hours over the break", &war, "2026-11-25 08:00", "8 working hours", "2026-11-25 16:45"},
    {"8 working hours over a night", &war, "2026-11-25 15:15", "8 working hours", "2026-11-26 14:45"},
    {"working hours over a weekend", &war, "2026-11-27 15:00", "2 working hours", "2026-11-30 09:00"},
    {"working hours that come at night begin in the morning", &war, "2026-11-25 22:00", "1 working hour", "2026-11-26 09:00"},
    {"8 working hours of an office at work in the night of 25 hours", &night, "2026-10-25 00:00", "8 working hours", "2026-10-25 07:00"},
    {"and of 23", &night, "2027-03-28 00:00", "7 working hours", "2027-03-28 08:00"},
};

static void terms_end_when_the_law_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        const struct calendar *calendar = calendar_of(terms[i].town);
        struct term term;
        char due[32];
        assert_null(reckon_read(terms[i].term, &term));
        struct reckoned reckoned = reckon_term(&fake_turn, calendar, fake_at(terms[i].from), term, NULL, 0);
        if (strcmp(fake_says(reckoned.due, due), terms[i].due) != 0)
            fail_msg("%s: %s + %s is %s, not %s", terms[i].what, terms[i].from, terms[i].term, due, terms[i].due);
    }
}

/* ---- pauses */

static const struct {
    const char *from, *term, *since, *until, *due;
} pauses[] = {
    {"2026-11-02 10:00", "10 days", "2026-11-05 10:00", "2026-11-08 09:00", "2026-11-16 23:59"}, /* 15.11 is a Sunday */
    {"2026-11-02 10:00", "15 days", "2026-11-05 10:00", "2026-11-05 16:00", "2026-11-17 23:59"}, /* within a day: nothing */
    {"2026-11-02 10:00", "5 working days", "2026-11-06 10:00", "2026-11-09 09:00", "2026-11-10 23:59"},
    {"2026-11-02 10:00", "24 hours", "2026-11-02 12:00", "2026-11-02 14:30", "2026-11-03 12:30"},
    {"2026-11-02 08:00", "8 working hours", "2026-11-02 16:15", "2026-11-03 09:00", "2026-11-03 09:30"},
    {"2026-10-20 10:00", "1 month", "2026-10-24 10:00", "2026-10-26 10:00", "2026-11-23 23:59"}, /* over the night of 25 hours; 22.11 a Sunday */
    {"2026-11-02 10:00", "15 days", "2026-11-08 10:00", "2026-11-05 16:00", "2026-11-17 23:59"}, /* ends before it begins: none */
};

static void a_pause_lengthens_the_term_by_what_it_took(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pauses / sizeof *pauses; i++) {
        const struct calendar *calendar = calendar_of(&war);
        struct viche_pause pause = {fake_at(pauses[i].since), fake_at(pauses[i].until)};
        struct term term;
        char due[32];
        assert_null(reckon_read(pauses[i].term, &term));
        struct reckoned reckoned = reckon_term(&fake_turn, calendar, fake_at(pauses[i].from), term, &pause, 1);
        assert_string_equal(fake_says(reckoned.due, due), pauses[i].due);
    }
}

/* ---- hours */

static const struct {
    const struct fake_town *town;
    const char *at, *opens; /* opens NULL: it is open */
} hours[] = {
    {&war, "2026-11-25 08:00", NULL},
    {&war, "2026-11-25 17:14", NULL},
    {&war, "2026-11-25 07:59", "2026-11-25 08:00"},
    {&war, "2026-11-25 12:00", "2026-11-25 12:45"},
    {&war, "2026-11-25 17:15", "2026-11-26 08:00"},
    {&war, "2026-11-27 16:00", "2026-11-30 08:00"},
    {&war, "2026-12-25 10:00", NULL},
    {&peace, "2026-12-25 10:00", "2026-12-28 08:00"},
    {&moved, "2026-11-28 10:00", NULL},
    {&moved, "2026-11-23 10:00", "2026-11-24 08:00"},
    {&moved, "2026-11-27 11:00", "2026-11-28 08:00"},
    {&night, "2027-03-27 09:00", "2027-03-28 00:00"},
};

static void the_town_is_open_when_it_works(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        const struct calendar *calendar = calendar_of(hours[i].town);
        int64_t at = fake_at(hours[i].at);
        char opens[32];
        assert_int_equal(walk_is_open(&fake_turn, calendar, at), hours[i].opens == NULL);
        assert_string_equal(fake_says(walk_next_open(&fake_turn, calendar, at), opens), hours[i].opens ? hours[i].opens : hours[i].at);
    }
}

static void a_town_that_never_works_still_ends_its_terms(void **state)
{
    (void)state;
    static const struct fake_town never = {.hours = "", .holidays = "", .last_day_off = "next", .after_hours = "next"};
    const struct calendar *calendar = calendar_of(&never);
    int64_t at = fake_at("2026-11-25 10:00");
    assert_int_equal(walk_next_open(&fake_turn, calendar, at), at);
    for (uint32_t unit = VICHE_TERM_HOURS; unit <= VICHE_TERM_MONTHS; unit++)
        assert_true(reckon_term(&fake_turn, calendar, at, (struct term){3, unit}, NULL, 0).due > at);
}

/* ---- reading */

static void terms_are_read_as_an_ini_says_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct term term;
    } good[] = {{"1 month", {1, VICHE_TERM_MONTHS}},        {"15 days", {15, VICHE_TERM_DAYS}},
                {"5 working days", {5, VICHE_TERM_WORKING_DAYS}}, {"24 hours", {24, VICHE_TERM_HOURS}},
                {"8 working hours", {8, VICHE_TERM_WORKING_HOURS}}, {"1 working hour", {1, VICHE_TERM_WORKING_HOURS}}};
    struct term term;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_null(reckon_read(good[i].text, &term));
        assert_int_equal(term.amount, good[i].term.amount);
        assert_int_equal(term.unit, good[i].term.unit);
    }
    static const char *const bad[] = {"", "month", "0 days", "-1 days", "1001 days", "15days", "15  days", "5 weeks", "1.5 days", "99999999999999999999 days"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_string_equal(reckon_read(bad[i], &term), "bad-term");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_end_when_the_law_says),        cmocka_unit_test(a_pause_lengthens_the_term_by_what_it_took),
        cmocka_unit_test(the_town_is_open_when_it_works),     cmocka_unit_test(a_town_that_never_works_still_ends_its_terms),
        cmocka_unit_test(terms_are_read_as_an_ini_says_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
