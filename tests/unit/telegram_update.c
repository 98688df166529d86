/* SPDX-License-Identifier: MPL-2.0 */
#include "telegram_fake.h"

#include "channels/telegram/telegram_api.c"
#include "channels/telegram/telegram_hear.c"
#include "channels/telegram/telegram_link.c"
#include "channels/telegram/telegram_state.c"
#include "channels/telegram/telegram_update.c"

#define CHAT "\"from\":{\"id\":7000000000001,\"language_code\":\"en-GB\"},\"chat\":{\"id\":7000000000001,\"type\":\"private\"}"
#define MESSAGE(content) "{\"update_id\":1,\"message\":{\"message_id\":5,\"date\":100," CHAT "," content "}}"

static struct telegram_update hear(struct fake *f, const char *json)
{
    json_t *update = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(update);
    struct telegram_update heard = telegram_update_read(&f->turn, update);
    telegram_hear(&f->turn, &heard);
    json_decref(update);
    return heard;
}

static const struct viche_event *event_of(struct fake *f, const char *json)
{
    uint32_t before = f->event_count;
    hear(f, json);
    assert_int_equal(f->event_count, before + 1);
    return &f->events[before];
}

static void words_keep_their_chat_and_the_origin_outlives_update_ids(void **state)
{
    const struct viche_event *event = event_of(*state, MESSAGE("\"text\":\"добрий день\""));
    assert_int_equal(event->kind, VICHE_EVENT_TEXT);
    assert_string_equal(event->address, "7000000000001");
    assert_string_equal(event->origin, "m7000000000001.5.100");
    assert_string_equal(event->text, "добрий день");
    assert_string_equal(event->language, "en");
}

static void the_first_contact_carries_the_payload_of_its_link(void **state)
{
    const struct viche_event *event = event_of(*state, MESSAGE("\"text\":\"/start cnap_12\""));
    assert_int_equal(event->kind, VICHE_EVENT_START);
    assert_string_equal(event->text, "cnap_12");
    assert_string_equal(event_of(*state, MESSAGE("\"text\":\"/start\""))->text, "");
    assert_int_equal(event_of(*state, MESSAGE("\"text\":\"/started\""))->kind, VICHE_EVENT_TEXT);
}

static void a_link_brings_back_what_was_written_into_it(void **state)
{
    static const char *const payloads[] = {"cnap_12", "directory show 12", "_", "вулиця", "a+b/c="};
    struct fake *f = *state;
    f->bot = "kryzhopil_bot";
    for (size_t i = 0; i < sizeof payloads / sizeof *payloads; i++) {
        const char *link = telegram_link(&f->turn, payloads[i]);
        const char *start = strstr(link, "?start=") + strlen("?start=");
        assert_true(strlen(start) <= 64 && strspn(start, plain) == strlen(start));
        assert_string_equal(telegram_unpacked(&f->turn, start), payloads[i]);
    }
    assert_string_equal(telegram_link(&f->turn, ""), "https://t.me/kryzhopil_bot");
    assert_string_equal(telegram_link(&f->turn, "дуже довгий рядок, якого Telegram не пропустить нізащо"), "https://t.me/kryzhopil_bot");
    f->bot = NULL;
    assert_null(telegram_link(&f->turn, "x"));
}

static void a_payload_of_strangers_stays_what_it_is(void **state)
{
    static const char *const payloads[] = {"_", "__", "_!", "_\xff", "_AA", "_gICA", "x"};
    struct fake *f = *state;
    for (size_t i = 0; i < sizeof payloads / sizeof *payloads; i++)
        assert_string_equal(telegram_unpacked(&f->turn, payloads[i]), payloads[i]);
}

static void a_command_is_the_same_with_the_bots_name(void **state)
{
    assert_string_equal(event_of(*state, MESSAGE("\"text\":\"/menu@kryzhopil_bot зараз\""))->text, "/menu зараз");
    assert_string_equal(event_of(*state, MESSAGE("\"text\":\"пишіть на a@b.ua\""))->text, "пишіть на a@b.ua");
}

static void the_sharpest_photo_that_can_be_had_is_taken(void **state)
{
    const struct viche_event *event = event_of(*state, MESSAGE(
        "\"caption\":\"яма\",\"photo\":[{\"file_id\":\"s\",\"width\":90,\"file_size\":1000},{\"file_id\":\"m\",\"width\":800,"
        "\"file_size\":90000},{\"file_id\":\"x\",\"width\":9000,\"file_size\":30000000}]"));
    assert_int_equal(event->kind, VICHE_EVENT_FILE);
    assert_string_equal(event->remote, "m");
    assert_string_equal(event->remote_name, "photo.jpg");
    assert_string_equal(event->text, "яма");
}

static void files_of_every_kind_come_under_their_names(void **state)
{
    static const struct {
        const char *json, *remote, *name;
    } files[] = {
        {MESSAGE("\"document\":{\"file_id\":\"d\",\"file_name\":\"заява.pdf\"}"), "d", "заява.pdf"},
        {MESSAGE("\"video\":{\"file_id\":\"v\"}"), "v", "video.mp4"},
        {MESSAGE("\"voice\":{\"file_id\":\"o\"}"), "o", "voice.ogg"},
        {MESSAGE("\"animation\":{\"file_id\":\"a\"},\"document\":{\"file_id\":\"a\"}"), "a", "video.mp4"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct viche_event *event = event_of(*state, files[i].json);
        assert_int_equal(event->kind, VICHE_EVENT_FILE);
        assert_string_equal(event->remote, files[i].remote);
        assert_string_equal(event->remote_name, files[i].name);
    }
}

static void only_ones_own_number_is_vouched_for(void **state)
{
    const struct viche_event *own = event_of(*state, MESSAGE("\"contact\":{\"phone_number\":\"380671234567\",\"user_id\":7000000000001}"));
    assert_int_equal(own->kind, VICHE_EVENT_PHONE);
    assert_string_equal(own->text, "+380671234567");
    static const char *const others[] = {MESSAGE("\"contact\":{\"phone_number\":\"+380671234567\",\"user_id\":8}"),
                                         MESSAGE("\"contact\":{\"phone_number\":\"+380671234567\"}")};
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(event_of(*state, others[i])->kind, VICHE_EVENT_TEXT);
}

static void a_place_is_a_place(void **state)
{
    const struct viche_event *event = event_of(*state, MESSAGE("\"location\":{\"latitude\":48.5,\"longitude\":28}"));
    assert_int_equal(event->kind, VICHE_EVENT_PLACE);
    assert_true(event->latitude > 48.4 && event->longitude > 27.9);
}

#define PRESSED(chat)                                                                                                  \
    "{\"update_id\":2,\"callback_query\":{\"id\":\"99\",\"from\":{\"id\":7},\"data\":\"/menu\",\"message\":{"           \
    "\"message_id\":31,\"date\":0," chat ",\"reply_markup\":{\"inline_keyboard\":[[{\"text\":\"Меню\","                \
    "\"callback_data\":\"/menu\"}]]}}}}"

static void a_pressed_button_is_known_by_its_label_and_message_and_is_answered(void **state)
{
    struct fake *f = *state;
    struct telegram_update heard = hear(f, PRESSED("\"chat\":{\"id\":7,\"type\":\"private\"}"));
    const struct viche_event *event = &f->events[0];
    assert_int_equal(event->kind, VICHE_EVENT_BUTTON);
    assert_string_equal(event->value, "/menu");
    assert_string_equal(event->text, "Меню");
    assert_string_equal(event->message, "31");
    assert_string_equal(event->origin, "q99");
    assert_non_null(heard.callback);
}

static void blocking_and_coming_back_are_told_apart(void **state)
{
    static const char member[] =
        "{\"update_id\":3,\"my_chat_member\":{\"chat\":{\"id\":7,\"type\":\"private\"},\"from\":{\"id\":7},\"date\":5,"
        "\"new_chat_member\":{\"status\":\"%s\"}}}";
    struct fake *f = *state;
    assert_int_equal(event_of(f, arena_print(f->arena, member, "kicked"))->kind, VICHE_EVENT_LEFT);
    assert_int_equal(event_of(f, arena_print(f->arena, member, "member"))->kind, VICHE_EVENT_BACK);
    hear(f, arena_print(f->arena, member, "restricted"));
    assert_int_equal(f->event_count, 2);
}

#define EDITED(id, at, content) "{\"update_id\":4,\"edited_message\":{\"message_id\":" id ",\"date\":1,\"edit_date\":" at "," CHAT "," content "}}"

static void an_edited_answer_is_no_new_answer_but_the_citizen_is_told(void **state)
{
    struct fake *f = *state;
    hear(f, EDITED("5", "7200", "\"text\":\"інакше\""));
    assert_int_equal(f->event_count + f->request_count, 0);
    assert_string_equal(f->hints[0], "7000000000001 en:edited");
    hear(f, EDITED("5", "7200", "\"location\":{\"latitude\":1,\"longitude\":2,\"live_period\":60}"));
    assert_int_equal(f->hint_count, 1);
}

static void whoever_edits_much_is_told_once_in_ten_minutes(void **state)
{
    struct fake *f = *state;
    hear(f, EDITED("5", "7200", "\"text\":\"інакше\""));
    hear(f, EDITED("6", "7799", "\"text\":\"ще інакше\""));
    hear(f, EDITED("6", "7800", "\"text\":\"знову\""));
    assert_string_equal(f->hint_origins[0], f->hint_origins[1]);
    assert_string_not_equal(f->hint_origins[1], f->hint_origins[2]);
}

#define IN_GROUP(id, at, text)                                                                                      \
    "{\"update_id\":5,\"message\":{\"message_id\":" id ",\"date\":" at ",\"from\":{\"id\":7},\"chat\":{\"id\":-1001234567890," \
    "\"type\":\"supergroup\"},\"text\":\"" text "\"}}"

static void a_group_is_shown_the_way_to_a_chat_of_ones_own_once_a_day(void **state)
{
    struct fake *f = *state;
    f->bot = "kryzhopil_bot";
    hear(f, IN_GROUP("1", "86400", "/start@kryzhopil_bot"));
    assert_int_equal(f->event_count + f->request_count, 0);
    assert_string_equal(f->hints[0], "-1001234567890 :group");
    hear(f, IN_GROUP("2", "86401", "хто йде на толоку?"));
    assert_int_equal(f->hint_count, 1);
    hear(f, IN_GROUP("3", "172799", "/menu"));
    assert_string_equal(f->hint_origins[1], f->hint_origins[0]);
    hear(f, IN_GROUP("4", "172800", "/menu"));
    assert_string_not_equal(f->hint_origins[2], f->hint_origins[0]);
}

static void what_nobody_knows_is_passed_over(void **state)
{
    static const char *const unknown[] = {
        "{}", "{\"update_id\":1}", "{\"update_id\":1,\"managed_bot\":{\"x\":1}}", "{\"update_id\":1,\"message\":17}",
        "{\"update_id\":1,\"message\":{}}", "{\"update_id\":1,\"callback_query\":{\"data\":\"x\"}}",
        MESSAGE("\"dice\":{\"value\":6}"), MESSAGE("\"text\":\"\""), MESSAGE("\"photo\":[]"), MESSAGE("\"location\":{\"latitude\":91,\"longitude\":0}"),
        "{\"update_id\":1,\"channel_post\":{\"message_id\":5,\"chat\":{\"id\":-100,\"type\":\"channel\"},\"text\":\"x\"}}",
        "{\"message\":{\"message_id\":5,\"from\":{\"id\":9,\"is_bot\":true},\"chat\":{\"id\":9,\"type\":\"private\"},\"text\":\"x\"}}",
    };
    struct fake *f = *state;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        hear(f, unknown[i]);
    assert_int_equal(f->event_count + f->request_count, 0);
}

static void the_webhook_answers_a_pressed_button_in_its_own_answer(void **state)
{
    struct fake *f = *state;
    const char *body = PRESSED("\"chat\":{\"id\":7,\"type\":\"private\"}");
    telegram_hook(&f->turn, &(struct viche_http){.size = sizeof(struct viche_http), .body = body, .body_size = (uint32_t)strlen(body)});
    assert_int_equal(f->status, 200);
    assert_string_equal(f->body, "{\"callback_query_id\":\"99\",\"method\":\"answerCallbackQuery\"}");
    assert_int_equal(f->request_count, 0);
}

static void nonsense_in_the_webhook_is_acknowledged_and_passed_over(void **state)
{
    static const char *const bad[] = {"", "[]", "{\"update_id\":1,\"update_id\":2}", "{\"message\":\"\xFF\"}", "{\"message\":"};
    struct fake *f = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        telegram_hook(&f->turn, &(struct viche_http){.size = sizeof(struct viche_http), .body = bad[i], .body_size = (uint32_t)strlen(bad[i])});
        assert_int_equal(f->status, 200);
        assert_int_equal(f->logs, i + 1);
    }
    assert_int_equal(f->event_count, 0);
}

static void half_a_character_costs_nobody_their_message(void **state)
{
    static const char body[] = MESSAGE("\"text\":\"яма \\ud83d\"");
    struct fake *f = *state;
    telegram_hook(&f->turn, &(struct viche_http){.size = sizeof(struct viche_http), .body = body, .body_size = sizeof body - 1});
    assert_int_equal(f->event_count, 1);
    assert_string_equal(f->events[0].text, "яма \xEF\xBF\xBD");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROMISE(words_keep_their_chat_and_the_origin_outlives_update_ids),
        PROMISE(the_first_contact_carries_the_payload_of_its_link), PROMISE(a_link_brings_back_what_was_written_into_it),
        PROMISE(a_payload_of_strangers_stays_what_it_is), PROMISE(a_command_is_the_same_with_the_bots_name),
        PROMISE(the_sharpest_photo_that_can_be_had_is_taken), PROMISE(files_of_every_kind_come_under_their_names),
        PROMISE(only_ones_own_number_is_vouched_for), PROMISE(a_place_is_a_place),
        PROMISE(a_pressed_button_is_known_by_its_label_and_message_and_is_answered),
        PROMISE(blocking_and_coming_back_are_told_apart),
        PROMISE(an_edited_answer_is_no_new_answer_but_the_citizen_is_told),
        PROMISE(whoever_edits_much_is_told_once_in_ten_minutes),
        PROMISE(a_group_is_shown_the_way_to_a_chat_of_ones_own_once_a_day), PROMISE(what_nobody_knows_is_passed_over),
        PROMISE(the_webhook_answers_a_pressed_button_in_its_own_answer),
        PROMISE(nonsense_in_the_webhook_is_acknowledged_and_passed_over),
        PROMISE(half_a_character_costs_nobody_their_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
