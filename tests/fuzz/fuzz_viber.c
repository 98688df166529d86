/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as a callback of Viber: refused, or turned into events that keep their promises. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "channels/viber/viber_hook.c"
#include "channels/viber/viber_json.c"
#include "channels/viber/viber_keyboard.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct paper {
    struct viche_turn turn; /* first */
    struct viche_host host;
    struct viche_channel_host channel;
    struct arena *arena;
    uint32_t status;
};

static struct paper *paper_of(struct viche_turn *t) { return (struct paper *)(void *)t; }

static bool needs_text(uint32_t kind) { return kind == VICHE_EVENT_TEXT || kind == VICHE_EVENT_PHONE || kind == VICHE_EVENT_START; }

static void check_event(struct viche_turn *t, const struct viche_event *event)
{
    (void)t;
    bool named = event->address && *event->address && event->origin && *event->origin;
    bool whole = (!needs_text(event->kind) || event->text) && (event->kind != VICHE_EVENT_BUTTON || (event->value && *event->value)) &&
                 (event->kind != VICHE_EVENT_FILE || (event->remote && *event->remote && event->remote_name));
    bool on_earth = event->latitude >= -90 && event->latitude <= 90 && event->longitude >= -180 && event->longitude <= 180;
    if (!named || !whole || !on_earth)
        abort();
}

static uint32_t knows(struct viche_turn *t, const char *address) { return (void)t, *address != 'x'; }
static void speak(struct viche_turn *t, const char *languages) { (void)t, (void)languages; }
static const char *same(struct viche_turn *t, const char *key) { return (void)t, key; }
static const char *language(struct viche_turn *t) { return (void)t, "uk"; }
static int64_t now(struct viche_turn *t) { return (void)t, 0; }
static void *room(struct viche_turn *t, size_t size_bytes) { return arena_alloc(paper_of(t)->arena, size_bytes); }
static void take_reply(struct viche_turn *t, uint32_t status, const char *type, const void *body, size_t size_bytes)
{
    (void)type, (void)body, (void)size_bytes;
    paper_of(t)->status = status;
}

static __attribute__((format(printf, 2, 3))) const char *print(struct viche_turn *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *words = arena_vprint(paper_of(t)->arena, format, args);
    va_end(args);
    return words;
}

/* Of the files that are not under the fire. */
void viber_chat_heard(struct viche_turn *t, const char *address, int64_t at) { (void)t, (void)address, (void)at; }
void viber_chat_left(struct viche_turn *t, const char *address) { (void)t, (void)address; }
json_t *viber_text_message(struct viche_turn *t, const char *words) { return (void)t, json_pack("{s:s}", "text", words); }
struct viche_request viber_request(struct viche_turn *t, const char *method, json_t *body)
{
    (void)method;
    char *words = json_dumps(body, JSON_COMPACT);
    json_decref(body);
    struct viche_request request = {.body = arena_copy(paper_of(t)->arena, words), .body_size = (uint32_t)strlen(words)};
    free(words);
    return request;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct paper paper = {.arena = arena_new()};
    paper.channel = (struct viche_channel_host){.size = sizeof paper.channel, .event = check_event, .knows = knows};
    paper.host = (struct viche_host){.size = sizeof paper.host, .speak = speak, .text = same, .town = same,
                                     .language = language, .now = now, .memory = room, .print = print, .reply = take_reply,
                                     .channel = &paper.channel};
    paper.turn.host = &paper.host;
    const char *body = arena_copy_bytes(paper.arena, data, size);
    viber_hook(&paper.turn, &(struct viche_http){.size = sizeof(struct viche_http), .body = body, .body_size = (uint32_t)size});
    if (paper.status != 200 && paper.status != 400)
        abort();
    arena_free(paper.arena);
    return 0;
}
