/* SPDX-License-Identifier: MPL-2.0
 * The processes of the host: started, watched, killed, started again. A worker holds nothing that is not in its towns' databases,
 * so when the gateway dies the workers are ended too and begin anew on fresh links: simpler than teaching them to reconnect,
 * and as fast. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "link/post.h"
#include "supervisor/spawn.h"
#include "supervisor/supervisor_inner.h"

enum {
    YOUNG_MS = 200, /* a child that dies before this age waits before its next start */
    DELAY_MS_MIN = 50,
    DELAY_MS_MAX = 10 * 1000,
    GATEWAY_SILENCE_MS = 10 * 1000,
    GRACE_MS = 5 * 1000,
    TICK_MS = 100
};

/* ---- starting ---- */

static void started(struct child *child, pid_t pid)
{
    *child = (struct child){.pid = pid > 0 ? pid : 0, .started_ms = clock_mono_ms(), .delay_ms = child->delay_ms};
    if (pid > 0)
        return;
    log_line(LOG_ALARM, "child", "cannot start", "why=%s", strerrordesc_np(errno));
    child->start_ms = child->started_ms + DELAY_MS_MAX;
}

static void hear_gateway(uv_poll_t *poll, int status, int events)
{
    (void)status, (void)events;
    struct supervisor *supervisor = poll->data;
    struct post post;
    int fd = -1;
    while (post_receive(supervisor->post_fd, &post, &fd) > 0) {
        supervisor->beat_ms = clock_mono_ms();
        if (post.kind != POST_READY || post.worker >= PAGE_WORKERS)
            continue;
        supervisor->workers[post.worker].ready = true;
        supervisor_say_ready(supervisor);
    }
}

static void on_closed(uv_handle_t *handle) { free(handle); }

static void forget_post(struct supervisor *supervisor)
{
    if (supervisor->post_fd < 0)
        return;
    uv_poll_stop(supervisor->post);
    uv_close((uv_handle_t *)supervisor->post, on_closed);
    close(supervisor->post_fd);
    supervisor->post_fd = -1;
}

static void listen_to_gateway(struct supervisor *supervisor, int fd)
{
    supervisor->post_fd = fd;
    supervisor->post = mem_alloc(sizeof *supervisor->post);
    supervisor->post->data = supervisor;
    uv_poll_init(&supervisor->loop, supervisor->post, fd);
    uv_poll_start(supervisor->post, UV_READABLE, hear_gateway);
}

void child_start_gateway(struct supervisor *supervisor)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
        started(&supervisor->gateway, -1);
        return;
    }
    supervisor->beat_ms = clock_mono_ms();
    started(&supervisor->gateway,
            spawn(&(struct spawn){.role = "gateway", .host = &supervisor->host, .page_fd = supervisor->page_fd,
                                  .listen_fd = supervisor->place.listen_fd, .control_fd = supervisor->place.control_fd,
                                  .post_fd = ends[1]}));
    close(ends[1]);
    listen_to_gateway(supervisor, ends[0]);
}

void child_start_worker(struct supervisor *supervisor, uint32_t worker)
{
    struct child *child = &supervisor->workers[worker];
    int ends[2];
    if (supervisor->post_fd < 0) { /* the gateway comes first */
        child->start_ms = clock_mono_ms() + DELAY_MS_MIN;
        return;
    }
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
        started(child, -1);
        return;
    }
    started(child, spawn(&(struct spawn){.role = "worker", .host = &supervisor->host, .index = worker,
                                         .count = (uint32_t)supervisor->host.workers, .page_fd = supervisor->page_fd,
                                         .link_fd = ends[1]}));
    if (!post_send(supervisor->post_fd, &(struct post){.kind = POST_WORKER, .worker = worker, .pid = child->pid}, ends[0]))
        child_tell_end(child, 0); /* the gateway does not listen: it is dying or drowned, and will be started again */
    close(ends[0]);
    close(ends[1]);
}

/* ---- ending ---- */

void child_tell_end(struct child *child, int64_t grace_ms)
{
    if (!child->pid)
        return;
    child->told = true;
    child->kill_ms = clock_mono_ms() + grace_ms;
    kill(child->pid, SIGTERM);
}

/* At once for one that has lived a while; else after a delay that doubles. */
static void plan_start(struct child *child, int64_t now_ms)
{
    bool young = now_ms - child->started_ms < YOUNG_MS;
    if (!young)
        child->delay_ms = 0;
    child->start_ms = now_ms + child->delay_ms;
    child->delay_ms = child->delay_ms ? child->delay_ms * 2 : DELAY_MS_MIN;
    if (child->delay_ms > DELAY_MS_MAX)
        child->delay_ms = DELAY_MS_MAX;
}

static const char *how_ended(int status, char out[48])
{
    if (WIFSIGNALED(status))
        snprintf(out, 48, "signal=SIG%s", sigabbrev_np(WTERMSIG(status)));
    else
        snprintf(out, 48, "exit=%d", WEXITSTATUS(status));
    return out;
}

static void gateway_ended(struct supervisor *supervisor, int status, int64_t now_ms)
{
    char how[48];
    forget_post(supervisor);
    supervisor->gateway.pid = 0;
    if (supervisor->stopping_ms)
        return;
    log_line(LOG_ALARM, "child", "gateway ended", "%s", how_ended(status, how));
    plan_start(&supervisor->gateway, now_ms);
    for (uint32_t i = 0; i < PAGE_WORKERS; i++) {
        child_tell_end(&supervisor->workers[i], GRACE_MS);
        supervisor->workers[i].started_ms = 0; /* not its fault: no delay */
    }
}

static void worker_ended(struct supervisor *supervisor, uint32_t worker, int status, int64_t now_ms)
{
    struct child *child = &supervisor->workers[worker];
    char how[48];
    child->pid = 0;
    if (child->told) {
        watch_ended(&supervisor->watch, worker);
        child->started_ms = 0;
    } else {
        log_line(LOG_WARN, "child", "worker ended", "worker=%u %s", worker, how_ended(status, how));
        bool from_outside = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL && !child->late;
        watch_crashed(&supervisor->watch, worker, !from_outside, now_ms);
    }
    if (!supervisor->stopping_ms && worker < supervisor->host.workers)
        plan_start(child, now_ms);
}

static void ended(struct supervisor *supervisor, pid_t pid, int status)
{
    int64_t now_ms = clock_mono_ms();
    if (pid == supervisor->check.child.pid)
        reload_checked(supervisor, status);
    else if (pid == supervisor->gateway.pid)
        gateway_ended(supervisor, status, now_ms);
    for (uint32_t i = 0; i < PAGE_WORKERS; i++)
        if (pid == supervisor->workers[i].pid)
            worker_ended(supervisor, i, status, now_ms);
}

void child_reap(struct supervisor *supervisor)
{
    int status = 0;
    for (pid_t pid = waitpid(-1, &status, WNOHANG); pid > 0; pid = waitpid(-1, &status, WNOHANG))
        ended(supervisor, pid, status);
    child_tick(supervisor, clock_mono_ms());
}

/* ---- by the clock ---- */

static void kill_if_late(struct child *child, const char *name, const char *why, int64_t now_ms)
{
    if (child->kill_ms && now_ms >= child->kill_ms && !why)
        why = "it did not end in time";
    if (!child->pid || !why)
        return;
    log_line(LOG_WARN, "child", "killed", "child=%s why=\"%s\"", name, why);
    kill(child->pid, SIGKILL);
    child->late = true;
    child->kill_ms = 0;
}

static bool is_due(const struct child *child, int64_t now_ms)
{
    return !child->pid && child->start_ms && now_ms >= child->start_ms;
}

void child_tick(struct supervisor *supervisor, int64_t now_ms)
{
    const char *silent = now_ms - supervisor->beat_ms > GATEWAY_SILENCE_MS ? "its loop stands still" : NULL;
    kill_if_late(&supervisor->gateway, "gateway", silent, now_ms);
    kill_if_late(&supervisor->check.child, "check", NULL, now_ms);
    for (uint32_t i = 0; i < PAGE_WORKERS; i++)
        if (supervisor->workers[i].pid)
            kill_if_late(&supervisor->workers[i], "worker", watch_late(&supervisor->page->workers[i], now_ms), now_ms);
    if (supervisor->stopping_ms)
        return;
    if (is_due(&supervisor->gateway, now_ms))
        child_start_gateway(supervisor);
    for (uint32_t i = 0; i < PAGE_WORKERS; i++)
        if (is_due(&supervisor->workers[i], now_ms))
            child_start_worker(supervisor, i);
}

static int64_t earlier(int64_t next_ms, const struct child *child)
{
    if (!child->pid && child->start_ms && child->start_ms < next_ms)
        return child->start_ms;
    return child->pid && child->kill_ms && child->kill_ms < next_ms ? child->kill_ms : next_ms;
}

int64_t child_next_ms(const struct supervisor *supervisor, int64_t now_ms)
{
    int64_t next_ms = earlier(earlier(now_ms + TICK_MS, &supervisor->gateway), &supervisor->check.child);
    for (uint32_t i = 0; i < PAGE_WORKERS; i++) {
        const struct child *child = &supervisor->workers[i];
        next_ms = earlier(next_ms, child);
        int64_t look_ms = child->pid ? watch_next_ms(&supervisor->page->workers[i], now_ms) : next_ms;
        next_ms = look_ms < next_ms ? look_ms : next_ms;
    }
    return next_ms;
}

bool child_any(const struct supervisor *supervisor)
{
    bool any = supervisor->gateway.pid || supervisor->check.child.pid;
    for (uint32_t i = 0; i < PAGE_WORKERS; i++)
        any = any || supervisor->workers[i].pid;
    return any;
}
