/* SPDX-License-Identifier: MPL-2.0 */
#include "admin/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct reading {
    struct arena *arena;
    struct csv csv;
    struct fail fail;
};

static bool open_text(struct reading *r, const char *text)
{
    *r = (struct reading){.arena = arena_new()};
    return csv_open(&r->csv, r->arena, text, strlen(text), &r->fail);
}

static void reads_quotes_and_line_ends_inside_cells(void **state)
{
    (void)state;
    struct reading r;
    assert_true(open_text(&r, "name,note\r\n\"ЦНАП \"\"Дія\"\"\",\"a,b\nc\"\r\n\r\nx,\r\n"));
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_ROW);
    assert_string_equal(r.csv.cells[0], "ЦНАП \"Дія\"");
    assert_string_equal(r.csv.cells[1], "a,b\nc");
    assert_int_equal(r.csv.row_line, 2);
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_ROW);
    assert_int_equal(r.csv.row_line, 5);
    assert_string_equal(r.csv.cells[1], "");
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_END);
    arena_free(r.arena);
}

static void takes_the_separator_from_the_header_and_skips_a_bom(void **state)
{
    (void)state;
    static const char *const files[] = {"\xEF\xBB\xBFname;note\nx;y", "name\tnote\nx\ty\n", " name , note\nx,y\r"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct reading r;
        assert_true(open_text(&r, files[i]));
        assert_string_equal(r.csv.columns[0], "name");
        assert_string_equal(r.csv.columns[1], "note");
        assert_int_equal(csv_next(&r.csv, &r.fail), CSV_ROW);
        assert_string_equal(r.csv.cells[1], "y");
        assert_int_equal(csv_next(&r.csv, &r.fail), CSV_END);
        arena_free(r.arena);
    }
}

static void says_line_and_column_and_goes_on_behind_a_bad_row(void **state)
{
    (void)state;
    struct reading r;
    assert_true(open_text(&r, "name,note\na,\"b\"c\nd\ne,f\ng,\"h\n"));
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_BAD);
    assert_non_null(strstr(r.fail.words, "line 2, column note"));
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_BAD);
    assert_non_null(strstr(r.fail.words, "line 3 has 1 cells"));
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_ROW);
    assert_string_equal(r.csv.cells[0], "e");
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_BAD);
    assert_non_null(strstr(r.fail.words, "never closed"));
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_END);
    arena_free(r.arena);
}

static void refuses_files_without_a_usable_header(void **state)
{
    (void)state;
    static const struct { const char *text, *words; } bad[] = {
        {"", "empty"},
        {"\n\n", "empty"},
        {"a,,b\n", "column 2 has no name"},
        {"a,b,a\n", "there twice"},
        {"a\n\xCF\xF0\n", "line 2 is no UTF-8"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct reading r;
        assert_false(open_text(&r, bad[i].text));
        assert_non_null(strstr(r.fail.words, bad[i].words));
        arena_free(r.arena);
    }
}

static void refuses_more_cells_than_columns_can_be(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_text(&text, "a,b\n");
    for (int i = 0; i < 500; i++)
        buf_text(&text, "x,");
    buf_text(&text, "\ny,z\n");
    struct reading r;
    assert_true(open_text(&r, buf_str(&text)));
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_BAD);
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_ROW);
    assert_string_equal(r.csv.cells[1], "z");
    arena_free(r.arena);
    buf_free(&text);
}

static void what_is_written_is_read_back_and_runs_no_formula(void **state)
{
    (void)state;
    static const char *const cells[] = {"=HYPERLINK(1)", "'=x", "'a", "+380671234567", "-5", "-x", "a \"b\", c", "@x", " y", "r\r\nn", "+", ""};
    enum { COUNT = sizeof cells / sizeof *cells };
    struct buf out = {0};
    for (int i = 0; i < COUNT; i++) {
        char name[8];
        snprintf(name, sizeof name, "c%d", i);
        csv_put(&out, i == 0, name);
    }
    csv_end_row(&out);
    for (int i = 0; i < COUNT; i++)
        csv_put(&out, i == 0, cells[i]);
    csv_end_row(&out);
    assert_non_null(strstr(buf_str(&out), "'=HYPERLINK"));
    assert_null(strstr(buf_str(&out), "'+380"));
    struct reading r;
    assert_true(open_text(&r, buf_str(&out)));
    assert_int_equal(csv_next(&r.csv, &r.fail), CSV_ROW);
    for (int i = 0; i < COUNT; i++)
        assert_string_equal(r.csv.cells[i], cells[i]);
    arena_free(r.arena);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_quotes_and_line_ends_inside_cells),
        cmocka_unit_test(takes_the_separator_from_the_header_and_skips_a_bom),
        cmocka_unit_test(says_line_and_column_and_goes_on_behind_a_bad_row),
        cmocka_unit_test(refuses_files_without_a_usable_header),
        cmocka_unit_test(refuses_more_cells_than_columns_can_be),
        cmocka_unit_test(what_is_written_is_read_back_and_runs_no_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
