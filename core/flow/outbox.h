/* SPDX-License-Identifier: MPL-2.0
 * The last stage. Messages wait here, in order for each chat, until their channel has taken them: at least once, never lost.
 * Replies are sent as soon as their turn has committed; what fails is tried again with a back-off that doubles. Owns the table
 * `outbox`. */
#ifndef FLOW_OUTBOX_H
#define FLOW_OUTBOX_H

#include <viche/channel.h>

#include "flow/flow.h"
#include "flow/message.h"
#include "town/citizen.h"

extern const char *const outbox_migrations[];
extern const size_t outbox_migration_count;

struct outbox *outbox_open(void);
void outbox_close(struct outbox *outbox);

/* Inside the transaction: a message for a chat. */
void outbox_put(struct flow *flow, const struct citizen *citizen, const struct draft *draft);
/* As outbox_put makes of it: parts that the channel can show. */
const struct draft *outbox_fit(struct flow *flow, const struct viche_channel *channel, const struct draft *draft);
/* One that is already in its stored form (message.h). */
void outbox_put_stored(struct flow *flow, const struct viche_channel *channel, const char *address, const char *body);
/* May a message to this chat leave right now, past the outbox? Then it counts as having left. */
bool outbox_passes(struct flow *flow, const struct town_plugin *plugin, const struct viche_channel *channel, const char *address);
/* Shows "an answer is being prepared" where the channel can; nothing is stored. */
void outbox_typing(struct flow *flow, const struct citizen *citizen);
/* Inside a transaction: rows whose time has come (and, at the start, all) are taken up for outbox_send; what was sent is deleted. */
void outbox_collect(struct flow *flow);
/* After a commit, without touching the database: hands what was taken up to the codecs, which write frames. */
void outbox_send(struct flow *flow);
/* After a commit that failed. */
void outbox_forget(struct flow *flow);
/* A turn that is undone takes its messages with it: those put since the mark. */
uint64_t outbox_mark(const struct flow *flow);
void outbox_undo(struct flow *flow, uint64_t mark);
/* Inside a transaction: what the gateway brought for a FETCH of ours. */
void outbox_fetched(struct flow *flow, uint64_t id, const struct viche_result *result);

/* The citizen at the address to which messages go now: another one if that channel is lost and they agreed; channel "": none. */
struct citizen outbox_reaches(struct flow *flow, const struct citizen *citizen);
/* The channel works again: what it put off goes now. */
void outbox_wake(struct flow *flow, const char *channel);

/* Inside a transaction. The citizen has written from here: what was held for this address is said first. */
void outbox_back(struct flow *flow, const struct citizen *citizen);
/* The citizen has another address, or agreed to be written to there: what is held for the lost ones may move. */
void outbox_relieve(struct flow *flow, uint64_t citizen);
void outbox_trim(struct flow *flow, int64_t now); /* what was held for a month; whoever wants to know is told that it is lost */

/* Inside a transaction: forgets what waits for this chat. */
void outbox_erase(struct flow *flow, const char *channel, const char *address);

/* Inside a transaction: what waits for this chat, under way or held, goes to its new address. */
void outbox_readdress(struct flow *flow, const char *channel, const char *from, const char *to);

/* How many rows there are at the most; cheap. */
int64_t outbox_backlog(const struct flow *flow);
int64_t outbox_due_ms(const struct flow *flow); /* when outbox_collect has something to do; INT64_MAX: never */

#endif
