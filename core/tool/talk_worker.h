/* SPDX-License-Identifier: MPL-2.0
 * A worker in a process of its own, driven in lockstep: frames in, everything that follows from them out. It can be told to die
 * at a commit, as by kill -9, so that a transcript sees what a citizen would see. */
#ifndef TOOL_TALK_WORKER_H
#define TOOL_TALK_WORKER_H

#include <sys/types.h>

#include "config/host.h"
#include "base/buf.h"
#include "link/page.h"

enum talk_kill { TALK_KILL_NEVER, TALK_KILL_BEFORE, TALK_KILL_AFTER };

/* At its at-th commit (from 1) the worker dies: before it, or after it and before any frame leaves. */
struct talk_death {
    enum talk_kill kill;
    int at;
};

struct talk_worker {
    pid_t pid;
    int fd;
    struct talk_death death;
    struct page *page; /* tells after a crash whose handler ran */
    int commits;       /* so far, without those of the start */
    int64_t due_ms;    /* when it has something to do by the clock; INT64_MAX: never */
};

enum talk_went { TALK_WENT_ON, TALK_DIED, TALK_WRONG };

/* Starts it and waits until its towns are open; frames as below. now_ms: its stopped clock, UTC; 0: the real one. */
bool talk_worker_start(struct talk_worker *worker, const struct host_config *host, int64_t now_ms, struct talk_death death,
                       struct buf *out, struct fail *fail);
/* Hands the frames over, runs the machine until it is idle, adds its frames to `out`. DIED: as it was told to; WRONG: with words. */
enum talk_went talk_worker_run(struct talk_worker *worker, int64_t now_ms, const struct buf *in, struct buf *out,
                               struct fail *fail);
void talk_worker_stop(struct talk_worker *worker); /* cleanly; does nothing when it is dead */

#endif
