/* SPDX-License-Identifier: MPL-2.0
 * The machine driven by hand: two towns, the console channel, commits that end when the test says so. */
#include "worker/machine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "builtin/builtin.h"
#include "store/db.h"

#include <cmocka.h>

#include "folder.h"

enum { HELD_MAX = 8 };

struct bench {
    struct host_config host;
    struct machine *machine;
    struct buf out;
    struct batch *held[HELD_MAX]; /* commits under way */
    size_t held_count, commits;
    uint64_t last_request;
};

static struct town_plugins plugins = {.own = &builtin_plugin}; /* those of one process, as long as it lives */

static void hold(void *context, struct batch *batch)
{
    struct bench *bench = context;
    assert_true(bench->held_count < HELD_MAX);
    bench->held[bench->held_count++] = batch;
    bench->commits++;
}

/* Ends every commit under way. */
static void release(struct bench *bench, bool ok)
{
    size_t count = bench->held_count;
    bench->held_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct db *db = batch_db(bench->held[i]);
        if (!ok)
            db_rollback(db);
        batch_committed(bench->held[i], ok && db_commit(db));
    }
}

static void settle(struct bench *bench)
{
    do {
        machine_run(bench->machine);
        release(bench, true);
    } while (!machine_idle(bench->machine));
}

/* Counts the REPLY frames written since the last call; *status: of the last one. */
static size_t replies(struct bench *bench, uint32_t *status)
{
    size_t count = 0, from = 0, used = 0;
    struct frame frame;
    while (frame_next(&bench->out, from, &frame, &used) == 1) {
        from += used;
        if (frame.kind != FRAME_REPLY)
            continue;
        frame_read_u64(&frame);
        *status = frame_read_u32(&frame);
        count++;
    }
    buf_clear(&bench->out);
    return count;
}

static void request(struct bench *bench, const char *town, const char *path, const struct pair *query, const char *words)
{
    struct buf out = {0};
    size_t mark = frame_begin(&out, FRAME_REQUEST);
    frame_u64(&out, ++bench->last_request);
    frame_text(&out, town);
    frame_text(&out, "POST");
    frame_text(&out, path);
    frame_pairs(&out, query);
    frame_pairs(&out, NULL);
    frame_text(&out, "");
    frame_text(&out, "");
    frame_text(&out, "");
    frame_u64(&out, 0);
    frame_u32(&out, 0);
    frame_text(&out, "");
    frame_bytes(&out, words, strlen(words));
    frame_end(&out, mark);
    struct frame frame;
    size_t used = 0;
    assert_int_equal(frame_next(&out, 0, &frame, &used), 1);
    machine_frame(bench->machine, &frame);
    buf_free(&out);
}

static void line(struct bench *bench, const char *town, const char *origin, const char *words)
{
    request(bench, town, "/console/chats/one", (const struct pair[]){{"origin", origin}, {NULL, NULL}}, words);
}

/* What somebody at a desk asks for. */
static void look(struct bench *bench, const char *town)
{
    request(bench, town, "/office/audit", (const struct pair[]){{"count", "1"}, {NULL, NULL}}, "");
}

static int64_t count(struct bench *bench, const char *town, const char *sql)
{
    return db_number(machine_town(bench->machine, town)->db, sql, "");
}

static int open_bench(void **state)
{
    folder_make(state);
    mkdir(folder_path("towns"), 0700);
    mkdir(folder_path("data"), 0700);
    folder_put("viche.ini", "[host]\ntowns = towns\ndata = data\n[limits]\nmessages-minute = 10000\ndisk-free-mb = 0\n");
    static const char *const town = "[town]\nname.uk = Проба\nlanguages = uk\n[menu]\nall = /hello\n[console]\n[hello]\n[office]\n";
    folder_put("towns/a.ini", town);
    folder_put("towns/b.ini", town);
    struct bench *bench = mem_alloc(sizeof *bench);
    const struct host_overrides over = {.plugins = BUILD_DIR "/plugins:" BUILD_DIR "/tests/plugins", .share = BUILD_DIR "/share"};
    struct fail fail = {0};
    if (!host_read(&bench->host, folder_path("viche.ini"), &over, &fail))
        fail_msg("%s", fail.words);
    const struct machine_setup setup = {.host = &bench->host, .plugins = &plugins, .count = 1, .out = &bench->out,
                                        .commit = hold, .context = bench};
    bench->machine = machine_open(&setup, &fail);
    if (!bench->machine)
        fail_msg("%s", fail.words);
    settle(bench);
    uint32_t status = 0;
    replies(bench, &status);
    bench->commits = 0;
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

static void nothing_is_acknowledged_before_its_commit(void **state)
{
    struct bench *bench = *state;
    uint32_t status = 0;
    line(bench, "a", "1", "/hello");
    machine_run(bench->machine);
    assert_int_equal(bench->held_count, 1);
    assert_int_equal(replies(bench, &status), 0);
    release(bench, true);
    assert_int_equal(replies(bench, &status), 1);
    assert_true(status >= 200 && status < 300);
}

static void events_of_one_town_share_a_commit(void **state)
{
    struct bench *bench = *state;
    uint32_t status = 0;
    line(bench, "a", "first", "/hello");
    machine_run(bench->machine);
    for (int i = 0; i < 100; i++) {
        char origin[8];
        snprintf(origin, sizeof origin, "%d", i);
        line(bench, "a", origin, "/menu");
        machine_run(bench->machine); /* the first commit is under way: they wait */
    }
    assert_int_equal(bench->commits, 1);
    release(bench, true);
    machine_run(bench->machine);
    assert_int_equal(bench->commits, 2);
    release(bench, true);
    assert_int_equal(replies(bench, &status), 101);
}

static void commits_of_different_towns_overlap(void **state)
{
    struct bench *bench = *state;
    line(bench, "a", "1", "/menu");
    line(bench, "b", "1", "/menu");
    machine_run(bench->machine);
    assert_int_equal(bench->held_count, 2);
    release(bench, true);
}

static void an_event_seen_before_is_answered_and_not_repeated(void **state)
{
    struct bench *bench = *state;
    uint32_t status = 0;
    line(bench, "a", "1", "/menu");
    settle(bench);
    struct db *db = machine_town(bench->machine, "a")->db;
    int64_t said = db_number(db, "SELECT COUNT(*) FROM history", "");
    line(bench, "a", "1", "/menu");
    settle(bench);
    assert_int_equal(replies(bench, &status), 2);
    assert_int_equal(db_number(db, "SELECT COUNT(*) FROM history", ""), said);
}

static void a_commit_that_fails_is_said_and_undone(void **state)
{
    struct bench *bench = *state;
    uint32_t status = 0;
    line(bench, "a", "1", "/menu");
    machine_run(bench->machine);
    release(bench, false);
    assert_int_equal(replies(bench, &status), 1);
    assert_int_equal(status, 503);
    assert_int_equal(db_number(machine_town(bench->machine, "a")->db, "SELECT COUNT(*) FROM inbox", ""), 0);
    line(bench, "b", "1", "/menu"); /* the neighbour goes on */
    settle(bench);
    assert_int_equal(replies(bench, &status), 1);
    assert_true(status < 300);
}

static void a_town_of_another_worker_is_refused(void **state)
{
    struct bench *bench = *state;
    uint32_t status = 0;
    line(bench, "elsewhere", "1", "/menu");
    assert_int_equal(replies(bench, &status), 1);
    assert_int_equal(status, 404);
}

static void who_talks_goes_before_who_looks(void **state)
{
    struct bench *bench = *state;
    int64_t before = count(bench, "a", "SELECT COUNT(*) FROM history");
    look(bench, "a");
    line(bench, "a", "1", "/menu");
    machine_run(bench->machine);
    assert_true(count(bench, "a", "SELECT COUNT(*) FROM history") > before);
    assert_int_equal(count(bench, "a", "SELECT COUNT(*) FROM audit"), 0); /* a desk's work is no part of the citizen's commit */
    release(bench, true);
    machine_run(bench->machine);
    assert_int_equal(count(bench, "a", "SELECT COUNT(*) FROM audit"), 1);
    release(bench, true);
}

static void who_looks_has_a_turn_too(void **state)
{
    struct bench *bench = *state;
    for (int i = 0; i < 3; i++) {
        char origin[8];
        snprintf(origin, sizeof origin, "%d", i);
        look(bench, "a");
        line(bench, "a", origin, "/menu");
        machine_run(bench->machine);
        release(bench, true);
    }
    assert_true(count(bench, "a", "SELECT COUNT(*) FROM audit") > 0);
}

static size_t anchors(struct bench *bench)
{
    size_t found = 0, from = 0, used = 0;
    struct frame frame;
    for (; frame_next(&bench->out, from, &frame, &used) == 1; from += used)
        found += frame.kind == FRAME_ANCHOR;
    buf_clear(&bench->out);
    return found;
}

static void the_audit_chain_is_anchored_at_the_end_of_an_hour_in_which_it_grew(void **state)
{
    struct bench *bench = *state;
    int64_t hour_ms = INT64_C(3600) * 1000, now_ms = clock_now_ms();
    look(bench, "a");
    settle(bench);
    assert_int_equal(anchors(bench), 0);
    clock_set(now_ms + hour_ms);
    settle(bench);
    machine_run(bench->machine);
    release(bench, true);
    assert_int_equal(anchors(bench), 1);
    clock_set(now_ms + 2 * hour_ms);
    machine_run(bench->machine);
    release(bench, true);
    assert_int_equal(anchors(bench), 0);
    clock_set(0);
}

#define ON_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BENCH(nothing_is_acknowledged_before_its_commit), ON_BENCH(events_of_one_town_share_a_commit),
        ON_BENCH(commits_of_different_towns_overlap),        ON_BENCH(an_event_seen_before_is_answered_and_not_repeated),
        ON_BENCH(a_commit_that_fails_is_said_and_undone),    ON_BENCH(a_town_of_another_worker_is_refused),
        ON_BENCH(who_talks_goes_before_who_looks),           ON_BENCH(who_looks_has_a_turn_too),
        ON_BENCH(the_audit_chain_is_anchored_at_the_end_of_an_hour_in_which_it_grew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
