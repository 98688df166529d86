/* SPDX-License-Identifier: MPL-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/mend.h"

static void becomes(const char *json, const char *wanted)
{
    size_t size = 0;
    char *mended = mend_json(json, strlen(json), 4, &size);
    assert_non_null(mended);
    assert_int_equal(size, strlen(wanted) + 1); /* with the blank before it */
    assert_memory_equal(mended + 1, wanted, size - 1);
    free(mended);
}

static void what_is_whole_stays_as_it_is(void **state)
{
    (void)state;
    static const char *const whole[] = {"", "{}", "{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":\"\\\\ud83d\"}", "[-1.5e3,123456789012345678]",
                                        "{\"a\":\"12345678901234567890\"}", "{\"a\":\"\\", "{\"a\":\"\\u12"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        becomes(whole[i], whole[i]);
}

static void a_character_that_is_none_gets_a_mark(void **state)
{
    (void)state;
    becomes("{\"a\":\"x\\ud83d\"}", "{\"a\":\"x\\ufffd\"}");
    becomes("{\"a\":\"\\udc00\\u0000\"}", "{\"a\":\"\\ufffd\\ufffd\"}");
    becomes("{\"a\":\"\\ud83d\\ud83d\\ude00\"}", "{\"a\":\"\\ufffd\\ud83d\\ude00\"}");
}

static void a_number_beyond_63_bits_becomes_words(void **state)
{
    (void)state;
    becomes("{\"a\":18446744073709551615}", "{\"a\":\"18446744073709551615\"}");
}

static void nobody_nests_us_to_death(void **state)
{
    (void)state;
    size_t size = 0;
    becomes("[[[[]]]]", "[[[[]]]]");
    assert_null(mend_json("[[[[[]]]]]", 10, 4, &size));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_whole_stays_as_it_is),
        cmocka_unit_test(a_character_that_is_none_gets_a_mark),
        cmocka_unit_test(a_number_beyond_63_bits_becomes_words),
        cmocka_unit_test(nobody_nests_us_to_death),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
