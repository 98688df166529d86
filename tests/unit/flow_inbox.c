/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/inbox.h"

#include <setjmp.h>
#include <stdarg.h>

#include "with_db.h"

#include <cmocka.h>

static struct viche_event event_of(const char *origin)
{
    return (struct viche_event){.size = sizeof(struct viche_event), .kind = VICHE_EVENT_TEXT, .address = "chat", .origin = origin,
                                .text = "Добрий день"};
}

static void each_origin_of_a_channel_is_new_once(void **state)
{
    (void)state;
    assert_true(inbox_take(db, "web", "1"));
    assert_false(inbox_take(db, "web", "1"));
    assert_true(inbox_take(db, "telegram", "1"));
    assert_true(inbox_take(db, "web", "0")); /* a smaller one is as new: nothing counts upwards here */
}

static void a_parked_event_reads_back_whole(void **state)
{
    (void)state;
    const struct viche_event event = event_of("7");
    struct inbox_parked parked[2];
    inbox_take(db, "web", "7");
    inbox_park(db, arena, "web", &event, "it crashed");
    assert_int_equal(inbox_parked(db, arena, 0, parked, 2), 1);
    assert_string_equal(parked[0].channel, "web");
    assert_string_equal(parked[0].why, "it crashed");
    assert_string_equal(parked[0].event.text, "Добрий день");
    assert_string_equal(parked[0].event.origin, "7");
    assert_null(parked[0].event.value);
    assert_true(inbox_bury(db, parked[0].id));
    assert_false(inbox_bury(db, parked[0].id));
    assert_int_equal(inbox_parked(db, arena, 0, parked, 2), 0);
    assert_false(inbox_take(db, "web", "7")); /* buried is handled */
}

static void trimming_forgets_the_old_and_keeps_the_parked(void **state)
{
    (void)state;
    const struct viche_event event = event_of("kept");
    struct inbox_parked parked[2];
    inbox_take(db, "web", "gone");
    inbox_take(db, "web", "kept");
    inbox_park(db, arena, "web", &event, "it crashed");
    inbox_trim(db, clock_now() + 1);
    assert_true(inbox_take(db, "web", "gone"));
    assert_int_equal(inbox_parked(db, arena, 0, parked, 2), 1);
}

static void an_answer_is_kept_until_its_event_is_old_or_its_chat_erased(void **state)
{
    (void)state;
    struct inbox_span age = {0};
    inbox_take(db, "telegram", "1");
    inbox_keep_answer(db, "telegram", "1", "chat", "{}");
    inbox_trim_answers(db, &age);
    inbox_take(db, "telegram", "2");
    inbox_keep_answer(db, "telegram", "2", "chat", "{}");
    inbox_trim_answers(db, &age); /* only what was there at the call before */
    assert_null(inbox_answer(db, arena, "telegram", "1"));
    assert_string_equal(inbox_answer(db, arena, "telegram", "2"), "{}");
    inbox_erase(db, arena, "telegram", "another");
    assert_non_null(inbox_answer(db, arena, "telegram", "2"));
    inbox_erase(db, arena, "telegram", "chat");
    assert_null(inbox_answer(db, arena, "telegram", "2"));
    assert_false(inbox_take(db, "telegram", "2")); /* it stays known */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(each_origin_of_a_channel_is_new_once),
        WITH_DB(a_parked_event_reads_back_whole),
        WITH_DB(trimming_forgets_the_old_and_keeps_the_parked),
        WITH_DB(an_answer_is_kept_until_its_event_is_old_or_its_chat_erased),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
