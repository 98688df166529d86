/* SPDX-License-Identifier: MPL-2.0 */
#include "supervisor/spawn.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include <cmocka.h>

static int heard;

static void hear(uv_signal_t *handle, int number)
{
    (void)handle;
    heard = number;
}

/* Told to end in its first moments, a child must not pass the word on to the loop whose handlers it was born with. */
static void a_newborn_told_to_end_does_not_end_its_parent(void **state)
{
    (void)state;
    static const struct host_config host = {.path = "", .base = "", .towns = "", .towns_base = "", .listen = "", .data = "",
                                            .plugins = "", .share = ""};
    uv_loop_t loop;
    uv_signal_t handle;
    uv_loop_init(&loop);
    uv_signal_init(&loop, &handle);
    uv_signal_start(&handle, hear, SIGTERM);
    for (int i = 0; i < 50; i++) {
        pid_t pid = spawn(&(struct spawn){.role = "child", .host = &host});
        assert_true(pid > 0);
        kill(pid, SIGTERM);
        assert_int_equal(waitpid(pid, NULL, 0), pid);
        uv_run(&loop, UV_RUN_NOWAIT);
    }
    assert_int_equal(heard, 0);
    uv_close((uv_handle_t *)&handle, NULL);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
}

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1) /* the child, which is this program again */
        return 0;
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_newborn_told_to_end_does_not_end_its_parent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
