/* SPDX-License-Identifier: MPL-2.0
 * A town with cards, its calendar, and a counter at which a fixed staff works (tests/talk/counter), for one test. */
#ifndef UNIT_CASES_TOWN_H
#define UNIT_CASES_TOWN_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "tool/talk_sample.h"
#include "town.h"

enum { RESPONSIBLE = 1, MAYOR, DEPUTY, WATER, ROADS, OPERATOR, AUDITOR, PRESS, CLOSED, RESPONSIBLE_TOO };

static inline int town_open_gate(void **state)
{
    (void)state;
    return town_open_plan((struct talk_plan){.names = "calendar cases counter"});
}

/* Lets so many hours pass. */
static inline void town_wait(int64_t hours)
{
    struct fail fail = {0};
    if (!talk_gate_wait(&gate, gate.now_ms + hours * 3600000, &fail))
        fprintf(stderr, "%s\n", fail.words);
}

/* town_ask("act", "clerk=4&card=1&action=accept&comment=Беру", NULL): the words of the answer, "" when all is well. */
static inline const char *town_ask(const char *path, const char *query, const char *body)
{
    struct talk_reply reply = {0};
    struct fail fail = {0};
    struct http_request request = {.method = "POST", .path = arena_print(town.arena, "/counter/%s", path), .upload = "", .body = body ? body : "",
                                   .body_bytes = body ? strlen(body) : 0};
    size_t count = 0;
    for (const char *at = query; *at && count < REPLY_PAIRS - 1; at += strcspn(at, "&"), at += *at == '&') {
        size_t name = strcspn(at, "="), size = strcspn(at, "&");
        request.query[count++] = (struct pair){arena_print(town.arena, "%.*s", (int)name, at),
                                               arena_print(town.arena, "%.*s", (int)(size > name ? size - name - 1 : 0), at + name + 1)};
    }
    if (!talk_gate_ask(&gate, &request, &reply, &fail))
        fprintf(stderr, "%s\n", fail.words);
    if (reply.status / 100 != 2)
        fprintf(stderr, "%s?%s: status %u\n", path, query, reply.status);
    return reply.status / 100 == 2 && reply.body ? reply.body : "";
}

/* A citizen writes to the town; the first one to do so is number 1. */
static inline void town_say(const char *chat, const char *words)
{
    static int times;
    struct talk_reply reply = {0};
    struct fail fail = {0};
    struct http_request request = {.method = "POST", .path = arena_print(town.arena, "/console/chats/%s", chat), .upload = "", .body = words,
                                   .body_bytes = strlen(words), .query = {{"origin", arena_print(town.arena, "words %d", ++times)}, {"language", "uk"}}};
    if (!talk_gate_ask(&gate, &request, &reply, &fail))
        fprintf(stderr, "%s\n", fail.words);
}

/* A citizen sends a file: a sample of its kind, by the name. */
static inline void town_upload(const char *chat, const char *name)
{
    static int sent;
    struct talk_reply reply = {0};
    struct fail fail = {0};
    struct http_request request = {.method = "POST", .path = arena_print(town.arena, "/console/chats/%s/files", chat), .body = "",
                                   .query = {{"origin", arena_print(town.arena, "file %d", ++sent)}, {"name", name}}};
    request.upload = talk_sample(town.arena, town.folder, sent, "", name, &request.upload_bytes, &fail);
    if (!request.upload || !talk_gate_ask(&gate, &request, &reply, &fail))
        fprintf(stderr, "%s\n", fail.words);
}

/* A citizen brings one to the counter: its id. */
static inline const char *town_send(const char *chat, const char *name)
{
    town_say(chat, "/counter");
    town_upload(chat, name);
    const char *about = town_ask("file", "", NULL);
    return arena_print(town.arena, "%.*s", (int)strcspn(about, " "), about);
}

/* Are the bytes still on the disk? */
static inline bool town_has_file(const char *id)
{
    return access(arena_print(town.arena, "%s/%s/files/%s", town.host.data, town.id, id), F_OK) == 0;
}

static inline const char *town_regulation(const char *name)
{
    struct buf text = {.cap = 1 << 20};
    if (!buf_read_file(&text, arena_print(town.arena, SOURCE_DIR "/conf/regulations/%s", name)))
        abort();
    const char *out = arena_copy(town.arena, buf_str(&text));
    buf_free(&text);
    return out;
}

/* What most tests do. */
#define ask(...) arena_print(town.arena, __VA_ARGS__)
#define SAYS(words, part) assert_non_null(strstr((words), (part)))
#define DONE(clerk, card, action, form) assert_string_equal(town_act(clerk, card, action, form), "")

static inline void town_declare(void)
{
    const char *refusal = town_ask("declare", "", town_regulation("kalush.ini"));
    if (*refusal)
        fprintf(stderr, "%s\n", refusal), abort();
}

static inline int town_open_card(const char *more) { return atoi(town_ask("open", ask("surname=Коваль&essence=Тече труба&%s", more), NULL)); }

static inline const char *town_act(int clerk, int card, const char *action, const char *form)
{
    return town_ask("act", ask("clerk=%d&card=%d&action=%s&%s", clerk, card, action, form), NULL);
}

static inline const char *town_show(int clerk, int card) { return town_ask("show", ask("clerk=%d&card=%d", clerk, card), NULL); }

static inline const char *town_told(int clerk) { return town_ask("told", ask("clerk=%d", clerk), NULL); }

#define IN_TOWN(test) cmocka_unit_test_setup_teardown(test, town_open_gate, town_close_gate)

#endif
