/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/inspect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h> /* last: its fail() is a macro */

static int inspect(const char *what, char **text)
{
    size_t size = 0;
    FILE *out = open_memstream(text, &size);
    assert_non_null(out);
    int code = inspect_print(what, BUILD_DIR "/plugins", out);
    fclose(out);
    return code;
}

static void says_what_a_plugin_is_and_how_its_dialogs_go(void **state)
{
    (void)state;
    char *text = NULL;
    assert_int_equal(inspect("hello", &text), 0);
    assert_non_null(strstr(text, "Hello 1.0\n"));
    assert_non_null(strstr(text, "id         ua.viche.hello\n"));
    assert_non_null(strstr(text, "languages  en uk\n"));
    assert_non_null(strstr(text, "dialog hello /hello\n"));
    assert_non_null(strstr(text, "name           text, kept as name, then greet\n"));
    assert_non_null(strstr(text, "greet          no answer, code\n"));
    free(text);
}

static void ends_with_1_where_a_host_would_refuse(void **state)
{
    (void)state;
    char *text = NULL;
    assert_int_equal(inspect("nosuch", &text), 1);
    free(text);
    assert_int_equal(inspect(BUILD_DIR "/tests/abi/refused/deadend/deadend.so", &text), 1);
    assert_non_null(strstr(text, "ua.example.deadend"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_a_plugin_is_and_how_its_dialogs_go),
        cmocka_unit_test(ends_with_1_where_a_host_would_refuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
