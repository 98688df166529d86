/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/coalesce.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* `rate` requests a second, evenly, for `seconds`; returns how many requests were looked at together in the end. */
static unsigned come(struct coalesce *coalesce, int64_t *now_us, int64_t rate, int64_t seconds)
{
    int64_t gap_us = 1000000 / rate, until_us = *now_us + seconds * 1000000;
    unsigned together = 1;
    while (*now_us < until_us) {
        int64_t wait_us = coalesce_wait_ms(coalesce, *now_us) * 1000;
        together = 1 + (unsigned)(wait_us / gap_us);
        *now_us += wait_us;
        coalesce_found(coalesce, *now_us, together, wait_us > 0);
        *now_us += gap_us - wait_us % gap_us;
    }
    return together;
}

static void rare_requests_wait_for_nobody(void **state)
{
    (void)state;
    struct coalesce coalesce = coalesce_new(30);
    int64_t now_us = 5000000;
    assert_int_equal(coalesce_wait_ms(&coalesce, now_us), 0);
    assert_int_equal(come(&coalesce, &now_us, 10, 5), 1);
    assert_int_equal(coalesce_wait_ms(&coalesce, now_us), 0);
}

static void many_a_second_share_their_wake_ups(void **state)
{
    (void)state;
    struct coalesce coalesce = coalesce_new(30);
    int64_t now_us = 5000000;
    assert_in_range(come(&coalesce, &now_us, 150, 5), 4, 6);
    assert_in_range(coalesce_wait_ms(&coalesce, now_us), 1, 30);
}

static void thousands_a_second_are_together_anyway(void **state)
{
    (void)state;
    struct coalesce coalesce = coalesce_new(30);
    int64_t now_us = 5000000;
    come(&coalesce, &now_us, 10000, 2);
    assert_int_equal(coalesce_wait_ms(&coalesce, now_us), 0);
}

static void after_a_pause_the_first_is_looked_at_at_once(void **state)
{
    (void)state;
    struct coalesce coalesce = coalesce_new(30);
    int64_t now_us = 5000000;
    come(&coalesce, &now_us, 150, 2);
    now_us += 3000000;
    coalesce_found(&coalesce, now_us, 1, false);
    assert_int_equal(coalesce_wait_ms(&coalesce, now_us), 0);
}

static void a_client_that_waits_for_its_answer_is_not_slowed(void **state)
{
    (void)state;
    struct coalesce coalesce = coalesce_new(30);
    int64_t now_us = 5000000, waited_ms = 0;
    for (int64_t until_us = now_us + 10 * 1000000; now_us < until_us;) {
        int64_t wait_ms = coalesce_wait_ms(&coalesce, now_us);
        waited_ms += wait_ms;
        now_us += wait_ms * 1000;
        coalesce_found(&coalesce, now_us, 1, wait_ms > 0); /* nobody came meanwhile */
        now_us += 1000;
    }
    assert_in_range(waited_ms, 1, 10 * 100);
}

static void zero_never_waits(void **state)
{
    (void)state;
    struct coalesce coalesce = coalesce_new(0);
    int64_t now_us = 5000000;
    assert_int_equal(come(&coalesce, &now_us, 150, 2), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rare_requests_wait_for_nobody),
        cmocka_unit_test(many_a_second_share_their_wake_ups),
        cmocka_unit_test(thousands_a_second_are_together_anyway),
        cmocka_unit_test(after_a_pause_the_first_is_looked_at_at_once),
        cmocka_unit_test(a_client_that_waits_for_its_answer_is_not_slowed),
        cmocka_unit_test(zero_never_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
