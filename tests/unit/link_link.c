/* SPDX-License-Identifier: MPL-2.0 */
#include "link/link.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* One end under test in a loop, the other in our hands. */
static struct {
    uv_loop_t loop;
    struct link *link;
    int other;
    int frames, closes;
    uint64_t sum;
    bool close_at_first, answer;
} end;

static void on_frame(void *context, struct frame *frame)
{
    (void)context;
    end.frames++;
    end.sum += frame_read_u64(frame);
    if (end.answer) {
        size_t mark = frame_begin(link_out(end.link), FRAME_STOPPED);
        frame_end(link_out(end.link), mark);
    }
    if (end.close_at_first)
        link_close(end.link);
}

static void on_closed(void *context, const char *why)
{
    (void)context;
    assert_non_null(why);
    end.closes++;
}

static int make(void **state)
{
    (void)state;
    static const struct link_events events = {.frame = on_frame, .closed = on_closed};
    int pair[2];
    memset(&end, 0, sizeof end);
    if (uv_loop_init(&end.loop) != 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return -1;
    end.other = pair[0];
    end.link = link_open(&end.loop, pair[1], &events, NULL);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    if (!end.close_at_first)
        link_close(end.link);
    close(end.other);
    uv_run(&end.loop, UV_RUN_DEFAULT);
    return uv_loop_close(&end.loop);
}

static void add_number(struct buf *out, uint64_t number, size_t ballast)
{
    static const char zeros[65536];
    size_t mark = frame_begin(out, FRAME_FETCHED);
    frame_u64(out, number);
    frame_bytes(out, zeros, ballast);
    frame_end(out, mark);
}

static void turn(void) { uv_run(&end.loop, UV_RUN_NOWAIT); }

static void frames_arrive_whole_and_in_order_however_they_are_cut(void **state)
{
    (void)state;
    struct buf out = {0};
    for (uint64_t i = 1; i <= 3; i++)
        add_number(&out, i, 5);
    for (size_t i = 0; i < out.size; i++) {
        assert_int_equal(send(end.other, out.data + i, 1, 0), 1);
        turn();
        assert_int_equal(end.frames, (int)((i + 1) / (out.size / 3)));
    }
    assert_int_equal(end.sum, 6);
    buf_free(&out);
}

static void what_is_written_leaves_before_the_loop_sleeps(void **state)
{
    (void)state;
    struct buf in = {0};
    struct frame frame;
    char part[256];
    size_t used = 0;
    add_number(link_out(end.link), 42, 0);
    turn();
    assert_int_equal(link_waiting(end.link), 0);
    buf_add(&in, part, (size_t)recv(end.other, part, sizeof part, 0));
    assert_int_equal(frame_next(&in, 0, &frame, &used), 1);
    assert_int_equal(frame_read_u64(&frame), 42);
    buf_free(&in);
}

/* Far more than the socket holds: the rest waits and goes on when the reader is back. */
static void a_slow_reader_gets_everything_in_the_end(void **state)
{
    (void)state;
    struct buf in = {0};
    struct frame frame;
    static char part[100000];
    size_t used = 0, done = 0;
    uint64_t expected = 0;
    for (uint64_t i = 0; i < 100; i++)
        add_number(link_out(end.link), i, 65536);
    turn();
    assert_true(link_waiting(end.link) > 0);
    while (expected < 100) {
        ssize_t got = recv(end.other, part, sizeof part, MSG_DONTWAIT);
        if (got > 0)
            buf_add(&in, part, (size_t)got);
        for (; frame_next(&in, done, &frame, &used) == 1; done += used)
            assert_true(frame_read_u64(&frame) == expected++);
        turn();
    }
    assert_int_equal(link_waiting(end.link), 0);
    assert_int_equal(end.closes, 0);
    buf_free(&in);
}

static void an_answer_written_in_a_callback_leaves(void **state)
{
    (void)state;
    struct buf out = {0};
    char part[64];
    end.answer = true;
    add_number(&out, 1, 0);
    assert_int_equal(send(end.other, out.data, out.size, 0), (ssize_t)out.size);
    turn();
    turn();
    assert_int_equal(recv(end.other, part, sizeof part, MSG_DONTWAIT), FRAME_HEAD_BYTES);
    buf_free(&out);
}

static void the_other_ends_going_is_told_once(void **state)
{
    (void)state;
    shutdown(end.other, SHUT_RDWR);
    for (int i = 0; i < 3; i++)
        turn();
    assert_int_equal(end.closes, 1);
}

static void writing_to_nobody_is_told_once(void **state)
{
    (void)state;
    shutdown(end.other, SHUT_RDWR);
    add_number(link_out(end.link), 1, 0);
    for (int i = 0; i < 3; i++) {
        link_flush(end.link);
        turn();
    }
    assert_int_equal(end.closes, 1);
}

static void garbage_closes_the_link(void **state)
{
    (void)state;
    static const char garbage[] = "GET / HTTP/1.1\r\n\r\n";
    assert_int_equal(send(end.other, garbage, sizeof garbage, 0), sizeof garbage);
    turn();
    assert_int_equal(end.frames, 0);
    assert_int_equal(end.closes, 1);
}

static void a_broken_field_closes_the_link(void **state)
{
    (void)state;
    struct buf out = {0};
    size_t mark = frame_begin(&out, FRAME_FETCHED); /* without the number on_frame reads */
    frame_end(&out, mark);
    add_number(&out, 1, 0);
    assert_int_equal(send(end.other, out.data, out.size, 0), (ssize_t)out.size);
    turn();
    assert_int_equal(end.frames, 1);
    assert_int_equal(end.closes, 1);
    buf_free(&out);
}

static void it_may_be_closed_from_its_own_callback(void **state)
{
    (void)state;
    struct buf out = {0};
    end.close_at_first = true;
    add_number(&out, 1, 0);
    add_number(&out, 2, 0);
    assert_int_equal(send(end.other, out.data, out.size, 0), (ssize_t)out.size);
    turn();
    assert_int_equal(end.frames, 1);
    assert_int_equal(end.closes, 0);
    buf_free(&out);
}

#define WITH_LINK(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_LINK(frames_arrive_whole_and_in_order_however_they_are_cut),
        WITH_LINK(what_is_written_leaves_before_the_loop_sleeps),
        WITH_LINK(a_slow_reader_gets_everything_in_the_end),
        WITH_LINK(an_answer_written_in_a_callback_leaves),
        WITH_LINK(the_other_ends_going_is_told_once),
        WITH_LINK(writing_to_nobody_is_told_once),
        WITH_LINK(garbage_closes_the_link),
        WITH_LINK(a_broken_field_closes_the_link),
        WITH_LINK(it_may_be_closed_from_its_own_callback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
