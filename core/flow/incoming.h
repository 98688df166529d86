/* SPDX-License-Identifier: MPL-2.0
 * Events whose file is still with the messenger: they wait here until it was brought, and are then handled like any other; the files of
 * an album as one event. A messenger that is busy or broken is asked again, later each time; the citizen is told when that takes long
 * and when it is given up. Owns the table `incoming`. */
#ifndef FLOW_INCOMING_H
#define FLOW_INCOMING_H

#include <viche/channel.h>

#include "flow/flow.h"

extern const char *const incoming_migrations[];
extern const size_t incoming_migration_count;

/* Inside the transaction: keeps the event and begins to bring its file. */
void incoming_put(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event);
/* True: something of this chat waits for its file, and the event waits behind it, for seconds at most. */
bool incoming_hold(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event);
/* What a request for it brought; upload: the path of the spooled file, "" if the answer was no file. */
void incoming_fetched(struct flow *flow, int64_t id, const struct viche_result *result, const char *upload);
void incoming_erase(struct db *db, const char *channel, const char *address);
void incoming_again(struct flow *flow); /* after a restart: every file that was being brought is asked for once more */
void incoming_timers(struct flow *flow);    /* all that is due by now */
int64_t incoming_due_ms(struct flow *flow); /* when incoming_timers has something to do; INT64_MAX: never */

#endif
