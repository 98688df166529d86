/* SPDX-License-Identifier: MPL-2.0 */
#include "features/utility/utility_letter.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool same(const char *word, const char *said) { return letter_same_root(word, strlen(word), said, strlen(said)); }

static void bent_words_are_the_same(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"яма", "яму"},       {"яма", "ямою"},         {"дорога", "дорозі"}, {"люк", "люка"},
                                           {"вода", "Води"},     {"сміття", "СМІТТЯМ"},   {"Ґрати", "ґрат"},    {"Яма", "ями"},
                                           {"pothole", "Potholes"}, {"ліхтарі", "ліхтаря"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_true(same(pairs[i][0], pairs[i][1]));
}

static void other_words_are_not(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"люк", "люди"}, {"яма", "ямщик-перевізник"}, {"на", "на"}, {"до", "дорога"},
                                           {"вода", "воротар"}, {"шум", "шуба"}, {"дим", "дитина"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_false(same(pairs[i][0], pairs[i][1]));
}

static void words_are_found_between_whatever_stands_there(void **state)
{
    (void)state;
    const char *text = "  «Яма», 12 под’їзд\n🙂 кінець.";
    static const char *const words[] = {"Яма", "под’їзд", "кінець"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t bytes = letter_word(&text);
        assert_int_equal(bytes, strlen(words[i]));
        assert_memory_equal(text, words[i], bytes);
        text += bytes;
    }
    assert_int_equal(letter_word(&text), 0);
    const char *broken = "\xD0"; /* half a letter ends nothing but itself */
    letter_word(&broken);
    const char *empty = "";
    assert_int_equal(letter_word(&empty), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bent_words_are_the_same),
        cmocka_unit_test(other_words_are_not),
        cmocka_unit_test(words_are_found_between_whatever_stands_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
