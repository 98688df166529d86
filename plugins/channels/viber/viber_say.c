/* SPDX-License-Identifier: MPL-2.0
 * Messages leave: a message of the town becomes one or more calls of send_message, the keyboard under the last. The HTTP status
 * is 200 whatever happened: Viber's own code stands in the answer. */
#include <string.h>

#include "viber.h"

enum { PICTURE_BYTES_MAX = 1024 * 1024, FILE_BYTES_MAX = 50 * 1024 * 1024, REQUEST_BYTES_MAX = 30 * 1000, PARTS_MAX = 3 };

/* ---- what the answer means ---- */

/* Codes 0 … 20 are those that independent clients agree on; 21 … 24 are from documents we could not read again. */
static const struct viber_status statuses[] = {
    [0] = {VICHE_SENT, 0, false, "ok"},
    [1] = {VICHE_LATER, 60, false, "invalidUrl: Viber could not reach the webhook"},
    [2] = {VICHE_LATER, 300, true, "invalidAuthToken: Viber does not know the token"},
    [3] = {VICHE_REFUSED, 0, false, "badData"},
    [4] = {VICHE_REFUSED, 0, false, "missingData"},
    [5] = {VICHE_GONE, 0, false, "receiverNotRegistered"},
    [6] = {VICHE_GONE, 0, false, "receiverNotSubscribed"},
    [7] = {VICHE_LATER, 600, true, "publicAccountBlocked"},
    [8] = {VICHE_LATER, 600, true, "publicAccountNotFound"},
    [9] = {VICHE_LATER, 600, true, "publicAccountSuspended"},
    [10] = {VICHE_LATER, 60, false, "webhookNotSet"},
    [11] = {VICHE_REFUSED, 0, false, "receiverNoSuitableDevice"},
    [12] = {VICHE_LATER, 0, false, "tooManyRequests"}, /* a word of the citizen ends it: the host's own back-off */
    [13] = {VICHE_REFUSED, 0, false, "apiVersionNotSupported"},
    [14] = {VICHE_REFUSED, 0, false, "incompatibleWithVersion"},
    [15] = {VICHE_LATER, 600, true, "publicAccountNotAuthorized"},
    [16] = {VICHE_REFUSED, 0, false, "inchatReplyMessageNotAllowed"},
    [17] = {VICHE_REFUSED, 0, false, "publicAccountIsNotInline"},
    [18] = {VICHE_LATER, 600, false, "noPublicChat"},
    [19] = {VICHE_REFUSED, 0, false, "cannotSendBroadcast"},
    [20] = {VICHE_REFUSED, 0, false, "broadcastNotAllowed"},
    [21] = {VICHE_REFUSED, 0, false, "unsupportedCountry"},
    [22] = {VICHE_LATER, 3600, false, "paymentUnsupported"},
    [23] = {VICHE_LATER, 3600, false, "freeMessagesExceeded"},
    [24] = {VICHE_LATER, 3600, false, "noBalance"},
};

const struct viber_status *viber_status(const json_t *answer)
{
    static const struct viber_status unknown = {VICHE_REFUSED, 0, false, "a status that we do not know"};
    const json_t *code = json_object_get(answer, "status");
    json_int_t status = json_integer_value(code);
    bool known = status >= 0 && status < (json_int_t)(sizeof statuses / sizeof *statuses);
    return !json_is_integer(code) ? NULL : known ? &statuses[status] : &unknown;
}

void viber_wait(struct viche_turn *t, const struct viber_status *status)
{
    if (status->later_s)
        viche_later(t, status->later_s);
    if (status->shut)
        viche_shut(t);
}

/* What follows from it for the chat that was written to. */
static uint32_t verdict(struct viche_turn *t, const char *method, const struct viche_result *result, const struct viber_status *status)
{
    if (!status) /* no answer of Viber's: something in between is out of order */
        return result->status >= 400 && result->status < 500 && result->status != 429 ? VICHE_REFUSED : VICHE_LATER;
    if (status->verdict == VICHE_SENT)
        viber_chat_told(t, viche_address(t, 0));
    else
        viche_log(t, viche_print(t, "%s: %s", method, status->words));
    viber_wait(t, status);
    return status->verdict;
}

uint32_t viber_sent(struct viche_turn *t, const struct viche_result *result)
{
    json_t *answer = viber_json_read(result->body, result->body_size);
    const struct viber_status *status = result->status == 200 ? viber_status(answer) : NULL;
    json_decref(answer);
    return verdict(t, "send_message", result, status);
}

/* Those who did not get it are listed, each with a status. Viber may refuse the whole as well: then each is written to alone. */
uint32_t viber_sent_together(struct viche_turn *t, const struct viche_result *result, const char *address)
{
    json_t *answer = viber_json_read(result->body, result->body_size);
    const struct viber_status *status = result->status == 200 ? viber_status(answer) : NULL;
    bool whole = status && status->verdict == VICHE_SENT;
    size_t i = 0;
    const json_t *failed = NULL;
    json_array_foreach(json_object_get(answer, "failed_list"), i, failed)
        if (whole && strcmp(viber_json_text(failed, "receiver"), address) == 0)
            status = viber_status(failed);
    json_decref(answer);
    uint32_t what = verdict(t, "broadcast_message", result, status);
    return whole || what == VICHE_LATER ? what : VICHE_LATER;
}

const char *viber_sent_id(struct viche_turn *t, const struct viche_result *result)
{
    json_t *answer = viber_json_read(result->body, result->body_size);
    char token[VIBER_TOKEN_BYTES];
    const char *id = viber_json_token(answer, token);
    const char *copy = *id ? viche_print(t, "%s %s", id, viche_address(t, 0)) : NULL; /* a broadcast has one token for all */
    json_decref(answer);
    return copy;
}

/* ---- requests ---- */

struct viche_request viber_request(struct viche_turn *t, const char *method, json_t *body)
{
    static const struct viche_pair headers[] = {
        {"X-Viber-Auth-Token", "{secret:token}"}, {"Content-Type", "application/json"}, {NULL, NULL}};
    size_t size = json_dumpb(body, NULL, 0, JSON_COMPACT);
    char *text = viche_memory(t, size + 1);
    json_dumpb(body, text, size, JSON_COMPACT);
    json_decref(body);
    return (struct viche_request){
        .size = sizeof(struct viche_request), .method = "POST", .headers = headers, .body = text, .body_size = (uint32_t)size,
        .url = viche_print(t, "%s/%s", viche_option(t, "api"), method)};
}

/* At most `most` characters of the text, cut before one rather than within. */
static const char *prefix(struct viche_turn *t, const char *text, int64_t most)
{
    const char *at = text;
    for (; *at && most >= 0; at++)
        most -= ((unsigned char)*at & 0xC0) != 0x80;
    if (most >= 0)
        return text;
    return viche_print(t, "%.*s", (int)(at - text - 1), text);
}

static json_t *message_of(struct viche_turn *t, const char *type)
{
    const char *name = viche_option(t, "name"), *avatar = viche_option(t, "avatar");
    json_t *sender = json_pack("{s:s}", "name", prefix(t, *name ? name : viche_town(t, "name"), VIBER_NAME_MAX));
    if (*avatar)
        json_object_set_new(sender, "avatar", json_string(avatar));
    return json_pack("{s:s, s:o}", "type", type, "sender", sender);
}

json_t *viber_text_message(struct viche_turn *t, const char *text)
{
    json_t *message = message_of(t, "text");
    json_object_set_new(message, "text", json_string(text));
    return message;
}

static void leave(struct viche_turn *t, json_t *message, const char *address)
{
    json_object_set_new(message, "receiver", json_string(address));
    struct viche_request request = viber_request(t, "send_message", message);
    viche_send_request(t, &request);
}

/* ---- the message's parts ---- */

static bool is_picture(const char *type) { return strcmp(type, "image/jpeg") == 0 || strcmp(type, "image/png") == 0; }

/* The caption goes under the picture if it fits: then *caption is taken over. */
static json_t *picture_of(struct viche_turn *t, const char *url, const char **caption)
{
    bool fits = prefix(t, *caption, viche_option_number(t, "caption-max")) == *caption;
    json_t *json = message_of(t, "picture");
    json_object_set_new(json, "media", json_string(url));
    json_object_set_new(json, "text", json_string(fits ? *caption : ""));
    *caption = fits ? "" : *caption;
    return json;
}

/* Viber fetches it from us; what it would not take, or cannot reach, is named in words. */
static json_t *file_of(struct viche_turn *t, const struct viche_message *message, const char **caption)
{
    struct viche_file_about about;
    const char *shown = message->file_name && *message->file_name ? message->file_name : "file";
    const char *kind = message->file_type ? message->file_type : "";
    bool fits = viche_file_about(t, message->file, &about) && about.bytes <= FILE_BYTES_MAX;
    const char *url = fits ? viber_file_url(t, message->file, shown, kind) : NULL;
    if (!url)
        return viber_text_message(t, viche_print(t, "📎 %s", shown));
    if (is_picture(kind) && about.bytes <= PICTURE_BYTES_MAX)
        return picture_of(t, url, caption);
    json_t *json = message_of(t, "file");
    json_object_set_new(json, "media", json_string(url));
    json_object_set_new(json, "size", json_integer((json_int_t)about.bytes));
    json_object_set_new(json, "file_name", json_string(shown));
    return json;
}

static json_t *place_of(struct viche_turn *t, const struct viche_message *message)
{
    json_t *json = message_of(t, "location");
    json_object_set_new(json, "location", json_pack("{s:f, s:f}", "lat", message->latitude, "lon", message->longitude));
    return json;
}

static bool asks_phone(const struct viche_list *buttons)
{
    for (uint32_t i = 0; i < buttons->count; i++)
        if (((const struct viche_button *)viche_item(buttons, i))->kind == VICHE_BUTTON_PHONE)
            return true;
    return false;
}

/* The keyboard stands under the last part. tracking_data comes back with the citizen's next message. */
static void finish(struct viche_turn *t, json_t *last, const struct viche_message *message)
{
    int api = 1;
    json_t *keyboard = viber_keyboard(t, &message->buttons, &api);
    if (!keyboard)
        return;
    json_object_set_new(last, "keyboard", keyboard);
    json_object_set_new(last, "min_api_version", json_integer(api));
    if (asks_phone(&message->buttons))
        json_object_set_new(last, "tracking_data", json_string(VIBER_ASKED_PHONE));
}

/* The message as Viber's own ones. */
static size_t parts_of(struct viche_turn *t, const struct viche_message *message, json_t *parts[PARTS_MAX])
{
    size_t count = 0;
    const char *text = viber_with_links(t, message->text ? message->text : "", &message->buttons);
    json_t *file = message->file ? file_of(t, message, &text) : NULL;
    if (*text)
        parts[count++] = viber_text_message(t, text);
    if (file)
        parts[count++] = file;
    if (message->place_label)
        parts[count++] = place_of(t, message);
    if (count == 0) /* a keyboard never stands alone: the citizen would hear nothing */
        parts[count++] = viber_text_message(t, "…");
    finish(t, parts[count - 1], message);
    return count;
}

void viber_send(struct viche_turn *t, const struct viche_message *message)
{
    if (message->flags & VICHE_MESSAGE_TYPING)
        return;
    json_t *parts[PARTS_MAX];
    size_t count = parts_of(t, message, parts);
    for (size_t i = 0; i < count; i++)
        leave(t, parts[i], message->address);
}

uint32_t viber_send_together(struct viche_turn *t, const struct viche_message *message, const char *const *addresses, uint32_t count)
{
    json_t *parts[PARTS_MAX];
    if (!viche_option_number(t, "broadcast"))
        return 0;
    size_t part_count = parts_of(t, message, parts);
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(addresses[i]));
    json_object_set_new(parts[0], "broadcast_list", list);
    bool fits = part_count == 1 && json_dumpb(parts[0], NULL, 0, JSON_COMPACT) <= REQUEST_BYTES_MAX;
    for (size_t i = fits ? 1 : 0; i < part_count; i++)
        json_decref(parts[i]);
    if (!fits)
        return 0;
    struct viche_request request = viber_request(t, "broadcast_message", parts[0]);
    viche_send_request(t, &request);
    return 1;
}
