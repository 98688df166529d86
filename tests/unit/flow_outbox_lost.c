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

/* A town with the channels `console` and `post`; a citizen who has an address in each. */
static const char head[] = "[town]\nname.uk = Проба\nlanguages = uk\n\n[ledger]\n\n[console]\n\n";
static const char post[] = "[post]\nurl = http://post.example\n";

static struct talk_town town;
static struct talk_gate gate;
static int status;          /* what the messenger answers */
static struct buf posted;   /* what it was given, a line each; only what it took */
static struct buf consoled; /* what the console showed */
static int serial;

static struct talk_answer asked(void *context, const char *method, const char *url)
{
    (void)context, (void)method;
    const char *text = strstr(url, "&text=");
    for (text = text ? text + 6 : ""; status == 200 && *text == '%'; text += 3)
        buf_byte(&posted, (char)strtol((char[]){text[1], text[2], '\0'}, NULL, 16));
    if (status == 200)
        buf_byte(&posted, '\n');
    return (struct talk_answer){.status = status, .body = ""};
}

static void said(void *context, const char *chat, const char *lines)
{
    (void)context, (void)chat;
    buf_text(&consoled, lines);
}

static void write_ini(const char *sections)
{
    FILE *out = fopen(arena_print(town.arena, "%s/towns/lost.ini", town.folder), "we");
    assert_non_null(out);
    fprintf(out, "%s%s", head, sections);
    fclose(out);
}

static void restart(const char *sections)
{
    struct fail fail = {0};
    write_ini(sections);
    assert_true(talk_gate_restart(&gate, (struct talk_death){0}, &fail));
}

static void let_pass(int seconds)
{
    struct fail fail = {0};
    assert_true(talk_gate_wait(&gate, gate.now_ms + (int64_t)seconds * 1000, &fail));
}

static void say(const char *channel, const char *words)
{
    struct talk_reply reply;
    struct fail fail = {0};
    struct http_request request = {.method = "POST", .upload = "", .body = words, .body_bytes = strlen(words)};
    request.path = arena_print(town.arena, "/%s/chats/1", channel);
    request.query[0] = (struct pair){"origin", arena_print(town.arena, "%d", ++serial)};
    assert_true(talk_gate_ask(&gate, &request, &reply, &fail));
    assert_int_equal(reply.status, 204);
    let_pass(2); /* what is settled a second later is settled */
}

/* The code shown at `post`, typed at the console. */
static void join(const char *agrees)
{
    say("post", "/join code");
    const char *code = strstr(buf_str(&posted), "Код: ");
    assert_non_null(code);
    code = arena_copy_bytes(town.arena, code + strlen("Код: "), 9);
    say("console", "/join");
    say("console", "[Ввести код]");
    say("console", code);
    say("console", agrees);
    say("console", "[Так]");
    assert_non_null(strstr(buf_str(&consoled), "Готово. Цю розмову приєднано"));
    say("post", "/ledger"); /* where the citizen wrote last */
    buf_clear(&posted);
    buf_clear(&consoled);
}

static int open_town(void **state)
{
    (void)state;
    struct fail fail = {0};
    char ini[] = "/tmp/lost.ini";
    FILE *out = fopen(ini, "we");
    fprintf(out, "%s%s", head, post);
    fclose(out);
    struct talk_plan plan = {.ini = ini, .plugins = BUILD_DIR "/plugins:" BUILD_DIR "/tests/plugins", .share = BUILD_DIR "/share",
                             .names = ""};
    status = 200;
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
    buf_free(&consoled);
    posted = consoled = (struct buf){0};
    return 0;
}

/* ---- the promises ---- */

static void what_a_closed_chat_did_not_take_is_said_first_when_it_is_back(void **state)
{
    (void)state;
    say("post", "/ledger");
    status = 403;
    say("post", "one");
    buf_clear(&posted);
    status = 200;
    let_pass(3600);
    assert_string_equal(buf_str(&posted), "");
    say("post", "two");
    assert_string_equal(buf_str(&posted), "Записано: one\nЗаписано: two\n");
}

static void who_agreed_is_written_to_elsewhere(void **state)
{
    (void)state;
    join("[Так]");
    status = 403;
    say("post", "one");
    assert_string_equal(buf_str(&posted), "");
    assert_non_null(strstr(buf_str(&consoled), "< Записано: one"));
}

static void who_did_not_agree_is_not(void **state)
{
    (void)state;
    join("[Ні]");
    status = 403;
    say("post", "one");
    let_pass(3600);
    assert_string_equal(buf_str(&consoled), "");
}

static void agreeing_later_brings_what_waits(void **state)
{
    (void)state;
    join("[Ні]");
    status = 403;
    say("post", "one");
    say("console", "/join");
    say("console", "[Якщо месенджер не працює]");
    buf_clear(&consoled);
    say("console", "[Так]");
    assert_non_null(strstr(buf_str(&consoled), "< Записано: one"));
}

static void a_channel_that_is_not_loaded_keeps_its_messages(void **state)
{
    (void)state;
    say("post", "/ledger");
    status = 0;
    say("post", "one");
    say("post", "two");
    restart("");
    let_pass(24 * 3600);
    restart("");
    buf_clear(&posted);
    status = 200;
    restart(post);
    let_pass(1);
    assert_string_equal(buf_str(&posted), "Записано: one\nЗаписано: two\n");
}

static void a_channel_that_is_not_loaded_gives_its_messages_to_who_agreed(void **state)
{
    (void)state;
    join("[Так]");
    status = 0;
    say("post", "one");
    say("post", "two");
    restart("");
    let_pass(1);
    const char *first = strstr(buf_str(&consoled), "< Записано: one");
    assert_non_null(first);
    assert_non_null(strstr(first, "< Записано: two"));
}

static void a_revoked_token_is_waited_for_ten_minutes(void **state)
{
    (void)state;
    join("[Так]");
    status = 401;
    say("post", "one");
    let_pass(300);
    assert_string_equal(buf_str(&consoled), "");
    let_pass(1800);
    assert_non_null(strstr(buf_str(&consoled), "< Записано: one"));
    assert_string_equal(buf_str(&posted), "");
}

static void nothing_is_said_twice(void **state)
{
    (void)state;
    join("[Так]");
    status = 403;
    say("post", "one");
    buf_clear(&consoled);
    status = 200;
    restart(post);
    say("post", "two");
    assert_string_equal(buf_str(&posted), "Записано: two\n");
    assert_string_equal(buf_str(&consoled), "");
}

/* What a plugin says to whoever runs the town. */
static const char *call(const char *path, const char *id, const char *token, const char *body)
{
    struct talk_reply reply;
    struct fail fail = {0};
    struct http_request request = {.method = "POST", .upload = "", .path = path, .body = body, .body_bytes = strlen(body), .admin = true};
    request.query[0] = (struct pair){"id", id};
    request.query[1] = (struct pair){"token", token};
    assert_true(talk_gate_ask(&gate, &request, &reply, &fail));
    assert_int_equal(reply.status, 200);
    return arena_copy(town.arena, reply.body);
}

static void after_a_month_who_waits_for_it_knows_that_it_is_lost(void **state)
{
    (void)state;
    restart("[post]\nurl = http://post.example\n\n[news]\nquiet =\n");
    say("post", "/subscribe roads");
    call("/admin/import/news", "", "", "id,title,text,topic\nbridge,Міст,Перекрито.,roads\n");
    const char *code = strstr(call("/news/preview", "bridge", "", ""), "publish bridge ");
    assert_non_null(code);
    status = 0;
    call("/news/publish", "bridge", arena_copy_bytes(town.arena, code + strlen("publish bridge "), 4), "");
    let_pass(5);
    restart("[news]\nquiet =\n");
    let_pass(29 * 24 * 3600);
    assert_non_null(strstr(call("/news/status", "bridge", "", ""), "надсилається"));
    let_pass(3 * 24 * 3600);
    assert_null(strstr(call("/news/status", "bridge", "", ""), "надсилається"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_town, close_town)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_a_closed_chat_did_not_take_is_said_first_when_it_is_back),
        TEST(who_agreed_is_written_to_elsewhere),
        TEST(who_did_not_agree_is_not),
        TEST(agreeing_later_brings_what_waits),
        TEST(a_channel_that_is_not_loaded_keeps_its_messages),
        TEST(a_channel_that_is_not_loaded_gives_its_messages_to_who_agreed),
        TEST(a_revoked_token_is_waited_for_ten_minutes),
        TEST(nothing_is_said_twice),
        TEST(after_a_month_who_waits_for_it_knows_that_it_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
