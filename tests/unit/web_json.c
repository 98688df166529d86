/* SPDX-License-Identifier: MPL-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include "channels/web/web_json.c" /* before cmocka, whose fail() is a macro */

#include <cmocka.h>

static bool takes(const char *body, struct web_post *post, char where[WEB_WHERE_MAX])
{
    json_t *json = web_json_read(body, strlen(body), where);
    bool ok = json && web_post_read(post, json, where);
    json_decref(json);
    return ok;
}

static void refuses_what_is_no_message_and_says_where(void **state)
{
    (void)state;
    static const struct {
        const char *body, *where;
    } bad[] = {
        {"{\"origin\":\"1\",\"text\":", "line 1, column 21"},
        {"[]", "not an object"},
        {"{\"origin\":\"1\",\"origin\":\"2\",\"text\":\"a\"}", "line 1, column 22"},
        {"{\"a\":[[[[[[[[[]]]]]]]]]}", "nested too deeply"},
        {"{\"text\":\"a\"}", "origin"},
        {"{\"origin\":7,\"text\":\"a\"}", "origin"},
        {"{\"origin\":\"a b\",\"text\":\"a\"}", "origin"},
        {"{\"origin\":\"1\"}", "text, value or place: exactly one"},
        {"{\"origin\":\"1\",\"text\":\"a\",\"value\":\"b\"}", "text, value or place: exactly one"},
        {"{\"origin\":\"1\",\"text\":\" \\n \"}", "text"},
        {"{\"origin\":\"1\",\"text\":null}", "text"},
        {"{\"origin\":\"1\",\"value\":\"\"}", "value"},
        {"{\"origin\":\"1\",\"place\":{\"latitude\":91,\"longitude\":0}}", "place"},
        {"{\"origin\":\"1\",\"place\":{\"latitude\":\"48\",\"longitude\":0}}", "place"},
        {"{\"origin\":\"1\",\"text\":\"a\\u0000b\"}", "line 1, column 31"},
        {"{\"origin\":\"1\",\"text\":\"\xC0\xAF\"}", "line 1, column 22"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct web_post post;
        char where[WEB_WHERE_MAX] = "";
        assert_false(takes(bad[i].body, &post, where));
        assert_string_equal(where, bad[i].where);
    }
}

static void takes_four_thousand_characters_and_not_one_more(void **state)
{
    (void)state;
    char text[2 * (WEB_TEXT_MAX + 1) + 1] = "";
    for (size_t i = 0; i <= WEB_TEXT_MAX; i++)
        memcpy(text + 2 * i, "ї", 2);
    char body[sizeof text + 64], where[WEB_WHERE_MAX];
    struct web_post post;
    snprintf(body, sizeof body, "{\"origin\":\"1\",\"text\":\"%s\"}", text);
    assert_false(takes(body, &post, where));
    snprintf(body, sizeof body, "{\"origin\":\"1\",\"text\":\"%s\"}", text + 2);
    assert_true(takes(body, &post, where));
}

static void shows_a_message_of_the_town_with_all_it_carries(void **state)
{
    (void)state;
    static const struct viche_button buttons[] = {
        {"Меню", "/menu", VICHE_BUTTON_ANSWER, 0}, {"Місце", NULL, VICHE_BUTTON_PLACE, 1}};
    static const struct viche_file files[] = {{"f1", "план.pdf", "application/pdf"}, {"f2", "яма.jpg", "image/jpeg"}};
    struct viche_message message = {
        .size = sizeof message, .id = 7, .at = 100, .text = "Рядок\n«два» <b>", .place_label = "ЦНАП",
        .latitude = 48.3794, .longitude = 28.8645, .files = {sizeof *files, 1, files},
        .buttons = {sizeof *buttons, 2, buttons}};
    char *json = web_message_json(&message, "chat");
    assert_string_equal(json, "{\"id\":7,\"at\":100,\"from\":\"town\",\"text\":\"Рядок\\n«два» <b>\","
                              "\"buttons\":[{\"label\":\"Меню\",\"kind\":\"answer\",\"value\":\"/menu\",\"row\":0},"
                              "{\"label\":\"Місце\",\"kind\":\"place\",\"value\":null,\"row\":1}],"
                              "\"place\":{\"latitude\":48.3794,\"longitude\":28.8645,\"label\":\"ЦНАП\"},"
                              "\"file\":{\"id\":\"f1\",\"name\":\"план.pdf\",\"type\":\"application/pdf\"}}");
    free(json);
    message = (struct viche_message){.size = sizeof message, .id = 8, .at = 100, .text = "", .files = {sizeof *files, 2, files}};
    json = web_message_json(&message, "chat");
    assert_string_equal(json, "{\"id\":8,\"at\":100,\"from\":\"town\",\"text\":\"\",\"files\":["
                              "{\"id\":\"f1\",\"name\":\"план.pdf\",\"type\":\"application/pdf\"},"
                              "{\"id\":\"f2\",\"name\":\"яма.jpg\",\"type\":\"image/jpeg\"}]}");
    free(json);
}

static void gives_the_citizen_their_own_origin_back(void **state)
{
    (void)state;
    struct viche_message message = {
        .size = sizeof message, .flags = VICHE_MESSAGE_INCOMING, .id = 1, .at = 1, .text = "я", .origin = "chat.k-1"};
    char *json = web_message_json(&message, "chat");
    assert_string_equal(json, "{\"id\":1,\"at\":1,\"from\":\"me\",\"text\":\"я\",\"origin\":\"k-1\"}");
    free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_is_no_message_and_says_where),
        cmocka_unit_test(takes_four_thousand_characters_and_not_one_more),
        cmocka_unit_test(shows_a_message_of_the_town_with_all_it_carries),
        cmocka_unit_test(gives_the_citizen_their_own_origin_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
