/* SPDX-License-Identifier: MPL-2.0 */
#include "link/post.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static int ends[2];

static void a_descriptor_travels_with_its_message(void **state)
{
    (void)state;
    int pipe_ends[2], fd = -1;
    assert_int_equal(pipe(pipe_ends), 0);
    assert_true(post_send(ends[0], &(struct post){.kind = POST_WORKER, .worker = 3}, pipe_ends[1]));
    close(pipe_ends[1]);
    struct post got;
    assert_int_equal(post_receive(ends[1], &got, &fd), 1);
    assert_int_equal(got.kind, POST_WORKER);
    assert_int_equal(got.worker, 3);
    assert_true(fd >= 0 && (fcntl(fd, F_GETFD) & FD_CLOEXEC));
    char byte = 0;
    assert_int_equal(write(fd, "x", 1), 1);
    assert_int_equal(read(pipe_ends[0], &byte, 1), 1);
    assert_int_equal(byte, 'x');
    close(fd);
    close(pipe_ends[0]);
}

static void messages_keep_their_order_and_their_text(void **state)
{
    (void)state;
    struct post config = {.kind = POST_CONFIG}, got;
    int fd = -1;
    memcpy(config.path, "/data/.conf/2", sizeof "/data/.conf/2");
    assert_true(post_send(ends[0], &config, -1));
    assert_true(post_send(ends[0], &(struct post){.kind = POST_BEAT}, -1));
    assert_int_equal(post_receive(ends[1], &got, &fd), 1);
    assert_string_equal(got.path, "/data/.conf/2");
    assert_int_equal(fd, -1);
    assert_int_equal(post_receive(ends[1], &got, &fd), 1);
    assert_int_equal(got.kind, POST_BEAT);
    assert_int_equal(post_receive(ends[1], &got, &fd), 0);
}

static void the_end_of_the_other_side_is_seen(void **state)
{
    (void)state;
    struct post got;
    int fd = -1;
    close(ends[0]);
    assert_int_equal(post_receive(ends[1], &got, &fd), -1);
    assert_false(post_send(ends[1], &(struct post){.kind = POST_BEAT}, -1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_descriptor_travels_with_its_message),
        cmocka_unit_test(messages_keep_their_order_and_their_text),
        cmocka_unit_test(the_end_of_the_other_side_is_seen),
    };
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) < 0)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
