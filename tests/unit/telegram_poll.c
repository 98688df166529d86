/* SPDX-License-Identifier: MPL-2.0 */
#include "telegram_fake.h"

#include "channels/telegram/telegram_api.c"
#include "channels/telegram/telegram_hear.c"
#include "channels/telegram/telegram_link.c"
#include "channels/telegram/telegram_poll.c"
#include "channels/telegram/telegram_setup.c"
#include "channels/telegram/telegram_state.c"
#include "channels/telegram/telegram_update.c"

#define ME "{\"ok\":true,\"result\":{\"id\":77,\"is_bot\":true,\"username\":\"kryzhopil_bot\"}}"
#define YES "{\"ok\":true,\"result\":true}"
#define NO(code, why) "{\"ok\":false,\"error_code\":" #code ",\"description\":\"" why "\"}"
#define WORDS(id, message)                                                                                              \
    "{\"update_id\":" #id ",\"message\":{\"message_id\":" #message ",\"date\":1,\"from\":{\"id\":7},\"chat\":{\"id\":7,"  \
    "\"type\":\"private\"},\"text\":\"x\"}}"

static const char *asked(struct fake *f, const char *state, struct viche_request *request)
{
    *request = (struct viche_request){0};
    return telegram_poll(&f->turn, state, request) ? fake_method(request) : NULL;
}

static void asks(struct fake *f, const char *state, const char *method)
{
    struct viche_request request;
    assert_string_equal(asked(f, state, &request), method);
}

static const char *answered(struct fake *f, const char *state, int32_t status, const char *body)
{
    struct viche_result result = fake_result(status, body);
    return telegram_polled(&f->turn, state, &result);
}

/* Through everything before the updates. */
static const char *set_up(struct fake *f)
{
    const char *state = answered(f, "", 200, ME);
    state = answered(f, state, 200, YES);
    for (int i = 0; i < 8; i++)
        state = answered(f, state, 200, YES);
    return state;
}

static void sets_itself_up_and_then_asks_for_updates_for_ever(void **state)
{
    static const char *const told[] = {"setMyCommands", "setMyName", "setMyDescription", "setMyShortDescription"};
    struct fake *f = *state;
    asks(f, "", "getMe");
    const char *now = answered(f, "", 200, ME);
    assert_string_equal(f->bot, "kryzhopil_bot");
    asks(f, now, "deleteWebhook");
    now = answered(f, now, 200, YES);
    for (size_t i = 0; i < 8; i++) {
        struct viche_request request;
        assert_string_equal(asked(f, now, &request), told[i % 4]);
        assert_true((strstr(request.body, "\"language_code\":\"en\"") != NULL) == (i >= 4));
        now = answered(f, now, 200, YES);
    }
    asks(f, now, "getUpdates");
    now = answered(f, now, 200, "{\"ok\":true,\"result\":[]}");
    asks(f, now, "getUpdates");
}

static void two_scripts_of_one_language_are_told_as_the_first(void **state)
{
    struct fake *f = *state;
    const char *method = NULL;
    const char *codes[12];
    json_t *parameters = NULL;
    f->languages = "uk sr-Latn en sr-Cyrl";
    int64_t count = 0;
    for (; telegram_setup_call(&f->turn, count, &method, &parameters); count++) {
        codes[count] = fake_copy(&f->turn, telegram_string(parameters, "language_code"));
        assert_string_equal(f->language, count < 4 ? "uk" : count < 8 ? "sr-Latn" : "en");
        json_decref(parameters);
    }
    assert_int_equal(count, 12);
    assert_string_equal(codes[0], "");
    assert_string_equal(codes[4], "sr");
    assert_string_equal(codes[8], "en");
}

static void updates_are_acknowledged_by_the_next_question_and_then_the_count_may_begin_anew(void **state)
{
    struct fake *f = *state;
    struct viche_request request;
    const char *now = answered(f, set_up(f), 200, "{\"ok\":true,\"result\":[" WORDS(900, 1) "," WORDS(901, 2) "]}");
    assert_int_equal(f->event_count, 2);
    asked(f, now, &request);
    assert_non_null(strstr(request.body, "\"offset\":902"));
    now = answered(f, now, 200, "{\"ok\":true,\"result\":[]}");
    asked(f, now, &request);
    assert_null(strstr(request.body, "offset"));
    now = answered(f, now, 200, "{\"ok\":true,\"result\":[" WORDS(17, 3) "]}");
    assert_int_equal(f->event_count, 3);
    asked(f, now, &request);
    assert_non_null(strstr(request.body, "\"offset\":18"));
}

static void a_server_that_never_lets_us_wait_is_asked_once_a_second(void **state)
{
    struct fake *f = *state;
    const char *now = answered(f, set_up(f), 200, "{\"ok\":true,\"result\":[]}");
    assert_int_equal(f->later_s, 0);
    answered(f, now, 200, "{\"ok\":true,\"result\":[]}");
    assert_int_equal(f->later_s, 1);
}

static void texts_are_told_again_only_when_they_changed(void **state)
{
    struct fake *f = *state;
    const char *now = answered(f, set_up(f), 200, "{\"ok\":true,\"result\":[]}");
    asks(f, now, "getUpdates");
    f->intro = "Нове слово";
    now = answered(f, now, 200, "{\"ok\":true,\"result\":[]}");
    asks(f, now, "setMyCommands");
}

static void a_text_that_telegram_will_not_have_keeps_nobody_waiting(void **state)
{
    struct fake *f = *state;
    const char *now = answered(f, answered(f, "", 200, ME), 200, YES);
    assert_null(answered(f, now, 429, "{\"ok\":false,\"error_code\":429,\"description\":\"\",\"parameters\":{\"retry_after\":5}}"));
    assert_int_equal(f->later_s, 5);
    for (int i = 0; i < 8; i++)
        now = answered(f, now, 429, "{\"ok\":false,\"error_code\":429,\"description\":\"\",\"parameters\":{\"retry_after\":50000}}");
    asks(f, now, "getUpdates");
}

static void a_fault_at_telegram_makes_the_texts_be_told_again(void **state)
{
    struct fake *f = *state;
    const char *now = answered(f, answered(f, "", 200, ME), 200, YES);
    now = answered(f, now, 502, NO(502, "Bad Gateway"));
    for (int i = 1; i < 8; i++)
        now = answered(f, now, 200, YES);
    asks(f, now, "getUpdates");
    asks(f, answered(f, now, 200, "{\"ok\":true,\"result\":[]}"), "setMyCommands");
}

static void now_and_then_it_asks_who_it_is(void **state)
{
    struct fake *f = *state;
    const char *now = answered(f, set_up(f), 200, "{\"ok\":true,\"result\":[]}");
    asks(f, now, "getUpdates");
    f->now += 600;
    asks(f, answered(f, now, 200, "{\"ok\":true,\"result\":[]}"), "getMe");
}

static void another_bot_begins_from_nothing(void **state)
{
    struct fake *f = *state;
    struct viche_request request;
    const char *now = answered(f, "{\"step\":\"me\",\"bot\":76,\"offset\":5000,\"told\":\"x\"}", 200, ME);
    asked(f, answered(f, now, 200, YES), &request);
    assert_null(strstr(now, "5000"));
}

static void a_webhook_in_the_way_is_taken_off(void **state)
{
    struct fake *f = *state;
    const char *now = answered(f, set_up(f), 409, NO(409, "Conflict: can't use getUpdates method while webhook is active"));
    asks(f, now, "deleteWebhook");
}

static void a_second_poller_is_named_once(void **state)
{
    struct fake *f = *state;
    const char *now = set_up(f);
    for (int i = 0; i < 3; i++)
        now = answered(f, now, 409, NO(409, "Conflict: terminated by other getUpdates request"));
    assert_int_equal(f->logs, 1);
    assert_int_equal(f->later_s, 5);
    asks(f, now, "getUpdates");
}

static void a_revoked_token_raises_the_alarm_once_and_waits_for_another(void **state)
{
    struct fake *f = *state;
    const char *now = set_up(f);
    for (int i = 0; i < 3; i++)
        now = answered(f, now, 401, NO(401, "Unauthorized"));
    assert_int_equal(f->logs, 1);
    assert_true(text_starts(f->logged, "ALARM"));
    assert_true(f->later_s >= 60);
    asks(f, now, "getMe");
}

static void changing_the_mode_needs_no_restart_of_the_conversation(void **state)
{
    struct fake *f = *state;
    struct viche_request request;
    const char *now = set_up(f);
    f->mode = "webhook";
    assert_string_equal(asked(f, now, &request), "setWebhook");
    assert_non_null(strstr(request.body, "\"url\":\"https://chat.example/kryzhopil/telegram/hook\""));
    assert_non_null(strstr(request.body, "\"secret_token\":\"{secret:webhook-secret}\""));
    now = answered(f, now, 200, YES);
    asks(f, now, "getWebhookInfo");
    f->mode = "polling";
    asks(f, now, "deleteWebhook");
}

static void a_webhook_that_somebody_moved_is_set_again(void **state)
{
    struct fake *f = *state;
    f->mode = "webhook";
    const char *now = set_up(f);
    now = answered(f, now, 200, "{\"ok\":true,\"result\":{\"url\":\"https://chat.example/kryzhopil/telegram/hook\"}}");
    asks(f, now, "getWebhookInfo");
    assert_int_equal(f->later_s, 300);
    now = answered(f, now, 200, "{\"ok\":true,\"result\":{\"url\":\"https://elsewhere.example/\"}}");
    asks(f, now, "setWebhook");
}

static void a_new_secret_is_told_at_once(void **state)
{
    struct fake *f = *state;
    f->mode = "webhook";
    const char *now = set_up(f);
    asks(f, now, "getWebhookInfo");
    f->mark = "2";
    asks(f, now, "setWebhook");
    assert_null(answered(f, now, 429, NO(429, "Too Many Requests: retry after 1")));
    asks(f, now, "setWebhook");
    now = answered(f, now, 200, YES);
    asks(f, now, "getWebhookInfo");
    f->origin = "https://other.example";
    asks(f, now, "setWebhook");
}

static void a_webhook_without_a_secret_is_never_set(void **state)
{
    struct fake *f = *state;
    struct viche_request request;
    f->mode = "webhook";
    f->secret = "";
    assert_null(asked(f, "{\"step\":\"hook\"}", &request));
    assert_true(f->later_s > 0 && f->logs == 1);
}

static void an_answer_cut_in_the_middle_is_asked_for_in_smaller_pieces(void **state)
{
    struct fake *f = *state;
    struct viche_request request;
    const char *now = answered(f, set_up(f), 200, "{\"ok\":true,\"result\":[" WORDS(40, 1) ",{\"update_id\":41,\"mess");
    asked(f, now, &request);
    assert_non_null(strstr(request.body, "\"limit\":1,"));
    now = answered(f, now, 200, "{\"ok\":true,\"result\":[" WORDS(40, 1) "]}");
    asked(f, now, &request);
    assert_non_null(strstr(request.body, "\"limit\":100,"));
    assert_non_null(strstr(request.body, "\"offset\":41"));
}

static void a_character_that_is_none_costs_nobody_their_message(void **state)
{
    struct fake *f = *state;
    struct viche_request request;
    const char *now = answered(f, set_up(f), 200,
                               "{\"ok\":true,\"result\":[" WORDS(40, 1) ",{\"update_id\":41,\"message\":{\"message_id\":2,\"date\":1,"
                               "\"from\":{\"id\":8},\"chat\":{\"id\":8,\"type\":\"private\"},\"text\":\"яма \\ud83d\"}}]}");
    assert_int_equal(f->event_count, 2);
    assert_string_equal(f->events[1].text, "яма \xEF\xBF\xBD");
    asked(f, now, &request);
    assert_non_null(strstr(request.body, "\"offset\":42"));
}

static void one_update_that_cannot_be_read_stops_nobody_behind_it(void **state)
{
    struct fake *f = *state;
    struct viche_request request;
    static const char broken[] = "{\"ok\":true,\"result\":[{\"update_id\":41,\"message\":{\"text\":1,\"text\":2}}]}";
    const char *now = answered(f, set_up(f), 200, broken);
    now = answered(f, now, 200, broken);
    asked(f, now, &request);
    assert_non_null(strstr(request.body, "\"offset\":42"));
}

static void what_is_not_understood_changes_nothing(void **state)
{
    struct fake *f = *state;
    const char *now = set_up(f);
    assert_null(answered(f, now, 0, ""));
    assert_null(answered(f, now, 502, "<html>Bad Gateway</html>"));
    assert_null(answered(f, now, 200, ME));
    assert_null(answered(f, now, 429, "{\"ok\":false,\"error_code\":429,\"description\":\"\",\"parameters\":{\"retry_after\":7}}"));
    assert_int_equal(f->later_s, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROMISE(sets_itself_up_and_then_asks_for_updates_for_ever),
        PROMISE(two_scripts_of_one_language_are_told_as_the_first),
        PROMISE(updates_are_acknowledged_by_the_next_question_and_then_the_count_may_begin_anew),
        PROMISE(a_server_that_never_lets_us_wait_is_asked_once_a_second),
        PROMISE(texts_are_told_again_only_when_they_changed),
        PROMISE(a_text_that_telegram_will_not_have_keeps_nobody_waiting),
        PROMISE(a_fault_at_telegram_makes_the_texts_be_told_again), PROMISE(now_and_then_it_asks_who_it_is),
        PROMISE(another_bot_begins_from_nothing), PROMISE(a_webhook_in_the_way_is_taken_off),
        PROMISE(a_second_poller_is_named_once), PROMISE(a_revoked_token_raises_the_alarm_once_and_waits_for_another),
        PROMISE(changing_the_mode_needs_no_restart_of_the_conversation),
        PROMISE(a_new_secret_is_told_at_once), PROMISE(a_webhook_that_somebody_moved_is_set_again), PROMISE(a_webhook_without_a_secret_is_never_set),
        PROMISE(an_answer_cut_in_the_middle_is_asked_for_in_smaller_pieces),
        PROMISE(a_character_that_is_none_costs_nobody_their_message),
        PROMISE(one_update_that_cannot_be_read_stops_nobody_behind_it),
        PROMISE(what_is_not_understood_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
