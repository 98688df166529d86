/* SPDX-License-Identifier: MPL-2.0
 * The middle of the river: an event that a channel decoded becomes a turn, inside the town's open transaction. */
#ifndef FLOW_EVENT_H
#define FLOW_EVENT_H

#include "flow/turn.h"

/* Deduplicates, finds the citizen, keeps the history, routes, runs the turn in a savepoint, puts the answers into the outbox. An
 * event that brought a worker down twice is parked instead, with an honest sentence. */
void event_handle(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event);
/* One too many of this chat in this minute: it is not handled, and the citizen is told so, once a minute. */
void event_too_many(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event);
/* Inside the transaction: words of the host to whoever this event is from, with the way to the menu. */
void event_say(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event, const char *key);
/* One whose file has come, or never will: what event_handle put off. */
void event_go_on(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event);
/* The same for a parked one that staff want tried again; key: whom the supervisor blames if it crashes once more. false: no such. */
bool event_retry(struct flow *flow, int64_t parked_id, uint64_t key);

/* What a FETCH of a dialog brought, a timer that is due, a dialog that has expired. */
void event_fetched(struct flow *flow, int64_t request, const struct viche_result *result);
void event_timers(struct flow *flow); /* all that are due by now, at most 100 */
int64_t event_due_ms(struct flow *flow); /* when event_timers has something to do; reads the database */

#endif
