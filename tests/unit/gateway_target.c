/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/target.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void decodes_town_rest_and_query(void **state)
{
    struct arena *arena = *state;
    const struct target *target = target_read(arena, "/kalush/web/%D1%97%20a?q=%D0%B0+b&empty=&flag&x=1%262");
    assert_non_null(target);
    assert_string_equal(target->town, "kalush");
    assert_string_equal(target->rest, "/web/ї a");
    assert_string_equal(target->query[0].value, "а b");
    assert_string_equal(target->query[1].value, "");
    assert_string_equal(target->query[2].name, "flag");
    assert_string_equal(target->query[3].value, "1&2");
    assert_null(target->query[4].name);
}

static void knows_the_front_page_and_a_town_without_slash(void **state)
{
    const struct target *front = target_read(*state, "/");
    assert_string_equal(front->town, "");
    const struct target *bare = target_read(*state, "/kalush");
    assert_string_equal(bare->town, "kalush");
    assert_string_equal(bare->rest, "");
    assert_string_equal(target_read(*state, "/kalush/")->rest, "/");
}

static void refuses_every_trick(void **state)
{
    static const char *const tricks[] = {
        "", "a", "*", "http://x/", "//", "/a//b", "/a/..", "/a/../b", "/a/./b", "/.", "/a/%2e%2e/b", "/a/%2E.", "/a%2fb", "/a%2Fb",
        "/a%5cb", "/a\\b", "/%00", "/a%0a", "/a%7f", "/%", "/%4", "/%g0", "/%ff", "/%c0%af", "/%ed%a0%80", "/%f5%80%80%80",
        "/a?x=%00", "/a?x=%ff", "/a?%zz=1"};
    for (size_t i = 0; i < sizeof tricks / sizeof *tricks; i++)
        assert_null(target_read(*state, tricks[i]));
}

static void takes_a_bounded_number_of_query_pairs(void **state)
{
    char raw[1024] = "/a?";
    for (size_t i = 3; i < sizeof raw - 1; i++)
        raw[i] = i % 2 ? 'x' : '&';
    const struct target *target = target_read(*state, raw);
    assert_non_null(target);
    assert_null(target->query[TARGET_PAIRS - 1].name);
    assert_non_null(target->query[TARGET_PAIRS - 2].name);
}

static int set_up(void **state)
{
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(decodes_town_rest_and_query, set_up, tear_down),
        cmocka_unit_test_setup_teardown(knows_the_front_page_and_a_town_without_slash, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_every_trick, set_up, tear_down),
        cmocka_unit_test_setup_teardown(takes_a_bounded_number_of_query_pairs, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
