/* SPDX-License-Identifier: MPL-2.0
 * What the parts of this plugin know of each other. It keeps nothing: the cards are those of ua.viche.cases. */
#ifndef TRACKING_H
#define TRACKING_H

#include <viche/services/cases.h>
#include <viche/services/tracking.h>
#include <viche/viche.h>

/* tracking.c */
const struct viche_cases *tracking_cases(struct viche_turn *t);
/* The card in variable "id", if it is this citizen's and what else must be true of it is; else says why not: then the dialog ends. */
bool tracking_find(struct viche_turn *t, struct viche_case_view *out);
/* The files that came with the words are of kinds that the card takes; else says which one is not: another is asked for. */
bool tracking_takes(struct viche_turn *t, const struct viche_case_view *card);
void tracking_let(struct viche_turn *t, const struct viche_case_view *card); /* {{title}} {{number}} {{state}} {{due}} … */
void tracking_offer(struct viche_turn *t, const char *label, const char *command, uint64_t card);

viche_next list_start(struct viche_turn *t); /* tracking_list.c */
viche_next list_enter(struct viche_turn *t);
viche_next list_choose(struct viche_turn *t, const char *id);

viche_next card_enter(struct viche_turn *t); /* tracking_card.c */
viche_next card_why(struct viche_turn *t);
viche_next card_history(struct viche_turn *t);

viche_next write_start(struct viche_turn *t); /* tracking_write.c */
viche_next write_keep(struct viche_turn *t, const char *words_or_files);
viche_next withdraw_start(struct viche_turn *t);
viche_next withdraw_answer(struct viche_turn *t, const char *yes);

viche_next survey_start(struct viche_turn *t); /* tracking_survey.c */
viche_next survey_verdict(struct viche_turn *t, const char *verdict);
viche_next survey_ask_words(struct viche_turn *t);
viche_next survey_words(struct viche_turn *t, const char *words_or_files);
viche_next survey_keep(struct viche_turn *t);

#endif
