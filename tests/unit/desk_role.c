/* SPDX-License-Identifier: MPL-2.0 */
#include "services/desk/desk_role.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void a_role_is_a_whole_word(void **state)
{
    (void)state;
    assert_true(role_among("responsible pr", "pr"));
    assert_true(role_among("pr", "decider pr auditor"));
    assert_false(role_among("press", "pr"));
    assert_false(role_among("pr", "press"));
    assert_false(role_among("", "pr"));
    assert_false(role_among("pr", ""));
    assert_false(role_among("pr", NULL));
    assert_false(role_among("", ""));
    assert_false(role_among(" ", " "));
}

static void who_checks_and_who_gives_rights_stand_alone(void **state)
{
    (void)state;
    for (size_t i = 0; roles[i]; i++) {
        assert_true(role_known(roles[i]));
        assert_int_equal(role_lonely(roles[i]), strcmp(roles[i], "auditor") == 0 || strcmp(roles[i], "admin") == 0);
    }
    assert_false(role_known("mayor"));
    assert_false(role_known(""));
}

static void who_has_no_role_or_only_checks_writes_nothing(void **state)
{
    (void)state;
    assert_true(role_writes("executor"));
    assert_true(role_writes("admin"));
    assert_false(role_writes("auditor"));
    assert_false(role_writes(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_role_is_a_whole_word), cmocka_unit_test(who_checks_and_who_gives_rights_stand_alone),
                                       cmocka_unit_test(who_has_no_role_or_only_checks_writes_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
