/* SPDX-License-Identifier: MPL-2.0 */
#include "services/cases/cases_search.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static char heap[1 << 12];

static void *memory(struct viche_turn *t, size_t size)
{
    (void)t;
    assert_true(size <= sizeof heap);
    return memset(heap, 0, size);
}

static const struct viche_host host = {.size = sizeof host, .memory = memory};
static struct viche_turn turn = {&host};

static const struct {
    const char *words, *folded;
} cases[] = {
    {"П’ятниця", "пятниця"},       {"п'ятниця", "пятниця"},         {"Ґанок ЄДИНИЙ Їжак", "ганок единии ижак"},
    {"асфaльт", "асфалт"},        {"Sobornа 5", "sовоrnа 5"},      {"Main Street", "main street"},
    {"телефон +380671112233", "телефон +380671112233"},             {"", ""},
    {"бібліотека", "библиотека"},  {"  a  b ", " a b "},            {"Подъезд", "подезд"},
};

static void every_spelling_is_one(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (strcmp(search_folded(&turn, cases[i].words), cases[i].folded) != 0)
            fail_msg("%s: %s, not %s", cases[i].words, heap, cases[i].folded);
}

static void broken_letters_end_with_the_text(void **state)
{
    (void)state;
    assert_string_equal(search_folded(&turn, "a\xD0"), "а\xD0"); /* a cut letter counts as Cyrillic */
    assert_string_equal(search_folded(&turn, "\xF0\x9F"), "\xF0\x9F");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_is_one),
        cmocka_unit_test(broken_letters_end_with_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
