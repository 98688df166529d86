/* SPDX-License-Identifier: MPL-2.0
 * What outbox.c (the rows) and courier.c (the sending) share; nobody else includes this. */
#ifndef FLOW_OUTBOX_INNER_H
#define FLOW_OUTBOX_INNER_H

#include "flow/outbox.h"
#include "flow/pace.h"
#include "flow/turn.h"

enum item_state { ITEM_READY, ITEM_FLYING, ITEM_SENT, ITEM_TYPING, ITEM_LOST /* its address takes none */ };

/* A row that was taken up, in the order of ids. */
struct item {
    struct item *next;
    int64_t id, message, at;
    char *channel, *address, *body, *owner, *tag;
    bool bulk, told, deleted; /* told: its owner knows what became of it; deleted: its row is gone already */
    enum item_state state;
    uint32_t part;     /* the codec's request that goes next, one after the other: those before it were taken, or refused for good */
    uint32_t parts;    /* how many there are */
    uint32_t verdict;  /* the worst of those before */
    uint32_t later_s;
    int64_t tries, due_ms;
    uint64_t serial; /* rises with each one put */
    int64_t together; /* the id of the one whose call brings this message, too; 0: it has its own */
    bool fresh; /* put in the transaction under way */
    const struct draft *draft; /* what body says, until the batch's arena is reset; NULL: read body */
};

struct outbox {
    struct item *first, **end;
    uint64_t serial;
    bool more;          /* rows are waiting in the table beyond those taken up */
    int64_t taken;      /* the last row that was taken up from the table */
    bool holds;         /* there may be rows that are held */
    bool started;       /* the rows a predecessor left were looked for */
    struct pace_book *pace;
    int64_t looked_ms;  /* when outbox_send went through them last: what was due then is held back by its pace */
    int64_t pace_ms;    /* when the next one held back by its pace may go */
    int64_t aged_ms;    /* when officials were told last how long messages wait */
    int64_t settle_ms;  /* when sent ones are to be deleted at the latest */
};

/* Takes out and frees every item for which `gone` says so. */
void outbox_drop(struct flow *flow, bool (*gone)(struct flow *, struct item *));
/* ITEM_SENT: was sent, or never will be; ITEM_LOST: not to this address. What becomes of its row, the next batch does. */
void outbox_settle(struct outbox *outbox, struct item *item, enum item_state state);
/* Inside a transaction, the row of an item: its body, when it is tried again and from which part on, that it is gone. */
void outbox_rewrite(struct flow *flow, const struct item *item);
void outbox_put_off(struct flow *flow, const struct item *item);
void outbox_delete(struct flow *flow, struct item *item);
/* Is a message of this chat under way, or one that goes before? A reply passes a broadcast. Looks at those in front of `until`; NULL:
 * at all. */
bool outbox_is_busy(const struct outbox *outbox, const char *channel, const char *address, bool bulk, const struct item *until);
/* Then this one waits: order is kept. */
bool outbox_must_wait(const struct outbox *outbox, const struct item *item);

/* ---- courier.c ---- */

void courier_fly(struct item *item); /* its answer is awaited */
void courier_write(struct flow *flow, const struct item *item, const struct turn *turn); /* its part of the turn's requests as a frame */
/* May this chat be written to now, in a call that others pay for? */
bool courier_may_join(struct flow *flow, const struct town_plugin *plugin, const struct viche_channel *channel, const char *address);

/* ---- together.c ---- */

/* After the commit: a broadcast to this chat and to others that are told the same, in one call. false: nothing was done. */
bool together_send(struct flow *flow, struct item *first);

/* ---- outbox_lost.c; all inside a transaction ---- */

/* A message for a channel that is not loaded. */
void outbox_put_lost(struct flow *flow, const struct citizen *citizen, const struct draft *draft);
/* What is to become of a row that was ITEM_LOST. */
void outbox_shelve(struct flow *flow, struct item *item);
bool outbox_may_move(struct flow *flow, const struct item *item); /* is there another address that was agreed to? */
/* A worker takes the town over: which channels and addresses are back, which are lost? */
void outbox_sort_out(struct flow *flow);

#endif
