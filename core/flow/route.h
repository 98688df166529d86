/* SPDX-License-Identifier: MPL-2.0
 * Decides what an event means for this citizen now: a command, a way on, an answer, a question aside, a search. */
#ifndef FLOW_ROUTE_H
#define FLOW_ROUTE_H

#include "flow/turn.h"

/* turn: of this citizen, plugin = the host's own. Loads the dialog and walks it. */
void route_event(struct turn *turn, const struct viche_event *event);

#endif
