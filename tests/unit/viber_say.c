/* SPDX-License-Identifier: MPL-2.0 */
#include "viber_fake.h"

#include <stdio.h>
#include <unistd.h>

static void say(struct fake *f, struct viche_message message)
{
    message.size = sizeof message;
    message.address = "user=";
    f->request_count = 0;
    viber_send(&f->turn, &message);
}

#define BUTTONS(...) VICHE_LIST(struct viche_button, __VA_ARGS__)

static void a_text_names_its_sender_and_carries_the_token_only_by_name(void **state)
{
    struct fake *f = *state;
    say(f, (struct viche_message){.text = "Вітаємо «сусідів» {secret:token}"});
    const struct viche_request *request = &f->requests[0];
    assert_string_equal(request->url, "https://chatapi.viber.com/pa/send_message");
    assert_string_equal(request->method, "POST");
    assert_string_equal(request->headers[0].value, "{secret:token}");
    json_t *body = fake_body(request);
    assert_string_equal(viber_json_text(body, "type"), "text");
    assert_string_equal(viber_json_text(body, "receiver"), "user=");
    assert_string_equal(viber_json_text(body, "text"), "Вітаємо «сусідів» {secret:token}");
    assert_string_equal(viber_json_text(json_object_get(body, "sender"), "name"), "Крижопільська територіальна ");
    assert_null(json_object_get(body, "keyboard"));
    json_decref(body);
}

static void buttons_stand_in_six_columns(void **state)
{
    struct fake *f = *state;
    say(f, (struct viche_message){.text = "?", .buttons = BUTTONS({"Так <b>", "yes", 0, 1}, {"Ні", "no", 0, 1}, {"Меню", "/menu", 0, 2},
        {"Сайт", "https://rada.example", VICHE_BUTTON_LINK, 3}, {"Фото", "", VICHE_BUTTON_FILE, 4})});
    json_t *body = fake_body(&f->requests[0]);
    const json_t *keyboard = json_object_get(body, "keyboard"), *list = json_object_get(keyboard, "Buttons");
    assert_string_equal(viber_json_text(keyboard, "Type"), "keyboard");
    assert_int_equal(json_array_size(list), 4);
    static const struct {
        int columns;
        const char *type, *action;
    } due[] = {{3, "reply", "▸yes"}, {3, "reply", "▸no"}, {6, "reply", "/menu"}, {6, "open-url", "https://rada.example"}};
    for (size_t i = 0; i < 4; i++) {
        const json_t *button = json_array_get(list, i);
        assert_int_equal(json_integer_value(json_object_get(button, "Columns")), due[i].columns);
        assert_string_equal(viber_json_text(button, "ActionType"), due[i].type);
        assert_string_equal(viber_json_text(button, "ActionBody"), due[i].action);
    }
    assert_string_equal(viber_json_text(json_array_get(list, 0), "Text"), "Так &lt;b&gt;");
    assert_int_equal(json_integer_value(json_object_get(body, "min_api_version")), 1);
    json_decref(body);
}

static void a_telephone_number_stands_in_the_text(void **state)
{
    struct fake *f = *state;
    say(f, (struct viche_message){.text = "Черговий", .buttons = BUTTONS({"Зателефонувати", "tel:+380434000000", VICHE_BUTTON_LINK, 1})});
    json_t *body = fake_body(&f->requests[0]);
    assert_string_equal(viber_json_text(body, "text"), "Черговий\nЗателефонувати: +380434000000");
    assert_null(json_object_get(body, "keyboard"));
    json_decref(body);
    say(f, (struct viche_message){.text = "ЦНАП", .buttons = BUTTONS({"☎️ +380 (4340) 0-00-01", "tel:+380434000001", VICHE_BUTTON_LINK, 1})});
    body = fake_body(&f->requests[0]);
    assert_string_equal(viber_json_text(body, "text"), "ЦНАП\n☎️ +380 (4340) 0-00-01");
    json_decref(body);
}

/* As Viber lays them out: from left to right, six columns a row. */
static int rows_of_list(const json_t *list)
{
    int64_t rows = 0, room = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        int64_t columns = json_integer_value(json_object_get(json_array_get(list, i), "Columns"));
        rows += columns > room;
        room = (columns > room ? 6 : room) - columns;
    }
    return (int)rows;
}

static void a_long_list_stands_in_twelve_rows(void **state)
{
    struct fake *f = *state;
    static const uint32_t counts[] = {1, 12, 13, VIBER_BUTTONS_MAX, 25, 40, 72};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        struct viche_button buttons[72];
        for (uint32_t i = 0; i < counts[c]; i++)
            buttons[i] = (struct viche_button){.label = "Заклад", .value = "x", .row = i};
        say(f, (struct viche_message){.text = "?", .buttons = {sizeof *buttons, counts[c], buttons}});
        json_t *body = fake_body(&f->requests[0]);
        const json_t *list = json_object_get(json_object_get(body, "keyboard"), "Buttons");
        assert_int_equal(json_array_size(list), counts[c]);
        assert_true(rows_of_list(list) <= 12);
        assert_true(f->requests[0].body_size < 30 * 1000);
        json_decref(body);
    }
}

static void asking_the_device_raises_the_level_and_leaves_a_mark(void **state)
{
    struct fake *f = *state;
    say(f, (struct viche_message){.text = "?", .buttons = BUTTONS({"Номер", "", VICHE_BUTTON_PHONE, 1}, {"Де", "", VICHE_BUTTON_PLACE, 2})});
    json_t *body = fake_body(&f->requests[0]);
    const json_t *list = json_object_get(json_object_get(body, "keyboard"), "Buttons");
    assert_string_equal(viber_json_text(json_array_get(list, 0), "ActionType"), "share-phone");
    assert_string_equal(viber_json_text(json_array_get(list, 1), "ActionType"), "location-picker");
    assert_int_equal(json_integer_value(json_object_get(body, "min_api_version")), 3);
    assert_string_equal(viber_json_text(body, "tracking_data"), "phone");
    json_decref(body);
}

static void a_file_lies_where_viber_can_read_it_and_nobody_can_guess_it(void **state)
{
    struct fake *f = *state;
    char path[] = "/tmp/viche-unit-XXXXXX";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, "jpeg", 4), 4);
    close(fd);
    f->file = path;
    say(f, (struct viche_message){.text = "План", .file = "abc", .file_name = "план.jpg", .file_type = "image/jpeg",
                                  .buttons = BUTTONS({"Меню", "/menu", 0, 1})});
    assert_int_equal(f->request_count, 1);
    json_t *body = fake_body(&f->requests[0]);
    assert_string_equal(viber_json_text(body, "type"), "picture");
    assert_string_equal(viber_json_text(body, "text"), "План");
    assert_non_null(json_object_get(body, "keyboard"));
    const char *url = viber_json_text(body, "media");
    assert_true(text_starts(url, "https://chat.example/kryzhopil/viber/files/abc/"));
    assert_string_equal(strrchr(url, '/'), "/file.jpg");
    f->cells[0] = (struct viche_pair){"file", "abc"};
    f->cells[1] = (struct viche_pair){"proof", arena_copy_bytes(f->arena, strrchr(url, '/') - 8, 8)};
    viber_file(&f->turn, NULL);
    assert_string_equal(f->file_replied, "abc");
    f->cells[1].value = "guessed";
    f->file_replied = NULL;
    viber_file(&f->turn, NULL);
    assert_null(f->file_replied);
    assert_int_equal(f->status, 404);
    json_decref(body);
    say(f, (struct viche_message){.text = "Витяг", .file = "abc", .file_name = "витяг.pdf", .file_type = "application/pdf"});
    assert_int_equal(f->request_count, 2);
    body = fake_body(&f->requests[1]);
    assert_string_equal(viber_json_text(body, "type"), "file");
    assert_int_equal(json_integer_value(json_object_get(body, "size")), 4);
    json_decref(body);
    say(f, (struct viche_message){.text = "Схема", .file = "abc", .file_name = "схема", .file_type = "image/png"});
    body = fake_body(&f->requests[0]);
    assert_string_equal(strrchr(viber_json_text(body, "media"), '/'), "/file.png");
    json_decref(body);
    unlink(path);
}

static void a_place_follows_its_words(void **state)
{
    struct fake *f = *state;
    say(f, (struct viche_message){.text = "ЦНАП", .place_label = "ЦНАП", .latitude = 48.5, .longitude = 28.5});
    assert_int_equal(f->request_count, 2);
    json_t *body = fake_body(&f->requests[1]);
    assert_string_equal(viber_json_text(body, "type"), "location");
    assert_true(json_number_value(json_object_get(json_object_get(body, "location"), "lat")) > 48);
    json_decref(body);
}

static void every_status_has_its_consequence(void **state)
{
    struct fake *f = *state;
    static const struct {
        int32_t http;
        const char *body;
        uint32_t verdict, later_s;
    } cases[] = {
        {200, "{\"status\":0,\"message_token\":5741311803571721087}", VICHE_SENT, 0},
        {200, "{\"status\":2,\"status_message\":\"invalidAuthToken\"}", VICHE_LATER, 300},
        {200, "{\"status\":3}", VICHE_REFUSED, 0},
        {200, "{\"status\":5}", VICHE_GONE, 0},
        {200, "{\"status\":6}", VICHE_GONE, 0},
        {200, "{\"status\":12}", VICHE_LATER, 0},
        {200, "{\"status\":24}", VICHE_LATER, 3600},
        {200, "{\"status\":99}", VICHE_REFUSED, 0},
        {200, "{\"status\":-1}", VICHE_REFUSED, 0},
        {200, "<html>", VICHE_LATER, 0},
        {404, "<html>", VICHE_REFUSED, 0},
        {429, "", VICHE_LATER, 0},
        {502, "<html>", VICHE_LATER, 0},
        {0, "", VICHE_LATER, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct viche_result result = fake_result(cases[i].http, cases[i].body);
        f->later_s = 0;
        f->shut = false;
        assert_int_equal(viber_sent(&f->turn, &result), cases[i].verdict);
        assert_int_equal(f->later_s, cases[i].later_s);
        assert_int_equal(f->shut, i == 1);
    }
    struct viche_result result = fake_result(200, cases[0].body);
    assert_string_equal(viber_sent_id(&f->turn, &result), "5741311803571721087 user=");
}

static void a_notice_to_many_is_one_call(void **state)
{
    struct fake *f = *state;
    static const char *const all[] = {"a=", "b=", "c="};
    struct viche_message notice = {.size = sizeof notice, .text = "Міст перекрито",
                                   .buttons = BUTTONS({"Меню", "/menu", VICHE_BUTTON_ANSWER, 1})};
    assert_int_equal(viber_send_together(&f->turn, &notice, all, 3), 0); /* Viber has to allow it first */
    f->broadcast = "1";
    assert_int_equal(viber_send_together(&f->turn, &notice, all, 3), 1);
    assert_int_equal(f->request_count, 1);
    assert_string_equal(f->requests[0].url, "https://chatapi.viber.com/pa/broadcast_message");
    json_t *body = fake_body(&f->requests[0]);
    assert_int_equal(json_array_size(json_object_get(body, "broadcast_list")), 3);
    assert_null(json_object_get(body, "receiver"));
    assert_non_null(json_object_get(body, "keyboard"));
    json_decref(body);
}

static void what_takes_two_calls_goes_to_each_alone(void **state)
{
    struct fake *f = *state;
    static const char *const all[] = {"a=", "b="};
    f->broadcast = "1";
    struct viche_message notice = {.size = sizeof notice, .text = "Сюди", .place_label = "Рада", .latitude = 48, .longitude = 28};
    assert_int_equal(viber_send_together(&f->turn, &notice, all, 2), 0);
    assert_int_equal(f->request_count, 0);
}

static void who_did_not_get_a_broadcast_is_told_apart(void **state)
{
    struct fake *f = *state;
    struct viche_result result = fake_result(200, "{\"status\":0,\"message_token\":5741311803571721087,\"failed_list\":["
                                                  "{\"receiver\":\"gone=\",\"status\":6},{\"receiver\":\"much=\",\"status\":12}]}");
    assert_int_equal(viber_sent_together(&f->turn, &result, "user="), VICHE_SENT);
    assert_int_equal(viber_sent_together(&f->turn, &result, "gone="), VICHE_GONE);
    assert_int_equal(viber_sent_together(&f->turn, &result, "much="), VICHE_LATER);
    result = fake_result(200, "{\"status\":20,\"status_message\":\"broadcastNotAllowed\"}");
    assert_int_equal(viber_sent_together(&f->turn, &result, "user="), VICHE_LATER); /* then each gets a call of its own */
}

static void typing_is_not_shown(void **state)
{
    struct fake *f = *state;
    say(f, (struct viche_message){.text = "", .flags = VICHE_MESSAGE_TYPING});
    assert_int_equal(f->request_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROMISE(a_text_names_its_sender_and_carries_the_token_only_by_name),
        PROMISE(buttons_stand_in_six_columns),
        PROMISE(a_telephone_number_stands_in_the_text),
        PROMISE(a_long_list_stands_in_twelve_rows),
        PROMISE(asking_the_device_raises_the_level_and_leaves_a_mark),
        PROMISE(a_file_lies_where_viber_can_read_it_and_nobody_can_guess_it),
        PROMISE(a_place_follows_its_words),
        PROMISE(every_status_has_its_consequence),
        PROMISE(a_notice_to_many_is_one_call),
        PROMISE(what_takes_two_calls_goes_to_each_alone),
        PROMISE(who_did_not_get_a_broadcast_is_told_apart),
        PROMISE(typing_is_not_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
