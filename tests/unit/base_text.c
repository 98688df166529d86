/* SPDX-License-Identifier: MPL-2.0 */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void counts_characters_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_length("Ґанок"), 5);
    assert_int_equal(text_prefix("Ґанок", 2), strlen("Ґа"));
}

static void refuses_what_unicode_calls_ill_formed(void **state)
{
    (void)state;
    static const char *const bad[] = {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE2\x82", "\xC1\xBF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(text_valid(bad[i], strlen(bad[i])));
    assert_false(text_valid("a\0b", 3));
    assert_true(text_valid("Ґ€😀", strlen("Ґ€😀")));
}

static void reads_whole_numbers_only(void **state)
{
    (void)state;
    int64_t number = 0;
    assert_true(text_number("-42", &number));
    assert_int_equal(number, -42);
    assert_false(text_number("42 ", &number));
    assert_false(text_number("", &number));
    assert_false(text_number("99999999999999999999", &number));
}

static void finds_words_of_a_list(void **state)
{
    (void)state;
    assert_true(text_in_list("uk en", "en"));
    assert_false(text_in_list("uk en", "e"));
}

static void tells_how_far_two_names_are_apart(void **state)
{
    (void)state;
    assert_int_equal(text_distance("tickets", "tickets"), 0);
    assert_int_equal(text_distance("tikets", "tickets"), 1);
    assert_int_equal(text_distance("kitten", "sitting"), 3);
    assert_int_equal(text_distance("", "abc"), 3);
    assert_int_equal(text_distance("abc", ""), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_characters_not_bytes),
        cmocka_unit_test(refuses_what_unicode_calls_ill_formed),
        cmocka_unit_test(reads_whole_numbers_only),
        cmocka_unit_test(finds_words_of_a_list),
        cmocka_unit_test(tells_how_far_two_names_are_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
