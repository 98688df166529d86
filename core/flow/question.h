/* SPDX-License-Identifier: MPL-2.0
 * What stands under a question: its choices, page by page, and the ways on that every question has (skip, done, back, cancel or
 * menu). The values of these begin with '!': no plugin can offer one. */
#ifndef FLOW_QUESTION_H
#define FLOW_QUESTION_H

#include "flow/turn.h"

#define WAY_BACK "!back"
#define WAY_CANCEL "!cancel"
#define WAY_SKIP "!skip"
#define WAY_DONE "!done"
#define WAY_MORE "!more"
#define WAY_HELP "!help"
#define WAY_STAY "!continue" /* go on with this form */
#define WAY_LEAVE "!leave"   /* drop it and open the other dialog */

/* The step has spoken and now waits: notes what it offered and puts the ways on under its last message. */
void question_ask(struct turn *turn);
/* Says `words` (NULL: nothing new was said yet, the question itself) with the same offers and ways on under them. */
void question_again(struct turn *turn, const char *words);
/* The end of a dialog: the way to the menu under its last message; a list that is too long for the channel stays open. Returns
 * true if the dialog must be kept for that. */
bool question_end(struct turn *turn);

#endif
