/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* The messages of a transcript, without the line that begins the turn. */
static struct talk_file messages(struct arena *arena, const char *lines)
{
    struct talk_file file;
    struct fail fail = {0};
    const char *text = arena_print(arena, "> x\n%s", lines);
    if (!talk_file_parse(&file, arena, "t", text, strlen(text), &fail))
        fail_msg("%s", fail.words);
    file.lines++;
    file.count--;
    return file;
}

static bool fits(const char *expected, const char *said, struct buf *report)
{
    struct arena *arena = arena_new();
    struct talk_file a = messages(arena, expected), b = messages(arena, said);
    bool same = talk_match_all(a.lines, a.count, b.lines, b.count, report);
    arena_free(arena);
    return same;
}

static void buttons_count_only_where_the_author_lists_them(void **state)
{
    (void)state;
    struct buf report = {0};
    assert_true(fits("< a\n", "< a\n  [B]  [C]\n", &report));
    assert_true(fits("< a\n  [B]\n  [C]\n", "< a\n  [B]  [C]\n", &report));
    assert_true(fits("< a\n  [Сайт]\n", "< a\n  [Сайт → https://x]\n", &report));
    assert_int_equal(report.size, 0);
    assert_false(fits("< a\n  [B]\n", "< a\n  [B]  [C]\n", &report));
    assert_false(fits("< a\n  [C]  [B]\n", "< a\n  [B]  [C]\n", &report));
    buf_free(&report);
}

static void three_dots_stand_for_whatever_follows(void **state)
{
    (void)state;
    struct buf report = {0};
    assert_true(fits("< first\n  ...\n", "< first\n  second\n  third\n", &report));
    assert_false(fits("< first\n", "< first\n  second\n", &report));
    buf_free(&report);
}

static void shows_only_the_lines_that_differ_as_different(void **state)
{
    (void)state;
    struct buf report = {0};
    assert_false(fits("< one\n  two\n  three\n< end\n", "< one\n  2\n  three\n< end\n", &report));
    assert_string_equal(buf_str(&report), "      < one\n    -   two\n    +   2\n        three\n      < end\n");
    buf_free(&report);
}

static void a_message_more_or_less_is_a_difference(void **state)
{
    (void)state;
    struct buf report = {0};
    assert_false(fits("< a\n< b\n", "< a\n", &report));
    assert_string_equal(buf_str(&report), "      < a\n    - < b\n");
    buf_clear(&report);
    assert_false(fits("", "< a\n", &report));
    assert_string_equal(buf_str(&report), "    + < a\n");
    buf_free(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buttons_count_only_where_the_author_lists_them),
        cmocka_unit_test(three_dots_stand_for_whatever_follows),
        cmocka_unit_test(shows_only_the_lines_that_differ_as_different),
        cmocka_unit_test(a_message_more_or_less_is_a_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
