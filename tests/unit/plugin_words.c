/* SPDX-License-Identifier: MPL-2.0 */
#include "plugin/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <viche/turn.h>

#include "base/clock.h"
#include "base/text.h"

#include <cmocka.h> /* last: its fail() is a macro */

enum { NOON_2026_11_20 = 1795168800 }; /* 20 November 2026, 12:00 in Kyiv */

static char folder[] = "/tmp/viche-words-XXXXXX";
static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    clock_set((int64_t)NOON_2026_11_20 * 1000);
    arena = arena_new();
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return rmdir(folder);
}

static void put(const char *name, const char *json)
{
    FILE *file = fopen(arena_print(arena, "%s/%s.json", folder, name), "w");
    assert_non_null(file);
    fputs(json, file);
    fclose(file);
}

/* Reads the folder with these two files in it; english may be NULL. */
static struct words *read_both(const char *ukrainian, const char *english, struct fail *fail)
{
    put("uk", ukrainian);
    if (english)
        put("en", english);
    struct words *words = words_read(folder, fail);
    unlink(arena_print(arena, "%s/uk.json", folder));
    unlink(arena_print(arena, "%s/en.json", folder));
    return words;
}

static void refuses(const char *ukrainian, const char *english, const char *because)
{
    struct fail fail = {0};
    struct words *words = read_both(ukrainian, english, &fail);
    if (words || !strstr(fail.words, because))
        fail_msg("wanted «%s», got «%s»", because, fail.words);
}

static const char *var_of(void *context, const char *name)
{
    const char *const *pairs = context;
    for (size_t i = 0; pairs[i]; i += 2)
        if (text_is(pairs[i], name))
            return pairs[i + 1];
    return NULL;
}

static const char *fill(const struct words *words, const char *language, const char *key, const char *name,
                        const char *value)
{
    const char *pairs[] = {name, value, NULL};
    const struct words_style style = {language, "Europe/Kyiv", var_of, pairs};
    return words_fill(words, arena, key, &style);
}

static void fills_variables_and_leaves_nothing_for_unset_ones(void **state)
{
    (void)state;
    struct words *words =
        read_both("{\"hi\":\"Вітаємо, {{name}}.\",\"only\":\"Так\"}", "{\"hi\":\"Welcome, {{ name }}.\"}", NULL);
    assert_non_null(words);
    assert_string_equal(fill(words, "uk", "hi", "name", "Олена"), "Вітаємо, Олена.");
    assert_string_equal(fill(words, "en", "hi", "name", "{{name}}"), "Welcome, {{name}}.");
    assert_string_equal(fill(words, "uk", "hi", "other", "x"), "Вітаємо, .");
    assert_string_equal(fill(words, "en", "only", "x", "y"), "Так");
    assert_string_equal(fill(words, "hu", "hi", "name", "Анна"), "Вітаємо, Анна.");
    assert_null(fill(words, "uk", "absent", "x", "y"));
    words_close(words);
}

static void counts_as_each_language_does(void **state)
{
    (void)state;
    struct words *words =
        read_both("{\"n_one\":\"{{count}} запис\",\"n_few\":\"{{count}} записи\",\"n_many\":\"{{count}} записів\","
                  "\"n_other\":\"{{count}} запису\"}",
                  "{\"n_one\":\"one record\",\"n_other\":\"{{count}} records\"}", NULL);
    assert_non_null(words);
    assert_string_equal(fill(words, "uk", "n", "count", "1"), "1 запис");
    assert_string_equal(fill(words, "uk", "n", "count", "3"), "3 записи");
    assert_string_equal(fill(words, "uk", "n", "count", "11"), "11 записів");
    assert_string_equal(fill(words, "uk", "n", "count", "22"), "22 записи");
    assert_string_equal(fill(words, "uk", "n", "count", "1.5"), "1.5 запису");
    assert_string_equal(fill(words, "en", "n", "count", "1"), "one record");
    assert_string_equal(fill(words, "en", "n", "count", "0"), "0 records");
    assert_true(words_has(words, "uk", "n"));
    assert_false(words_has(words, "uk", "m"));
    words_close(words);
}

static void writes_dates_as_the_citizen_reads_them(void **state)
{
    (void)state;
    const char *const zone = "Europe/Kyiv";
    assert_string_equal(words_format(arena, "2026-11-25", "date", "uk", zone), "середа, 25 листопада");
    assert_string_equal(words_format(arena, "2026-11-25", "date", "en", zone), "Wednesday, 25 November");
    assert_string_equal(words_format(arena, "1795596000", "datetime", "uk", zone), "середа, 25 листопада, 10:40");
    assert_string_equal(words_format(arena, "1795596000", "day", "uk", zone), "25 листопада");
    assert_string_equal(words_format(arena, "2027-01-02", "day", "uk", zone), "2 січня 2027");
    assert_string_equal(words_format(arena, "1795596000", "time", "en", zone), "10:40");
    assert_string_equal(words_format(arena, "2027-01-08", "date", "uk", zone), "п’ятниця, 8 січня 2027\u202Fр.");
    assert_string_equal(words_format(arena, "завтра", "date", "uk", zone), "завтра");
}

static void writes_numbers_and_money(void **state)
{
    (void)state;
    assert_string_equal(words_format(arena, "5168", "money", "uk", "Europe/Kyiv"), "51,68\u00A0грн");
    assert_string_equal(words_format(arena, "5168", "money", "en", "Europe/Kyiv"), "UAH\u00A051.68");
    assert_string_equal(words_format(arena, "12000", "number", "uk", "Europe/Kyiv"), "12\u00A0000");
    assert_string_equal(words_format(arena, "12,5", "number", "uk", "Europe/Kyiv"), "12,5");
}

static int64_t moment(int year, int month, int day, int hour, int minute)
{
    const struct viche_local local = {sizeof local, year, month, day, hour, minute, 0, 0};
    return words_moment("Europe/Kyiv", &local);
}

static void skipped_times_move_forward_and_doubled_ones_are_the_first(void **state)
{
    (void)state;
    assert_int_equal(moment(2027, 3, 28, 3, 30), moment(2027, 3, 28, 4, 30));
    assert_int_equal(moment(2027, 3, 28, 4, 0) - moment(2027, 3, 28, 2, 59), 60);
    assert_int_equal(moment(2026, 10, 25, 4, 0) - moment(2026, 10, 25, 3, 30), 90 * 60);
    assert_int_equal(moment(2026, 6, 31, 12, 0), moment(2026, 7, 1, 12, 0)); /* too much carries over */
    assert_int_equal(moment(2028, 3, 0, 12, 0), moment(2028, 2, 29, 12, 0));
    assert_int_equal(moment(2026, 14, 1, 12, 0), moment(2027, 2, 1, 12, 0));
}

static void knows_the_wall_clock(void **state)
{
    (void)state;
    struct viche_local local = {.size = sizeof local};
    words_local("Europe/Kyiv", NOON_2026_11_20, &local);
    assert_int_equal(local.year * 10000 + local.month * 100 + local.day, 20261120);
    assert_int_equal(local.hour * 60 + local.minute, 12 * 60);
    assert_int_equal(local.weekday, 5);
    assert_int_equal(moment(2026, 11, 20, 12, 0), NOON_2026_11_20);
    assert_true(words_zone_known("Europe/Kyiv"));
    assert_false(words_zone_known("Europe/Kryzhopil"));
}

static void sorts_ukrainian_letters_into_their_places(void **state)
{
    (void)state;
    static const char *const sorted[] = {"Галерея", "ганок", "Ґанок",  "Диня", "Ель", "Єдність", "Жито",
                                         "Зима",    "Индик", "Ірпінь", "Їжак", "Йод", "Яма"};
    for (size_t i = 1; i < sizeof sorted / sizeof *sorted; i++) {
        const char *before = words_sort_key(arena, "uk", sorted[i - 1]);
        if (strcmp(before, words_sort_key(arena, "uk", sorted[i])) >= 0)
            fail_msg("%s does not come before %s", sorted[i - 1], sorted[i]);
    }
}

static void refuses_what_is_no_catalogue(void **state)
{
    (void)state;
    refuses("{\"a\":\"x\",}", NULL, "uk.json:1:10");
    refuses("[\"a\"]", NULL, "must be one object");
    refuses("{\"a\":{\"b\":\"c\"}}", NULL, "\"a\" must be a text");
    refuses("{\"a\":\"1\",\"a\":\"2\"}", NULL, "duplicate");
    refuses("{\"a\":\"\xC0\xAF\"}", NULL, "uk.json");
    refuses("{\"a\":\"\"}", NULL, "is empty");
    refuses("{\"a\":\"{{name\"}", NULL, "{{ without a name");
    refuses("{\"a\":\"{{at, week}}\"}", NULL, "unknown format in {{at, week}}");
}

static void refuses_plural_forms_too_few_or_too_many(void **state)
{
    (void)state;
    refuses("{\"n_one\":\"1\",\"n_few\":\"2\",\"n_other\":\"5\"}", NULL, "\"n_many\" is missing");
    refuses("{\"n_zero\":\"0\"}", NULL, "no plural form \"zero\"");
}

static void refuses_variables_that_differ_between_languages(void **state)
{
    (void)state;
    refuses("{\"a\":\"{{name}}\"}", "{\"a\":\"you\"}", "en.json: key \"a\" lacks the variable {{name}}");
    refuses("{\"a\":\"Ви\"}", "{\"a\":\"{{who}}\"}", "uk.json: key \"a\" lacks the variable {{who}}");
}

static void names_the_key_that_a_language_lacks(void **state)
{
    (void)state;
    struct fail fail = {0};
    struct words *words = read_both("{\"a\":\"А\",\"b\":\"Б\"}", "{\"a\":\"A\"}", &fail);
    assert_non_null(words);
    assert_true(words_complete(words, "uk", NULL));
    assert_false(words_complete(words, "uk en", &fail));
    assert_non_null(strstr(fail.words, "en.json: key \"b\" is missing"));
    assert_false(words_complete(words, "hu", &fail));
    assert_non_null(strstr(fail.words, "hu.json is missing"));
    words_close(words);
}

static void a_file_for_no_language_is_refused(void **state)
{
    (void)state;
    put("Українська", "{}");
    struct fail fail = {0};
    assert_null(words_read(folder, &fail));
    assert_non_null(strstr(fail.words, "no language tag"));
    unlink(arena_print(arena, "%s/Українська.json", folder));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_variables_and_leaves_nothing_for_unset_ones),
        cmocka_unit_test(counts_as_each_language_does),
        cmocka_unit_test(writes_dates_as_the_citizen_reads_them),
        cmocka_unit_test(writes_numbers_and_money),
        cmocka_unit_test(skipped_times_move_forward_and_doubled_ones_are_the_first),
        cmocka_unit_test(knows_the_wall_clock),
        cmocka_unit_test(sorts_ukrainian_letters_into_their_places),
        cmocka_unit_test(refuses_what_is_no_catalogue),
        cmocka_unit_test(refuses_plural_forms_too_few_or_too_many),
        cmocka_unit_test(refuses_variables_that_differ_between_languages),
        cmocka_unit_test(names_the_key_that_a_language_lacks),
        cmocka_unit_test(a_file_for_no_language_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
