/* SPDX-License-Identifier: MPL-2.0 */
#include "config/value.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "folder.h"

#define COUNT(items) (sizeof(items) / sizeof *(items))

static const struct viche_option kinds[] = {
    {.name = "title", .fallback = "Town", .min = 1, .max = 5},
    {.name = "tickets", .fallback = "10", .kind = VICHE_OPTION_NUMBER, .min = 1, .max = 500},
    {.name = "any", .fallback = "0", .kind = VICHE_OPTION_NUMBER},
    {.name = "open", .fallback = "yes", .kind = VICHE_OPTION_FLAG},
    {.name = "order", .fallback = "name", .kind = VICHE_OPTION_CHOICE, .choices = "name kind"},
    {.name = "site", .fallback = "", .kind = VICHE_OPTION_URL},
    {.name = "every", .fallback = "15m", .kind = VICHE_OPTION_SECONDS, .min = 60, .max = 604800},
};

enum { TITLE, TICKETS, ANY, OPEN, ORDER, SITE, EVERY };

static bool check(const char *text, const struct viche_option *options, size_t count, const char **values, struct fail *fail)
{
    struct ini ini;
    if (!ini_read(&ini, folder_put("a.ini", text), NULL, fail))
        fail_msg("%s", fail->words);
    bool good = value_section(&ini, "queue", options, count, values, fail);
    for (size_t i = 0; good && i < count; i++) /* they outlive the file in these tests */
        values[i] = values[i] ? strdup(values[i]) : NULL;
    ini_close(&ini);
    return good;
}

static void expect(const char *line, size_t index, const char *value)
{
    const char *values[COUNT(kinds)] = {0};
    struct fail fail = {0};
    char text[300];
    snprintf(text, sizeof text, "[queue]\n%s\n", line);
    if (!check(text, kinds, COUNT(kinds), values, &fail))
        fail_msg("%s", fail.words);
    assert_string_equal(values[index], value);
    for (size_t i = 0; i < COUNT(kinds); i++)
        free((void *)(uintptr_t)values[i]);
}

static void refuse(const char *line, const char *words)
{
    const char *values[COUNT(kinds)] = {0};
    struct fail fail = {0};
    char text[300];
    snprintf(text, sizeof text, "[queue]\n%s\n", line);
    if (check(text, kinds, COUNT(kinds), values, &fail))
        fail_msg("taken: %s", line);
    if (!strstr(fail.words, "a.ini:2: [queue]") || !strstr(fail.words, words))
        fail_msg("expected “%s”, got: %s", words, fail.words);
}

static void what_is_left_out_has_its_default(void **state)
{
    (void)state;
    expect("", TITLE, "Town");
    expect("", TICKETS, "10");
    expect("", OPEN, "1");
    expect("", SITE, "");
    expect("", EVERY, "900");
}

static void each_kind_takes_what_it_says(void **state)
{
    (void)state;
    expect("title = Ґанок", TITLE, "Ґанок");
    expect("tickets = 500", TICKETS, "500");
    expect("any = -7", ANY, "-7");
    expect("open = no", OPEN, "0");
    expect("order = kind", ORDER, "kind");
    expect("site = https://a.ua/b?c", SITE, "https://a.ua/b?c");
    expect("site =", SITE, "");
    expect("every = 90", EVERY, "90");
    expect("every = 90s", EVERY, "90");
    expect("every = 2h", EVERY, "7200");
    expect("every = 7d", EVERY, "604800");
}

static void each_kind_refuses_the_rest_and_says_what_to_write(void **state)
{
    (void)state;
    refuse("title = шістьох", "1 to 5 characters");
    refuse("title =", "1 to 5 characters");
    refuse("tickets = ten", "whole number");
    refuse("tickets = 1.5", "whole number");
    refuse("tickets = 0", "from 1 to 500");
    refuse("tickets = 99999999999999999999", "whole number");
    refuse("open = maybe", "yes or no");
    refuse("open = YES", "yes or no");
    refuse("order = size", "one of: name kind");
    refuse("order = name kind", "one of: name kind");
    refuse("site = example.ua", "https://");
    refuse("site = javascript:alert(1)", "https://");
    refuse("site = https://", "https://");
    refuse("site = https:///path", "https://");
    refuse("site = https://a b", "https://");
    refuse("every = 1w", "90s, 15m, 2h or 7d");
    refuse("every = h", "90s, 15m, 2h or 7d");
    refuse("every = -90", "90s, 15m, 2h or 7d");
    refuse("every = 9999999999999999d", "90s, 15m, 2h or 7d");
    refuse("every = 59", "60s to 604800s");
}

static void an_unknown_key_is_refused_with_the_nearest(void **state)
{
    (void)state;
    refuse("tikets = 3", "Did you mean 'tickets'?");
    refuse("Open = yes", "Did you mean 'open'?");
    refuse("completely-else = 3", "viche options queue");
}

static void a_mandatory_key_must_be_there_and_say_something(void **state)
{
    (void)state;
    static const struct viche_option must[] = {{.name = "place", .help = "where the queue stands"}};
    const char *values[1];
    struct fail fail = {0};
    assert_false(check("[queue]\n", must, 1, values, &fail));
    assert_non_null(strstr(fail.words, "[queue] lacks the key 'place' (where the queue stands)"));
    assert_false(check("[queue]\nplace =\n", must, 1, values, &fail));
    assert_non_null(strstr(fail.words, "a.ini:2: [queue] place: is empty"));
}

static void a_name_in_each_language_is_known(void **state)
{
    (void)state;
    static const struct viche_option named[] = {{.name = "name.<language>"}};
    const char *values[1];
    struct fail fail = {0};
    assert_true(check("[queue]\nname.uk = a\nname.sr-Latn = b\n", named, 1, values, &fail));
    assert_null(values[0]);
    assert_false(check("[queue]\nname. = a\n", named, 1, values, &fail));
    assert_false(check("[queue]\nname = a\n", named, 1, values, &fail));
    assert_false(check("[queue]\n", named, 1, values, &fail));
}

/* ---- secrets ---- */

static const struct viche_option secret[] = {{.name = "token", .help = "of the bot", .flags = VICHE_SECRET}};

static void a_secret_is_the_path_of_a_private_file(void **state)
{
    (void)state;
    const char *values[1];
    struct fail fail = {0};
    folder_put("bot.token", "12345:abc\n");
    assert_true(check("[queue]\ntoken = bot.token\n", secret, 1, values, &fail));
    assert_string_equal(values[0], folder_path("bot.token"));
    free((void *)(uintptr_t)values[0]);
}

static void a_secret_that_others_may_read_is_refused_with_the_remedy(void **state)
{
    (void)state;
    static const mode_t open_modes[] = {0604, 0640, 0644, 0660, 0601};
    const char *values[1];
    folder_put("bot.token", "12345:abc\n");
    for (size_t i = 0; i < COUNT(open_modes); i++) {
        struct fail fail = {0};
        assert_int_equal(chmod(folder_path("bot.token"), open_modes[i]), 0);
        assert_false(check("[queue]\ntoken = bot.token\n", secret, 1, values, &fail));
        assert_non_null(strstr(fail.words, "a.ini:2: [queue] token"));
        assert_non_null(strstr(fail.words, "chmod 600"));
    }
}

static void a_secret_written_into_the_ini_is_refused_and_never_repeated(void **state)
{
    (void)state;
    const char *values[1];
    struct fail fail = {0};
    assert_false(check("[queue]\ntoken = 12345:abcdef\n", secret, 1, values, &fail));
    assert_null(strstr(fail.words, "abcdef"));
    assert_non_null(strstr(fail.words, "mode 0600"));
}

static void an_empty_or_missing_secret_is_refused(void **state)
{
    (void)state;
    const char *values[1];
    struct fail fail = {0};
    folder_put("bot.token", "");
    assert_false(check("[queue]\ntoken = bot.token\n", secret, 1, values, &fail));
    assert_non_null(strstr(fail.words, "is empty"));
    assert_false(check("[queue]\n", secret, 1, values, &fail));
    assert_false(check("[queue]\ntoken = .\n", secret, 1, values, &fail));
}

static void a_credential_of_systemd_is_a_secret_too(void **state)
{
    (void)state;
    const char *values[1];
    struct fail fail = {0};
    unsetenv("CREDENTIALS_DIRECTORY");
    assert_false(check("[queue]\ntoken = @cred:bot\n", secret, 1, values, &fail));
    assert_non_null(strstr(fail.words, "LoadCredential=bot"));
    folder_put("bot", "12345:abc\n");
    setenv("CREDENTIALS_DIRECTORY", folder, 1);
    assert_true(check("[queue]\ntoken = @cred:bot\n", secret, 1, values, &fail));
    assert_string_equal(values[0], folder_path("bot"));
    free((void *)(uintptr_t)values[0]);
    assert_false(check("[queue]\ntoken = @cred:../bot\n", secret, 1, values, &fail));
    assert_false(check("[queue]\ntoken = @cred:none\n", secret, 1, values, &fail));
    unsetenv("CREDENTIALS_DIRECTORY");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_is_left_out_has_its_default),
        IN_FOLDER(each_kind_takes_what_it_says),
        IN_FOLDER(each_kind_refuses_the_rest_and_says_what_to_write),
        IN_FOLDER(an_unknown_key_is_refused_with_the_nearest),
        IN_FOLDER(a_mandatory_key_must_be_there_and_say_something),
        IN_FOLDER(a_name_in_each_language_is_known),
        IN_FOLDER(a_secret_is_the_path_of_a_private_file),
        IN_FOLDER(a_secret_that_others_may_read_is_refused_with_the_remedy),
        IN_FOLDER(a_secret_written_into_the_ini_is_refused_and_never_repeated),
        IN_FOLDER(an_empty_or_missing_secret_is_refused),
        IN_FOLDER(a_credential_of_systemd_is_a_secret_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
