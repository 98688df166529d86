/* SPDX-License-Identifier: MPL-2.0
 * The heartbeat page: one shared mapping (memfd) between supervisor, gateway and workers. A worker writes what it is doing
 * before it does it; after a crash the supervisor reads who did it. One cache line pair a worker, written by it alone. */
#ifndef LINK_PAGE_H
#define LINK_PAGE_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>

enum { PAGE_WORKERS = 64, PAGE_SUSPECTS = 256, PAGE_OFF = 256, PAGE_CHANNELS = 8192 };

struct page_worker {
    alignas(64) _Atomic int64_t beat_ms;  /* clock_mono_ms of the last sign of life */
    _Atomic int64_t deadline_ms;          /* 0: idle, any silence is fine while the loop beats; else kill after it */
    _Atomic uint64_t event;               /* hash of (town, channel, origin) under way, 0: none */
    _Atomic uint32_t state;               /* 0 down, 1 starting, 2 serving, 3 draining */
    uint32_t reserved;
    char town[48];                        /* under way */
    char plugin[48];                      /* whose handler runs */
    _Atomic uint64_t turns, commits, parked, crashes; /* counters for /metrics; live on across workers */
};

/* Written by the supervisor, read by workers before each event: crashed so often. */
struct page_suspect {
    _Atomic uint64_t event;
    _Atomic uint32_t crashes;
    uint32_t reserved;
};

/* Plugins switched off in a town, by the supervisor after 5 crashes in 10 minutes; emptied by a reload. */
struct page_off {
    char town[48], plugin[48];
};

/* How a channel of a town is, by the worker that serves the town; for /readyz, /metrics and the next worker. */
enum { PAGE_CHANNEL_FREE = 0, PAGE_CHANNEL_UP, PAGE_CHANNEL_DOWN, PAGE_CHANNEL_MISSING /* not loaded, yet messages wait */ };

struct page_channel {
    char town[48], channel[32];
    _Atomic uint32_t state, alarmed; /* alarmed: it was said, and nothing has worked since */
    _Atomic int64_t failing_ms; /* UTC; nothing has worked since; 0: it works */
    _Atomic int64_t oldest_at;  /* UTC s, of the oldest message that waits; 0: none */
};

struct page {
    struct page_worker workers[PAGE_WORKERS];
    struct page_suspect suspects[PAGE_SUSPECTS]; /* a ring */
    struct page_off off[PAGE_OFF];
    struct page_channel channels[PAGE_CHANNELS];
    _Atomic uint32_t off_count, suspect_next, channel_count;
    unsigned char log_key[32];
};

int page_make(struct page **out);     /* the memfd (to be inherited), or -1 */
struct page *page_map(int fd);        /* NULL: errno */
uint64_t page_event(const char *town, const char *channel, const char *origin); /* never 0 */
uint32_t page_crashes(const struct page *page, uint64_t event);
void page_accuse(struct page *page, uint64_t event); /* one crash more */
int page_switch_off(struct page *page, const char *town, const char *plugin); /* 0: the table is full */
int page_is_off(const struct page *page, const char *town, const char *plugin);
/* The entry of this channel, made if there is none; NULL: the table is full. */
struct page_channel *page_channel(struct page *page, const char *town, const char *channel);
/* A town begins anew: an entry of a channel that it has no longer says nothing. */
void page_forget_channels(struct page *page, const char *town);
int page_owns_channel(const struct page *page, const struct page_channel *entry);

#endif
