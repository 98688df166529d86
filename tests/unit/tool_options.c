/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/host.h"
#include "config/value.h"

#include <cmocka.h> /* last: its fail() is a macro */

static char *print(const char *what)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_int_equal(options_print(what, BUILD_DIR "/plugins", out), 0);
    fclose(out);
    return text;
}

/* Takes the ';' off every line, so that the defaults are said aloud. */
static void uncomment(char *text)
{
    for (char *at = text; *at; at++)
        if (*at == ';' && at > text && at[-1] == '\n')
            *at = ' ';
    for (char *at = strstr(text, "\n "); at; at = strstr(at, "\n "))
        memmove(at + 1, at + 2, strlen(at + 2) + 1);
}

static void what_it_prints_for_the_host_the_host_accepts(void **state)
{
    (void)state;
    char *text = print("host");
    assert_non_null(strstr(text, "[host]\n"));
    assert_non_null(strstr(text, "[limits]\n"));
    uncomment(text);
    char path[] = "/tmp/viche-options-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);

    struct ini ini;
    struct fail fail = {0};
    if (!ini_read(&ini, path, NULL, &fail))
        fail_msg("%s", fail.words);
    size_t count = 0;
    const struct viche_option *options = host_options("limits", &count);
    const char *values[64] = {NULL};
    assert_true(count > 0 && count <= 64);
    if (!value_section(&ini, "limits", options, count, values, &fail))
        fail_msg("%s", fail.words);
    for (size_t i = 0; i < count; i++)
        assert_non_null(ini_find(&ini, "limits", options[i].name));
    ini_close(&ini);
    unlink(path);
    free(text);
}

static void explains_each_option_above_it(void **state)
{
    (void)state;
    static const struct viche_option options[] = {
        {.name = "street-max", .help = "How many streets.", .fallback = "20", .kind = VICHE_OPTION_NUMBER, .min = 1, .max = 9},
        {.name = "token", .help = "From the operator.", .flags = VICHE_SECRET},
        {.name = "mode", .help = "How.", .fallback = "slow", .choices = "slow fast", .kind = VICHE_OPTION_CHOICE},
    };
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    options_section(out, "waste", options, 3);
    fclose(out);
    assert_string_equal(
        text, "[waste]\n"
              "\n# How many streets. A whole number, 1 to 9.\n;street-max = 20\n"
              "\n# From the operator. The path of a file with mode 0600 that holds it. Must be set.\ntoken =\n"
              "\n# How. One of: slow fast.\n;mode = slow\n");
    free(text);
}

static void a_plugin_gets_its_section(void **state)
{
    (void)state;
    char *text = print("hello");
    assert_non_null(strstr(text, "# Hello 1.0 (ua.viche.hello)\n[hello]\n"));
    free(text);
    text = print("town");
    assert_non_null(strstr(text, "[town]\n"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_prints_for_the_host_the_host_accepts),
        cmocka_unit_test(explains_each_option_above_it),
        cmocka_unit_test(a_plugin_gets_its_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
