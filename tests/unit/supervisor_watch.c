/* SPDX-License-Identifier: MPL-2.0 */
#include "supervisor/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

enum { EVENT = 77, MINUTE_MS = 60 * 1000 };

static struct watch watch;

static void run(const char *town, const char *plugin)
{
    struct page_worker *worker = &watch.page->workers[1];
    snprintf(worker->town, sizeof worker->town, "%s", town);
    snprintf(worker->plugin, sizeof worker->plugin, "%s", plugin);
    atomic_store(&worker->event, EVENT);
    atomic_store(&worker->deadline_ms, 5000);
    atomic_store(&worker->state, 2);
}

static void a_worker_is_late_after_its_deadline_or_a_long_silence(void **state)
{
    (void)state;
    run("kalush", "queue");
    struct page_worker *worker = &watch.page->workers[1];
    assert_null(watch_late(worker, 5000));
    assert_non_null(watch_late(worker, 5001));
    assert_int_equal(watch_next_ms(worker, 4990), 5001);
    assert_int_equal(watch_next_ms(worker, 1000), 1100);
    atomic_store(&worker->deadline_ms, 0);
    atomic_store(&worker->beat_ms, 1000);
    assert_null(watch_late(worker, 9000));
    assert_non_null(watch_late(worker, 20000));
    atomic_store(&worker->state, 1); /* starting may take long */
    assert_null(watch_late(worker, 20000));
}

static void a_crash_accuses_the_event_and_cleans_the_line(void **state)
{
    (void)state;
    run("kalush", "queue");
    watch_crashed(&watch, 1, true, 1000);
    assert_int_equal(page_crashes(watch.page, EVENT), 1);
    const struct page_worker *worker = &watch.page->workers[1];
    assert_int_equal(atomic_load(&worker->crashes), 1);
    assert_int_equal(atomic_load(&worker->event), 0);
    assert_int_equal(atomic_load(&worker->deadline_ms), 0);
    assert_string_equal(worker->plugin, "");
    run("kalush", "queue");
    watch_ended(&watch, 1);
    assert_int_equal(page_crashes(watch.page, EVENT), 1);
}

static void the_fifth_crash_within_ten_minutes_switches_off_there_only(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        run("kalush", "queue");
        watch_crashed(&watch, 1, true, i * MINUTE_MS);
        run("stryi", "queue");
        watch_crashed(&watch, 1, true, i * MINUTE_MS);
    }
    assert_false(page_is_off(watch.page, "kalush", "queue"));
    run("kalush", "queue");
    watch_crashed(&watch, 1, true, 5 * MINUTE_MS);
    assert_true(page_is_off(watch.page, "kalush", "queue"));
    assert_false(page_is_off(watch.page, "stryi", "queue"));
    assert_false(page_is_off(watch.page, "kalush", "petitions"));
}

static void crashes_far_apart_switch_nothing_off(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        run("kalush", "queue");
        watch_crashed(&watch, 1, true, (int64_t)i * 3 * MINUTE_MS);
    }
    assert_false(page_is_off(watch.page, "kalush", "queue"));
}

static void a_kill_from_outside_suspects_the_event_only(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        run("kalush", "queue");
        watch_crashed(&watch, 1, false, 1000);
    }
    assert_int_equal(page_crashes(watch.page, EVENT), 6);
    assert_false(page_is_off(watch.page, "kalush", "queue"));
}

static int set_up(void **state)
{
    (void)state;
    watch = (struct watch){0};
    int fd = page_make(&watch.page);
    close(fd);
    return fd < 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_worker_is_late_after_its_deadline_or_a_long_silence, set_up),
        cmocka_unit_test_setup(a_crash_accuses_the_event_and_cleans_the_line, set_up),
        cmocka_unit_test_setup(the_fifth_crash_within_ten_minutes_switches_off_there_only, set_up),
        cmocka_unit_test_setup(a_kill_from_outside_suspects_the_event_only, set_up),
        cmocka_unit_test_setup(crashes_far_apart_switch_nothing_off, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
