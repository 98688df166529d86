/* SPDX-License-Identifier: MPL-2.0 */
#include "town/word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "town/search.h"

#include <cmocka.h>

static double like(struct arena *arena, const char *a, const char *b)
{
    return word_likeness(search_fold(arena, a), search_fold(arena, b));
}

static void forms_typos_and_parts_are_alike(void **state)
{
    static const char *const pairs[][2] = {{"асфальту", "асфальт"}, {"асфвльтом", "асфальт"}, {"аптеці", "аптека"},
                                           {"школи", "школа"}, {"цнапу", "цнап"}, {"цнпа", "цнап"}, {"вокзал", "автовокзал"},
                                           {"водою", "вода"}, {"libraries", "library"}, {"газу", "газ"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_true(like(*state, pairs[i][0], pairs[i][1]) >= 0.7);
}

static void strangers_are_not(void **state)
{
    static const char *const pairs[][2] = {{"кіт", "кіно"}, {"лото", "фото"}, {"школа", "шоколад"}, {"газ", "газета"}, {"11", "12"},
                                           {"2а", "2б"}, {"суд", "сад"}, {"", "сад"}, {"я", "яма"}, {"церква", "черга"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_true(like(*state, pairs[i][0], pairs[i][1]) < 0.7);
}

static void likeness_does_not_depend_on_the_order(void **state)
{
    assert_true(like(*state, "асфвльтом", "асфальт") == like(*state, "асфальт", "асфвльтом"));
}

static void long_words_are_cut_at_a_letter(void **state)
{
    char text[401] = "";
    for (int i = 0; i < 200; i++)
        memcpy(text + 2 * i, "щ", 2);
    const char *words[2];
    assert_int_equal(word_split(*state, text, words, 2), 1);
    assert_int_equal(strlen(words[0]), 2 * WORD_LETTERS);
}

static void knows_what_a_word_is_good_for(void **state)
{
    const char *words[8];
    assert_int_equal(word_split(*state, "Підкажіть, коли працює аптека № 7? аптека", words, 8), 5);
    assert_int_equal(word_kind(words[0]), WORD_NOISE);
    assert_int_equal(word_kind(words[1]), WORD_INTENT);
    assert_int_equal(word_kind(words[2]), WORD_INTENT);
    assert_int_equal(word_kind(words[3]), WORD_NAME);
    assert_int_equal(word_kind(words[4]), WORD_NAME);
}

static int open_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_typos_and_parts_are_alike),
        cmocka_unit_test(strangers_are_not),
        cmocka_unit_test(likeness_does_not_depend_on_the_order),
        cmocka_unit_test(long_words_are_cut_at_a_letter),
        cmocka_unit_test(knows_what_a_word_is_good_for),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
