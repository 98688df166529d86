/* SPDX-License-Identifier: MPL-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "channels/viber/viber_json.c"

static json_t *read_text(const char *text) { return viber_json_read(text, strlen(text)); }

static void a_token_keeps_its_64_bits(void **state)
{
    (void)state;
    static const char *const tokens[] = {"5741311803571721087", "18446744073709551615", "\"18446744073709551615\"", "4912661846655238145"};
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        char text[80], out[VIBER_TOKEN_BYTES], bare[40];
        snprintf(text, sizeof text, "{\"message_token\":%s}", tokens[i]);
        snprintf(bare, sizeof bare, "%s", tokens[i] + (*tokens[i] == '"'));
        bare[strcspn(bare, "\"")] = '\0';
        json_t *json = read_text(text);
        assert_string_equal(viber_json_token(json, out), bare);
        json_decref(json);
    }
}

static void other_tokens_are_none(void **state)
{
    (void)state;
    static const char *const bodies[] = {"{}", "{\"message_token\":null}", "{\"message_token\":\"12x\"}", "{\"message_token\":\"\"}",
                                         "{\"message_token\":[1]}", "{\"message_token\":\"1234567890123456789012345\"}"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        char out[VIBER_TOKEN_BYTES];
        json_t *json = read_text(bodies[i]);
        assert_non_null(json);
        assert_string_equal(viber_json_token(json, out), "");
        json_decref(json);
    }
}

static void one_broken_character_does_not_lose_the_message(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"{\"a\":\"яма \\ud83d тут\"}", "яма \xEF\xBF\xBD тут"}, {"{\"a\":\"\\udc00x\"}", "\xEF\xBF\xBDx"},
        {"{\"a\":\"\\ud83d\\ude00\"}", "😀"},                    {"{\"a\":\"x\\u0000y\"}", "x\xEF\xBF\xBDy"},
        {"{\"a\":\"\\\\ud83d\"}", "\\ud83d"},                    {"{\"a\":\"12345678901234567890\"}", "12345678901234567890"},
        {"{\"a\":\"\\ud83d\\ud83d\\ude00\"}", "\xEF\xBF\xBD😀"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        json_t *json = read_text(pairs[i][0]);
        assert_non_null(json);
        assert_string_equal(viber_json_text(json, "a"), pairs[i][1]);
        json_decref(json);
    }
}

static void what_is_no_callback_is_refused(void **state)
{
    (void)state;
    static const char *const bodies[] = {"", "{", "[]", "1", "\"x\"", "{\"a\":1,\"a\":2}", "{\"a\":\"\xFF\"}", "{\"a\":\"\\", "{\"a\":\"\\u12",
                                         "{\"a\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_null(read_text(bodies[i]));
}

static void fractions_stay_numbers(void **state)
{
    (void)state;
    json_t *json = read_text("{\"lat\":48.379400000000000000000001,\"e\":1e2}");
    assert_true(json_number_value(json_object_get(json, "lat")) > 48.37);
    assert_true(json_number_value(json_object_get(json, "e")) > 99);
    json_decref(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_keeps_its_64_bits),
        cmocka_unit_test(other_tokens_are_none),
        cmocka_unit_test(one_broken_character_does_not_lose_the_message),
        cmocka_unit_test(what_is_no_callback_is_refused),
        cmocka_unit_test(fractions_stay_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
