/* SPDX-License-Identifier: MPL-2.0
 * The supervisor's state, for supervisor.c (signals, time, life), child.c (processes) and reload.c (configuration). */
#ifndef SUPERVISOR_SUPERVISOR_INNER_H
#define SUPERVISOR_SUPERVISOR_INNER_H

#include <sys/types.h>
#include <uv.h>

#include "supervisor/place.h"
#include "supervisor/supervisor.h"
#include "supervisor/watch.h"

struct child {
    pid_t pid;          /* 0: not running */
    bool told;          /* to end: its end is no crash */
    bool ready;
    bool late;          /* killed by us, because it was */
    int64_t started_ms;
    int64_t start_ms;   /* when to start it again; 0: not planned */
    int64_t kill_ms;    /* when to kill it if it still runs; 0: never */
    int64_t delay_ms;   /* before the next start; doubles while it dies young */
};

/* A configuration being looked at by a process of its own, because a plugin may crash under the look. */
struct check {
    struct child child;
    int words_fd;
    struct host_config host;
    char folder[4096];
};

struct supervisor {
    const struct supervisor_args *args;
    uv_loop_t loop;
    uv_signal_t signals[4];
    uv_timer_t tick;
    uv_poll_t *post;         /* on post_fd; one for each gateway */
    struct place place;
    struct page *page;
    int page_fd;
    struct watch watch;
    struct host_config host; /* the checked copy that runs; host.arena NULL: none yet */
    char folder[4096];       /* where it lies */
    unsigned number;         /* of the last copy made */
    struct check check;
    bool check_again;        /* SIGHUP came during a check */
    struct child gateway;
    struct child workers[PAGE_WORKERS];
    int post_fd;             /* to the gateway; -1: none */
    int64_t beat_ms;         /* of the gateway */
    bool announced;          /* the ready state was told to systemd */
    int64_t pet_ms;          /* when systemd's watchdog is next told that we live */
    int64_t stopping_ms;     /* since when; 0: running */
    int exit_code;
};

/* child.c */
void child_start_gateway(struct supervisor *supervisor);
void child_start_worker(struct supervisor *supervisor, uint32_t worker);
void child_tell_end(struct child *child, int64_t grace_ms); /* SIGTERM, later SIGKILL */
void child_reap(struct supervisor *supervisor);             /* SIGCHLD */
void child_tick(struct supervisor *supervisor, int64_t now_ms); /* kills the late, starts the planned */
int64_t child_next_ms(const struct supervisor *supervisor, int64_t now_ms);
bool child_any(const struct supervisor *supervisor);

/* reload.c */
bool reload_begin(struct supervisor *supervisor, struct fail *fail); /* the result comes later */
void reload_checked(struct supervisor *supervisor, int status);      /* the check ended with this wait status */

/* supervisor.c */
void supervisor_say_ready(struct supervisor *supervisor); /* if all workers serve */
void supervisor_give_up(struct supervisor *supervisor);   /* the first configuration is no good */

#endif
