/* SPDX-License-Identifier: MPL-2.0
 * A dialog in which a citizen fills in a card: it is read over and corrected before it is sent. The dialog has the steps "summary" and
 * "change" and the texts "ask-change", "change-<step>" and "change-nothing". */
#ifndef COMMON_FORM_H
#define COMMON_FORM_H

#include <viche/services/cases.h>
#include <viche/viche.h>

/* A form that is sent twice makes one card: it begins with a key of its own, in the variable "key". */
void form_begin(struct viche_turn *t);
/* The next step; the summary, if one of its lines is being corrected. */
viche_next form_onward(struct viche_turn *t, const char *step);

/* ---- the summary ---- */

uint32_t form_count_lines(const char *text);
/* Under the text the words of `key`, if they are about something that is there. */
const char *form_add(struct viche_turn *t, const char *text, bool there, const char *key);
/* Which step is to be corrected? */
viche_next form_offer(struct viche_turn *t, const char *const *steps, size_t count);
viche_next form_correct(struct viche_turn *t, const char *step);

/* ---- sending ---- */

/* false: the citizen was told why not, and goes on to "change": the answers are still there. true: for the words that say so,
 * {{number}} and {{due}} are set. */
bool form_send(struct viche_turn *t, const struct viche_case *card, struct viche_case_view *out);
viche_next form_done(struct viche_turn *t, const struct viche_case_view *card); /* with the way to the card */

#endif
