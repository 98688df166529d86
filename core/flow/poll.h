/* SPDX-License-Identifier: MPL-2.0
 * Channels that ask for their events instead of waiting to be called: one request after another, for ever. What an answer holds,
 * its events and the state from which the next request is made commit together, so that nothing is acknowledged to a messenger
 * before it is ours. Owns the table `poll`. */
#ifndef FLOW_POLL_H
#define FLOW_POLL_H

#include <viche/turn.h>

#include "flow/flow.h"

extern const char *const poll_migrations[];
extern const size_t poll_migration_count;

struct poll_book; /* which channels of the town poll, and when each asks next */

struct poll_book *poll_open(const struct town *town);
void poll_close(struct poll_book *book);
void poll_run(struct flow *flow); /* inside a transaction: asks what is due by now */
void poll_fetched(struct flow *flow, uint64_t id, const struct viche_result *result);
int64_t poll_due_ms(const struct flow *flow);

#endif
