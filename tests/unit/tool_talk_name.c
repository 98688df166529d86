/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct talk_name *names;

static int begin(void **state)
{
    *state = arena_new();
    names = NULL;
    return 0;
}

static int end(void **state)
{
    arena_free(*state);
    return 0;
}

static void what_stood_there_is_said_again(void **state)
{
    talk_name_learn(*state, &names, "Код: {code}\nДіє.", "Код: A3CD-9KMN\nДіє.");
    assert_string_equal(talk_name_fill(*state, names, "{code}"), "A3CD-9KMN");
    assert_string_equal(talk_name_fill(*state, names, "Код: {code}!"), "Код: A3CD-9KMN!");
}

static void the_last_value_counts(void **state)
{
    talk_name_learn(*state, &names, "{code}", "one");
    talk_name_learn(*state, &names, "{code}", "two");
    assert_string_equal(talk_name_fill(*state, names, "{code}"), "two");
}

static void other_words_teach_nothing(void **state)
{
    talk_name_learn(*state, &names, "Код: {code}", "Меню");
    assert_null(names);
    assert_string_equal(talk_name_fill(*state, names, "{code} {{town}} {} {"), "{code} {{town}} {} {");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_stood_there_is_said_again),
        TEST(the_last_value_counts),
        TEST(other_words_teach_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
