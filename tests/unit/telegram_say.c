/* SPDX-License-Identifier: MPL-2.0 */
#include "telegram_fake.h"

#include "channels/telegram/telegram_album.c"
#include "channels/telegram/telegram_api.c"
#include "channels/telegram/telegram_file.c"
#include "channels/telegram/telegram_keys.c"
#include "channels/telegram/telegram_say.c"
#include "channels/telegram/telegram_text.c"

#define BUTTONS(...)                                                                                                               \
    {                                                                                                                              \
        sizeof(struct viche_button), sizeof((const struct viche_button[]){__VA_ARGS__}) / sizeof(struct viche_button),              \
            (const struct viche_button[]){__VA_ARGS__}                                                                             \
    }

#define FILES(...)                                                                                                                 \
    {                                                                                                                              \
        sizeof(struct viche_file), sizeof((const struct viche_file[]){__VA_ARGS__}) / sizeof(struct viche_file),                    \
            (const struct viche_file[]){__VA_ARGS__}                                                                               \
    }

static const struct viche_request *said(struct fake *f, struct viche_message message)
{
    message.size = sizeof message;
    message.address = message.address ? message.address : "7000000000001";
    f->request_count = 0;
    telegram_say(&f->turn, &message);
    assert_true(f->request_count > 0);
    return &f->requests[f->request_count - 1];
}

static const char *part(const struct viche_request *request, const char *name)
{
    const struct viche_part *parts = request->parts.items;
    for (uint32_t i = 0; i < request->parts.count; i++)
        if (text_is(parts[i].name, name))
            return parts[i].file ? parts[i].file : parts[i].value;
    return NULL;
}

static void words_are_escaped_and_previews_are_off(void **state)
{
    const struct viche_request *request = said(*state, (struct viche_message){.text = "2 < 3 & \"так\" > <b>"});
    assert_string_equal(request->url, "https://api.example/bot{secret:token}/sendMessage");
    assert_string_equal(request->body, "{\"chat_id\":7000000000001,\"text\":\"2 &lt; 3 &amp; \\\"так\\\" &gt; &lt;b&gt;\","
                                       "\"parse_mode\":\"HTML\",\"link_preview_options\":{\"is_disabled\":true},"
                                       "\"reply_markup\":{\"remove_keyboard\":true}}");
}

static void answers_and_links_stand_under_the_words_in_their_rows(void **state)
{
    const struct viche_request *request = said(*state, (struct viche_message){
        .text = "Меню",
        .buttons = BUTTONS({"Так", "yes", VICHE_BUTTON_ANSWER, 1}, {"Ні", "no", VICHE_BUTTON_ANSWER, 1},
                           {"Сайт", "https://x.ua/", VICHE_BUTTON_LINK, 2})});
    assert_non_null(strstr(request->body, "{\"inline_keyboard\":[[{\"text\":\"Так\",\"callback_data\":\"yes\"},"
                                          "{\"text\":\"Ні\",\"callback_data\":\"no\"}],[{\"text\":\"Сайт\",\"url\":\"https://x.ua/\"}]]}"));
}

static void a_row_too_full_to_read_is_broken(void **state)
{
    const struct viche_request *request = said(*state, (struct viche_message){
        .text = "?", .buttons = BUTTONS({"Повідомити про яму на дорозі", "a", 0, 1}, {"Ремонти й перекриття", "b", 0, 1})});
    assert_non_null(strstr(request->body, "\"callback_data\":\"a\"}],[{"));
}

static void a_row_has_at_most_eight(void **state)
{
    struct viche_button buttons[10];
    for (size_t i = 0; i < 10; i++)
        buttons[i] = (struct viche_button){"1", "v", VICHE_BUTTON_ANSWER, 1};
    struct fake *f = *state;
    json_t *keys = json_loads(telegram_keys(&f->turn, &(struct viche_list){sizeof *buttons, 10, buttons}), 0, NULL);
    const json_t *rows = json_object_get(keys, "inline_keyboard");
    assert_int_equal(json_array_size(rows), 2);
    assert_int_equal(json_array_size(json_array_get(rows, 0)), 8);
    json_decref(keys);
}

static void what_asks_the_phone_stands_in_place_of_its_keyboard(void **state)
{
    const struct viche_request *request = said(*state, (struct viche_message){
        .text = "Де?", .replaces = "31",
        .buttons = BUTTONS({"Поділитися місцем", "", VICHE_BUTTON_PLACE, 1}, {"Назад", "!back", VICHE_BUTTON_ANSWER, 2})});
    assert_string_equal(fake_method(request), "sendMessage");
    assert_non_null(strstr(request->body, "{\"keyboard\":[[{\"text\":\"Поділитися місцем\",\"request_location\":true}],"
                                          "[{\"text\":\"Назад\"}]],\"resize_keyboard\":true,\"one_time_keyboard\":true}"));
}

static void a_telephone_cannot_be_a_button_and_is_written(void **state)
{
    const struct viche_request *request = said(*state, (struct viche_message){
        .text = "ЦНАП", .buttons = BUTTONS({"Зателефонувати", "tel:+380434000000", VICHE_BUTTON_LINK, 1},
                                           {"Меню", "/menu", VICHE_BUTTON_ANSWER, 2})});
    assert_non_null(strstr(request->body, "\"text\":\"ЦНАП\\nЗателефонувати: +380434000000\""));
    assert_null(strstr(request->body, "tel:"));
}

static void a_menu_is_written_over_the_one_before(void **state)
{
    const struct viche_request *request = said(*state, (struct viche_message){.text = "Меню", .replaces = "31"});
    assert_string_equal(fake_method(request), "editMessageText");
    assert_non_null(strstr(request->body, "\"message_id\":31"));
    assert_null(strstr(request->body, "remove_keyboard"));
}

static void one_call_may_ride_in_the_answer_to_the_webhook(void **state)
{
    struct fake *f = *state;
    struct viche_message message = {.size = sizeof message, .address = "7", .text = "Так <3", .buttons = BUTTONS({"Ні", "no", 0, 1})};
    assert_string_equal(telegram_answer_hook(&f->turn, &message),
                        "{\"chat_id\":7,\"text\":\"Так &lt;3\",\"parse_mode\":\"HTML\",\"link_preview_options\":{\"is_disabled\":true},"
                        "\"reply_markup\":{\"inline_keyboard\":[[{\"text\":\"Ні\",\"callback_data\":\"no\"}]]},\"method\":\"sendMessage\"}");
    message.files.count = 1;
    assert_null(telegram_answer_hook(&f->turn, &message));
    message.files.count = 0;
    message.place_label = "";
    assert_null(telegram_answer_hook(&f->turn, &message));
    message.place_label = NULL;
    f->answers = false;
    assert_null(telegram_answer_hook(&f->turn, &message));
}

static void a_picture_carries_short_words_and_the_buttons(void **state)
{
    struct fake *f = *state;
    const struct viche_request *request = said(f, (struct viche_message){
        .text = "Яма & ремонт", .files = FILES({"f1", "яма.jpg", "image/jpeg"}),
        .buttons = BUTTONS({"Меню", "/menu", VICHE_BUTTON_ANSWER, 1})});
    assert_int_equal(f->request_count, 1);
    assert_string_equal(fake_method(request), "sendPhoto");
    assert_string_equal(part(request, "photo"), "f1");
    assert_string_equal(part(request, "caption"), "Яма &amp; ремонт");
    assert_string_equal(part(request, "parse_mode"), "HTML");
    assert_non_null(strstr(part(request, "reply_markup"), "callback_data"));
}

static void long_words_follow_their_file(void **state)
{
    struct fake *f = *state;
    char text[2049];
    for (size_t i = 0; i < 1024; i++)
        memcpy(text + 2 * i, "ї", 2);
    text[2048] = '\0';
    const struct viche_request *last = said(f, (struct viche_message){
        .text = text, .files = FILES({"f1", "a.pdf", "application/pdf"})});
    assert_int_equal(f->request_count, 1); /* 1024 characters still fit */
    assert_string_equal(fake_method(last), "sendDocument");
    last = said(f, (struct viche_message){.text = arena_print(f->arena, "%sї", text), .files = FILES({"f1", "a.pdf", "application/pdf"})});
    assert_int_equal(f->request_count, 2);
    assert_string_equal(fake_method(last), "sendMessage");
    assert_null(part(&f->requests[0], "caption"));
}

static void pictures_sent_together_are_one_album(void **state)
{
    struct fake *f = *state;
    const struct viche_request *request = said(f, (struct viche_message){
        .text = "Було & стало", .files = FILES({"f1", "було.jpg", "image/jpeg"}, {"f2", "стало.png", "image/png"})});
    assert_int_equal(f->request_count, 1);
    assert_string_equal(fake_method(request), "sendMediaGroup");
    assert_string_equal(part(request, "media"), "[{\"type\":\"photo\",\"media\":\"attach://file0\",\"caption\":\"Було &amp; стало\","
                                                "\"parse_mode\":\"HTML\"},{\"type\":\"photo\",\"media\":\"attach://file1\"}]");
    assert_string_equal(part(request, "file0"), "f1");
    assert_string_equal(part(request, "file1"), "f2");
}

static void an_album_has_no_buttons_so_the_words_follow_it_with_theirs(void **state)
{
    struct fake *f = *state;
    said(f, (struct viche_message){.text = "Альбом", .buttons = BUTTONS({"Меню", "/menu", VICHE_BUTTON_ANSWER, 1}),
                                   .files = FILES({"f1", "a.jpg", "image/jpeg"}, {"f2", "b.jpg", "image/jpeg"})});
    assert_int_equal(f->request_count, 2);
    assert_string_equal(fake_method(&f->requests[0]), "sendMediaGroup");
    assert_null(strstr(part(&f->requests[0], "media"), "caption"));
    assert_string_equal(fake_method(&f->requests[1]), "sendMessage");
}

static void documents_and_pictures_are_never_mixed(void **state)
{
    struct fake *f = *state;
    const struct viche_request *last = said(f, (struct viche_message){
        .text = "Усе", .files = FILES({"d1", "a.pdf", "application/pdf"}, {"f1", "a.jpg", "image/jpeg"},
                                      {"d2", "b.pdf", "application/pdf"}, {"f2", "b.jpg", "image/jpeg"})});
    assert_int_equal(f->request_count, 2);
    assert_string_equal(part(&f->requests[0], "file0"), "f1");
    assert_null(strstr(part(&f->requests[0], "media"), "document"));
    assert_string_equal(part(last, "file0"), "d1");
    assert_null(strstr(part(last, "media"), "photo"));
    assert_non_null(strstr(part(last, "media"), "\"media\":\"attach://file1\",\"caption\":\"Усе\""));
}

static void a_place_comes_before_the_words_about_it(void **state)
{
    struct fake *f = *state;
    said(f, (struct viche_message){.text = "ЦНАП", .place_label = "ЦНАП", .latitude = 48.5, .longitude = 28.25});
    assert_int_equal(f->request_count, 2);
    assert_string_equal(fake_method(&f->requests[0]), "sendLocation");
    assert_non_null(strstr(f->requests[0].body, "\"latitude\":48.5,\"longitude\":28.25"));
    assert_string_equal(fake_method(&f->requests[1]), "sendMessage");
}

static void what_telegram_answers_decides_what_comes_of_a_message(void **state)
{
    static const struct {
        int32_t status;
        const char *body;
        uint32_t verdict, later_s;
    } answers[] = {
        {200, "{\"ok\":true,\"result\":{\"message_id\":9}}", VICHE_SENT, 0},
        {429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":17}}", VICHE_LATER, 17},
        {403, "{\"ok\":false,\"error_code\":403,\"description\":\"Forbidden: bot was blocked by the user\"}", VICHE_GONE, 0},
        {400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: chat not found\"}", VICHE_GONE, 0},
        {400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: group chat was upgraded to a supergroup chat\","
              "\"parameters\":{\"migrate_to_chat_id\":-1001}}", VICHE_LATER, 0},
        {400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: group chat was upgraded to a supergroup chat\"}", VICHE_GONE, 0},
        {400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: message is not modified: x\"}", VICHE_SENT, 0},
        {400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: can't parse entities\"}", VICHE_REFUSED, 0},
        {401, "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}", VICHE_LATER, 60},
        {413, "<html>413</html>", VICHE_REFUSED, 0},
        {500, "{\"ok\":false,\"error_code\":500,\"description\":\"Internal Server Error: restart\"}", VICHE_LATER, 0},
        {502, "<html>", VICHE_LATER, 0},
        {200, "not JSON", VICHE_LATER, 0},
        {0, "", VICHE_LATER, 0},
    };
    struct fake *f = *state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct viche_result result = fake_result(answers[i].status, answers[i].body);
        f->later_s = 0;
        assert_int_equal(telegram_sent(&f->turn, &result), answers[i].verdict);
        assert_int_equal(f->later_s, answers[i].later_s);
    }
    assert_string_equal(f->moved, "-1001");
    struct viche_result result = fake_result(200, answers[0].body);
    assert_string_equal(telegram_sent_id(&f->turn, &result), "9");
}

static void groups_are_written_to_more_slowly(void **state)
{
    struct fake *f = *state;
    struct viche_pace pace = {.size = sizeof pace};
    telegram_pace(&f->turn, "7", &pace);
    assert_int_equal(pace.per_second, 30);
    assert_int_equal(pace.gap_ms, 1000);
    assert_int_equal(pace.burst, 3);
    telegram_pace(&f->turn, "-1001234567890", &pace);
    assert_int_equal(pace.gap_ms, 3000);
    assert_int_equal(pace.burst, 1);
}

static void a_file_is_asked_for_and_then_taken_from_where_it_lies(void **state)
{
    struct fake *f = *state;
    struct viche_request request;
    assert_int_equal(telegram_fetch_file(&f->turn, "AgAC", NULL, &request), VICHE_FETCH_ASK);
    assert_string_equal(request.body, "{\"file_id\":\"AgAC\"}");
    struct viche_result last = fake_result(200, "{\"ok\":true,\"result\":{\"file_id\":\"AgAC\",\"file_path\":\"photos/file_1.jpg\"}}");
    assert_int_equal(telegram_fetch_file(&f->turn, "AgAC", &last, &request), VICHE_FETCH_TAKE);
    assert_string_equal(request.url, "https://api.example/file/bot{secret:token}/photos/file_1.jpg");
}

static void a_path_that_leads_elsewhere_is_not_followed(void **state)
{
    static const char *const paths[] = {"../x", "/etc/passwd", "a/../../b", "a?b", "{secret:token}", "", "a b"};
    struct fake *f = *state;
    struct viche_request request;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct viche_result last = fake_result(200, arena_print(f->arena, "{\"ok\":true,\"result\":{\"file_path\":\"%s\"}}", paths[i]));
        assert_int_equal(telegram_fetch_file(&f->turn, "x", &last, &request), 0);
    }
    struct viche_result last = fake_result(400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: file is too big\"}");
    assert_int_equal(telegram_fetch_file(&f->turn, "x", &last, &request), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROMISE(words_are_escaped_and_previews_are_off),
        PROMISE(answers_and_links_stand_under_the_words_in_their_rows), PROMISE(a_row_too_full_to_read_is_broken),
        PROMISE(a_row_has_at_most_eight), PROMISE(what_asks_the_phone_stands_in_place_of_its_keyboard),
        PROMISE(a_telephone_cannot_be_a_button_and_is_written), PROMISE(a_menu_is_written_over_the_one_before),
        PROMISE(one_call_may_ride_in_the_answer_to_the_webhook),
        PROMISE(a_picture_carries_short_words_and_the_buttons), PROMISE(long_words_follow_their_file),
        PROMISE(pictures_sent_together_are_one_album), PROMISE(an_album_has_no_buttons_so_the_words_follow_it_with_theirs),
        PROMISE(documents_and_pictures_are_never_mixed),
        PROMISE(a_place_comes_before_the_words_about_it),
        PROMISE(what_telegram_answers_decides_what_comes_of_a_message), PROMISE(groups_are_written_to_more_slowly),
        PROMISE(a_file_is_asked_for_and_then_taken_from_where_it_lies),
        PROMISE(a_path_that_leads_elsewhere_is_not_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
