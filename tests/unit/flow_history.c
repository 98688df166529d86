/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/history.h"

#include <setjmp.h>
#include <stdarg.h>

#include "with_db.h"

#include <cmocka.h>

static void a_chat_reads_on_behind_what_it_has(void **state)
{
    (void)state;
    uint32_t count = 0;
    int64_t first = history_put(db, "web", "mine", NULL, "{\"text\":\"один\"}");
    history_put(db, "web", "other", NULL, "{\"text\":\"чуже\"}");
    int64_t second = history_put(db, "web", "mine", "o1", "{\"text\":\"два\"}");
    assert_true(second > first);
    const struct viche_message *all = history_read(db, arena, "web", "mine", 0, &count);
    assert_int_equal(count, 2);
    assert_string_equal(all[0].text, "один");
    assert_int_equal(all[1].flags, VICHE_MESSAGE_INCOMING);
    assert_string_equal(all[1].origin, "o1");
    history_read(db, arena, "web", "mine", (uint64_t)second, &count);
    assert_int_equal(count, 0);
}

static void an_incoming_message_is_found_by_its_origin(void **state)
{
    (void)state;
    int64_t id = history_put(db, "web", "mine", "o1", "{\"text\":\"\"}");
    assert_int_equal(history_id(db, "web", "o1"), id);
    assert_int_equal(history_id(db, "web", "o2"), 0);
    assert_int_equal(history_id(db, "console", "o1"), 0);
}

static void ids_are_never_used_again(void **state)
{
    (void)state;
    int64_t id = history_put(db, "web", "mine", NULL, "{\"text\":\"\"}");
    history_erase(db, "web", "mine");
    assert_true(history_put(db, "web", "mine", NULL, "{\"text\":\"\"}") > id); /* or a stream would skip the new one */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(a_chat_reads_on_behind_what_it_has),
        WITH_DB(an_incoming_message_is_found_by_its_origin),
        WITH_DB(ids_are_never_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
