/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/limits.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/clock.h"

static const struct host_limits config = {.requests_minute = 60, .chats_hour = 2, .connections_ip = 2};

static void gives_a_minutes_worth_then_refills_steadily(void **state)
{
    struct limits *limits = *state;
    for (int i = 0; i < 60; i++)
        assert_int_equal(limits_request(limits, "198.51.100.7"), 0);
    assert_in_range(limits_request(limits, "198.51.100.7"), 1, 2);
    assert_int_equal(limits_request(limits, "198.51.100.8"), 0);
    clock_advance(1100);
    assert_int_equal(limits_request(limits, "198.51.100.7"), 0);
    assert_int_not_equal(limits_request(limits, "198.51.100.7"), 0);
}

static void says_how_long_until_the_next_chat(void **state)
{
    struct limits *limits = *state;
    assert_int_equal(limits_chat(limits, "a"), 0);
    assert_int_equal(limits_chat(limits, "a"), 0);
    uint32_t wait_s = limits_chat(limits, "a");
    assert_in_range(wait_s, 1800, 1801);
    clock_advance((int64_t)wait_s * 1000);
    assert_int_equal(limits_chat(limits, "a"), 0);
}

static void counts_what_is_open(void **state)
{
    struct limits *limits = *state;
    assert_true(limits_enter(limits, "a", false));
    assert_true(limits_enter(limits, "a", false));
    assert_false(limits_enter(limits, "a", false));
    limits_leave(limits, "a");
    assert_true(limits_enter(limits, "a", false));
    limits_leave(limits, "a");
    limits_leave(limits, "a");
}

static void a_messenger_may_have_more_open(void **state)
{
    struct limits *limits = *state;
    for (int i = 0; i < 2 * 16; i++)
        assert_true(limits_enter(limits, "viber", true));
    assert_false(limits_enter(limits, "viber", true));
    for (int i = 0; i < 2 * 16; i++)
        limits_leave(limits, "viber");
}

static void who_proves_wrong_too_often_is_believed_again_later(void **state)
{
    struct limits *limits = *state;
    for (int i = 0; i < 30; i++) {
        assert_true(limits_believed(limits, "liar"));
        limits_failed(limits, "liar");
    }
    assert_false(limits_believed(limits, "liar"));
    assert_true(limits_believed(limits, "telegram"));
    limits_sweep(limits);
    assert_false(limits_believed(limits, "liar"));
    clock_advance(2100);
    assert_true(limits_believed(limits, "liar"));
}

static void sweeping_forgets_the_quiet_and_nobody_else(void **state)
{
    struct limits *limits = *state;
    for (int i = 0; i < 60; i++)
        limits_request(limits, "busy");
    assert_true(limits_enter(limits, "open", false));
    assert_true(limits_enter(limits, "open", false));
    limits_sweep(limits);
    assert_int_not_equal(limits_request(limits, "busy"), 0);
    clock_advance(2 * 3600 * 1000);
    limits_sweep(limits);
    assert_false(limits_enter(limits, "open", false));
    limits_leave(limits, "open");
    limits_leave(limits, "open");
}

static int set_up(void **state)
{
    clock_set(1000000);
    *state = limits_open(&config);
    return 0;
}

static int tear_down(void **state)
{
    limits_close(*state);
    clock_set(0);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gives_a_minutes_worth_then_refills_steadily, set_up, tear_down),
        cmocka_unit_test_setup_teardown(says_how_long_until_the_next_chat, set_up, tear_down),
        cmocka_unit_test_setup_teardown(counts_what_is_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_messenger_may_have_more_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_proves_wrong_too_often_is_believed_again_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sweeping_forgets_the_quiet_and_nobody_else, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
