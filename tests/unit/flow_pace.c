/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/clock.h"

#include <cmocka.h>

static const int64_t NOW_MS = INT64_C(1795593600) * 1000;

static int open_book(void **state)
{
    clock_set(NOW_MS);
    *state = pace_open();
    return 0;
}

static int close_book(void **state)
{
    clock_set(0);
    pace_close(*state);
    return 0;
}

/* Writes to a new chat every time; returns how many went within `ms`, waking up when told. */
static int sent_within(struct pace_book *book, const struct viche_pace *pace, int64_t ms)
{
    int64_t end_ms = clock_now_ms() + ms;
    int sent = 0;
    while (clock_now_ms() < end_ms) {
        char chat[16];
        snprintf(chat, sizeof chat, "%d", sent);
        int64_t may_ms = pace_take(book, "telegram", chat, pace, clock_now_ms());
        if (may_ms > clock_now_ms()) {
            clock_advance(may_ms - clock_now_ms());
            continue;
        }
        sent++;
        pace_done(book, "telegram");
    }
    return sent;
}

static void a_channel_never_exceeds_its_pace(void **state)
{
    const struct viche_pace pace = {.size = sizeof pace, .per_second = 30};
    assert_in_range(sent_within(*state, &pace, 10000), 299, 301);
}

static void a_late_start_is_not_made_good_in_a_burst(void **state)
{
    const struct viche_pace pace = {.size = sizeof pace, .per_second = 30};
    assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS);
    clock_advance(60000);
    assert_in_range(sent_within(*state, &pace, 1000), 29, 30);
}

static void a_message_counts_until_a_second_after_its_answer(void **state)
{
    const struct viche_pace pace = {.size = sizeof pace, .per_second = 2};
    assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS);
    clock_advance(500);
    assert_int_equal(pace_take(*state, "telegram", "b", &pace, clock_now_ms()), NOW_MS + 500);
    clock_advance(700);
    pace_done(*state, "telegram"); /* the first was long on its way: its messenger may have seen it just now */
    assert_int_equal(pace_take(*state, "telegram", "c", &pace, clock_now_ms()), NOW_MS + 2201);
    pace_done(*state, "telegram");
    clock_advance(1001);
    assert_int_equal(pace_take(*state, "telegram", "c", &pace, clock_now_ms()), NOW_MS + 2201);
}

static void a_message_that_nobody_answers_counts_twice_as_long(void **state)
{
    const struct viche_pace pace = {.size = sizeof pace, .per_second = 1};
    assert_int_equal(pace_take(*state, "telegram", "a", &pace, NOW_MS), NOW_MS);
    pace_unheard(*state, "telegram");
    assert_int_equal(pace_take(*state, "telegram", "b", &pace, NOW_MS), NOW_MS + 2000);
}

static void what_nobody_answers_keeps_no_place_for_long(void **state)
{
    struct pace_book *book = *state;
    const struct viche_pace pace = {.size = sizeof pace, .per_second = 10};
    int sent = 0;
    for (int64_t end_ms = clock_now_ms() + 60000; clock_now_ms() < end_ms; clock_advance(10)) {
        if (pace_take(book, "telegram", "a", &pace, clock_now_ms()) > clock_now_ms())
            continue;
        if (++sent % 5 == 0)
            pace_unheard(book, "telegram");
        else
            pace_done(book, "telegram");
    }
    assert_in_range(sent, 450, 600); /* with one place lost in a second there would be none left */
}

static void a_chat_keeps_its_gap_and_delays_nobody(void **state)
{
    const struct viche_pace pace = {.size = sizeof pace, .gap_ms = 1000};
    assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS);
    assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS + 1000);
    assert_int_equal(pace_take(*state, "telegram", "b", &pace, clock_now_ms()), NOW_MS);
    assert_int_equal(pace_take(*state, "viber", "a", &pace, clock_now_ms()), NOW_MS);
    clock_advance(1000);
    assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS + 1000);
}

static void a_short_answer_of_several_parts_goes_at_once_and_not_too_often(void **state)
{
    const struct viche_pace pace = {.size = sizeof pace, .gap_ms = 1000, .burst = 3};
    for (int i = 0; i < 3; i++)
        assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS);
    assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS + 1000);
    clock_advance(1000);
    assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS + 1000);
    assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS + 2000);
    clock_advance(60000); /* rested, but no longer than a burst */
    for (int i = 0; i < 3; i++)
        assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS + 61000);
    assert_int_equal(pace_take(*state, "telegram", "a", &pace, clock_now_ms()), NOW_MS + 62000);
}

static void without_limits_everything_goes_at_once(void **state)
{
    const struct viche_pace pace = {.size = sizeof pace};
    for (int i = 0; i < 1000; i++)
        assert_int_equal(pace_take(*state, "web", "a", &pace, clock_now_ms()), NOW_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_channel_never_exceeds_its_pace, open_book, close_book),
        cmocka_unit_test_setup_teardown(a_late_start_is_not_made_good_in_a_burst, open_book, close_book),
        cmocka_unit_test_setup_teardown(a_message_counts_until_a_second_after_its_answer, open_book, close_book),
        cmocka_unit_test_setup_teardown(a_message_that_nobody_answers_counts_twice_as_long, open_book, close_book),
        cmocka_unit_test_setup_teardown(what_nobody_answers_keeps_no_place_for_long, open_book, close_book),
        cmocka_unit_test_setup_teardown(a_chat_keeps_its_gap_and_delays_nobody, open_book, close_book),
        cmocka_unit_test_setup_teardown(a_short_answer_of_several_parts_goes_at_once_and_not_too_often, open_book, close_book),
        cmocka_unit_test_setup_teardown(without_limits_everything_goes_at_once, open_book, close_book),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
