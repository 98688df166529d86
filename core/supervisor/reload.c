/* SPDX-License-Identifier: MPL-2.0
 * A configuration on its way in: copied, checked by a process of its own, and only then taken over. The first one at the start
 * goes the same way. All workers are told to end at once and each successor starts when its predecessor has ended: towns may be
 * spread differently from now on, and two workers waiting for each other's towns is worse than the few milliseconds saved. The
 * gateway holds requests meanwhile. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "link/post.h"
#include "supervisor/snapshot.h"
#include "supervisor/spawn.h"
#include "supervisor/supervisor_inner.h"

enum { CHECK_MS_MAX = 60 * 1000, DRAIN_MS = 10 * 1000 };

/* Names of ours at the place where towns stand in an address or in the data folder. */
static bool towns_named_well(const struct host_config *host, struct fail *fail)
{
    static const char taken[] = "static healthz readyz metrics control";
    for (size_t i = 0; i < host->town_count; i++) {
        const char *name = strrchr(host->town_files[i], '/') + 1;
        char id[64];
        snprintf(id, sizeof id, "%.*s", (int)strcspn(name, "."), name);
        if (text_in_list(taken, id))
            return fail_set(fail, "%s: a town cannot be named '%s', the host itself answers there. Rename the file",
                            host->town_files[i], id);
    }
    return true;
}

/* The sockets are open, and the data folder is locked, where the first configuration said. */
static bool place_stays(const struct supervisor *supervisor, struct fail *fail)
{
    const struct host_config *now = &supervisor->host;
    struct host_config next;
    if (!now->arena)
        return true;
    if (!host_read(&next, supervisor->args->config, &supervisor->args->over, fail))
        return false;
    bool stays = text_is(now->listen, next.listen) && text_is(now->data, next.data);
    host_close(&next);
    return stays || fail_set(fail, "%s: [host] listen and data cannot change while the host runs. Restart it: systemctl restart viche",
                             supervisor->args->config);
}

bool reload_begin(struct supervisor *supervisor, struct fail *fail)
{
    struct check *check = &supervisor->check;
    int ends[2];
    if (!place_stays(supervisor, fail) ||
        !snapshot_take(&check->host, supervisor->args->config, &supervisor->args->over, ++supervisor->number,
                       check->folder, fail))
        return false;
    bool ok = towns_named_well(&check->host, fail) &&
              (pipe2(ends, O_CLOEXEC) == 0 || fail_set(fail, "no pipe: %s", strerrordesc_np(errno)));
    if (ok) {
        check->child = (struct child){.kill_ms = clock_mono_ms() + CHECK_MS_MAX};
        check->child.pid = spawn(&(struct spawn){.role = "check", .host = &check->host, .stdout_fd = ends[1]});
        check->words_fd = ends[0];
        close(ends[1]);
        ok = check->child.pid > 0 || fail_set(fail, "no new process: %s", strerrordesc_np(errno));
    }
    if (!ok) {
        snapshot_translate(check->folder, supervisor->args->config, &check->host, fail);
        snapshot_remove(check->folder);
        host_close(&check->host);
    }
    return ok;
}

/* ---- the check has ended ---- */

static void read_words(struct check *check, int status, struct fail *fail)
{
    ssize_t got = read(check->words_fd, fail->words, sizeof fail->words - 1);
    size_t size = got > 0 ? (size_t)got : 0;
    fail->words[size && fail->words[size - 1] == '\n' ? size - 1 : size] = '\0';
    close(check->words_fd);
    if (WIFSIGNALED(status))
        fail_set(fail, "the check of the configuration ended with SIG%s: a plugin crashed or hung while it was looked at. viche "
                       "inspect <plugin> tells which one; take its section out of the towns' INI files",
                 sigabbrev_np(WTERMSIG(status)));
    else if (!fail->words[0])
        fail_set(fail, "the check of the configuration ended with exit code %d and said nothing", WEXITSTATUS(status));
}

static void take_over(struct supervisor *supervisor)
{
    struct check *check = &supervisor->check;
    struct host_config old = supervisor->host;
    if (old.arena)
        snapshot_remove(supervisor->folder);
    supervisor->host = check->host;
    memcpy(supervisor->folder, check->folder, sizeof supervisor->folder);
    supervisor->announced = false;
    atomic_store(&supervisor->page->off_count, 0); /* what was switched off has another chance */
    host_close(&old);
}

static void replace_workers(struct supervisor *supervisor)
{
    struct post post = {.kind = POST_CONFIG};
    memcpy(post.path, supervisor->folder, sizeof post.path);
    post_send(supervisor->post_fd, &post, -1);
    for (uint32_t i = 0; i < PAGE_WORKERS; i++) {
        child_tell_end(&supervisor->workers[i], DRAIN_MS);
        if (!supervisor->workers[i].pid && i < supervisor->host.workers)
            child_start_worker(supervisor, i);
    }
}

static void start_all(struct supervisor *supervisor)
{
    child_start_gateway(supervisor);
    for (uint32_t i = 0; i < supervisor->host.workers && i < PAGE_WORKERS; i++)
        child_start_worker(supervisor, i);
}

static void accept_it(struct supervisor *supervisor)
{
    bool first = !supervisor->host.arena;
    take_over(supervisor);
    log_line(LOG_NOTE, "reload", first ? "configuration good" : "new configuration taken over", "towns=%zu workers=%d",
             supervisor->host.town_count, (int)supervisor->host.workers);
    if (first)
        start_all(supervisor);
    else
        replace_workers(supervisor);
}

/* A line of the log for each line of the words. */
static void log_refusal(const char *what, struct fail *fail)
{
    char *rest = fail->words;
    for (const char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n"))
        log_line(LOG_ALARM, "reload", what, "%s", line);
}

static void refuse_it(struct supervisor *supervisor, struct fail *fail)
{
    struct check *check = &supervisor->check;
    snapshot_translate(check->folder, supervisor->args->config, &check->host, fail);
    snapshot_remove(check->folder);
    host_close(&check->host);
    log_refusal(supervisor->host.arena ? "nothing changes, the new configuration is no good" : "cannot start", fail);
    if (!supervisor->host.arena)
        supervisor_give_up(supervisor);
    else
        supervisor_say_ready(supervisor);
}

void reload_checked(struct supervisor *supervisor, int status)
{
    struct fail fail = {0};
    supervisor->check.child = (struct child){0};
    if (status == 0) {
        close(supervisor->check.words_fd);
        accept_it(supervisor);
    } else {
        read_words(&supervisor->check, status, &fail);
        refuse_it(supervisor, &fail);
    }
    if (!supervisor->check_again)
        return;
    supervisor->check_again = false;
    if (!reload_begin(supervisor, &fail))
        log_line(LOG_ALARM, "reload", "nothing changes, the new configuration is no good", "%s", fail.words);
}
