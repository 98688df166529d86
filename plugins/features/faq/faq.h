/* SPDX-License-Identifier: MPL-2.0
 * What the parts of this plugin know of each other. Owns the table `faq`. */
#ifndef FAQ_H
#define FAQ_H

#include <viche/viche.h>

/* In the language of the turn, else in the main one. */
const char *faq_word(struct viche_turn *t, const char *word, const char *english);

void faq_begin(struct viche_turn *t); /* faq_data.c */
void faq_row(struct viche_turn *t);
void faq_finish(struct viche_turn *t);
void faq_write(struct viche_turn *t);

#endif
