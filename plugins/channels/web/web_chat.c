/* SPDX-License-Identifier: MPL-2.0
 * The life of one chat: it begins, hears the citizen, streams the town's words, ends. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "web.h"
#include "web_json.h"

const char *web_origin(struct viche_turn *t, const char *chat, const char *origin)
{
    return viche_print(t, "%s.%s", chat, origin);
}

void web_event_out(struct paper *out, const char *chat, const struct viche_message *message)
{
    if (message->flags & VICHE_MESSAGE_TYPING) {
        paper_put(out, "event: typing\ndata: {}\n\n");
        return;
    }
    char *json = web_message_json(message, chat);
    paper_put(out, "id: ");
    paper_number(out, (int64_t)message->id);
    paper_put(out, "\nevent: message\ndata: ");
    paper_put(out, json);
    paper_put(out, "\n\n");
    free(json);
}

void web_answer(struct viche_turn *t, const char *chat, const char *origin, uint32_t status)
{
    uint64_t id = viche_event_id(t, origin);
    uint32_t count = 0;
    const struct viche_message *own = id ? viche_history(t, chat, id - 1, &count) : NULL;
    if (count == 0) { /* already erased: accepted, nothing to show */
        web_reply_json(t, status, viche_print(t, "{\"id\":%llu}", (unsigned long long)id));
        return;
    }
    struct paper event = {.t = t};
    web_event_out(&event, chat, own);
    viche_push(t, chat, id, event.text);
    char *json = web_message_json(own, chat);
    web_reply_json(t, status, json);
    free(json);
}

/* ---- POST /chats ---- */

static const char *new_token(struct viche_turn *t)
{
    unsigned char secret[32];
    viche_random(t, secret, sizeof secret);
    size_t room = sodium_base64_encoded_len(sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *token = viche_memory(t, room);
    return sodium_bin2base64(token, room, secret, sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void begin(struct viche_turn *t, const json_t *wish)
{
    const char *language = json_string_value(json_object_get(wish, "language"));
    const char *payload = json_string_value(json_object_get(wish, "start"));
    const char *token = new_token(t);
    const char *chat = viche_hash(t, token);
    viche_event(t, &(struct viche_event){
        .size = sizeof(struct viche_event),
        .kind = VICHE_EVENT_START,
        .address = chat,
        .origin = web_origin(t, chat, "start"),
        .text = payload && strlen(payload) <= WEB_VALUE_MAX ? payload : "",
        .language = language ? language : viche_language(t)});
    web_reply_json(t, 201, viche_print(t, "{\"chat\":\"%s\",\"token\":\"%s\"}", chat, token));
}

void web_start(struct viche_turn *t, const struct viche_http *http)
{
    if (!web_open(t, http))
        return;
    char where[WEB_WHERE_MAX];
    json_t *wish = http->body_size ? web_json_read(http->body, http->body_size, where) : json_object();
    if (wish)
        begin(t, wish);
    else
        web_refuse(t, &web_bad_json, where);
    json_decref(wish);
}

/* ---- DELETE /chats/{chat} ---- */

void web_leave(struct viche_turn *t, const struct viche_http *http)
{
    const char *chat = web_open(t, http) ? web_chat(t, http) : NULL;
    if (!chat)
        return;
    viche_event(t, &(struct viche_event){.size = sizeof(struct viche_event), .kind = VICHE_EVENT_LEFT, .address = chat,
                                         .origin = web_origin(t, chat, "left")});
    viche_reply(t, 204, "text/plain", "", 0);
}

/* ---- POST /chats/{chat}/messages ---- */

static void hear(struct viche_turn *t, const char *chat, const struct web_post *post)
{
    const char *origin = web_origin(t, chat, post->origin);
    viche_event(t, &(struct viche_event){
        .size = sizeof(struct viche_event),
        .kind = post->text ? VICHE_EVENT_TEXT : post->value ? VICHE_EVENT_BUTTON : VICHE_EVENT_PLACE,
        .address = chat,
        .origin = origin,
        .text = post->text ? post->text : post->label ? post->label : post->value,
        .value = post->value,
        .latitude = post->latitude,
        .longitude = post->longitude});
    web_answer(t, chat, origin, 202);
}

void web_messages(struct viche_turn *t, const struct viche_http *http)
{
    const char *chat = web_open(t, http) ? web_chat(t, http) : NULL;
    if (!chat)
        return;
    char where[WEB_WHERE_MAX];
    struct web_post post;
    json_t *json = web_json_read(http->body, http->body_size, where);
    if (!json)
        web_refuse(t, &web_bad_json, where);
    else if (!web_post_read(&post, json, where))
        web_refuse(t, &web_bad_message, where);
    else
        hear(t, chat, &post);
    json_decref(json);
}

/* ---- GET /chats/{chat}/events ---- */

static bool asked_after(const struct viche_http *http, uint64_t *after)
{
    const char *text = web_header(http, "last-event-id");
    if (*text == '\0')
        text = web_query(http, "after");
    size_t length = strlen(text);
    *after = strtoull(text, NULL, 10);
    return length <= 18 && strspn(text, "0123456789") == length;
}

void web_events(struct viche_turn *t, const struct viche_http *http)
{
    const char *chat = web_open(t, http) ? web_chat(t, http) : NULL;
    if (!chat)
        return;
    uint64_t last = 0;
    if (!asked_after(http, &last)) {
        web_refuse(t, &web_bad_after, NULL);
        return;
    }
    uint32_t count = 0;
    const struct viche_message *message = viche_history(t, chat, last, &count);
    struct paper out = {.t = t};
    for (uint32_t i = 0; i < count; i++, message = viche_next_message(message)) {
        web_event_out(&out, chat, message);
        last = message->id;
    }
    /* A full page may not be all: the answer ends, and the client asks at once for what follows. */
    bool whole = count < WEB_HISTORY_PAGE;
    paper_put(&out, whole ? "event: ready\ndata: {}\n\n" : "event: more\ndata: {}\n\n");
    viche_reply_header(t, "cache-control", "no-store");
    viche_reply_header(t, "x-accel-buffering", "no"); /* nginx would hold events back */
    viche_reply(t, 200, "text/event-stream; charset=utf-8", out.text, out.size);
    if (whole)
        viche_stream(t, chat, last);
}
