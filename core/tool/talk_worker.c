/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_worker.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "builtin/builtin.h"
#include "worker/machine.h"

enum { SILENCE_S = 10, WORDS_BYTES_MAX = 16 * 1024 * 1024 };

/* What goes over the socket in front of the frames. */
struct command {
    int64_t now_ms;
    uint64_t bytes;
};

struct report {
    int64_t due_ms;
    uint64_t bytes;
    uint32_t commits, refused; /* refused: the bytes are words, the towns could not be opened */
};

static bool write_all(int fd, const void *data, size_t size_bytes)
{
    const char *at = data;
    while (size_bytes) {
        ssize_t sent = send(fd, at, size_bytes, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR)
            return false;
        if (sent > 0) {
            at += sent;
            size_bytes -= (size_t)sent;
        }
    }
    return true;
}

static bool read_all(int fd, void *data, size_t size_bytes)
{
    char *at = data;
    while (size_bytes) {
        ssize_t got = recv(fd, at, size_bytes, 0);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        if (got > 0) {
            at += got;
            size_bytes -= (size_t)got;
        }
    }
    return true;
}

static bool read_more(int fd, struct buf *buf, uint64_t size_bytes)
{
    if (size_bytes > WORDS_BYTES_MAX)
        return false;
    char *room = mem_alloc(size_bytes + 1);
    bool ok = read_all(fd, room, size_bytes) && buf_add(buf, room, size_bytes);
    free(room);
    return ok;
}

/* ---- in the worker's process ---- */

struct life {
    int fd;
    struct talk_death death;
    int commits;
    bool counting;
    struct buf in, out;
    struct machine *machine;
};

static void die_if(const struct life *life, enum talk_kill kill)
{
    if (life->death.kill == kill && life->commits == life->death.at)
        raise(SIGKILL);
}

static void commit(void *context, struct batch *batch)
{
    struct life *life = context;
    life->commits += life->counting;
    die_if(life, TALK_KILL_BEFORE);
    bool ok = db_commit(batch_db(batch));
    die_if(life, TALK_KILL_AFTER);
    batch_committed(batch, ok);
}

static bool tell(struct life *life, uint32_t refused, const void *data, size_t size_bytes)
{
    struct report report = {.due_ms = life->machine ? machine_due_ms(life->machine) : INT64_MAX,
                            .bytes = size_bytes, .commits = (uint32_t)life->commits, .refused = refused};
    return write_all(life->fd, &report, sizeof report) && write_all(life->fd, data, size_bytes);
}

static void run(struct life *life)
{
    struct frame frame;
    size_t used = 0;
    for (size_t from = 0; frame_next(&life->in, from, &frame, &used) > 0; from += used)
        machine_frame(life->machine, &frame);
    do
        machine_run(life->machine);
    while (!machine_idle(life->machine));
}

static int live(struct life *life, const struct host_config *host, struct page *page)
{
    struct fail fail = {0};
    struct town_plugins plugins = {.own = &builtin_plugin};
    struct machine_setup setup = {.host = host, .plugins = &plugins, .page = page, .count = 1, .out = &life->out,
                                  .commit = commit, .context = life};
    log_open("talk", LOG_WARN);
    life->machine = machine_open(&setup, &fail);
    if (!life->machine) {
        tell(life, 1, fail.words, strlen(fail.words));
        return 1;
    }
    run(life);
    life->counting = true;
    struct command command;
    while (tell(life, 0, buf_str(&life->out), life->out.size) && read_all(life->fd, &command, sizeof command)) {
        buf_clear(&life->in);
        buf_clear(&life->out);
        clock_set(command.now_ms);
        if (!read_more(life->fd, &life->in, command.bytes))
            break;
        run(life);
    }
    machine_close(life->machine);
    return 0;
}

/* ---- in ours ---- */

/* Why it is silent; status: of waitpid. */
static bool blame(const struct talk_worker *worker, int status, bool hung, struct fail *fail)
{
    const char *plugin = worker->page->workers[0].plugin;
    const char *whose = *plugin ? plugin : "the host";
    if (hung)
        return fail_set(fail, "a handler of %s ran for more than %d s; it must not wait or loop", whose, SILENCE_S);
    if (WIFSIGNALED(status))
        return fail_set(fail, "a handler of %s crashed (%s); run it under gdb or with the sanitizers", whose,
                        sigdescr_np(WTERMSIG(status)));
    return fail_set(fail, "a handler of %s ended the process (exit code %d); a plugin never calls exit", whose,
                    WEXITSTATUS(status));
}

static void forget(struct talk_worker *worker)
{
    if (worker->page)
        munmap(worker->page, sizeof *worker->page);
    worker->page = NULL;
    if (worker->fd >= 0)
        close(worker->fd);
    worker->fd = -1;
    if (worker->pid)
        waitpid(worker->pid, NULL, 0);
    worker->pid = 0;
}

/* Takes what the worker tells. */
static enum talk_went listen_to(struct talk_worker *worker, struct buf *out, struct fail *fail)
{
    struct report report;
    errno = 0;
    if (!read_all(worker->fd, &report, sizeof report) || !read_more(worker->fd, out, report.bytes)) {
        bool hung = errno == EAGAIN;
        int status = 0;
        if (hung)
            kill(worker->pid, SIGKILL);
        waitpid(worker->pid, &status, 0);
        worker->pid = 0;
        bool told = worker->death.kill != TALK_KILL_NEVER && !hung && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
        if (!told)
            blame(worker, status, hung, fail);
        forget(worker);
        return told ? TALK_DIED : TALK_WRONG;
    }
    worker->commits = (int)report.commits;
    worker->due_ms = report.due_ms;
    if (!report.refused)
        return TALK_WENT_ON;
    fail_set(fail, "%s", buf_str(out));
    forget(worker);
    return TALK_WRONG;
}

bool talk_worker_start(struct talk_worker *worker, const struct host_config *host, int64_t now_ms, struct talk_death death,
                       struct buf *out, struct fail *fail)
{
    int pair[2] = {-1, -1};
    *worker = (struct talk_worker){.fd = -1, .death = death};
    int page = page_make(&worker->page);
    if (page < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        return fail_set(fail, "no worker can be started: %s", strerrordesc_np(errno));
    close(page);
    worker->pid = fork();
    if (worker->pid < 0)
        return fail_set(fail, "no worker can be started: %s", strerrordesc_np(errno));
    if (worker->pid == 0) {
        close(pair[0]);
        clock_set(now_ms);
        struct life life = {.fd = pair[1], .death = death};
        _exit(live(&life, host, worker->page));
    }
    close(pair[1]);
    worker->fd = pair[0];
    setsockopt(worker->fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = SILENCE_S}, sizeof(struct timeval));
    return listen_to(worker, out, fail) == TALK_WENT_ON;
}

enum talk_went talk_worker_run(struct talk_worker *worker, int64_t now_ms, const struct buf *in, struct buf *out,
                               struct fail *fail)
{
    struct command command = {.now_ms = now_ms, .bytes = in->size};
    if (write_all(worker->fd, &command, sizeof command))
        write_all(worker->fd, buf_str(in), in->size); /* a dead reader shows when we listen */
    return listen_to(worker, out, fail);
}

void talk_worker_stop(struct talk_worker *worker)
{
    if (worker->fd >= 0)
        shutdown(worker->fd, SHUT_WR);
    forget(worker);
}
