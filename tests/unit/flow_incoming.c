/* SPDX-License-Identifier: MPL-2.0
 * Files that are still with the messenger. The town has the channel `post`, whose files lie at a messenger that answers as the test
 * wants. */
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

static const char ini[] = "[town]\nname.uk = Проба\nlanguages = uk\n\n[ledger]\n\n[console]\n\n[post]\nurl = http://post.example\n";

static struct talk_town town;
static struct talk_gate gate;
static int status;         /* what the messenger answers when asked for a file */
static int asked_for;      /* how often it was */
static struct buf posted;  /* what the citizen was told, a line each */
static int serial;

static struct talk_answer give_file(void)
{
    asked_for++;
    if (status != 200)
        return (struct talk_answer){.status = status, .body = ""};
    const char *path = arena_print(town.arena, "%s/upload-%d", town.folder, asked_for);
    FILE *out = fopen(path, "we");
    fputs("Слова громадянина.\n", out);
    fclose(out);
    return (struct talk_answer){.status = 200, .body = "", .upload = path};
}

static struct talk_answer asked(void *context, const char *method, const char *url)
{
    (void)context, (void)method;
    if (strstr(url, "/file/"))
        return give_file();
    const char *text = strstr(url, "&text=");
    for (text = text ? text + 6 : ""; *text == '%'; text += 3)
        buf_byte(&posted, (char)strtol((char[]){text[1], text[2], '\0'}, NULL, 16));
    buf_byte(&posted, '\n');
    return (struct talk_answer){.status = 200, .body = ""};
}

static void said(void *context, const char *chat, const char *lines) { (void)context, (void)chat, (void)lines; }

static void let_pass(int64_t ms)
{
    struct fail fail = {0};
    assert_true(talk_gate_wait(&gate, gate.now_ms + ms, &fail));
}

static void post(const char *path, const char *words, const char *album)
{
    struct talk_reply reply;
    struct fail fail = {0};
    struct http_request request = {.method = "POST", .path = path, .upload = "", .body = words, .body_bytes = strlen(words)};
    request.query[0] = (struct pair){"origin", arena_print(town.arena, "%d", ++serial)};
    request.query[1] = (struct pair){"remote", arena_print(town.arena, "f%d", serial)};
    request.query[2] = (struct pair){"album", album};
    assert_true(talk_gate_ask(&gate, &request, &reply, &fail));
    assert_int_equal(reply.status, 204);
}

static void say(const char *words) { post("/post/chats/1", words, ""); }
static void send_file(const char *album) { post("/post/chats/1/files", "", album); }

static int times(const char *words)
{
    int count = 0;
    for (const char *at = strstr(buf_str(&posted), words); at; at = strstr(at + 1, words))
        count++;
    return count;
}

static int open_town(void **state)
{
    (void)state;
    struct fail fail = {0};
    char folder[] = "/tmp/incoming-XXXXXX", path[sizeof folder + sizeof "/town.ini"];
    bool made = mkdtemp(folder) != NULL;
    snprintf(path, sizeof path, "%s/town.ini", folder);
    FILE *out = fopen(path, "we");
    fputs(ini, out);
    fclose(out);
    struct talk_plan plan = {.ini = path, .plugins = BUILD_DIR "/plugins:" BUILD_DIR "/tests/plugins", .share = BUILD_DIR "/share",
                             .names = ""};
    bool ok = made && talk_town_make(&town, &plan, &fail);
    unlink(path);
    rmdir(folder);
    status = 200;
    asked_for = 0;
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

static void a_busy_messenger_is_asked_again_and_the_citizen_told_once(void **state)
{
    (void)state;
    say("/files");
    status = 429;
    send_file("");
    let_pass(20 * 1000);
    assert_in_range(asked_for, 3, 6); /* later each time */
    assert_int_equal(times("Файл ще не дійшов"), 1);
    status = 200;
    let_pass(60 * 1000);
    assert_int_equal(times("Додайте ще"), 1);
}

static void what_the_channel_puts_off_is_asked_for_when_it_says(void **state)
{
    (void)state;
    say("/files");
    status = 409;
    send_file("");
    let_pass(29 * 1000);
    assert_int_equal(asked_for, 1);
    status = 200;
    let_pass(2 * 1000);
    assert_int_equal(times("Додайте ще"), 1);
}

static void what_is_given_up_is_said(void **state)
{
    (void)state;
    say("/files");
    status = 500;
    send_file("");
    let_pass(3600 * 1000);
    assert_int_equal(asked_for, 10);
    assert_int_equal(times("Файл так і не дійшов"), 1);
    status = 200;
    send_file("");
    assert_int_equal(times("Додайте ще"), 1); /* the question is still open */
}

static void what_will_never_be_had_is_said_at_once(void **state)
{
    (void)state;
    say("/files");
    status = 413;
    send_file("");
    assert_int_equal(asked_for, 1);
    status = 404;
    send_file("");
    assert_int_equal(asked_for, 2);
    assert_int_equal(times("Цей файл прийняти не вдалося"), 2);
}

static void a_restart_forgets_no_file(void **state)
{
    (void)state;
    struct fail fail = {0};
    say("/files");
    status = 0;
    send_file("");
    assert_true(talk_gate_restart(&gate, (struct talk_death){0}, &fail));
    status = 200;
    let_pass(60 * 1000);
    assert_int_equal(times("Додайте ще"), 1);
}

static void an_album_is_one_answer(void **state)
{
    (void)state;
    say("/files");
    send_file("a");
    send_file("a");
    assert_int_equal(times("Файлів"), 0);
    let_pass(2000);
    assert_int_equal(times("Файлів: 2"), 1);
    assert_int_equal(times("Додано файлів"), 0);
}

static void an_album_waits_for_the_file_that_is_late(void **state)
{
    (void)state;
    say("/files");
    send_file("a");
    status = 502;
    send_file("a");
    let_pass(10 * 1000);
    assert_int_equal(times("Файлів"), 0);
    status = 200;
    let_pass(60 * 1000);
    assert_int_equal(times("Файлів: 2"), 1);
}

static void of_an_album_as_much_is_taken_as_is_asked_for(void **state)
{
    (void)state;
    say("/files");
    for (int i = 0; i < 5; i++)
        send_file("a");
    let_pass(2000);
    assert_int_equal(times("Додано файлів: 2. Решта тут не потрібна."), 1);
    assert_int_equal(times("Файлів: 2"), 1);
    assert_int_equal(times("Потрібна фотографія"), 0);
}

static void an_album_that_nobody_asked_for_is_answered_once(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++)
        send_file("b");
    let_pass(2000);
    assert_int_equal(times("виберіть розділ у меню"), 1);
}

static void what_is_said_behind_a_file_does_not_overtake_it(void **state)
{
    (void)state;
    say("/files");
    send_file("a");
    say("Ось вони");
    say("/help");
    assert_int_equal(times("Записали"), 0);
    let_pass(2000);
    const char *file = strstr(buf_str(&posted), "Записали"), *words = strstr(buf_str(&posted), "Надішліть, будь ласка, файл"),
               *help = strstr(buf_str(&posted), "Дайте відповідь");
    assert_true(file && words && help);
    assert_true(file < words && words < help);
}

static void behind_a_file_that_is_slow_nobody_waits(void **state)
{
    (void)state;
    say("/files");
    status = 503;
    send_file("");
    assert_int_equal(times("Файл ще не дійшов"), 1);
    size_t before = posted.size;
    say("/help");
    assert_true(posted.size > before);
}

static void a_restart_forgets_nothing_that_is_held(void **state)
{
    (void)state;
    struct fail fail = {0};
    say("/files");
    send_file("a");
    say("/help");
    size_t before = posted.size;
    assert_true(talk_gate_restart(&gate, (struct talk_death){0}, &fail));
    let_pass(6000);
    assert_non_null(strstr(buf_str(&posted) + before, "Дайте відповідь"));
}

#define AT_THE_POST(test) cmocka_unit_test_setup_teardown(test, open_town, close_town)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_THE_POST(a_busy_messenger_is_asked_again_and_the_citizen_told_once), AT_THE_POST(what_is_given_up_is_said),
        AT_THE_POST(what_the_channel_puts_off_is_asked_for_when_it_says),
        AT_THE_POST(what_will_never_be_had_is_said_at_once), AT_THE_POST(a_restart_forgets_no_file),
        AT_THE_POST(an_album_is_one_answer), AT_THE_POST(an_album_waits_for_the_file_that_is_late),
        AT_THE_POST(what_is_said_behind_a_file_does_not_overtake_it), AT_THE_POST(behind_a_file_that_is_slow_nobody_waits),
        AT_THE_POST(a_restart_forgets_nothing_that_is_held),
        AT_THE_POST(of_an_album_as_much_is_taken_as_is_asked_for), AT_THE_POST(an_album_that_nobody_asked_for_is_answered_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
