/* SPDX-License-Identifier: MPL-2.0
 * What the heartbeat page tells about a worker: is it late, and when it died, who did it. */
#ifndef SUPERVISOR_WATCH_H
#define SUPERVISOR_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "link/page.h"

enum { WATCH_CRASHES = 256, WATCH_OFF_AFTER = 5, WATCH_OFF_MS = 10 * 60 * 1000 };

struct watch_crash {
    char town[48], plugin[48];
    int64_t at_ms;
};

struct watch {
    struct page *page;
    struct watch_crash crashes[WATCH_CRASHES]; /* a ring */
    size_t next;
};

/* Why the worker must be killed now; NULL: it need not. */
const char *watch_late(const struct page_worker *worker, int64_t now_ms);
/* When to look again. */
int64_t watch_next_ms(const struct page_worker *worker, int64_t now_ms);
/* The worker died: accuses its event and plugin, switches the plugin off in the town after the fifth time in ten minutes,
 * says so in the log, and cleans the worker's line for its successor. by_itself: not by a SIGKILL from outside (an operator, the
 * kernel short of memory), for which the event is suspected, but no plugin. */
void watch_crashed(struct watch *watch, uint32_t worker, bool by_itself, int64_t now_ms);
/* It ended as it was told to. */
void watch_ended(struct watch *watch, uint32_t worker);

#endif
