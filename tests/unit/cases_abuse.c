/* SPDX-License-Identifier: MPL-2.0
 * What the filter suggests, and what it lets pass. */
#include "services/cases/cases_abuse.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "services/cases/cases_word.c"

#include "base/arena.h"
#include "base/buf.h"

#include <cmocka.h>

static struct arena *arena;

static void *memory(struct viche_turn *t, size_t size_bytes) { return (void)t, arena_alloc(arena, size_bytes); }

__attribute__((format(printf, 2, 3))) static const char *print(struct viche_turn *t, const char *format, ...)
{
    (void)t;
    va_list values;
    va_start(values, format);
    int size = vsnprintf(NULL, 0, format, values);
    va_end(values);
    char *out = arena_alloc(arena, (size_t)size + 1);
    va_start(values, format);
    vsnprintf(out, (size_t)size + 1, format, values);
    va_end(values);
    return out;
}

static const char *found; /* what was bad last, "words.txt:2" */

static void bad(struct viche_turn *t, const char *place, const char *reason) { (void)t, (void)reason, found = place; }

static const struct viche_host host = {.size = sizeof host, .memory = memory, .print = print, .bad = bad};
static struct viche_turn turn = {&host};
static const char *words_file;

static int open_words(void **state)
{
    (void)state;
    struct buf text = {.cap = 1 << 20};
    arena = arena_new();
    if (!buf_read_file(&text, SOURCE_DIR "/conf/abuse/words.txt"))
        return -1;
    words_file = arena_copy(arena, buf_str(&text));
    buf_free(&text);
    return 0;
}

static int close_words(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void letters_that_look_alike_are_one(void **state)
{
    (void)state;
    assert_string_equal(abuse_folded(&turn, "XYЙ"), " хуй ");
    assert_string_equal(abuse_folded(&turn, "х у й"), " хуй ");
    assert_string_equal(abuse_folded(&turn, "х.у.й."), " хуй ");
    assert_string_equal(abuse_folded(&turn, "бляяяять"), " блять ");
    assert_string_equal(abuse_folded(&turn, "Яма на Дзвонарській"), " яма на дзвонарській ");
}

static void abuse_is_suspected(void **state)
{
    (void)state;
    static const char *const abuse[] = {"Ви всі ДЕБІЛИ", "пішли ви на х у й", "та бл9 сук@ ти", "cyкa", "Пi3дець якийсь, пиздець", "идиоты",
                                        "Пид0ри в раді", "ах ти гiвно"};
    for (size_t i = 0; i < sizeof abuse / sizeof *abuse; i++)
        if (strcmp(abuse_found_in(&turn, words_file, abuse[i]), "abuse") != 0)
            fail_msg("%s: %s", abuse[i], abuse_folded(&turn, abuse[i]));
    assert_string_equal(abuse_found_in(&turn, words_file, "Вигнати всіх жидів"), "hatred");
}

static void what_people_say_every_day_passes(void **state)
{
    (void)state;
    static const char *const plain[] = {
        "На вулиці Шевченка, 5, не горить ліхтар уже третій тиждень.", "Тече труба в підвалі, підлога мокра, сусіди скаржаться.",
        "Прошу полагодити дитячий майданчик, зламана гойдалка.", "Застрахуйте будинок", "Психує собака сусіда", "рублять дерева у дворі",
        "Автобус № 4 не приїхав о 7:30, чекали пів години.", "Рідина в колодязі каламутна",
        "Сукупність платежів завелика", "Сучасна зупинка", "Бляха на даху гримить", "Незаконна жидкость в каналі", "Салон педикюру шумить",
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (*abuse_found_in(&turn, words_file, plain[i]))
            fail_msg("%s: %s", plain[i], abuse_folded(&turn, plain[i]));
}

static void a_line_that_says_nothing_is_found(void **state)
{
    (void)state;
    found = NULL;
    abuse_check(&turn, words_file, "words.txt");
    assert_null(found);
    abuse_check(&turn, "# words\nabuse дебіл\nhate усіх\n", "words.txt");
    assert_string_equal(found, "words.txt:3");
    found = NULL;
    abuse_check(&turn, "abuse два слова", "words.txt");
    assert_string_equal(found, "words.txt:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(letters_that_look_alike_are_one), cmocka_unit_test(abuse_is_suspected),
                                       cmocka_unit_test(what_people_say_every_day_passes),
                                       cmocka_unit_test(a_line_that_says_nothing_is_found)};
    return cmocka_run_group_tests(tests, open_words, close_words);
}
