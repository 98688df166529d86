/* SPDX-License-Identifier: MPL-2.0 */
#include "viber_fake.h"

#define SENDER "\"sender\":{\"id\":\"user=\",\"name\":\"Олена\",\"language\":\"uk-UA\",\"api_version\":10}"
#define NOW "\"timestamp\":1763740799000"

static const char *message(struct fake *f, const char *inside)
{
    return viche_print(&f->turn, "{\"event\":\"message\"," NOW ",\"message_token\":5741311803571721087," SENDER ",\"message\":%s}", inside);
}

static void words_are_words_and_buttons_are_buttons(void **state)
{
    struct fake *f = *state;
    static const struct {
        const char *text, *value; /* value NULL: a text */
    } cases[] = {{"аптека поруч", NULL}, {"!!! терміново", NULL}, {"=)", NULL}, {"▸", NULL}, {"/directory show 12", "/directory show 12"},
                 {"▸!back", "!back"}, {"▸#17", "#17"}, {"▸так", "так"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fake_call(f, message(f, viche_print(&f->turn, "{\"type\":\"text\",\"text\":\"%s\"}", cases[i].text)));
        const struct viche_event *event = &f->events[i];
        assert_int_equal(event->kind, cases[i].value ? VICHE_EVENT_BUTTON : VICHE_EVENT_TEXT);
        assert_string_equal(cases[i].value ? event->value : event->text, cases[i].value ? cases[i].value : cases[i].text);
    }
    assert_string_equal(f->events[0].address, "user=");
    assert_string_equal(f->events[0].origin, "message.5741311803571721087");
    assert_string_equal(f->events[0].language, "uk");
    assert_int_equal(f->status, 200);
}

static void a_picture_is_fetched_from_where_it_lies(void **state)
{
    struct fake *f = *state;
    fake_call(f, message(f, "{\"type\":\"picture\",\"text\":\"яма\",\"media\":\"https://dl-media.viber.com/1/x.jpg\",\"file_name\":\"x.jpg\"}"));
    assert_int_equal(f->events[0].kind, VICHE_EVENT_FILE);
    assert_string_equal(f->events[0].remote, "https://dl-media.viber.com/1/x.jpg");
    assert_string_equal(f->events[0].remote_name, "x.jpg");
    assert_string_equal(f->events[0].text, "яма");
    fake_call(f, message(f, "{\"type\":\"picture\"}"));
    assert_int_equal(f->event_count, 1);
}

static void a_place_lies_on_earth(void **state)
{
    struct fake *f = *state;
    fake_call(f, message(f, "{\"type\":\"location\",\"location\":{\"lat\":48.3794,\"lon\":28.8645}}"));
    assert_int_equal(f->events[0].kind, VICHE_EVENT_PLACE);
    assert_true(f->events[0].latitude > 48.37 && f->events[0].longitude > 28.86);
    fake_call(f, message(f, "{\"type\":\"location\",\"location\":{\"lat\":148.3,\"lon\":28.8}}"));
    fake_call(f, message(f, "{\"type\":\"location\",\"location\":{\"lat\":\"48\",\"lon\":28.8}}"));
    fake_call(f, message(f, "{\"type\":\"location\"}"));
    assert_int_equal(f->event_count, 1);
}

static void only_the_number_we_asked_for_is_vouched_for(void **state)
{
    struct fake *f = *state;
    static const struct {
        const char *inside;
        uint32_t kind;
    } cases[] = {
        {"{\"type\":\"contact\",\"tracking_data\":\"phone\",\"contact\":{\"name\":\"Олена\",\"phone_number\":\"380671234567\"}}", VICHE_EVENT_PHONE},
        {"{\"type\":\"contact\",\"tracking_data\":\"phone\",\"contact\":{\"phone_number\":\"+380671234567\"}}", VICHE_EVENT_PHONE},
        {"{\"type\":\"contact\",\"tracking_data\":\"phone\",\"contact\":{\"name\":\"Кум\",\"phone_number\":\"380671234567\"}}", VICHE_EVENT_TEXT},
        {"{\"type\":\"contact\",\"contact\":{\"name\":\"Олена\",\"phone_number\":\"380671234567\"}}", VICHE_EVENT_TEXT},
    };
    for (uint32_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fake_call(f, message(f, cases[i].inside));
        assert_int_equal(f->event_count, i + 1);
        assert_int_equal(f->events[i].kind, cases[i].kind);
        assert_string_equal(f->events[i].text, "+380671234567");
    }
}

static void stickers_and_kinds_of_tomorrow_are_passed_over(void **state)
{
    struct fake *f = *state;
    fake_call(f, message(f, "{\"type\":\"sticker\",\"sticker_id\":46105}"));
    fake_call(f, message(f, "{\"type\":\"hologram\"}"));
    fake_call(f, message(f, "null"));
    fake_call(f, "{\"event\":\"webhook\"," NOW ",\"chat_hostname\":\"SN-CHAT-1\",\"message_token\":1}");
    fake_call(f, "{\"event\":\"client_status\"," NOW ",\"message_token\":1,\"user\":{\"id\":\"user=\"},\"status\":{\"code\":0}}");
    fake_call(f, "{\"event\":\"tomorrow\"," NOW ",\"message_token\":1,\"user_id\":\"user=\"}");
    assert_int_equal(f->event_count, 0);
    assert_int_equal(f->status, 200);
}

static void who_only_looked_gets_one_welcome_in_the_answer(void **state)
{
    struct fake *f = *state;
    fake_call(f, "{\"event\":\"conversation_started\"," NOW ",\"message_token\":2,\"type\":\"open\",\"context\":\"queue 7\","
                 "\"user\":{\"id\":\"new=\",\"language\":\"en\"},\"subscribed\":false}");
    assert_int_equal(f->event_count, 0);
    assert_int_equal(f->request_count, 0);
    json_t *welcome = json_loads(f->body, 0, NULL);
    assert_string_equal(viber_json_text(welcome, "text"), "en:welcome");
    assert_null(json_object_get(welcome, "receiver"));
    const json_t *buttons = json_object_get(json_object_get(welcome, "keyboard"), "Buttons");
    assert_int_equal(json_array_size(buttons), 2);
    assert_string_equal(viber_json_text(json_array_get(buttons, 0), "ActionBody"), "/start queue 7");
    assert_string_equal(viber_json_text(json_array_get(buttons, 1), "ActionBody"), "/language uk");
    json_decref(welcome);
    fake_call(f, message(f, "{\"type\":\"text\",\"text\":\"/start queue 7\"}"));
    assert_int_equal(f->events[0].kind, VICHE_EVENT_START);
    assert_string_equal(f->events[0].text, "queue 7");
}

static void a_subscriber_who_opens_the_chat_is_not_interrupted(void **state)
{
    struct fake *f = *state;
#define OPENED "{\"event\":\"conversation_started\"," NOW ",\"message_token\":3,\"user\":{\"id\":\"user=\"},\"subscribed\":true"
    fake_call(f, OPENED "}");
    assert_int_equal(f->event_count, 0);
    assert_string_equal(f->body, "");
    fake_call(f, OPENED ",\"context\":\"queue\"}");
    assert_int_equal(f->events[0].kind, VICHE_EVENT_START);
    assert_string_equal(f->events[0].text, "queue");
}

static void coming_and_going(void **state)
{
    struct fake *f = *state;
    fake_call(f, "{\"event\":\"subscribed\"," NOW ",\"message_token\":4,\"user\":{\"id\":\"new=\",\"language\":\"uk\"}}");
    fake_call(f, "{\"event\":\"unsubscribed\"," NOW ",\"message_token\":5,\"user_id\":\"new=\"}");
    assert_int_equal(f->events[0].kind, VICHE_EVENT_START);
    assert_int_equal(f->events[1].kind, VICHE_EVENT_LEFT);
    assert_string_equal(f->events[1].address, "new=");
    assert_string_equal(f->events[1].origin, "unsubscribed.5");
}

static void receipts_name_our_message_and_make_nobody_a_citizen(void **state)
{
    struct fake *f = *state;
    fake_call(f, "{\"event\":\"seen\"," NOW ",\"message_token\":4912661846655238145,\"user_id\":\"user=\"}");
    fake_call(f, "{\"event\":\"failed\"," NOW ",\"message_token\":4912661846655238146,\"user_id\":\"user=\",\"desc\":\"x\"}");
    fake_call(f, "{\"event\":\"seen\"," NOW ",\"message_token\":4912661846655238147,\"user_id\":\"stranger=\"}");
    fake_call(f, "{\"event\":\"delivered\"," NOW ",\"message_token\":4912661846655238148,\"user_id\":\"user=\"}");
    assert_int_equal(f->event_count, 3);
    assert_int_equal(f->events[2].kind, VICHE_EVENT_DELIVERED);
    assert_string_equal(f->events[2].origin, "delivered.4912661846655238148 user=");
    assert_int_equal(f->events[0].kind, VICHE_EVENT_SEEN);
    assert_string_equal(f->events[0].tag, "4912661846655238145 user=");
    assert_int_equal(f->events[1].kind, VICHE_EVENT_FAILED);
}

static void a_copy_from_long_ago_and_nameless_calls_do_nothing(void **state)
{
    struct fake *f = *state;
    fake_call(f, "{\"event\":\"message\",\"timestamp\":1754740799000,\"message_token\":6," SENDER ",\"message\":{\"type\":\"text\",\"text\":\"x\"}}");
    fake_call(f, "{\"event\":\"message\"," NOW "," SENDER ",\"message\":{\"type\":\"text\",\"text\":\"x\"}}");
    fake_call(f, "{\"event\":\"message\"," NOW ",\"message_token\":7,\"message\":{\"type\":\"text\",\"text\":\"x\"}}");
    fake_call(f, "{\"event\":\"message\"," NOW ",\"message_token\":7,\"sender\":{\"id\":12},\"message\":{\"type\":\"text\",\"text\":\"x\"}}");
    assert_int_equal(f->event_count, 0);
    assert_int_equal(f->status, 200);
    fake_call(f, "{\"event\":");
    assert_int_equal(f->status, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROMISE(words_are_words_and_buttons_are_buttons),
        PROMISE(a_picture_is_fetched_from_where_it_lies),
        PROMISE(a_place_lies_on_earth),
        PROMISE(only_the_number_we_asked_for_is_vouched_for),
        PROMISE(stickers_and_kinds_of_tomorrow_are_passed_over),
        PROMISE(who_only_looked_gets_one_welcome_in_the_answer),
        PROMISE(a_subscriber_who_opens_the_chat_is_not_interrupted),
        PROMISE(coming_and_going),
        PROMISE(receipts_name_our_message_and_make_nobody_a_citizen),
        PROMISE(a_copy_from_long_ago_and_nameless_calls_do_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
