/* SPDX-License-Identifier: MPL-2.0 */
#include "supervisor/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/arena.h"

enum { ARGUMENTS = 40 };

struct arguments {
    struct arena *arena;
    const char *list[ARGUMENTS];
    size_t count;
};

static void add(struct arguments *arguments, const char *name, const char *value)
{
    arguments->list[arguments->count++] = name;
    arguments->list[arguments->count++] = value;
}

static void add_number(struct arguments *arguments, const char *name, int64_t value)
{
    add(arguments, name, arena_print(arguments->arena, "%lld", (long long)value));
}

static void add_all(struct arguments *arguments, const struct spawn *spawn)
{
    const struct host_config *host = spawn->host;
    arguments->list[arguments->count++] = "viched";
    add(arguments, "--role", spawn->role);
    add(arguments, "--config", host->path);
    add(arguments, "--base", host->base);
    add(arguments, "--towns", host->towns);
    add(arguments, "--towns-base", host->towns_base);
    add(arguments, "--listen", host->listen);
    add(arguments, "--data", host->data);
    add(arguments, "--plugins", host->plugins);
    add(arguments, "--share", host->share);
    add_number(arguments, "--index", spawn->index);
    add_number(arguments, "--count", spawn->count);
    add_number(arguments, "--page-fd", spawn->page_fd);
    add_number(arguments, "--listen-fd", spawn->listen_fd);
    add_number(arguments, "--control-fd", spawn->control_fd);
    add_number(arguments, "--post-fd", spawn->post_fd);
    add_number(arguments, "--link-fd", spawn->link_fd);
}

static void hand_down(int fd)
{
    if (fd > 0)
        fcntl(fd, F_SETFD, 0);
}

/* Until it has become another program, the child has our handlers: a SIGTERM meant for it would be told to our own loop, whose pipe
 * it shares, and the whole host would stop. */
static void forget_handlers(void)
{
    for (int number = 1; number < NSIG; number++)
        sigaction(number, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
}

static _Noreturn void become(const struct spawn *spawn, const struct arguments *arguments, pid_t parent, const sigset_t *mask)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it died before that took effect */
        _exit(1);
    hand_down(spawn->page_fd);
    hand_down(spawn->listen_fd);
    hand_down(spawn->control_fd);
    hand_down(spawn->post_fd);
    hand_down(spawn->link_fd);
    if (spawn->stdout_fd > 0)
        dup2(spawn->stdout_fd, STDOUT_FILENO);
    forget_handlers();
    sigprocmask(SIG_SETMASK, mask, NULL);
    /* The running program, also when a package has put a newer one in its place: all roles are of one build. */
    execv("/proc/self/exe", (char *const *)(uintptr_t)arguments->list);
    _exit(127);
}

pid_t spawn(const struct spawn *spawn)
{
    struct arguments arguments = {.arena = arena_new()};
    add_all(&arguments, spawn);
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before); /* no handler of ours runs in the child */
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0)
        become(spawn, &arguments, parent, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    arena_free(arguments.arena);
    return pid;
}
