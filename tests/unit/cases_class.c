/* SPDX-License-Identifier: MPL-2.0
 * Who works on a card that nobody was chosen for: every card of the counter is of the category 1.2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "cases_town.h"

#include <cmocka.h>

static const char *organisation_by(const char *list, const char *chosen)
{
    assert_string_equal(town_ask("declare", ask("organisations=%s", list), town_regulation("kalush.ini")), "");
    const char *page = town_show(AUDITOR, town_open_card(ask("organisation=%s", chosen)));
    const char *at = strstr(page, "\norganisation=");
    return at ? ask("%.*s", (int)strcspn(at + 14, "\n"), at + 14) : "";
}

static void the_nearest_code_says_who_works_on_it(void **state)
{
    (void)state;
    assert_string_equal(organisation_by("1 = roads", ""), "roads");
    assert_string_equal(organisation_by("1 = roads; 1.2 = water", ""), "water");
    assert_string_equal(organisation_by("1.2=water;1=roads;", ""), "water");
}

static void another_code_says_nothing(void **state)
{
    (void)state;
    assert_string_equal(organisation_by("", ""), "");
    assert_string_equal(organisation_by("1.22 = roads; 2 = water; 1.2.1 = water; 12; =; ; 1", ""), "");
}

static void who_was_chosen_stays(void **state)
{
    (void)state;
    assert_string_equal(organisation_by("1 = roads", "water"), "water");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(the_nearest_code_says_who_works_on_it), IN_TOWN(another_code_says_nothing), IN_TOWN(who_was_chosen_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
