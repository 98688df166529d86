/* SPDX-License-Identifier: MPL-2.0 */
#include "link/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct page *page;
static int page_fd;

static int make(void **state)
{
    (void)state;
    page_fd = page_make(&page);
    return page_fd < 0;
}

static int drop(void **state)
{
    (void)state;
    munmap(page, sizeof *page);
    return close(page_fd);
}

static void a_worker_that_died_has_left_word(void **state)
{
    (void)state;
    pid_t worker = fork();
    if (worker == 0) {
        struct page *mine = page_map(page_fd);
        snprintf(mine->workers[3].plugin, sizeof mine->workers[3].plugin, "queue");
        atomic_store(&mine->workers[3].event, 42);
        _exit(9);
    }
    waitpid(worker, NULL, 0);
    assert_string_equal(page->workers[3].plugin, "queue");
    assert_int_equal(atomic_load(&page->workers[3].event), 42);
}

static void each_worker_has_cache_lines_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(sizeof(struct page_worker) % 64, 0);
    assert_int_equal(offsetof(struct page, workers) % 64, 0);
}

static void each_page_has_a_key_of_its_own(void **state)
{
    (void)state;
    struct page *other = NULL;
    int fd = page_make(&other);
    assert_memory_not_equal(page->log_key, other->log_key, sizeof page->log_key);
    munmap(other, sizeof *other);
    close(fd);
}

static void an_event_is_named_by_town_channel_and_origin(void **state)
{
    (void)state;
    uint64_t event = page_event("kryzhopil", "web", "12");
    assert_true(event == page_event("kryzhopil", "web", "12"));
    assert_true(event != page_event("kryzhopil", "web", "13"));
    assert_true(event != page_event("kryzhopil", "we", "b12"));
    assert_true(event != page_event("sharhorod", "web", "12"));
    assert_true(event != 0);
}

static void crashes_are_counted_for_each_event(void **state)
{
    (void)state;
    assert_int_equal(page_crashes(page, 5), 0);
    page_accuse(page, 5);
    page_accuse(page, 5);
    page_accuse(page, 6);
    assert_int_equal(page_crashes(page, 5), 2);
    assert_int_equal(page_crashes(page, 6), 1);
}

static void the_oldest_suspect_makes_room(void **state)
{
    (void)state;
    for (uint64_t event = 1; event <= PAGE_SUSPECTS + 1; event++)
        page_accuse(page, event);
    assert_int_equal(page_crashes(page, 1), 0);
    assert_int_equal(page_crashes(page, 2), 1);
    assert_int_equal(page_crashes(page, PAGE_SUSPECTS + 1), 1);
}

static void a_plugin_is_switched_off_in_one_town_only(void **state)
{
    (void)state;
    assert_false(page_is_off(page, "kryzhopil", "queue"));
    assert_true(page_switch_off(page, "kryzhopil", "queue"));
    assert_true(page_switch_off(page, "kryzhopil", "queue"));
    assert_true(page_is_off(page, "kryzhopil", "queue"));
    assert_false(page_is_off(page, "sharhorod", "queue"));
    assert_false(page_is_off(page, "kryzhopil", "web"));
    assert_int_equal(atomic_load(&page->off_count), 1);
}

static void a_full_table_says_so(void **state)
{
    (void)state;
    char town[16];
    for (int i = 0; i < PAGE_OFF; i++) {
        snprintf(town, sizeof town, "t%d", i);
        assert_true(page_switch_off(page, town, "queue"));
    }
    assert_false(page_switch_off(page, "one-more", "queue"));
    assert_true(page_switch_off(page, "t0", "queue"));
}

#define WITH_PAGE(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PAGE(a_worker_that_died_has_left_word),
        WITH_PAGE(each_worker_has_cache_lines_of_its_own),
        WITH_PAGE(each_page_has_a_key_of_its_own),
        WITH_PAGE(an_event_is_named_by_town_channel_and_origin),
        WITH_PAGE(crashes_are_counted_for_each_event),
        WITH_PAGE(the_oldest_suspect_makes_room),
        WITH_PAGE(a_plugin_is_switched_off_in_one_town_only),
        WITH_PAGE(a_full_table_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
