/* SPDX-License-Identifier: MPL-2.0
 * What one town is doing: the batch under way and what leaves after its commit. */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H

#include <stdint.h>

#include "base/buf.h"
#include "flow/inbox.h"
#include "link/page.h"
#include "town/town.h"

struct outbox;
struct limit_book;
struct poll_book;
struct pulse_book;
struct ride;

struct flow {
    struct town *town;
    struct arena *arena;    /* of the batch; reset after its commit */
    struct buf frames;      /* for the gateway, after the commit */
    struct outbox *outbox;  /* flow/outbox.h */
    struct limit_book *limits; /* flow/limit.h */
    struct poll_book *polls;   /* flow/poll.h */
    struct pulse_book *pulses; /* flow/pulse.h */
    struct ride *ride;      /* flow/ride.h; NULL: no hook runs */
    struct inbox_span answers; /* of inbox_trim_answers */
    bool sweep;             /* citizens' files were erased: their bytes go after the commit */
    struct page *page;      /* NULL: nobody watches */
    struct page_worker *beat;
};

/* Every table of the host, in the order in which they are made. */
bool flow_migrate(struct db *db, struct fail *fail);

/* A savepoint over everything a turn can do: rows, messages taken up for sending or riding, frames. */
struct flow_mark {
    size_t frames;
    uint64_t messages;
    const char *ride;
};
struct flow_mark flow_save(struct flow *flow);
void flow_keep(struct flow *flow);
void flow_undo(struct flow *flow, struct flow_mark mark);

/* Tells the supervisor what is about to run, and that it is done. event 0: not an event. */
void flow_begin(struct flow *flow, uint64_t event, const char *plugin);
/* The same for what an operator asked for (a big import, a copy), which may take two minutes. */
void flow_begin_long(struct flow *flow, uint64_t event, const char *plugin);
void flow_end(struct flow *flow);
/* Has this event brought a worker down twice? */
bool flow_poisoned(const struct flow *flow, uint64_t event);

#endif
