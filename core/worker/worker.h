/* SPDX-License-Identifier: MPL-2.0
 * The worker: loads the plugins, owns its towns, turns frames into turns and turns into frames. Touches no network. */
#ifndef WORKER_WORKER_H
#define WORKER_WORKER_H

#include "config/host.h"
#include "link/page.h"

struct worker_args {
    const struct host_config *host; /* as checked */
    struct page *page;
    uint32_t index, count; /* this worker serves the towns k with k % count == index, in sorted order */
    int link_fd;           /* a connected stream socket to the gateway */
    int stop_fd;           /* unused: -1 */
};

/* Runs until STOP, SIGTERM or the gateway's end. Returns the exit code: 0 after a clean stop. Waits up to 20 s for a town's
 * lock, because the worker before this one may still be closing it. */
int worker_main(const struct worker_args *args);

/* What the start would do, without doing it: reads every town of the host's configuration, loads and checks every plugin, every
 * option, every text, and asks the plugins themselves. Prints nothing; words tell what is wrong first. `viche check`, the
 * supervisor's start and SIGHUP all run exactly this (in a process of its own, because a plugin may crash while it is looked at). */
bool worker_check(const struct host_config *host, struct fail *fail);

#endif
