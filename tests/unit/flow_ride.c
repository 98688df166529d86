/* SPDX-License-Identifier: MPL-2.0
 * A town with a bot whose webhook is called by hand: what rides in the answer, and what becomes of it when nobody heard it. */
#include "flow/ride.h"

#include <setjmp.h>
#include <stdarg.h>

#include "builtin/builtin.h"
#include "worker/machine.h"

#include <cmocka.h>

#include "folder.h"

enum { PAIRS = 16 };

struct bench {
    struct host_config host;
    struct machine *machine;
    struct buf out;
    bool breaks; /* the commits fail */
    uint32_t status, calls; /* of the last answer; requests that left with it */
    char answer[2048];
};

static struct town_plugins plugins = {.own = &builtin_plugin}; /* those of one process, as long as it lives */

static void commit(void *context, struct batch *batch)
{
    struct bench *bench = context;
    if (bench->breaks)
        db_rollback(batch_db(batch));
    batch_committed(batch, !bench->breaks && db_commit(batch_db(batch)));
}

static void read_reply(struct bench *bench, struct frame *frame)
{
    struct pair headers[PAIRS];
    size_t size = 0;
    frame_read_u64(frame);
    bench->status = frame_read_u32(frame);
    frame_read_pairs(frame, headers, PAIRS);
    frame_read_u32(frame);
    frame_read_text(frame);
    frame_read_text(frame);
    frame_read_u64(frame);
    frame_read_text(frame);
    snprintf(bench->answer, sizeof bench->answer, "%s", frame_read_bytes(frame, &size));
    assert_false(frame->broken);
}

static const char *hear(struct bench *bench)
{
    struct frame frame;
    size_t from = 0, used = 0;
    bench->calls = 0;
    machine_run(bench->machine);
    while (frame_next(&bench->out, from, &frame, &used) == 1) {
        from += used;
        if (frame.kind == FRAME_REPLY)
            read_reply(bench, &frame);
        bench->calls += frame.kind == FRAME_FETCH;
    }
    buf_clear(&bench->out);
    return bench->answer;
}

/* What the answer to this update is. */
static const char *call(struct bench *bench, const char *update)
{
    struct buf out = {0};
    size_t mark = frame_begin(&out, FRAME_REQUEST);
    frame_u64(&out, 1);
    frame_text(&out, "a");
    frame_text(&out, "POST");
    frame_text(&out, "/telegram/hook");
    frame_pairs(&out, NULL);
    frame_pairs(&out, NULL);
    frame_text(&out, "");
    frame_text(&out, "");
    frame_text(&out, "");
    frame_u64(&out, 0);
    frame_u32(&out, 0);
    frame_text(&out, "");
    frame_bytes(&out, update, strlen(update));
    frame_end(&out, mark);
    struct frame frame;
    size_t used = 0;
    assert_int_equal(frame_next(&out, 0, &frame, &used), 1);
    machine_frame(bench->machine, &frame);
    buf_free(&out);
    return hear(bench);
}

#define CHAT "\"date\":1,\"chat\":{\"id\":7,\"type\":\"private\"}"
#define SAID(id, text) "{\"update_id\":1,\"message\":{\"message_id\":" id "," CHAT ",\"text\":\"" text "\"}}"
#define PRESSED(id, data)                                                                                                          \
    "{\"update_id\":1,\"callback_query\":{\"id\":\"" id "\",\"data\":\"" data "\",\"message\":{\"message_id\":5," CHAT "}}}"

static bool says_words(const char *answer) { return strstr(answer, "\"method\":\"sendMessage\"") != NULL; }

static int open_bench(void **state)
{
    folder_make(state);
    mkdir(folder_path("towns"), 0700);
    mkdir(folder_path("data"), 0700);
    folder_put("token", "7:x");
    folder_put("viche.ini", "[host]\ntowns = towns\ndata = data\norigin = https://x.example\n[limits]\ndisk-free-mb = 0\n");
    char town[1024];
    snprintf(town, sizeof town,
             "[town]\nname.uk = Проба\nlanguages = uk\nphone = +380431234567\n[menu]\nall = /hello\nall.label.uk = Усе\n[hello]\n[telegram]\n"
             "token = %s\nwebhook-secret = %s\nmode = webhook\nper-second = 0\ngap-ms = 0\n",
             folder_path("token"), folder_path("token"));
    folder_put("towns/a.ini", town);
    struct bench *bench = mem_alloc(sizeof *bench);
    const struct host_overrides over = {.plugins = BUILD_DIR "/plugins:" BUILD_DIR "/tests/plugins", .share = BUILD_DIR "/share"};
    struct fail fail = {0};
    if (!host_read(&bench->host, folder_path("viche.ini"), &over, &fail))
        fail_msg("%s", fail.words);
    const struct machine_setup setup = {.host = &bench->host, .plugins = &plugins, .count = 1, .out = &bench->out,
                                        .commit = commit, .context = bench};
    bench->machine = machine_open(&setup, &fail);
    if (!bench->machine)
        fail_msg("%s", fail.words);
    call(bench, SAID("1", "/menu"));
    *state = bench;
    return 0;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;
    machine_close(bench->machine);
    host_close(&bench->host);
    buf_free(&bench->out);
    free(bench);
    return folder_drop(state);
}

static void a_reply_rides_and_leaves_nothing_to_send(void **state)
{
    struct bench *bench = *state;
    assert_true(says_words(call(bench, SAID("2", "/menu"))));
    assert_int_equal(bench->status, 200);
    assert_int_equal(bench->calls, 0);
    assert_int_equal(db_number(machine_town(bench->machine, "a")->db, "SELECT count(*) FROM outbox", ""), 0);
}

static void an_answer_that_was_not_heard_rides_again(void **state)
{
    struct bench *bench = *state;
    char first[sizeof bench->answer];
    snprintf(first, sizeof first, "%s", call(bench, SAID("2", "/menu")));
    assert_string_equal(call(bench, SAID("2", "/menu")), first);
    assert_int_equal(bench->calls, 0);
}

static void nothing_rides_without_its_commit(void **state)
{
    struct bench *bench = *state;
    bench->breaks = true;
    assert_false(says_words(call(bench, SAID("2", "/menu"))));
    assert_int_equal(bench->status, 503);
}

static void a_pressed_button_has_the_answer_for_itself(void **state)
{
    struct bench *bench = *state;
    assert_non_null(strstr(call(bench, PRESSED("9", "/menu")), "answerCallbackQuery"));
    assert_int_equal(bench->calls, 1);
}

static void two_messages_keep_their_order_by_not_riding(void **state)
{
    struct bench *bench = *state;
    assert_string_equal(call(bench, SAID("2", "/help")), "{}");
    assert_int_equal(bench->calls, 1);
    assert_string_equal(call(bench, SAID("3", "/menu")), "{}"); /* those two are still under way */
}

static void what_rode_goes_by_the_outbox_when_there_is_no_answer_to_ride_in(void **state)
{
    struct bench *bench = *state;
    struct town *town = machine_town(bench->machine, "a");
    call(bench, SAID("2", "/menu"));
    const struct viche_event again = {.size = sizeof again, .address = "7", .origin = "m7.2.1"};
    ride_again(town->flow, town_channel(town, "telegram", NULL), &again);
    assert_int_equal(db_number(town->db, "SELECT count(*) FROM outbox", ""), 1);
    ride_again(town->flow, town_channel(town, "telegram", NULL), &again);
    assert_int_equal(db_number(town->db, "SELECT count(*) FROM outbox", ""), 1);
}

#define WITH_BOT(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BOT(a_reply_rides_and_leaves_nothing_to_send),
        WITH_BOT(an_answer_that_was_not_heard_rides_again),
        WITH_BOT(nothing_rides_without_its_commit),
        WITH_BOT(a_pressed_button_has_the_answer_for_itself),
        WITH_BOT(two_messages_keep_their_order_by_not_riding),
        WITH_BOT(what_rode_goes_by_the_outbox_when_there_is_no_answer_to_ride_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
