/* SPDX-License-Identifier: MPL-2.0 */
#include "base/quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <jansson.h>

#include <cmocka.h>

static void reads_back(const char *text)
{
    struct buf out = {0};
    quote_json(&out, text);
    json_t *json = json_loadb(out.data, out.size, JSON_DECODE_ANY, NULL);
    assert_non_null(json);
    assert_string_equal(json_string_value(json), text);
    json_decref(json);
    buf_free(&out);
}

static void whatever_was_written_reads_back(void **state)
{
    (void)state;
    reads_back("");
    reads_back("Добрий день, «Крижополе» 🌻");
    reads_back("\"\\\"\\\\ / \b\f\n\r\t\x01\x1f\x7f \"");
    for (char byte = 1; byte > 0 && byte < 127; byte++)
        reads_back((const char[]){'a', byte, 'b', '\0'});
}

static void what_is_no_text_is_empty(void **state)
{
    (void)state;
    struct buf out = {0};
    quote_json(&out, NULL);
    quote_json(&out, "\xff");
    assert_string_equal(out.data, "\"\"\"\"");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_was_written_reads_back),
        cmocka_unit_test(what_is_no_text_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
