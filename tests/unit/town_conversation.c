/* SPDX-License-Identifier: MPL-2.0 */
#include "town/conversation.h"

#include <setjmp.h>
#include <stdarg.h>

#include "base/clock.h"
#include "town/citizen.h"
#include "with_db.h"

#include <cmocka.h>

#define HOUR_S INT64_C(3600)
#define NOON (INT64_C(500000) * HOUR_S)

static bool begins(const char *address, int64_t at)
{
    clock_set(at * 1000);
    return citizen_at(db, arena, "web", address, "uk").begins;
}

static void a_conversation_begins_after_an_hour_of_silence(void **state)
{
    (void)state;
    assert_true(begins("a", NOON));
    assert_false(begins("a", NOON + HOUR_S / 2));
    assert_false(begins("a", NOON + HOUR_S));
    assert_true(begins("b", NOON + HOUR_S));
    assert_true(begins("a", NOON + 2 * HOUR_S));
}

static void conversations_are_counted_by_the_hour(void **state)
{
    (void)state;
    clock_set(NOON * 1000);
    conversation_begin(db);
    conversation_begin(db);
    clock_set((NOON + 2 * HOUR_S - 1) * 1000);
    conversation_begin(db);
    assert_int_equal(conversation_count(db, NOON, NOON + HOUR_S), 2);
    assert_int_equal(conversation_count(db, NOON + HOUR_S, NOON + 2 * HOUR_S), 1);
    assert_int_equal(conversation_count(db, NOON, NOON + 2 * HOUR_S), 3);
    assert_int_equal(conversation_count(db, 0, NOON), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(a_conversation_begins_after_an_hour_of_silence),
        WITH_DB(conversations_are_counted_by_the_hour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
