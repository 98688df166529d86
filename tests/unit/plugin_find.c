/* SPDX-License-Identifier: MPL-2.0 */
#include "plugin/plugin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include <cmocka.h> /* last: its fail() is a macro */

static const char dirs[] = "/nowhere/at/all:" BUILD_DIR "/plugins";
static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void the_first_folder_that_has_it_counts(void **state)
{
    (void)state;
    assert_string_equal(plugin_find(arena, dirs, "hello", NULL), BUILD_DIR "/plugins/hello/hello.so");
}

static void a_missing_one_is_named_with_the_nearest_and_where_it_was_looked_for(void **state)
{
    (void)state;
    struct fail fail = {0};
    assert_null(plugin_find(arena, dirs, "helo", &fail));
    assert_non_null(strstr(fail.words, "did you mean \"hello\"?"));
    assert_non_null(strstr(fail.words, "/nowhere/at/all/helo/helo.so, "));
    assert_null(plugin_find(arena, dirs, "qwertyuiop", &fail));
    assert_null(strstr(fail.words, "did you mean"));
}

static void a_name_is_never_a_path(void **state)
{
    (void)state;
    struct fail fail = {0};
    static const char *const wrong[] = {"../hello", "", "/etc/passwd", "Hello", "hello.so", "привіт"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_null(plugin_find(arena, dirs, wrong[i], &fail));
        assert_non_null(strstr(fail.words, "cannot be a plugin"));
    }
}

static void lists_what_there_is_sorted_and_once(void **state)
{
    (void)state;
    size_t count = 0;
    const char **names = plugin_names(arena, BUILD_DIR "/plugins:" BUILD_DIR "/plugins", &count);
    assert_true(count > 0);
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        found = found || text_is(names[i], "hello");
        if (i > 0)
            assert_true(strcmp(names[i - 1], names[i]) < 0);
    }
    assert_true(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_folder_that_has_it_counts),
        cmocka_unit_test(a_missing_one_is_named_with_the_nearest_and_where_it_was_looked_for),
        cmocka_unit_test(a_name_is_never_a_path),
        cmocka_unit_test(lists_what_there_is_sorted_and_once),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
