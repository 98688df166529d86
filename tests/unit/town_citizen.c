/* SPDX-License-Identifier: MPL-2.0 */
#include "town/citizen.h"

#include <setjmp.h>
#include <stdarg.h>

#include "base/clock.h"
#include "with_db.h"

#include <cmocka.h>

static void a_first_contact_makes_a_citizen_once(void **state)
{
    (void)state;
    assert_false(citizen_known(db, "web", "a"));
    struct citizen first = citizen_at(db, arena, "web", "a", "uk");
    assert_true(first.id > 0);
    assert_true(citizen_known(db, "web", "a"));
    assert_int_equal(citizen_at(db, arena, "web", "a", "en").id, first.id);
    assert_string_equal(citizen_at(db, arena, "web", "a", "en").language, "uk"); /* the hint counts the first time only */
    assert_int_not_equal(citizen_at(db, arena, "telegram", "a", "uk").id, first.id);
}

static void a_language_stays_chosen(void **state)
{
    (void)state;
    struct citizen citizen = citizen_at(db, arena, "web", "a", "uk");
    citizen_speak(db, citizen.id, "en");
    assert_string_equal(citizen_find(db, arena, citizen.id).language, "en");
}

static void a_chat_that_was_closed_is_not_written_to_until_it_writes(void **state)
{
    (void)state;
    struct citizen citizen = citizen_at(db, arena, "web", "a", "uk");
    citizen_reach(db, "web", "a", false);
    assert_int_equal(citizen_find(db, arena, citizen.id).id, 0);
    citizen_at(db, arena, "web", "a", "uk");
    assert_int_equal(citizen_find(db, arena, citizen.id).id, citizen.id);
}

static void a_chat_that_is_called_otherwise_is_the_same_citizens(void **state)
{
    (void)state;
    struct citizen citizen = citizen_at(db, arena, "telegram", "-1", "uk");
    struct citizen other = citizen_at(db, arena, "telegram", "-3", "uk");
    citizen_readdress(db, "telegram", "-1", "-1002");
    assert_false(citizen_known(db, "telegram", "-1"));
    assert_int_equal(citizen_at(db, arena, "telegram", "-1002", "uk").id, citizen.id);
    citizen_readdress(db, "telegram", "-1002", "-3"); /* somebody is there already */
    assert_int_equal(citizen_at(db, arena, "telegram", "-3", "uk").id, other.id);
}

static void an_erased_citizen_is_a_stranger(void **state)
{
    (void)state;
    struct citizen citizen = citizen_at(db, arena, "web", "a", "uk");
    citizen_erase(db, citizen.id);
    assert_false(citizen_known(db, "web", "a"));
    assert_int_not_equal(citizen_at(db, arena, "web", "a", "uk").id, citizen.id);
}

static void people_are_walked_in_the_order_in_which_they_came(void **state)
{
    (void)state;
    clock_set(INT64_C(1800000000) * 1000);
    uint64_t first = citizen_at(db, arena, "web", "a", "uk").id;
    clock_set(INT64_C(1800000060) * 1000);
    uint64_t second = citizen_at(db, arena, "telegram", "b", "uk").id;
    clock_set(0);
    assert_int_equal(citizen_from(db, arena, 0).since, 1800000000);
    assert_int_equal(citizen_from(db, arena, first + 1).id, second);
    assert_int_equal(citizen_from(db, arena, first + 1).since, 1800000060);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DB(a_first_contact_makes_a_citizen_once),
        WITH_DB(a_language_stays_chosen),
        WITH_DB(a_chat_that_was_closed_is_not_written_to_until_it_writes),
        WITH_DB(a_chat_that_is_called_otherwise_is_the_same_citizens),
        WITH_DB(an_erased_citizen_is_a_stranger),
        WITH_DB(people_are_walked_in_the_order_in_which_they_came),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
