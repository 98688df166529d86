/* SPDX-License-Identifier: MPL-2.0 */
#include "worker/worker.h"

#include <signal.h>
#include <stdlib.h>
#include <uv.h>

#include "base/clock.h"
#include "base/log.h"
#include "builtin/builtin.h"
#include "link/link.h"
#include "worker/check.h"
#include "worker/machine.h"

enum { BEAT_MS = 100, LOCK_WAIT_MS = 20000, LOCK_STEP_MS = 50, IDLE_MS = 60000 };

struct worker {
    const struct worker_args *args;
    uv_loop_t loop;
    uv_timer_t beat, due;
    uv_prepare_t before_sleep;
    uv_signal_t term;
    struct link *link;
    struct machine *machine;
    struct town_plugins plugins;
    bool stopping, said_stopped;
    int code;
};

/* A commit on its way through a thread of the pool. */
struct committing {
    uv_work_t work;
    struct batch *batch;
    bool ok;
};

static void commit_on_thread(uv_work_t *work)
{
    struct committing *committing = work->data;
    committing->ok = db_commit(batch_db(committing->batch));
}

static void commit_done(uv_work_t *work, int status)
{
    (void)status;
    struct committing *committing = work->data;
    batch_committed(committing->batch, committing->ok);
    free(committing);
}

/* Waits for the disk overlap on threads; where no other town has anything to do, the way there and back would only cost. */
static void commit_start(void *context, struct batch *batch)
{
    struct worker *worker = context;
    if (machine_busy(worker->machine) == 1) {
        batch_committed(batch, batch_commit(batch));
        return;
    }
    struct committing *committing = mem_alloc(sizeof *committing);
    committing->batch = batch;
    committing->work.data = committing;
    uv_queue_work(&worker->loop, &committing->work, commit_on_thread, commit_done);
}

/* ---- the loop ---- */

static void stop(struct worker *worker, int code)
{
    worker->stopping = true;
    if (code)
        worker->code = code;
}

static void frame(void *context, struct frame *frame)
{
    struct worker *worker = context;
    if (frame->kind == FRAME_STOP)
        stop(worker, 0);
    else
        machine_frame(worker->machine, frame);
}

static void closed(void *context, const char *why)
{
    struct worker *worker = context;
    if (!worker->stopping)
        log_line(LOG_WARN, "worker", "the gateway is gone", "why=\"%s\"", why);
    worker->link = NULL;
    stop(worker, 1);
}

static void on_term(uv_signal_t *handle, int number)
{
    (void)number;
    stop(handle->data, 0);
}

static void on_beat(uv_timer_t *timer)
{
    struct worker *worker = timer->data;
    if (worker->args->page)
        atomic_store(&worker->args->page->workers[worker->args->index].beat_ms, clock_mono_ms());
}

static void on_due(uv_timer_t *timer) { (void)timer; }

static void say_stopped(struct worker *worker)
{
    if (worker->link && !worker->said_stopped) {
        size_t mark = frame_begin(link_out(worker->link), FRAME_STOPPED);
        frame_end(link_out(worker->link), mark);
        worker->said_stopped = true;
        link_flush(worker->link);
    }
    if (!worker->link || link_waiting(worker->link) == 0)
        uv_stop(&worker->loop);
}

/* Before the loop sleeps: run what waits, set the alarm for what is due by the clock. */
static void before_sleep(uv_prepare_t *prepare)
{
    struct worker *worker = prepare->data;
    machine_run(worker->machine);
    if (worker->stopping && machine_idle(worker->machine)) {
        say_stopped(worker);
        return;
    }
    int64_t wait_ms = machine_due_ms(worker->machine) - clock_now_ms();
    if (wait_ms > IDLE_MS)
        wait_ms = IDLE_MS;
    uv_timer_start(&worker->due, on_due, wait_ms > 0 ? (uint64_t)wait_ms : 0, 0);
    if (worker->link)
        link_flush(worker->link);
    log_flush();
}

/* ---- from start to end ---- */

/* The worker before this one may still be closing the towns. */
static bool open_machine(struct worker *worker, struct fail *fail)
{
    const struct machine_setup setup = {
        .host = worker->args->host,
        .plugins = &worker->plugins,
        .page = worker->args->page,
        .index = worker->args->index,
        .count = worker->args->count,
        .out = link_out(worker->link),
        .commit = commit_start,
        .context = worker,
    };
    int64_t until = clock_mono_ms() + LOCK_WAIT_MS;
    do {
        on_beat(&worker->beat);
        worker->machine = machine_open(&setup, fail);
        if (worker->machine)
            return true;
        if (!fail->again)
            return false;
        buf_clear(setup.out);
        uv_sleep(LOCK_STEP_MS);
    } while (clock_mono_ms() < until);
    return false;
}

static void arm(struct worker *worker)
{
    uv_timer_init(&worker->loop, &worker->beat);
    uv_timer_init(&worker->loop, &worker->due);
    uv_prepare_init(&worker->loop, &worker->before_sleep);
    uv_signal_init(&worker->loop, &worker->term);
    worker->beat.data = worker->due.data = worker->before_sleep.data = worker->term.data = worker;
    uv_timer_start(&worker->beat, on_beat, 0, BEAT_MS);
    uv_prepare_start(&worker->before_sleep, before_sleep);
    uv_signal_start(&worker->term, on_term, SIGTERM);
}

int worker_main(const struct worker_args *args)
{
    setenv("UV_THREADPOOL_SIZE", "16", 1); /* commits in flight; they wait for the disk, not for a core */
    struct worker *worker = mem_alloc(sizeof *worker);
    worker->args = args;
    worker->plugins.own = &builtin_plugin;
    uv_loop_init(&worker->loop);
    static const struct link_events events = {.frame = frame, .closed = closed};
    worker->link = link_open(&worker->loop, args->link_fd, &events, worker);
    worker->beat.data = worker;
    struct fail fail = {0};
    if (!open_machine(worker, &fail)) {
        log_line(LOG_ALARM, "worker", "cannot serve", "why=\"%s\"", fail.words);
        return 1;
    }
    arm(worker);
    if (args->page)
        atomic_store(&args->page->workers[args->index].state, 2);
    log_line(LOG_NOTE, "worker", "serving", "worker=%u of=%u", args->index, args->count);
    log_gather();
    uv_run(&worker->loop, UV_RUN_DEFAULT);
    machine_close(worker->machine);
    log_flush();
    if (worker->link)
        link_close(worker->link);
    return worker->code;
}

bool worker_check(const struct host_config *host, struct fail *fail)
{
    static struct town_plugins plugins = {.own = &builtin_plugin}; /* as long as the process: what is loaded is never let go */
    for (size_t i = 0; i < host->town_count; i++) {
        struct town *town = town_load(host, host->town_files[i], &plugins, fail);
        bool good = town && check_town(town, fail);
        town_close(town);
        if (!good)
            return false;
    }
    return true;
}
