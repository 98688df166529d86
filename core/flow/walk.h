/* SPDX-License-Identifier: MPL-2.0
 * Walks a dialog from step to step until it waits or ends. All of it works on turn->dialog inside the turn's savepoint. */
#ifndef FLOW_WALK_H
#define FLOW_WALK_H

#include "flow/turn.h"

/* Opens what "/directory show 12" names; the dialog there was is gone. false: no such command, nothing happened. */
bool walk_open(struct turn *turn, const char *command);
/* The citizen answered the question. */
void walk_answer(struct turn *turn, const char *value);
/* Enters a step of the open dialog: after a timer, a «Назад», a migration. */
void walk_enter(struct turn *turn, const char *step);
void walk_result(struct turn *turn, const struct viche_result *result);
void walk_expired(struct turn *turn);
/* Waits where the dialog is: saves it. */
void walk_stay(struct turn *turn);
void walk_end(struct turn *turn); /* drops it */

#endif
