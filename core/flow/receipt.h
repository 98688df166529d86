/* SPDX-License-Identifier: MPL-2.0
 * What became of messages that a plugin marked with viche_tag: told to its `delivered`. Owns the table `receipt` (the messenger's
 * id of a message → whose mark it bears), for those who also tell what was read. */
#ifndef FLOW_RECEIPT_H
#define FLOW_RECEIPT_H

#include <viche/channel.h>

#include "flow/flow.h"

extern const char *const receipt_migrations[];
extern const size_t receipt_migration_count;

/* Inside the transaction. what: VICHE_SENT … */
void receipt_tell(struct flow *flow, const char *owner, const char *tag, uint32_t what);
void receipt_keep(struct flow *flow, const struct viche_channel *channel, const char *sent_id, const char *owner, const char *tag);
/* The messenger tells of a message it had taken. */
void receipt_come(struct flow *flow, const struct viche_channel *channel, const char *sent_id, uint32_t what);
void receipt_trim(struct db *db, int64_t before); /* UTC seconds */

#endif
