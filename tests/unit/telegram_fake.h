/* SPDX-License-Identifier: MPL-2.0
 * A host of paper for the Telegram channel: it keeps what the codec says and asks, so that a conversation is a few function calls. */
#ifndef TELEGRAM_FAKE_H
#define TELEGRAM_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <viche/viche.h> /* before cmocka, whose fail() is a macro */

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "channels/telegram/telegram.h"

enum { FAKE_MAX = 32 };

struct fake {
    struct viche_turn turn; /* first: what the codec gets is what we are */
    struct viche_host host;
    struct viche_channel_host channel;
    struct arena *arena;
    const char *mode, *languages, *origin, *secret, *mark, *intro; /* the configuration */
    const char *bot;                                        /* the row of telegram_bot; NULL: none */
    const char *language;
    struct viche_event events[FAKE_MAX];
    struct viche_request requests[FAKE_MAX];
    const char *hints[FAKE_MAX], *hint_origins[FAKE_MAX]; /* "address text" */
    uint32_t event_count, request_count, hint_count;
    int64_t now;
    const char *moved; /* where the chat is now */
    uint32_t later_s, logs, status;
    const char *logged, *body;
    bool answers; /* answer-in-webhook */
};

static struct fake *fake_of(struct viche_turn *t) { return (struct fake *)(void *)t; }
static const char *fake_copy(struct viche_turn *t, const char *text) { return arena_copy(fake_of(t)->arena, text); }

static void fake_event(struct viche_turn *t, const struct viche_event *given)
{
    struct viche_event *event = &fake_of(t)->events[fake_of(t)->event_count++ % FAKE_MAX];
    *event = *given;
    event->address = fake_copy(t, given->address);
    event->origin = fake_copy(t, given->origin);
    event->text = fake_copy(t, given->text);
    event->value = fake_copy(t, given->value);
    event->language = fake_copy(t, given->language);
    event->remote = fake_copy(t, given->remote);
    event->remote_name = fake_copy(t, given->remote_name);
    event->message = fake_copy(t, given->message);
}

static void fake_request(struct viche_turn *t, const struct viche_request *request)
{
    fake_of(t)->requests[fake_of(t)->request_count++ % FAKE_MAX] = *request;
}

static void fake_hint(struct viche_turn *t, const char *address, const char *origin, const char *text)
{
    uint32_t at = fake_of(t)->hint_count++ % FAKE_MAX;
    fake_of(t)->hints[at] = viche_print(t, "%s %s", address, text);
    fake_of(t)->hint_origins[at] = fake_copy(t, origin);
}

static uint32_t fake_file_about(struct viche_turn *t, const char *file_id, struct viche_file_about *out)
{
    (void)t, (void)file_id, (void)out;
    return 0;
}

static void fake_later(struct viche_turn *t, uint32_t seconds) { fake_of(t)->later_s = seconds; }

static void fake_moved(struct viche_turn *t, const char *address) { fake_of(t)->moved = fake_copy(t, address); }

static const char *fake_hash(struct viche_turn *t, const char *text)
{
    uint32_t sum = 5381;
    for (; *text; text++)
        sum = sum * 33 + (unsigned char)*text;
    return viche_print(t, "%08x", sum);
}

static const char *fake_text(struct viche_turn *t, const char *key) { return viche_print(t, "%s:%s", fake_of(t)->language, key); }
static void fake_let(struct viche_turn *t, const char *name, const char *value) { (void)t, (void)name, (void)value; }
static void fake_speak(struct viche_turn *t, const char *language) { fake_of(t)->language = fake_copy(t, language); }

static const char *fake_option(struct viche_turn *t, const char *name)
{
    const struct viche_pair options[] = {
        {"mode", fake_of(t)->mode}, {"webhook-secret", fake_of(t)->secret}, {"api", "https://api.example"}, {"connections", "40"},
        {"poll", "50"}, {"per-second", "30"}, {"gap-ms", "1000"}, {"burst", "3"}, {"group-minute", "20"},
        {"answer-in-webhook", fake_of(t)->answers ? "1" : "0"}, {0}};
    for (const struct viche_pair *option = options; option->name; option++)
        if (text_is(option->name, name))
            return option->value;
    fail_msg("option %s is not declared", name);
    return NULL;
}

static int64_t fake_option_number(struct viche_turn *t, const char *name) { return strtoll(fake_option(t, name), NULL, 10); }

static const char *fake_option_file(struct viche_turn *t, const char *name)
{
    assert_string_equal(name, "webhook-secret");
    return fake_of(t)->mark;
}

static const char *fake_town(struct viche_turn *t, const char *what)
{
    const struct fake *f = fake_of(t);
    const struct viche_pair facts[] = {{"id", "kryzhopil"}, {"name", "Крижопіль"}, {"languages", f->languages},
                                       {"origin", f->origin}, {"intro", f->intro}, {0}};
    for (const struct viche_pair *fact = facts; fact->name; fact++)
        if (text_is(fact->name, what))
            return fact->value;
    return "";
}

static int64_t fake_now(struct viche_turn *t) { return fake_of(t)->now; }

static struct viche_rows *fake_query(struct viche_turn *t, const char *sql, const struct viche_value *values, uint32_t count)
{
    if (text_starts(sql, "INSERT") && count == 1)
        fake_of(t)->bot = fake_copy(t, values[0].data);
    return (struct viche_rows *)(void *)t;
}
static uint32_t fake_next_row(struct viche_rows *rows) { return fake_of((void *)rows)->bot != NULL; }
static const char *fake_row_text(struct viche_rows *rows, uint32_t column) { return (void)column, fake_of((void *)rows)->bot; }

static void fake_reply(struct viche_turn *t, uint32_t status, const char *type, const void *body, size_t size_bytes)
{
    (void)type;
    fake_of(t)->status = status;
    fake_of(t)->body = arena_copy_bytes(fake_of(t)->arena, body, size_bytes);
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

static void fake_log(struct viche_turn *t, const char *what)
{
    fake_of(t)->logs++;
    fake_of(t)->logged = fake_copy(t, what);
}

static int fake_open(void **state)
{
    struct fake *f = mem_alloc(sizeof *f);
    *f = (struct fake){.arena = arena_new(), .mode = "polling", .languages = "uk en", .origin = "https://chat.example",
                       .secret = "/run/secret", .mark = "1", .intro = "", .language = "uk", .now = 1763740800, .answers = true};
    f->channel = (struct viche_channel_host){.size = sizeof f->channel, .event = fake_event, .request = fake_request,
                                             .later = fake_later, .hash = fake_hash, .hint = fake_hint,
                                             .moved = fake_moved};
    f->host = (struct viche_host){
        .size = sizeof f->host, .file_about = fake_file_about, .text = fake_text, .let = fake_let, .speak = fake_speak, .option = fake_option,
        .option_number = fake_option_number, .option_file = fake_option_file, .town = fake_town, .now = fake_now, .query = fake_query, .next_row = fake_next_row,
        .row_text = fake_row_text, .reply = fake_reply, .memory = fake_memory, .print = fake_print, .log = fake_log,
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

/* The method a request calls: "getMe". */
static inline const char *fake_method(const struct viche_request *request) { return strrchr(request->url, '/') + 1; }

static inline struct viche_result fake_result(int32_t status, const char *body)
{
    return (struct viche_result){.size = sizeof(struct viche_result), .status = status, .body = body,
                                 .body_size = (uint32_t)strlen(body)};
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, fake_open, fake_close)

#endif
