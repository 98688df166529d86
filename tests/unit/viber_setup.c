/* SPDX-License-Identifier: MPL-2.0 */
#include "viber_fake.h"

#define HOOK "https://chat.example/kryzhopil/viber/webhook"

/* Asks from this state; returns the method, or "" for nothing to ask. */
static const char *ask(struct fake *f, const char *state)
{
    struct viche_request request = {.size = sizeof request};
    f->later_s = 0;
    if (!viber_poll(&f->turn, state, &request))
        return "";
    f->requests[0] = request;
    return strrchr(request.url, '/') + 1;
}

static const char *hear(struct fake *f, const char *state, const char *body)
{
    struct viche_result result = fake_result(200, body);
    return viber_polled(&f->turn, state, &result);
}

static void the_webhook_is_set_once_then_the_account_looked_at_then_rest(void **state)
{
    struct fake *f = *state;
    assert_string_equal(ask(f, ""), "set_webhook");
    json_t *body = fake_body(&f->requests[0]);
    assert_string_equal(viber_json_text(body, "url"), HOOK);
    assert_int_equal(json_array_size(json_object_get(body, "event_types")), 6);
    json_decref(body);
    const char *next = hear(f, "", "{\"status\":0,\"status_message\":\"ok\"}");
    assert_string_equal(next, "set " HOOK);
    assert_string_equal(ask(f, next), "get_account_info");
    next = hear(f, next, "{\"status\":0,\"uri\":\"kryzhopil\",\"webhook\":\"" HOOK "\",\"subscribers_count\":12}");
    assert_string_equal(next, "rest " HOOK);
    assert_int_equal(f->later_s, VIBER_DAY_S);
    assert_string_equal(ask(f, next), "get_account_info");
    assert_string_equal(viber_deep_link(&f->turn, "queue 7"), "viber://pa?chatURI=kryzhopil&context=queue%207");
}

static void what_an_earlier_version_did_not_ask_for_is_asked_for_once_a_day(void **state)
{
    struct fake *f = *state;
    static const char few[] = "{\"status\":0,\"webhook\":\"" HOOK "\",\"event_types\":[\"seen\",\"failed\"]}";
    assert_string_equal(hear(f, "rest " HOOK, few), "");
    assert_string_equal(hear(f, "set " HOOK, few), "rest " HOOK);
    assert_int_equal(f->later_s, VIBER_DAY_S);
}

static void another_public_address_or_a_lost_webhook_sets_it_anew(void **state)
{
    struct fake *f = *state;
    f->origin = "https://new.example";
    assert_string_equal(ask(f, "rest " HOOK), "set_webhook");
    f->origin = "https://chat.example";
    assert_string_equal(hear(f, "rest " HOOK, "{\"status\":0,\"webhook\":\"https://elsewhere.example/\"}"), "");
    assert_string_equal(hear(f, "rest " HOOK, "{\"status\":0}"), "");
}

static void what_viber_refuses_is_asked_again_and_said(void **state)
{
    struct fake *f = *state;
    assert_null(hear(f, "", "{\"status\":2,\"status_message\":\"invalidAuthToken\"}"));
    assert_non_null(strstr(f->logged, "invalidAuthToken"));
    assert_int_equal(f->later_s, 300);
    assert_true(f->shut);
    assert_null(hear(f, "", "{\"status\":99}"));
    assert_null(hear(f, "", "<html>"));
}

static void without_a_public_address_nothing_is_asked(void **state)
{
    struct fake *f = *state;
    f->origin = "";
    assert_string_equal(ask(f, ""), "");
    assert_true(f->later_s > 0);
    assert_non_null(strstr(f->logged, "origin"));
    assert_null(viber_deep_link(&f->turn, ""));
    f->uri = "own-uri";
    assert_string_equal(viber_deep_link(&f->turn, ""), "viber://pa?chatURI=own-uri");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROMISE(the_webhook_is_set_once_then_the_account_looked_at_then_rest),
        PROMISE(what_an_earlier_version_did_not_ask_for_is_asked_for_once_a_day),
        PROMISE(another_public_address_or_a_lost_webhook_sets_it_anew),
        PROMISE(what_viber_refuses_is_asked_again_and_said),
        PROMISE(without_a_public_address_nothing_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
