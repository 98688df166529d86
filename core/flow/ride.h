/* SPDX-License-Identifier: MPL-2.0
 * A message that rides in the answer to the messenger's own call, which spares a request, and its row in the outbox. Nobody tells
 * what became of it, and nobody has to: a messenger that has not heard our answer brings its event once more, and the message
 * rides again. So it is kept with the event, in the inbox. */
#ifndef FLOW_RIDE_H
#define FLOW_RIDE_H

#include "flow/turn.h"

enum { RIDE_KEPT_S = 1800 }; /* and once more as long, at most */

/* Of the hook that runs now; flow->ride is NULL outside of hooks. */
struct ride {
    struct turn *hook;
    const char *address, *origin; /* of the event under way; address NULL: nothing may ride in answer to it */
    const char *body;             /* the answer with the message in it; NULL: none rides */
};

/* The hook is about to say this event. */
void ride_offer(struct flow *flow, const struct viche_event *event);
/* The answer of this turn to the chat that wrote. false: it does not ride, let it go by the outbox. */
bool ride_take(struct turn *turn, const struct citizen *citizen, const struct draft *draft);
/* An event that was seen before: what rode in answer to it does so again, or goes by the outbox. */
void ride_again(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event);

#endif
