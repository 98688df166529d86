/* SPDX-License-Identifier: MPL-2.0
 * A host of paper for channels: it keeps what the codec says and answers from memory, so that a hook is a function. */
#ifndef WEB_FAKE_H
#define WEB_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <viche/viche.h> /* before cmocka, whose fail() is a macro */

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"

enum { FAKE_MAX = 512 };

struct fake {
    struct viche_turn turn; /* first: what the codec gets is what we are */
    struct viche_host host;
    struct viche_channel_host channel;
    struct arena *arena;
    const char *known;    /* addresses that wrote before, separated by spaces */
    const char *sites;    /* the option */
    const char *languages_asked;
    struct viche_pair path[4]; /* {chat} and the like */
    struct viche_message history[FAKE_MAX];
    uint32_t history_count;
    struct viche_event event; /* the last one */
    uint32_t events;
    uint32_t status;
    const char *type, *body, *file_replied;
    struct viche_pair headers[16];
    uint32_t header_count;
    char pushed[65536];
    const char *streamed;
    uint64_t streamed_from;
    bool files_refused;
};

static struct fake *fake_of(struct viche_turn *t) { return (struct fake *)(void *)t; }
static const char *fake_copy(struct viche_turn *t, const char *text) { return arena_copy(fake_of(t)->arena, text); }

static struct viche_list fake_files(struct fake *f, const char *id)
{
    struct viche_file *file = arena_alloc(f->arena, sizeof *file);
    *file = (struct viche_file){id, "яма.jpg", "image/jpeg"};
    return (struct viche_list){sizeof *file, id ? 1 : 0, file};
}

static void fake_event(struct viche_turn *t, const struct viche_event *given)
{
    struct fake *f = fake_of(t);
    struct viche_event *event = &f->event;
    f->events++;
    *event = *given;
    event->address = fake_copy(t, given->address);
    event->origin = fake_copy(t, given->origin);
    event->text = fake_copy(t, given->text);
    event->value = fake_copy(t, given->value);
    event->language = fake_copy(t, given->language);
    f->known = arena_print(f->arena, "%s %s", f->known, event->address);
    for (uint32_t i = 0; i < f->history_count; i++)
        if (text_is(f->history[i].origin, event->origin))
            return;
    if (event->kind == VICHE_EVENT_START || event->kind == VICHE_EVENT_LEFT)
        return;
    f->history[f->history_count] = (struct viche_message){
        .size = sizeof(struct viche_message), .flags = VICHE_MESSAGE_INCOMING, .id = f->history_count + 1, .at = 1763740800,
        .address = event->address, .text = event->text ? event->text : "", .origin = event->origin,
        .files = fake_files(f, event->file),
        .place_label = event->kind == VICHE_EVENT_PLACE ? "" : NULL,
        .latitude = event->latitude, .longitude = event->longitude};
    f->history_count++;
}

static void fake_push(struct viche_turn *t, const char *address, uint64_t id, const char *data)
{
    (void)address;
    (void)id;
    strncat(fake_of(t)->pushed, data, sizeof fake_of(t)->pushed - strlen(fake_of(t)->pushed) - 1);
}

static void fake_stream(struct viche_turn *t, const char *address, uint64_t last_id)
{
    fake_of(t)->streamed = fake_copy(t, address);
    fake_of(t)->streamed_from = last_id;
}

static uint32_t fake_knows(struct viche_turn *t, const char *address)
{
    return text_in_list(fake_of(t)->known, address);
}

static const struct viche_message *fake_history(struct viche_turn *t, const char *address, uint64_t after,
                                                uint32_t *count)
{
    struct fake *f = fake_of(t);
    (void)address;
    uint32_t from = 0;
    while (from < f->history_count && f->history[from].id <= after)
        from++;
    *count = f->history_count - from < 200 ? f->history_count - from : 200;
    return f->history + from;
}

static const char *fake_hash(struct viche_turn *t, const char *text) { return viche_print(t, "hash-of-%s", text); }
static void fake_reply_file(struct viche_turn *t, const char *file)
{
    fake_of(t)->file_replied = fake_copy(t, file);
}

static uint64_t fake_event_id(struct viche_turn *t, const char *origin)
{
    struct fake *f = fake_of(t);
    for (uint32_t i = 0; i < f->history_count; i++)
        if (text_is(f->history[i].origin, origin))
            return f->history[i].id;
    return 0;
}

static const struct viche_pair *fake_links(struct viche_turn *t, const char *payload)
{
    static const struct viche_pair links[] = {{"telegram", "https://t.me/kryzhopil_bot?start=\"<x>"}, {0}};
    (void)t;
    (void)payload;
    return links;
}

static void fake_speak(struct viche_turn *t, const char *languages)
{
    fake_of(t)->languages_asked = fake_copy(t, languages);
}
static const char *fake_text(struct viche_turn *t, const char *key) { return viche_print(t, "«%s»", key); }
static const char *fake_language(struct viche_turn *t) { return (void)t, "uk"; }

static const char *fake_get(struct viche_turn *t, const char *name)
{
    for (const struct viche_pair *pair = fake_of(t)->path; pair->name; pair++)
        if (text_is(pair->name, name))
            return pair->value;
    return "";
}

static const char *fake_option(struct viche_turn *t, const char *name)
{
    assert_string_equal(name, "sites");
    return fake_of(t)->sites;
}

static const char *fake_town(struct viche_turn *t, const char *what)
{
    static const struct viche_pair facts[] = {
        {"id", "kryzhopil"}, {"name", "Крижопіль <b>"}, {"site", "javascript:alert(1)"}, {"phone", "+380 (4340) 2-12-34"},
        {"languages", "uk en"}, {"origin", "https://chat.example"}, {0}};
    (void)t;
    for (const struct viche_pair *fact = facts; fact->name; fact++)
        if (text_is(fact->name, what))
            return fact->value;
    return "";
}

static const char *fake_keep_file(struct viche_turn *t, const char *upload, const char *name, const char *type)
{
    (void)type;
    return fake_of(t)->files_refused ? NULL : viche_print(t, "kept-%s-%s", upload, name);
}

static void fake_reply(struct viche_turn *t, uint32_t status, const char *type, const void *body, size_t size_bytes)
{
    struct fake *f = fake_of(t);
    f->status = status;
    f->type = fake_copy(t, type);
    f->body = arena_copy_bytes(f->arena, body, size_bytes);
}

static void fake_reply_header(struct viche_turn *t, const char *name, const char *value)
{
    struct fake *f = fake_of(t);
    f->headers[f->header_count++] = (struct viche_pair){fake_copy(t, name), fake_copy(t, value)};
}

static void *fake_memory(struct viche_turn *t, size_t size_bytes) { return arena_alloc(fake_of(t)->arena, size_bytes); }

static __attribute__((format(printf, 2, 3))) const char *fake_print(struct viche_turn *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprint(fake_of(t)->arena, format, args);
    va_end(args);
    return text;
}

static void fake_random(struct viche_turn *t, void *out, size_t size_bytes)
{
    (void)t;
    memset(out, 7, size_bytes);
}

static const char *fake_header(const struct fake *f, const char *name)
{
    for (uint32_t i = 0; i < f->header_count; i++)
        if (text_is(f->headers[i].name, name))
            return f->headers[i].value;
    return NULL;
}

static int fake_open(void **state)
{
    struct fake *f = mem_alloc(sizeof *f);
    *f = (struct fake){.arena = arena_new(), .known = "", .sites = "https://school.example"};
    f->channel = (struct viche_channel_host){
        .size = sizeof f->channel, .event = fake_event, .push = fake_push, .stream = fake_stream, .knows = fake_knows,
        .history = fake_history, .hash = fake_hash, .reply_file = fake_reply_file, .event_id = fake_event_id,
        .links = fake_links};
    f->host = (struct viche_host){
        .size = sizeof f->host, .speak = fake_speak, .text = fake_text, .language = fake_language, .get = fake_get,
        .option = fake_option, .town = fake_town, .keep_file = fake_keep_file, .reply = fake_reply,
        .reply_header = fake_reply_header, .memory = fake_memory, .print = fake_print, .random = fake_random,
        .channel = &f->channel};
    f->turn.host = &f->host;
    *state = f;
    return 0;
}

static int fake_close(void **state)
{
    arena_free(((struct fake *)*state)->arena);
    free(*state);
    return 0;
}

#endif
