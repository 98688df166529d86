/* SPDX-License-Identifier: MPL-2.0
 * The tables of the features, through the host as `viche import` and `viche export` use it. */
#include <setjmp.h>
#include <stdarg.h>

#include "town_gate.h"

#include <cmocka.h>

static const char *read_sample(const char *path)
{
    struct buf csv = {0};
    assert_true(buf_read_file(&csv, path));
    const char *text = arena_copy(town.arena, buf_str(&csv));
    buf_free(&csv);
    return text;
}

static void comes_back_the_same(const char *name, const char *path)
{
    const char *import = arena_print(town.arena, "/admin/import/%s", name), *export = arena_print(town.arena, "/admin/export/%s", name);
    const char *first = NULL, *second = NULL;
    assert_int_equal(town_ask("POST", import, read_sample(path), NULL), 200);
    assert_int_equal(town_ask("GET", export, "", &first), 200);
    assert_int_equal(town_ask("POST", import, first, NULL), 200);
    assert_int_equal(town_ask("GET", export, "", &second), 200);
    assert_string_equal(first, second);
    assert_true(strlen(first) > 500);
}

static void what_goes_out_comes_in_the_same(void **state)
{
    (void)state;
    comes_back_the_same("directory", SOURCE_DIR "/conf/samples/kryzhopil/directory.csv");
    comes_back_the_same("directory", SOURCE_DIR "/conf/samples/sharhorod/directory.csv");
    comes_back_the_same("faq", SOURCE_DIR "/conf/samples/kryzhopil/faq.csv");
}

static void a_bad_row_names_its_cell_and_brings_nothing_in(void **state)
{
    (void)state;
    static const char head[] = "name,kind,phones,site,mon,exceptions,latitude,longitude,part_of,sample\n";
    static const struct {
        const char *row, *says;
    } rows[] = {
        {"А,zoo,,,,,,,,", "line 3, column kind: "},
        {"А,bank,дзвоніть,,,,,,,", "line 3, column phones: "},
        {"А,bank,,rada.ua,,,,,,", "line 3, column site: "},
        {"А,bank,,,8:00-17:00,,,,,", "line 3, column mon: "},
        {"А,bank,,,,25.12.2026:closed,,,,", "line 3, column exceptions: "},
        {"А,bank,,,,,91,28,,", "line 3, column latitude: "},
        {"А,bank,,,,,48,,,", "line 3, column longitude: "},
        {"А,bank,,,,,,,Ніхто,", "line 3, column part_of: "},
        {"А,bank,,,,,,,,так", "line 3, column sample: "},
        {"Перша,bank,,,,,,,,", "line 3, column name: "},
        {",bank,,,,,,,,", "line 3, column name: "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *answer = NULL, *kept = NULL;
        const char *csv = arena_print(town.arena, "%sПерша,bank,,,,,,,,\n%s\n", head, rows[i].row);
        assert_int_equal(town_ask("POST", "/admin/import/directory", csv, &answer), 422);
        assert_non_null(strstr(answer, rows[i].says));
        assert_non_null(strstr(answer, "(1)"));
        assert_int_equal(town_ask("GET", "/admin/export/directory", "", &kept), 200);
        assert_null(strstr(kept, "Перша"));
    }
}

static void feedback_is_listed_without_who_wrote_it(void **state)
{
    (void)state;
    assert_int_equal(town_say("/feedback") / 100, 2);
    assert_int_equal(town_say("5") / 100, 2);
    assert_int_equal(town_say("Усе зрозуміло") / 100, 2);
    const char *csv = NULL;
    assert_int_equal(town_ask("GET", "/admin/export/feedback", "", &csv), 200);
    assert_non_null(strstr(csv, "time,rating,subject,text"));
    assert_non_null(strstr(csv, "2026-11-25 10:00,5,,Усе зрозуміло"));
    assert_null(strstr(csv, "citizen"));
    assert_int_equal(town_ask("POST", "/admin/import/feedback", csv, NULL), 405);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TOWN(what_goes_out_comes_in_the_same),
        IN_TOWN(a_bad_row_names_its_cell_and_brings_nothing_in),
        IN_TOWN(feedback_is_listed_without_who_wrote_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
