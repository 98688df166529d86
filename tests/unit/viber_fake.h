/* SPDX-License-Identifier: MPL-2.0
 * A host of paper for the Viber channel, with a real database in memory: what the codec says and asks is kept, so that a callback
 * or a message is a function. */
#ifndef VIBER_FAKE_H
#define VIBER_FAKE_H

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <viche/viche.h> /* before cmocka, whose fail() is a macro */

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"

#include "channels/viber/viber.c"
#include "channels/viber/viber_chat.c"
#include "channels/viber/viber_hook.c"
#include "channels/viber/viber_json.c"
#include "channels/viber/viber_keyboard.c"
#include "channels/viber/viber_media.c"
#include "channels/viber/viber_say.c"
#include "channels/viber/viber_setup.c"

enum { FAKE_MAX = 32, FAKE_NOW = 1763740800 };

struct fake {
    struct viche_turn turn; /* first: what the codec gets is what we are */
    struct viche_host host;
    struct viche_channel_host channel;
    struct arena *arena;
    sqlite3 *db;
    const char *origin, *media_hosts, *name, *uri, *broadcast; /* configuration */
    const char *known, *address, *language, *path, *file; /* of the chat; file: where the town's file lies, NULL: nowhere */
    struct viche_pair cells[3];
    int64_t now;
    struct viche_event events[FAKE_MAX];
    struct viche_request requests[FAKE_MAX];
    struct viche_pair emitted[FAKE_MAX];
    uint32_t event_count, request_count, emit_count, later_s, status;
    bool shut;
    const char *body, *logged, *file_replied;
};

static struct fake *fake_of(struct viche_turn *t) { return (struct fake *)(void *)t; }
static const char *fake_copy(struct viche_turn *t, const char *text) { return arena_copy(fake_of(t)->arena, text); }

static void fake_event(struct viche_turn *t, const struct viche_event *given)
{
    struct viche_event *event = &fake_of(t)->events[fake_of(t)->event_count++ % FAKE_MAX];
    *event = *given;
    const char **texts[] = {&event->address, &event->origin, &event->text,        &event->value,
                            &event->language, &event->remote, &event->remote_name, &event->tag};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = fake_copy(t, *texts[i]);
}

static void fake_request(struct viche_turn *t, const struct viche_request *request)
{
    fake_of(t)->requests[fake_of(t)->request_count++ % FAKE_MAX] = *request;
}

static void fake_later(struct viche_turn *t, uint32_t seconds) { fake_of(t)->later_s = seconds; }

static void fake_shut(struct viche_turn *t) { fake_of(t)->shut = true; }
static uint32_t fake_knows(struct viche_turn *t, const char *address) { return text_in_list(fake_of(t)->known, address); }
static const char *fake_hash(struct viche_turn *t, const char *text)
{
    uint32_t sum = 5381;
    for (; *text; text++)
        sum = sum * 33 + (unsigned char)*text;
    return viche_print(t, "%08x", sum);
}
static void fake_reply_file(struct viche_turn *t, const char *file) { fake_of(t)->file_replied = fake_copy(t, file); }
static const char *fake_address(struct viche_turn *t, uint32_t index) { return index == 0 ? fake_of(t)->address : NULL; }
static uint32_t fake_file_about(struct viche_turn *t, const char *file_id, struct viche_file_about *out)
{
    struct stat about;
    if (!fake_of(t)->file || stat(fake_of(t)->file, &about) != 0)
        return 0;
    *out = (struct viche_file_about){.size = out->size, .bytes = (uint64_t)about.st_size, .name = file_id, .type = ""};
    return 1;
}

static const char *fake_text(struct viche_turn *t, const char *key) { return viche_print(t, "%s:%s", fake_of(t)->language, key); }
static const char *fake_language(struct viche_turn *t) { return fake_of(t)->language; }
static void fake_speak(struct viche_turn *t, const char *languages) { fake_of(t)->language = fake_copy(t, languages); }

static const char *fake_get(struct viche_turn *t, const char *name)
{
    for (const struct viche_pair *cell = fake_of(t)->cells; cell->name; cell++)
        if (text_is(cell->name, name))
            return cell->value;
    return "";
}

static void fake_set(struct viche_turn *t, const char *name, const char *value)
{
    fake_of(t)->emitted[fake_of(t)->emit_count++ % FAKE_MAX] = (struct viche_pair){name, fake_copy(t, value)};
}
static void fake_emit(struct viche_turn *t, const char *section) { (void)t, (void)section; }

/* As declared, unless the test chose. */
static const char *fake_option(struct viche_turn *t, const char *name)
{
    const struct fake *f = fake_of(t);
    const struct viche_pair chosen[] = {{"media-hosts", f->media_hosts}, {"name", f->name}, {"uri", f->uri}, {"price", "45"}, {"broadcast", f->broadcast},
                                       {0}};
    for (const struct viche_pair *pair = chosen; pair->name; pair++)
        if (text_is(pair->name, name) && pair->value)
            return pair->value;
    for (uint32_t i = 0; i < viche_plugin_v0.options.count; i++) {
        const struct viche_option *option = viche_item(&viche_plugin_v0.options, i);
        if (text_is(option->name, name))
            return text_is(option->fallback, "24h") ? "86400" : option->fallback;
    }
    fail_msg("option %s is not declared", name);
    return NULL;
}

static int64_t fake_option_number(struct viche_turn *t, const char *name) { return strtoll(fake_option(t, name), NULL, 10); }

static const char *fake_town(struct viche_turn *t, const char *what)
{
    const struct viche_pair facts[] = {{"id", "kryzhopil"}, {"name", "Крижопільська територіальна громада"}, {"origin", fake_of(t)->origin},
                                       {"languages", "uk en"}, {0}};
    for (const struct viche_pair *fact = facts; fact->name; fact++)
        if (text_is(fact->name, what))
            return fact->value;
    return "";
}

static int64_t fake_now(struct viche_turn *t) { return fake_of(t)->now; }
static void fake_local(struct viche_turn *t, int64_t at, struct viche_local *out)
{
    (void)t;
    *out = (struct viche_local){.size = sizeof *out, .year = 2025, .month = 11, .day = (int32_t)(at / 86400 % 28)};
}

static struct viche_rows *fake_query(struct viche_turn *t, const char *sql, const struct viche_value *values, uint32_t count)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(fake_of(t)->db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(fake_of(t)->db));
    for (uint32_t i = 0; i < count; i++) {
        if (values[i].kind == VICHE_STRING)
            sqlite3_bind_text(statement, (int)i + 1, values[i].data, -1, SQLITE_TRANSIENT);
        else
            sqlite3_bind_int64(statement, (int)i + 1, values[i].integer);
    }
    if (!sqlite3_stmt_readonly(statement) && sqlite3_step(statement) != SQLITE_DONE)
        fail_msg("%s: %s", sql, sqlite3_errmsg(fake_of(t)->db));
    return (struct viche_rows *)(void *)statement;
}
static uint32_t fake_next_row(struct viche_rows *rows) { return sqlite3_step((sqlite3_stmt *)(void *)rows) == SQLITE_ROW; }
static const char *fake_row_text(struct viche_rows *rows, uint32_t column)
{
    const char *text = (const char *)sqlite3_column_text((sqlite3_stmt *)(void *)rows, (int)column);
    return text ? text : "";
}
static int64_t fake_row_integer(struct viche_rows *rows, uint32_t column)
{
    return sqlite3_column_int64((sqlite3_stmt *)(void *)rows, (int)column);
}

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

static void fake_random(struct viche_turn *t, void *out, size_t size_bytes) { (void)t, memset(out, 7, size_bytes); }
static void fake_log(struct viche_turn *t, const char *what) { fake_of(t)->logged = fake_copy(t, what); }

static void fake_migrate(struct fake *f)
{
    const char *const *sql = viche_plugin_v0.migrations.items;
    for (uint32_t i = 0; i < viche_plugin_v0.migrations.count; i++)
        assert_int_equal(sqlite3_exec(f->db, sql[i], NULL, NULL, NULL), SQLITE_OK);
    viber_start(&f->turn);
}

static int fake_open(void **state)
{
    struct fake *f = mem_alloc(sizeof *f);
    *f = (struct fake){.arena = arena_new(), .origin = "https://chat.example", .known = "user=", .address = "user=",
                       .language = "uk", .now = FAKE_NOW};
    f->channel = (struct viche_channel_host){
        .size = sizeof f->channel, .event = fake_event, .request = fake_request, .later = fake_later, .shut = fake_shut,
        .knows = fake_knows, .hash = fake_hash, .reply_file = fake_reply_file, .address = fake_address};
    f->host = (struct viche_host){
        .size = sizeof f->host, .file_about = fake_file_about, .text = fake_text, .language = fake_language, .speak = fake_speak, .get = fake_get, .set = fake_set,
        .option = fake_option, .option_number = fake_option_number, .town = fake_town, .now = fake_now, .local = fake_local,
        .query = fake_query, .next_row = fake_next_row, .row_text = fake_row_text, .row_integer = fake_row_integer,
        .reply = fake_reply, .emit = fake_emit, .memory = fake_memory, .print = fake_print, .random = fake_random,
        .log = fake_log, .channel = &f->channel};
    f->turn.host = &f->host;
    assert_int_equal(sqlite3_open(":memory:", &f->db), SQLITE_OK);
    fake_migrate(f);
    *state = f;
    return 0;
}

static int fake_close(void **state)
{
    struct fake *f = *state;
    for (sqlite3_stmt *at = sqlite3_next_stmt(f->db, NULL); at; at = sqlite3_next_stmt(f->db, NULL))
        sqlite3_finalize(at);
    sqlite3_close(f->db);
    arena_free(f->arena);
    free(f);
    return 0;
}

static inline struct viche_result fake_result(int32_t status, const char *body)
{
    return (struct viche_result){.size = sizeof(struct viche_result), .status = status, .body = body,
                                 .body_size = (uint32_t)strlen(body)};
}

/* Viber calls with this body. */
static inline void fake_call(struct fake *f, const char *body)
{
    viber_hook(&f->turn, &(struct viche_http){.size = sizeof(struct viche_http), .method = "POST", .path = "/webhook", .body = body,
                                              .body_size = (uint32_t)strlen(body)});
}

/* The body of a request as the codec wrote it. */
static inline json_t *fake_body(const struct viche_request *request)
{
    return json_loadb(request->body, request->body_size, JSON_REJECT_DUPLICATES, NULL);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, fake_open, fake_close)

#endif
