/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/answer.h"

#include <setjmp.h>
#include <stdarg.h>

#include "base/clock.h"

#include <cmocka.h>

static const int64_t NOW_MS = INT64_C(1795593600) * 1000; /* 2026-11-25 10:00 in Kyiv */

static int open_arena(void **state)
{
    clock_set(NOW_MS);
    *state = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    clock_set(0);
    arena_free(*state);
    return 0;
}

static void phones_are_kept_as_e164(void **state)
{
    static const char *const same[] = {"067 123 45 67", "+380671234567", "380 (67) 123-45-67", "80671234567", " +38 067 123 45 67"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const char *out = NULL;
        assert_true(answer_phone(*state, same[i], &out));
        assert_string_equal(out, "+380671234567");
    }
    const char *out = NULL;
    assert_true(answer_phone(*state, "+381 21 123 456", &out));
    assert_string_equal(out, "+38121123456");
}

static void what_is_no_phone_is_refused(void **state)
{
    static const char *const bad[] = {"", "+", "123", "067 123 45 6", "067x1234567", "+3806712345", "999999999999999999", "+380 67 123 45 678"};
    const char *out = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(answer_phone(*state, bad[i], &out));
}

static void numbers_may_be_grouped(void **state)
{
    (void)state;
    int64_t number = 0;
    assert_true(answer_number("1 200", &number));
    assert_int_equal(number, 1200);
    assert_true(answer_number("1 200", &number));
    assert_true(answer_number("−5", &number));
    assert_int_equal(number, -5);
    assert_false(answer_number("12.5", &number));
    assert_false(answer_number("сто", &number));
    assert_false(answer_number("99999999999999999999999", &number));
}

static void dates_are_understood_as_people_write_them(void **state)
{
    static const struct {
        const char *text, *language, *date;
    } cases[] = {
        {"25.12.2026", "uk", "2026-12-25"}, {"25.12", "uk", "2026-12-25"},         {"1.2", "uk", "2027-02-01"},
        {"25/12/26", "uk", "2026-12-25"},   {"2026-12-25", "uk", "2026-12-25"},    {"25 грудня", "uk", "2026-12-25"},
        {"25 грудня 2027", "uk", "2027-12-25"}, {"3 лютого", "uk", "2027-02-03"},  {"25 December", "en", "2026-12-25"},
        {"29.02.2028", "uk", "2028-02-29"}, {"25.11", "uk", "2026-11-25"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *out = NULL;
        assert_true(answer_date(*state, cases[i].text, cases[i].language, "Europe/Kyiv", &out));
        assert_string_equal(out, cases[i].date);
    }
}

static void days_that_do_not_exist_are_refused(void **state)
{
    static const char *const bad[] = {"", "29.02.2027", "31.04.2026", "0.1.2026", "25.13", "колись", "25", "2026-12", "1.2.3.4", "25 гр"};
    const char *out = NULL;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(answer_date(*state, bad[i], "uk", "Europe/Kyiv", &out));
}

static void places_are_within_the_world(void **state)
{
    const char *out = NULL;
    assert_true(answer_place(*state, "48.3794, 28.8645", &out));
    assert_string_equal(out, "48.379400,28.864500");
    assert_false(answer_place(*state, "91 28", &out));
    assert_false(answer_place(*state, "nan,nan", &out));
    assert_false(answer_place(*state, "inf 5", &out));
    assert_false(answer_place(*state, "48.37", &out));
    assert_false(answer_place(*state, "вулиця Садова", &out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(phones_are_kept_as_e164, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_is_no_phone_is_refused, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(numbers_may_be_grouped, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(dates_are_understood_as_people_write_them, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(days_that_do_not_exist_are_refused, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(places_are_within_the_world, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
