/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/hook.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void parts_in_braces_take_one_segment(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct turn_pair *cells = NULL;
    assert_true(hook_match(arena, "/chats/{chat}/files/{file}", "/chats/abc/files/7", &cells));
    assert_string_equal(cells->name, "file");
    assert_string_equal(cells->value, "7");
    assert_string_equal(cells->next->name, "chat");
    assert_string_equal(cells->next->value, "abc");
    arena_free(arena);
}

static void a_path_fits_whole_or_not_at_all(void **state)
{
    (void)state;
    assert_true(hook_match(NULL, "/page", "/page", NULL));
    assert_false(hook_match(NULL, "/page", "/page/", NULL));
    assert_false(hook_match(NULL, "/page", "/pages", NULL));
    assert_false(hook_match(NULL, "/page", "", NULL));
    assert_false(hook_match(NULL, "/a/{b}", "/a/b/c", NULL));
    assert_false(hook_match(NULL, "/a/b", "/a", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_in_braces_take_one_segment),
        cmocka_unit_test(a_path_fits_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
