/* SPDX-License-Identifier: MPL-2.0 */
#include "config/ini.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "folder.h"

static const char *value_of(const struct ini *ini, const char *section, const char *name)
{
    const struct ini_key *key = ini_find(ini, section, name);
    return key ? key->value : NULL;
}

static void read_good(struct ini *ini, const char *text)
{
    struct fail fail = {0};
    if (!ini_read(ini, folder_put("a.ini", text), NULL, &fail))
        fail_msg("%s", fail.words);
}

/* Refused, at this line of a.ini, with these words. */
static void refused(const char *text, size_t size, int line, const char *words)
{
    struct ini ini;
    struct fail fail = {0};
    char where[32];
    snprintf(where, sizeof where, "/a.ini:%d: ", line);
    if (ini_read(&ini, folder_put_bytes("a.ini", text, size), NULL, &fail))
        fail_msg("read: %.100s", text);
    if (!strstr(fail.words, where) || !strstr(fail.words, words))
        fail_msg("expected %s%s, got: %s", where, words, fail.words);
}

#define REFUSED(text, line, words) refused(text, sizeof(text) - 1, line, words)

static void reads_sections_and_keys_with_their_lines(void **state)
{
    (void)state;
    struct ini ini;
    read_good(&ini, "# comment\n\n[town]\nname.uk = Крижопіль\n  ; an indented comment\nsite: https://x.ua/a;b?c=d\n[menu]\nempty =\n[web]");
    assert_string_equal(value_of(&ini, "town", "name.uk"), "Крижопіль");
    assert_string_equal(value_of(&ini, "town", "site"), "https://x.ua/a;b?c=d");
    assert_string_equal(value_of(&ini, "menu", "empty"), "");
    assert_null(value_of(&ini, "web", "name.uk"));
    assert_int_equal(ini_find(&ini, "town", "site")->line, 6);
    assert_int_equal(ini.section_count, 3);
    assert_int_equal(ini_section(&ini, "web")->line, 9);
    assert_null(ini_section(&ini, "nowhere"));
    ini_close(&ini);
}

static void a_section_without_keys_is_there(void **state)
{
    (void)state;
    struct ini ini;
    read_good(&ini, "[a]\n[b]\n\n[c]\n");
    assert_int_equal(ini.section_count, 3);
    assert_int_equal(ini.key_count, 0);
    ini_close(&ini);
}

static void a_long_value_goes_on_in_indented_lines(void **state)
{
    (void)state;
    struct ini ini;
    read_good(&ini, "[a]\nintro = one\n  two = 2\n\tthree\n# between\n   four\nempty =\n begins here\nnext = x\n");
    assert_string_equal(value_of(&ini, "a", "intro"), "one\ntwo = 2\nthree\nfour");
    assert_string_equal(value_of(&ini, "a", "empty"), "begins here");
    assert_string_equal(value_of(&ini, "a", "next"), "x");
    ini_close(&ini);
}

static void a_comment_may_be_of_any_length(void **state)
{
    (void)state;
    char text[3000] = "# ";
    for (size_t i = 2; i < 2000; i++)
        text[i] = 'x';
    memcpy(text + 2000, "\n[a]\nk = v\n", 12);
    struct ini ini;
    read_good(&ini, text);
    assert_string_equal(value_of(&ini, "a", "k"), "v");
    assert_int_equal(ini_find(&ini, "a", "k")->line, 3);
    ini_close(&ini);
}

static void the_longest_line_is_read_whole_and_the_next_is_refused(void **state)
{
    (void)state;
    char text[256] = "[a]\nk = ";
    memset(text + 8, 'x', 194);
    struct ini ini;
    read_good(&ini, text);
    assert_int_equal(strlen(value_of(&ini, "a", "k")), 194);
    ini_close(&ini);
    text[202] = 'x';
    refused(text, strlen(text), 2, "199 bytes long, at most 198");
}

static void a_line_of_a_megabyte_is_refused(void **state)
{
    (void)state;
    enum { SIZE = 1000000 };
    char *text = malloc(SIZE);
    memset(text, 'x', SIZE);
    memcpy(text, "[a]\nk = ", 8);
    refused(text, SIZE, 2, "begin with a space");
    free(text);
}

static void a_file_over_a_megabyte_is_refused(void **state)
{
    (void)state;
    size_t size = 1024 * 1024 + 1;
    char *text = calloc(1, size + 1);
    memset(text, '\n', size);
    struct ini ini;
    struct fail fail = {0};
    assert_false(ini_read(&ini, folder_put("a.ini", text), NULL, &fail));
    assert_non_null(strstr(fail.words, "over 1 MiB"));
    free(text);
}

static void what_an_editor_of_windows_leaves_is_refused(void **state)
{
    (void)state;
    REFUSED("\xEF\xBB\xBF[a]\nk = v\n", 1, "BOM");
    REFUSED("[a]\nk = v\r\n", 2, "Unix line ends");
    REFUSED("\r\n[a]\n", 1, "Unix line ends");
}

static void what_is_not_text_is_refused_with_its_line(void **state)
{
    (void)state;
    REFUSED("[a]\nk = \xCA\xF0\xE8\xE6\n", 2, "UTF-8"); /* Windows-1251 */
    REFUSED("[a]\nk = a\0b\n", 2, "UTF-8");
    REFUSED("[a]\nk = a\x1b[31m\n", 2, "control character");
}

static void what_inih_would_cut_without_a_word_is_refused(void **state)
{
    (void)state;
    REFUSED("[a]\nk = one ; two\n", 2, "lost as a comment");
    REFUSED("[a]\nk =\t;x\n", 2, "lost as a comment");
    REFUSED("[a] ; x\n", 1, "lost as a comment");
    REFUSED("[a]\nk = v\n  more ; x\n", 3, "lost as a comment");
    REFUSED("[a123456789a123456789a123456789a123456789a123456789]\n", 1, "1 to 49 bytes");
    REFUSED("[a]\nk123456789a123456789a123456789a123456789a123456789 = v\n", 2, "1 to 49 bytes");
}

static void a_key_or_section_twice_is_refused_with_both_lines(void **state)
{
    (void)state;
    REFUSED("[a]\nk = 1\n[b]\nk = 1\nk = 2\n", 5, "in line 4");
    REFUSED("[a]\n[b]\n[a]\n", 3, "in line 1");
}

static void what_has_no_place_is_refused(void **state)
{
    (void)state;
    REFUSED("k = v\n", 1, "before the first [section]");
    REFUSED("[a]\nsomething\n", 2, "neither a [section], nor key = value");
    REFUSED("[a\n", 1, "alone on its line");
    REFUSED("[a] b = c\n", 1, "alone on its line");
    REFUSED("[]\n", 1, "1 to 49 bytes");
    REFUSED("[a]\n= v\n", 2, "1 to 49 bytes");
    REFUSED("[a]\n  k = v\n", 2, "first column");
    REFUSED("[a]\nk = v\n  [b]\n", 3, "first column");
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    struct ini ini;
    struct fail fail = {0};
    assert_false(ini_read(&ini, folder_path("nowhere.ini"), NULL, &fail));
    assert_non_null(strstr(fail.words, "nowhere.ini: No such file"));
    assert_false(ini_read(&ini, folder, NULL, &fail));
}

static void paths_begin_at_the_files_folder_or_where_it_was_copied_from(void **state)
{
    (void)state;
    struct ini ini;
    read_good(&ini, "[a]\n");
    assert_string_equal(ini_path(&ini, "x/y"), folder_path("x/y"));
    assert_string_equal(ini_path(&ini, "/x"), "/x");
    ini_close(&ini);
    struct fail fail = {0};
    assert_true(ini_read(&ini, folder_path("a.ini"), "/etc/viche", &fail));
    assert_string_equal(ini_path(&ini, "token"), "/etc/viche/token");
    ini_close(&ini);
}

static void more_keys_than_anybody_needs_are_refused(void **state)
{
    (void)state;
    static char text[40000] = "[a]\n";
    size_t size = 4;
    for (int i = 0; i < 2001; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "k%d = %d\n", i, i);
    refused(text, size, 2002, "more than 2000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(reads_sections_and_keys_with_their_lines),
        IN_FOLDER(a_section_without_keys_is_there),
        IN_FOLDER(a_long_value_goes_on_in_indented_lines),
        IN_FOLDER(a_comment_may_be_of_any_length),
        IN_FOLDER(the_longest_line_is_read_whole_and_the_next_is_refused),
        IN_FOLDER(a_line_of_a_megabyte_is_refused),
        IN_FOLDER(a_file_over_a_megabyte_is_refused),
        IN_FOLDER(what_an_editor_of_windows_leaves_is_refused),
        IN_FOLDER(what_is_not_text_is_refused_with_its_line),
        IN_FOLDER(what_inih_would_cut_without_a_word_is_refused),
        IN_FOLDER(a_key_or_section_twice_is_refused_with_both_lines),
        IN_FOLDER(what_has_no_place_is_refused),
        IN_FOLDER(a_missing_file_is_named),
        IN_FOLDER(paths_begin_at_the_files_folder_or_where_it_was_copied_from),
        IN_FOLDER(more_keys_than_anybody_needs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
