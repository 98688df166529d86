/* SPDX-License-Identifier: MPL-2.0 */
#include "supervisor/supervisor.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "supervisor/snapshot.h"
#include "supervisor/supervisor_inner.h"

enum { STOP_MS = 5 * 1000, WATCHDOG_MS = 5 * 1000 /* WatchdogSec=30 in the unit */ };

/* ---- what systemd hears ---- */

static bool all_ready(const struct supervisor *supervisor)
{
    for (uint32_t i = 0; i < supervisor->host.workers && i < PAGE_WORKERS; i++)
        if (!supervisor->workers[i].ready)
            return false;
    return true;
}

void supervisor_say_ready(struct supervisor *supervisor)
{
    if (supervisor->announced || supervisor->stopping_ms || !all_ready(supervisor))
        return;
    supervisor->announced = true;
    sd_notifyf(0, "READY=1\nSTATUS=serving %zu towns at %s", supervisor->host.town_count, supervisor->place.address);
    log_line(LOG_NOTE, "supervisor", "serving", "address=%s towns=%zu workers=%d", supervisor->place.address,
             supervisor->host.town_count, (int)supervisor->host.workers);
}

static void say_reloading(void)
{
    sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRId64 "\nSTATUS=checking the configuration", clock_mono_ms() * 1000);
}

/* The gateway's and the workers' health is watched by us. */
static void pet_watchdog(struct supervisor *supervisor, int64_t now_ms)
{
    if (now_ms < supervisor->pet_ms)
        return;
    supervisor->pet_ms = now_ms + WATCHDOG_MS;
    sd_notify(0, "WATCHDOG=1"); /* nothing happens where nobody asked for it */
}

/* ---- time ---- */

static void on_tick(uv_timer_t *tick)
{
    struct supervisor *supervisor = tick->data;
    int64_t now_ms = clock_mono_ms();
    child_tick(supervisor, now_ms);
    pet_watchdog(supervisor, now_ms);
    if (supervisor->stopping_ms && !child_any(supervisor))
        uv_stop(&supervisor->loop);
    int64_t wait_ms = child_next_ms(supervisor, now_ms) - now_ms;
    uv_timer_start(tick, on_tick, wait_ms > 0 ? (uint64_t)wait_ms : 1, 0);
}

/* ---- stopping ---- */

static void stop(struct supervisor *supervisor)
{
    if (supervisor->stopping_ms) { /* asked twice: at once */
        for (uint32_t i = 0; i < PAGE_WORKERS; i++)
            child_tell_end(&supervisor->workers[i], 0);
        child_tell_end(&supervisor->gateway, 0);
        child_tell_end(&supervisor->check.child, 0);
        return;
    }
    supervisor->stopping_ms = clock_mono_ms();
    sd_notify(0, "STOPPING=1");
    log_line(LOG_NOTE, "supervisor", "stopping", "towns=%zu", supervisor->host.town_count);
    /* The gateway sends STOP to the workers and gives out what they still answer. */
    child_tell_end(&supervisor->gateway, STOP_MS);
    child_tell_end(&supervisor->check.child, 0);
    for (uint32_t i = 0; i < PAGE_WORKERS; i++) {
        struct child *worker = &supervisor->workers[i];
        worker->start_ms = 0;
        worker->told = true;
        worker->kill_ms = supervisor->stopping_ms + STOP_MS;
    }
}

void supervisor_give_up(struct supervisor *supervisor)
{
    supervisor->exit_code = 1;
    stop(supervisor);
}

/* ---- signals ---- */

static void reload(struct supervisor *supervisor)
{
    struct fail fail;
    if (supervisor->check.child.pid) {
        supervisor->check_again = true;
        return;
    }
    say_reloading();
    if (reload_begin(supervisor, &fail))
        return;
    log_line(LOG_ALARM, "reload", "nothing changes, the new configuration is no good", "%s", fail.words);
    supervisor->announced = false;
    supervisor_say_ready(supervisor);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct supervisor *supervisor = handle->data;
    if (number == SIGCHLD)
        child_reap(supervisor);
    else if (number != SIGHUP)
        stop(supervisor);
    else if (!supervisor->stopping_ms)
        reload(supervisor);
    on_tick(&supervisor->tick);
}

static void listen_to_signals(struct supervisor *supervisor)
{
    static const int numbers[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        uv_signal_init(&supervisor->loop, &supervisor->signals[i]);
        supervisor->signals[i].data = supervisor;
        uv_signal_start(&supervisor->signals[i], on_signal, numbers[i]);
    }
}

/* ---- life ---- */

static void set_limits(void)
{
    umask(077);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); /* no citizen's data in a core dump */
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

static bool take_place(struct supervisor *supervisor, struct fail *fail)
{
    struct host_config host;
    if (!host_read(&host, supervisor->args->config, &supervisor->args->over, fail))
        return false;
    bool taken = place_take(&supervisor->place, &host, fail);
    if (taken)
        snapshot_remove_all(host.data);
    host_close(&host);
    return taken;
}

static bool open_all(struct supervisor *supervisor, struct fail *fail)
{
    if (!take_place(supervisor, fail))
        return false;
    supervisor->page_fd = page_make(&supervisor->page);
    if (supervisor->page_fd < 0)
        return fail_set(fail, "no shared memory for the heartbeat page; is memfd_create allowed here?");
    supervisor->watch.page = supervisor->page;
    log_key(supervisor->page->log_key);
    uv_loop_init(&supervisor->loop);
    uv_timer_init(&supervisor->loop, &supervisor->tick);
    supervisor->tick.data = supervisor;
    listen_to_signals(supervisor);
    return reload_begin(supervisor, fail);
}

static void say_why_not(const char *words)
{
    dprintf(STDERR_FILENO, "viched: %s\n", words);
    sd_notifyf(0, "STATUS=%s", words);
}

int supervisor_main(const struct supervisor_args *args)
{
    static struct supervisor supervisor;
    struct fail fail = {0};
    supervisor.args = args;
    supervisor.post_fd = -1;
    supervisor.place = (struct place){.lock_fd = -1, .listen_fd = -1, .control_fd = -1};
    set_limits();
    if (!open_all(&supervisor, &fail)) {
        say_why_not(fail.words);
        place_leave(&supervisor.place);
        return 1;
    }
    on_tick(&supervisor.tick);
    uv_run(&supervisor.loop, UV_RUN_DEFAULT);
    place_leave(&supervisor.place);
    host_close(&supervisor.host);
    log_line(LOG_NOTE, "supervisor", "stopped", "exit=%d", supervisor.exit_code);
    return supervisor.exit_code;
}
