/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct talk_file parse(struct arena *arena, const char *text)
{
    struct talk_file file;
    struct fail fail = {0};
    if (!talk_file_parse(&file, arena, "t.talk", text, strlen(text), &fail))
        fail_msg("%s", fail.words);
    return file;
}

static void reads_what_is_done_and_said(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct talk_file file = parse(arena, "# a form\n> /waste\n< Яка вулиця?\n\n  Або [оберіть].\n  [Далі]  [Назад [2]]\n  [Меню]\n> @photo яма.jpg\n");
    assert_int_equal(file.count, 4);
    const struct talk_line *said = &file.lines[2];
    assert_int_equal(said->kind, TALK_EXPECT);
    assert_string_equal(said->text, "Яка вулиця?\n\nАбо [оберіть].");
    assert_int_equal(said->label_count, 3);
    assert_string_equal(said->labels[1], "Назад [2]");
    assert_string_equal(said->labels[2], "Меню");
    assert_string_equal(said->raw, "< Яка вулиця?\n\n  Або [оберіть].\n  [Далі]  [Назад [2]]\n  [Меню]\n");
    assert_int_equal(file.lines[3].line, 8);
    assert_string_equal(file.lines[3].rest, "яма.jpg");
    arena_free(arena);
}

static void reads_requests_with_their_answers(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct talk_file file = parse(arena, "> x\n? GET https://r.example/w?a = b=1   = 200 \"у \\\"вівторок\\\"\\nта\"\n"
                                         "? POST https://r.example/ = timeout\n? GET https://r.example/ = 503\n");
    assert_string_equal(file.lines[1].text, "https://r.example/w?a = b=1");
    assert_string_equal(file.lines[1].rest, "у \"вівторок\"\nта");
    assert_int_equal(file.lines[1].status, 200);
    assert_string_equal(file.lines[2].method, "POST");
    assert_int_equal(file.lines[2].status, 0);
    assert_int_equal(file.lines[3].status, 503);
    arena_free(arena);
}

static void reads_orders_with_their_argument(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct talk_file file = parse(arena, "! now 2026-11-25 18:00\r\n! restart\n> a\n< b\n  ...\n");
    assert_string_equal(file.lines[0].text, "now");
    assert_string_equal(file.lines[0].rest, "2026-11-25 18:00");
    assert_string_equal(file.lines[1].text, "restart");
    assert_true(file.lines[3].open_end);
    assert_string_equal(file.lines[3].text, "b");
    arena_free(arena);
}

static void refuses_with_file_and_line(void **state)
{
    (void)state;
    static const struct { const char *text, *words; } bad[] = {
        {"> a\nb\n", "t.talk:2: a line begins with"},
        {"# x\n< a\n", "t.talk:2: nothing has happened yet"},
        {"! reboot\n", "t.talk:1: there is no “! reboot”"},
        {"> a\n? GET https://x 200\n", "t.talk:2: a request is written as"},
        {"> a\n? GET https://x = 99\n", "t.talk:2: a request is written as"},
        {"> a\n? GET https://x = 200 body\n", "t.talk:2: a request is written as"},
        {">\n", "t.talk:1: nothing is said"},
        {"> \xFF\n", "t.talk: this is no UTF-8"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct arena *arena = arena_new();
        struct talk_file file;
        struct fail fail = {0};
        assert_false(talk_file_parse(&file, arena, "t.talk", bad[i].text, strlen(bad[i].text), &fail));
        if (!strstr(fail.words, bad[i].words))
            fail_msg("%s", fail.words);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_done_and_said),
        cmocka_unit_test(reads_requests_with_their_answers),
        cmocka_unit_test(reads_orders_with_their_argument),
        cmocka_unit_test(refuses_with_file_and_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
