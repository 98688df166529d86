/* SPDX-License-Identifier: MPL-2.0 */
#include "link/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void write_one(struct buf *out)
{
    const struct pair headers[] = {{"host", "a.ua"}, {"accept", ""}, {0}};
    size_t mark = frame_begin(out, FRAME_REQUEST);
    frame_u32(out, 7);
    frame_u64(out, UINT64_MAX - 1);
    frame_text(out, "Ґанок");
    frame_text(out, NULL);
    frame_pairs(out, headers);
    frame_pairs(out, NULL);
    frame_bytes(out, "a\0b", 3);
    assert_true(frame_end(out, mark));
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    struct buf out = {0};
    struct frame frame;
    struct pair pairs[4];
    size_t used = 0, size = 0;
    write_one(&out);
    assert_int_equal(frame_next(&out, 0, &frame, &used), 1);
    assert_int_equal(used, out.size);
    assert_int_equal(frame.kind, FRAME_REQUEST);
    assert_int_equal(frame_read_u32(&frame), 7);
    assert_true(frame_read_u64(&frame) == UINT64_MAX - 1);
    assert_string_equal(frame_read_text(&frame), "Ґанок");
    assert_string_equal(frame_read_text(&frame), "");
    frame_read_pairs(&frame, pairs, 4);
    assert_string_equal(pairs[0].name, "host");
    assert_string_equal(pairs[0].value, "a.ua");
    assert_string_equal(pairs[1].name, "accept");
    assert_null(pairs[2].name);
    frame_read_pairs(&frame, pairs, 4);
    assert_null(pairs[0].name);
    assert_memory_equal(frame_read_bytes(&frame, &size), "a\0b", 4);
    assert_int_equal(size, 3);
    assert_ptr_equal(frame.at, frame.end);
    assert_false(frame.broken);
    buf_free(&out);
}

static void frames_follow_each_other(void **state)
{
    (void)state;
    struct buf out = {0};
    struct frame frame;
    size_t used = 0;
    frame_end(&out, frame_begin(&out, FRAME_STOP));
    write_one(&out);
    assert_int_equal(frame_next(&out, 0, &frame, &used), 1);
    assert_int_equal(frame.kind, FRAME_STOP);
    assert_int_equal(used, FRAME_HEAD_BYTES);
    assert_int_equal(frame_next(&out, used, &frame, &used), 1);
    assert_int_equal(frame.kind, FRAME_REQUEST);
    buf_free(&out);
}

static void part_of_a_frame_waits_for_the_rest(void **state)
{
    (void)state;
    struct buf out = {0}, part = {0};
    struct frame frame;
    size_t used = 0;
    write_one(&out);
    for (size_t i = 0; i < out.size; i++) {
        assert_int_equal(frame_next(&part, 0, &frame, &used), 0);
        buf_byte(&part, out.data[i]);
    }
    assert_int_equal(frame_next(&part, 0, &frame, &used), 1);
    buf_free(&out);
    buf_free(&part);
}

static void a_length_beyond_the_limit_is_garbage(void **state)
{
    (void)state;
    struct buf in = {0};
    struct frame frame;
    size_t used = 0;
    frame_u32(&in, FRAME_MAX_BYTES + 1);
    frame_u32(&in, FRAME_STOP);
    assert_int_equal(frame_next(&in, 0, &frame, &used), -1);
    buf_free(&in);
}

static void an_over_long_frame_is_taken_back(void **state)
{
    (void)state;
    struct buf out = {0};
    write_one(&out);
    size_t before = out.size;
    char *body = calloc(1, FRAME_MAX_BYTES);
    size_t mark = frame_begin(&out, FRAME_REPLY);
    frame_bytes(&out, body, FRAME_MAX_BYTES);
    assert_false(frame_end(&out, mark));
    assert_int_equal(out.size, before);
    free(body);
    buf_free(&out);
}

/* A payload of these bytes. */
static struct frame payload(struct buf *in, const char *bytes, size_t size)
{
    struct frame frame;
    size_t used = 0;
    buf_clear(in);
    frame_u32(in, (uint32_t)size);
    frame_u32(in, FRAME_REQUEST);
    buf_add(in, bytes, size);
    assert_int_equal(frame_next(in, 0, &frame, &used), 1);
    return frame;
}

static void a_short_field_breaks_the_frame_and_gives_nothing(void **state)
{
    (void)state;
    struct buf in = {0};
    size_t size = 9;
    struct frame frame = payload(&in, "\1\2\3", 3);
    assert_int_equal(frame_read_u32(&frame), 0);
    assert_true(frame.broken);
    frame = payload(&in, "\1\0\0\0\2", 5);
    assert_true(frame_read_u64(&frame) == 0);
    assert_true(frame.broken);
    frame = payload(&in, "\377\377\377\377abc", 7);
    assert_string_equal(frame_read_bytes(&frame, &size), "");
    assert_int_equal(size, 0);
    assert_true(frame.broken);
    frame = payload(&in, "\3\0\0\0abc", 7); /* the NUL behind is missing */
    assert_string_equal(frame_read_text(&frame), "");
    assert_true(frame.broken);
    buf_free(&in);
}

static void nothing_is_read_after_the_first_broken_field(void **state)
{
    (void)state;
    struct buf in = {0};
    struct frame frame = payload(&in, "\377\0\0\0\1\0\0\0\1\0\0\0", 12);
    frame_read_text(&frame);
    assert_true(frame.broken);
    assert_int_equal(frame_read_u32(&frame), 0);
    assert_string_equal(frame_read_text(&frame), "");
    buf_free(&in);
}

static void a_text_with_a_nul_or_without_its_end_is_broken(void **state)
{
    (void)state;
    struct buf in = {0};
    struct frame frame = payload(&in, "\3\0\0\0a\0b\0", 8);
    assert_string_equal(frame_read_text(&frame), "");
    assert_true(frame.broken);
    frame = payload(&in, "\3\0\0\0abcd", 8);
    assert_string_equal(frame_read_text(&frame), "");
    assert_true(frame.broken);
    buf_free(&in);
}

static void pairs_beyond_the_room_are_skipped(void **state)
{
    (void)state;
    struct buf out = {0};
    struct frame frame;
    struct pair pairs[2];
    size_t used = 0;
    write_one(&out);
    frame_next(&out, 0, &frame, &used);
    frame_read_u32(&frame), frame_read_u64(&frame), frame_read_text(&frame), frame_read_text(&frame);
    frame_read_pairs(&frame, pairs, 2);
    assert_string_equal(pairs[0].name, "host");
    assert_null(pairs[1].name);
    frame_read_pairs(&frame, pairs, 2);
    assert_false(frame.broken);
    buf_free(&out);
}

static void a_false_count_of_pairs_ends_at_the_payload(void **state)
{
    (void)state;
    struct buf in = {0};
    struct pair pairs[4];
    struct frame frame = payload(&in, "\377\377\377\377\1\0\0\0a\0\1\0\0\0b\0", 16);
    frame_read_pairs(&frame, pairs, 4);
    assert_true(frame.broken);
    assert_string_equal(pairs[0].value, "b");
    assert_null(pairs[1].name);
    buf_free(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(frames_follow_each_other),
        cmocka_unit_test(part_of_a_frame_waits_for_the_rest),
        cmocka_unit_test(a_length_beyond_the_limit_is_garbage),
        cmocka_unit_test(an_over_long_frame_is_taken_back),
        cmocka_unit_test(a_short_field_breaks_the_frame_and_gives_nothing),
        cmocka_unit_test(nothing_is_read_after_the_first_broken_field),
        cmocka_unit_test(a_text_with_a_nul_or_without_its_end_is_broken),
        cmocka_unit_test(pairs_beyond_the_room_are_skipped),
        cmocka_unit_test(a_false_count_of_pairs_ends_at_the_payload),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
