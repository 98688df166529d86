/* SPDX-License-Identifier: MPL-2.0
 * The conversation with Telegram: who are we, how do updates reach us, what shall citizens see; then updates for ever, or, with a
 * webhook, a look now and then whether it still stands. A small machine: one step, one request, one answer, the next step. */
#include <stdlib.h>
#include <string.h>

#include "telegram.h"

enum {
    MANY = 100,           /* updates of one answer */
    GRACE_S = 10,         /* beyond the long poll itself */
    CHECK_S = 300,
    ME_S = 600,           /* a token may have become another bot's */
    BUSY_S = 5,           /* after a second poller pushed us aside */
    REVOKED_S = 300,      /* nothing but a new token helps */
    SETUP_S = 60,
    TEXT_WAIT_MAX_S = 60 /* a text that Telegram wants later than this is left as it is */
};

static bool is_webhook(struct viche_turn *t) { return strcmp(viche_option(t, "mode"), "webhook") == 0; }

static void wait_as_told(struct viche_turn *t, const struct telegram_answer *answer, uint32_t else_s)
{
    uint32_t seconds = answer->retry_after ? answer->retry_after : else_s;
    if (seconds)
        viche_later(t, seconds);
}

static const char *hook_url(struct viche_turn *t)
{
    return viche_print(t, "%s/%s/telegram/hook", viche_town(t, "origin"), viche_town(t, "id"));
}

static json_t *allowed(void)
{
    return json_pack("[s, s, s, s]", "message", "edited_message", "callback_query", "my_chat_member");
}

/* ---- the webhook ---- */

static json_t *hook_wanted(struct viche_turn *t)
{
    return json_pack("{s:s, s:s, s:o, s:I}", "url", hook_url(t), "secret_token", "{secret:webhook-secret}", "allowed_updates", allowed(),
                     "max_connections", (json_int_t)viche_option_number(t, "connections"));
}

/* Another one whenever Telegram must be told anew; of the secret only that its file was written. */
static const char *hook_hash(struct viche_turn *t)
{
    json_t *wanted = hook_wanted(t);
    const char *all = viche_print(t, "%s %s", telegram_json(t, wanted), viche_option_file(t, "webhook-secret"));
    json_decref(wanted);
    return viche_hash(t, all);
}

/* Somebody may have changed the mode while we were asking: the first step of the other way comes next. With an old secret, Telegram
 * would be refused until it heard of the new one: that comes before all else. */
static enum telegram_step step_now(struct viche_turn *t, const struct telegram_state *state)
{
    enum telegram_step step = state->step;
    bool webhook = is_webhook(t);
    if (webhook && (step == TELEGRAM_UNHOOK || step == TELEGRAM_UPDATES))
        return TELEGRAM_HOOK;
    if (webhook && step != TELEGRAM_ME && strcmp(state->hooked, hook_hash(t)) != 0)
        return TELEGRAM_HOOK;
    if (!webhook && (step == TELEGRAM_HOOK || step == TELEGRAM_CHECK))
        return TELEGRAM_UNHOOK;
    return step;
}

/* ---- asking ---- */

static bool ask_me(struct viche_turn *t, const struct telegram_state *state, struct viche_request *out)
{
    (void)state;
    *out = telegram_call(t, "getMe", json_object());
    return true;
}

static bool ask_unhook(struct viche_turn *t, const struct telegram_state *state, struct viche_request *out)
{
    (void)state;
    *out = telegram_call(t, "deleteWebhook", json_object());
    return true;
}

static bool ask_hook(struct viche_turn *t, const struct telegram_state *state, struct viche_request *out)
{
    (void)state;
    if (!*viche_town(t, "origin") || !*viche_option(t, "webhook-secret")) {
        viche_log(t, "mode = webhook needs [host] origin = https://… and webhook-secret = <file>; nothing is received until then");
        viche_later(t, SETUP_S);
        return false;
    }
    *out = telegram_call(t, "setWebhook", hook_wanted(t));
    return true;
}

static bool ask_text(struct viche_turn *t, const struct telegram_state *state, struct viche_request *out)
{
    const char *method = NULL;
    json_t *parameters = NULL;
    if (!telegram_setup_call(t, state->text, &method, &parameters))
        return ask_me(t, state, out); /* the town speaks a language less since: from the beginning */
    *out = telegram_call(t, method, parameters);
    return true;
}

static bool ask_updates(struct viche_turn *t, const struct telegram_state *state, struct viche_request *out)
{
    int64_t wait_s = viche_option_number(t, "poll");
    json_t *parameters = json_pack("{s:i, s:I, s:o}", "limit", state->few ? 1 : MANY, "timeout", (json_int_t)wait_s,
                                   "allowed_updates", allowed());
    if (state->offset)
        json_object_set_new(parameters, "offset", json_integer(state->offset));
    *out = telegram_call(t, "getUpdates", parameters);
    out->timeout_s = (uint32_t)wait_s + GRACE_S;
    return true;
}

static bool ask_check(struct viche_turn *t, const struct telegram_state *state, struct viche_request *out)
{
    (void)state;
    *out = telegram_call(t, "getWebhookInfo", json_object());
    return true;
}

/* ---- answers ---- */

/* The way for updates is settled: new words first, now and then who we are, then the work. */
static void settle(struct viche_turn *t, struct telegram_state *state)
{
    state->text = 0;
    state->missed = false;
    if (strcmp(telegram_setup_hash(t), state->told) != 0)
        state->step = TELEGRAM_TEXTS;
    else if (viche_now(t) - state->me_at >= ME_S)
        state->step = TELEGRAM_ME;
    else
        state->step = is_webhook(t) ? TELEGRAM_CHECK : TELEGRAM_UPDATES;
}

static bool after_me(struct viche_turn *t, const struct telegram_answer *answer, struct telegram_state *state)
{
    int64_t bot = telegram_number(answer->result, "id");
    if (bot == 0)
        return false;
    if (bot != state->bot)
        *state = (struct telegram_state){.bot = bot, .told = "", .hooked = ""};
    telegram_name_keep(t, telegram_string(answer->result, "username"));
    state->me_at = viche_now(t);
    state->warned = false;
    state->step = is_webhook(t) ? TELEGRAM_HOOK : TELEGRAM_UNHOOK;
    return true;
}

static bool after_unhook(struct viche_turn *t, const struct telegram_answer *answer, struct telegram_state *state)
{
    if (answer->result) {
        state->hooked = "";
        settle(t, state);
    }
    return answer->result;
}

static bool after_hook(struct viche_turn *t, const struct telegram_answer *answer, struct telegram_state *state)
{
    if (answer->result) {
        state->hooked = hook_hash(t);
        settle(t, state);
        return true;
    }
    if (answer->code == 400)
        viche_log(t, viche_print(t, "the webhook is not taken: %s", answer->why));
    wait_as_told(t, answer, SETUP_S);
    return false;
}

/* What Telegram will not have now does not keep citizens waiting: the next text comes, and what failed is tried again another day. */
static bool after_text(struct viche_turn *t, const struct telegram_answer *answer, struct telegram_state *state)
{
    const char *method = "";
    json_t *parameters = NULL;
    if (answer->code == 429 && answer->retry_after <= TEXT_WAIT_MAX_S)
        return false;
    if (telegram_setup_call(t, state->text, &method, &parameters) && !answer->result)
        viche_log(t, viche_print(t, "%s is not taken: %s", method, answer->why));
    json_decref(parameters);
    state->missed = state->missed || (!answer->result && (answer->code == 0 || answer->code >= 500));
    state->text++;
    if (telegram_setup_call(t, state->text, &method, &parameters)) {
        json_decref(parameters);
        return true;
    }
    state->told = telegram_setup_hash(t);
    bool missed = state->missed;
    settle(t, state);
    state->told = missed ? "" : state->told;
    return true;
}

/* After an empty answer everything before the offset is forgotten there: from now on the oldest is asked for, which stays right when
 * the numbers begin anew at random after a quiet week. */
static bool after_updates(struct viche_turn *t, const struct telegram_answer *answer, struct telegram_state *state)
{
    size_t i = 0;
    const json_t *update = NULL;
    if (!json_is_array(answer->result))
        return false;
    state->offset = 0;
    state->few = state->warned = false;
    json_array_foreach(answer->result, i, update) {
        struct telegram_update heard = telegram_update_read(t, update);
        telegram_hear(t, &heard);
        json_t *pressed = telegram_pressed(&heard);
        if (pressed)
            telegram_tell(t, "answerCallbackQuery", pressed);
        state->offset = telegram_number(update, "update_id") + 1;
    }
    if (json_array_size(answer->result) == 0) {
        if (viche_now(t) - state->quiet_at <= 1)
            viche_later(t, 1); /* a server that does not let us wait is not asked all the time */
        state->quiet_at = viche_now(t);
        settle(t, state);
    }
    return true;
}

/* Somebody may have set another webhook by hand, or Telegram cannot reach ours. */
static bool after_check(struct viche_turn *t, const struct telegram_answer *answer, struct telegram_state *state)
{
    const char *url = json_string_value(json_object_get(answer->result, "url"));
    if (!url)
        return false;
    if (telegram_number(answer->result, "last_error_date") > viche_now(t) - CHECK_S)
        viche_log(t, viche_print(t, "Telegram cannot reach the webhook: %s", telegram_string(answer->result, "last_error_message")));
    settle(t, state);
    if (strcmp(url, hook_url(t)) != 0)
        state->step = TELEGRAM_HOOK;
    if (state->step == TELEGRAM_CHECK)
        viche_later(t, CHECK_S);
    return true;
}

/* ---- trouble ---- */

static void warn(struct viche_turn *t, struct telegram_state *state, const char *what)
{
    if (!state->warned)
        viche_log(t, what);
    state->warned = true;
}

/* Telegram does not know the token (any more). What is queued waits; a new one counts as soon as it is there. */
static bool revoked(struct viche_turn *t, const struct telegram_answer *answer, struct telegram_state *state)
{
    if (answer->code != 401 && !(answer->code == 404 && state->step == TELEGRAM_ME))
        return false;
    warn(t, state, "ALARM: Telegram refuses the token (revoked, or mistyped); citizens are not heard there until it is replaced");
    state->step = TELEGRAM_ME;
    viche_later(t, REVOKED_S);
    return true;
}

/* Either a webhook stands in the way, or somebody else polls with our token. */
static bool conflicts(struct viche_turn *t, const struct telegram_answer *answer, struct telegram_state *state)
{
    if (answer->code != 409)
        return false;
    if (strstr(answer->why, "webhook")) {
        state->step = TELEGRAM_UNHOOK;
        return true;
    }
    warn(t, state, "somebody else asks for this bot's updates, too: the same token must not be used twice");
    viche_later(t, BUSY_S);
    return true;
}

/* The host cuts answers at 1 MiB, and Telegram may give more: then updates are asked for one by one. One that cannot be read even
 * alone is passed over, or nobody would be heard behind it. */
static bool after_nonsense(struct viche_turn *t, const struct viche_result *result, struct telegram_state *state)
{
    static const char key[] = "\"update_id\":";
    const char *at = result->status == 200 ? strstr(result->body, key) : NULL;
    if (state->step != TELEGRAM_UPDATES || !at)
        return false;
    if (state->few) {
        viche_log(t, "an update that cannot be read is passed over");
        state->offset = strtoll(at + sizeof key - 1, NULL, 10) + 1;
    }
    state->few = true;
    return true;
}

/* ---- the machine ---- */

static const struct {
    bool (*ask)(struct viche_turn *, const struct telegram_state *, struct viche_request *); /* false: not now */
    /* Changes the state to the next step; false: not understood, or not now: the same is asked again. */
    bool (*after)(struct viche_turn *, const struct telegram_answer *, struct telegram_state *);
} steps[] = {
    [TELEGRAM_ME] = {ask_me, after_me},       [TELEGRAM_UNHOOK] = {ask_unhook, after_unhook},
    [TELEGRAM_HOOK] = {ask_hook, after_hook}, [TELEGRAM_TEXTS] = {ask_text, after_text},
    [TELEGRAM_UPDATES] = {ask_updates, after_updates}, [TELEGRAM_CHECK] = {ask_check, after_check},
};

static struct telegram_state state_now(struct viche_turn *t, const char *text)
{
    struct telegram_state state = telegram_state_read(t, text);
    state.step = step_now(t, &state);
    return state;
}

uint32_t telegram_poll(struct viche_turn *t, const char *text, struct viche_request *out)
{
    struct telegram_state state = state_now(t, text);
    return steps[state.step].ask(t, &state, out);
}

const char *telegram_polled(struct viche_turn *t, const char *text, const struct viche_result *result)
{
    struct telegram_state state = state_now(t, text);
    struct telegram_answer answer = telegram_answer(result);
    bool taken = false;
    if (!answer.json && result->status == 200)
        taken = after_nonsense(t, result, &state);
    else if (revoked(t, &answer, &state) || conflicts(t, &answer, &state))
        taken = true;
    else
        taken = steps[state.step].after(t, &answer, &state);
    if (!taken)
        wait_as_told(t, &answer, 0);
    telegram_answer_end(&answer);
    return taken ? telegram_state_write(t, &state) : NULL;
}
