/* SPDX-License-Identifier: MPL-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "tool/talk_gate.h"
#include "tool/talk_town.h"

#define TOWN "[town]\nname.uk = Проба\nlanguages = uk\n\n[ledger]\n\n[post]\nurl = http://post.example\n"

static char plain[] = TOWN;
static char two_calls[] = TOWN "calls = 2\nper-second = 2\n"; /* a message; in all */

static struct talk_town town;
static struct talk_gate gate;
static struct buf posted; /* what the messenger took, a line each */
static int64_t times[64];
static int asked_count, taken_max; /* how often it was called; how many calls more it will take */
static int serial;

static struct talk_answer asked(void *context, const char *method, const char *url)
{
    (void)context, (void)method;
    times[asked_count++ % 64] = gate.now_ms;
    if (!strstr(url, "chat=open&") && taken_max-- <= 0)
        return (struct talk_answer){.status = 429, .body = ""};
    for (const char *text = strstr(url, "&text=") + 6; *text == '%'; text += 3)
        buf_byte(&posted, (char)strtol((char[]){text[1], text[2], '\0'}, NULL, 16));
    buf_byte(&posted, '\n');
    return (struct talk_answer){.status = 200, .body = ""};
}

static void said(void *context, const char *chat, const char *lines) { (void)context, (void)chat, (void)lines; }

static void let_pass(int seconds)
{
    struct fail fail = {0};
    assert_true(talk_gate_wait(&gate, gate.now_ms + seconds * 1000, &fail));
}

static void say(const char *chat, const char *words)
{
    struct talk_reply reply;
    struct fail fail = {0};
    struct http_request request = {.method = "POST", .upload = "", .body = words, .body_bytes = strlen(words)};
    request.path = arena_print(town.arena, "/post/chats/%s", chat);
    request.query[0] = (struct pair){"origin", arena_print(town.arena, "%d", ++serial)};
    assert_true(talk_gate_ask(&gate, &request, &reply, &fail));
    assert_int_equal(reply.status, 204);
}

static int open_town(void **state)
{
    struct fail fail = {0};
    char ini[] = "/tmp/courier.ini";
    FILE *out = fopen(ini, "we");
    fputs(*state, out);
    fclose(out);
    struct talk_plan plan = {.ini = ini, .plugins = BUILD_DIR "/plugins:" BUILD_DIR "/tests/plugins", .share = BUILD_DIR "/share",
                             .names = ""};
    asked_count = 0;
    taken_max = 1000;
    bool ok = talk_town_make(&town, &plan, &fail);
    unlink(ini);
    gate = (struct talk_gate){.arena = town.arena, .host = &town.host, .town = town.id, .ears = {said, asked, NULL},
                              .now_ms = 1795593600000};
    if (ok && talk_gate_open(&gate, (struct talk_death){0}, &fail))
        return 0;
    fprintf(stderr, "%s\n", fail.words);
    return -1;
}

static int close_town(void **state)
{
    (void)state;
    talk_gate_close(&gate);
    talk_town_remove(&town);
    buf_free(&posted);
    posted = (struct buf){0};
    return 0;
}

/* ---- the promises ---- */

/* «Що записати?» has been said. */
static void begin(void)
{
    say("1", "/ledger");
    let_pass(10);
    buf_clear(&posted);
}

static void a_part_that_was_taken_is_not_repeated(void **state)
{
    (void)state;
    begin();
    taken_max = 1;
    say("1", "one");
    let_pass(10);
    assert_string_equal(buf_str(&posted), "Записано: one\n");
    taken_max = 1000;
    let_pass(60);
    assert_string_equal(buf_str(&posted), "Записано: one\n2: Записано: one\n");
}

static void nor_after_a_restart(void **state)
{
    (void)state;
    struct fail fail = {0};
    begin();
    taken_max = 1;
    say("1", "one");
    let_pass(10);
    taken_max = 1000;
    assert_true(talk_gate_restart(&gate, (struct talk_death){0}, &fail));
    let_pass(60);
    assert_string_equal(buf_str(&posted), "Записано: one\n2: Записано: one\n");
}

static void the_pace_counts_calls(void **state)
{
    (void)state;
    for (int chat = 1; chat <= 9; chat++)
        say(arena_print(town.arena, "%d", chat), "/ledger");
    let_pass(60);
    assert_int_equal(asked_count, 18);
    for (int i = 0; i + 2 < asked_count; i++)
        assert_true(times[i + 2] - times[i] >= 1000);
}

/* A chat that is open is answered, behind more messages than are taken up at once, none of which gets through. */
static void a_backlog_that_stands_still_holds_up_nobody(void **state)
{
    (void)state;
    struct fail fail = {0};
    taken_max = 0;
    for (int chat = 1; chat <= 1100; chat++)
        say(arena_print(town.arena, "%d", chat), "/ledger");
    assert_true(talk_gate_restart(&gate, (struct talk_death){0}, &fail));
    say("open", "/ledger");
    let_pass(5);
    assert_string_equal(buf_str(&posted), "Що записати?\n");
}

#define TEST(name, ini) cmocka_unit_test_prestate_setup_teardown(name, open_town, close_town, ini)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_part_that_was_taken_is_not_repeated, two_calls),
        TEST(nor_after_a_restart, two_calls),
        TEST(the_pace_counts_calls, two_calls),
        TEST(a_backlog_that_stands_still_holds_up_nobody, plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
