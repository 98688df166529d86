/* SPDX-License-Identifier: MPL-2.0
 * A message of the town becomes calls of the Bot API: a place, a file, then the words with their buttons, so that these stand last.
 * And what Telegram answers becomes a verdict. */
#include <stdlib.h>
#include <string.h>

#include "telegram.h"

enum { GROUP_MINUTE_MS = 60 * 1000, REVOKED_S = 60 };

static json_t *to_chat(const struct viche_message *message)
{
    return json_pack("{s:I}", "chat_id", (json_int_t)strtoll(message->address, NULL, 10));
}

static void call(struct viche_turn *t, const char *method, json_t *parameters)
{
    struct viche_request request = telegram_call(t, method, parameters);
    viche_send_request(t, &request);
}

/* ---- a place ---- */

static void say_place(struct viche_turn *t, const struct viche_message *message)
{
    json_t *parameters = to_chat(message);
    json_object_set_new(parameters, "latitude", json_real(message->latitude));
    json_object_set_new(parameters, "longitude", json_real(message->longitude));
    call(t, "sendLocation", parameters);
}

/* ---- words ---- */

static void add_words(struct paper *out, const struct viche_message *message, const char *text)
{
    paper_put(out, viche_print(out->t, "{\"chat_id\":%lld,\"text\":", strtoll(message->address, NULL, 10)));
    telegram_add_html(out, *text ? text : "…");
    paper_put(out, ",\"parse_mode\":\"HTML\",\"link_preview_options\":{\"is_disabled\":true}");
}

/* Without buttons, an older keyboard that asked for a place or a number goes away. */
static void add_keys(struct paper *out, const char *keys)
{
    paper_put(out, ",\"reply_markup\":");
    paper_put(out, keys ? keys : "{\"remove_keyboard\":true}");
}

static void say_words(struct viche_turn *t, const struct viche_message *message, const char *text, const char *keys)
{
    struct paper out = {.t = t};
    bool over = message->replaces && !telegram_keys_ask(&message->buttons);
    add_words(&out, message, text);
    if (over)
        paper_put(&out, viche_print(t, ",\"message_id\":%lld", strtoll(message->replaces, NULL, 10)));
    if (keys || !over)
        add_keys(&out, keys);
    paper_put(&out, "}");
    struct viche_request request = telegram_post(t, over ? "editMessageText" : "sendMessage", out.text);
    viche_send_request(t, &request);
}

void telegram_say(struct viche_turn *t, const struct viche_message *message)
{
    if (message->flags & VICHE_MESSAGE_TYPING) {
        json_t *parameters = to_chat(message);
        json_object_set_new(parameters, "action", json_string("typing"));
        call(t, "sendChatAction", parameters);
        return;
    }
    const char *text = telegram_keys_as_text(t, message->text ? message->text : "", &message->buttons);
    const char *keys = telegram_keys(t, &message->buttons);
    bool said = false;
    if (message->place_label)
        say_place(t, message);
    if (message->files.count)
        said = telegram_say_files(t, message, text, keys);
    if (!said && (*text || keys || !message->place_label))
        say_words(t, message, text, keys);
}

const char *telegram_answer_hook(struct viche_turn *t, const struct viche_message *message)
{
    if (message->files.count || message->place_label || !viche_option_number(t, "answer-in-webhook"))
        return NULL;
    struct paper out = {.t = t};
    add_words(&out, message, telegram_keys_as_text(t, message->text, &message->buttons));
    add_keys(&out, telegram_keys(t, &message->buttons));
    paper_put(&out, ",\"method\":\"sendMessage\"}");
    return out.text;
}

/* ---- what became of it ---- */

static bool says(const struct telegram_answer *answer, const char *words) { return strstr(answer->why, words) != NULL; }

/* 400 means many things; only the words tell them apart. */
static uint32_t refusal(const struct telegram_answer *answer)
{
    if (says(answer, "message is not modified"))
        return VICHE_SENT; /* it stands there already: our first try got through */
    if (says(answer, "chat not found") || says(answer, "PEER_ID_INVALID") || says(answer, "upgraded to a supergroup"))
        return VICHE_GONE;
    return VICHE_REFUSED;
}

static uint32_t verdict(struct viche_turn *t, const struct telegram_answer *answer)
{
    if (answer->result)
        return VICHE_SENT;
    if (answer->retry_after)
        viche_later(t, answer->retry_after);
    if (answer->moved_to) {
        viche_moved(t, viche_print(t, "%lld", (long long)answer->moved_to));
        return VICHE_LATER;
    }
    if (answer->code == 401)
        viche_later(t, REVOKED_S); /* the queue waits for a token that counts */
    if (answer->code == 403)
        return VICHE_GONE; /* blocked, deleted, or never begun */
    if (answer->code == 400)
        return refusal(answer);
    return answer->code == 413 ? VICHE_REFUSED : VICHE_LATER;
}

uint32_t telegram_sent(struct viche_turn *t, const struct viche_result *result)
{
    struct telegram_answer answer = telegram_answer(result);
    uint32_t what = verdict(t, &answer);
    telegram_answer_end(&answer);
    return what;
}

const char *telegram_sent_id(struct viche_turn *t, const struct viche_result *result)
{
    struct telegram_answer answer = telegram_answer(result);
    const json_t *first = json_is_array(answer.result) ? json_array_get(answer.result, 0) : answer.result; /* of an album */
    int64_t id = telegram_number(first, "message_id");
    telegram_answer_end(&answer);
    return id ? viche_print(t, "%lld", (long long)id) : NULL;
}

void telegram_pace(struct viche_turn *t, const char *address, struct viche_pace *out)
{
    bool group = *address == '-';
    int64_t group_ms = GROUP_MINUTE_MS / viche_option_number(t, "group-minute");
    out->per_second = (uint32_t)viche_option_number(t, "per-second");
    out->gap_ms = (uint32_t)(group ? group_ms : viche_option_number(t, "gap-ms"));
    out->burst = (uint32_t)(group ? 1 : viche_option_number(t, "burst"));
}
