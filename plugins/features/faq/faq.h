/* SPDX-License-Identifier: MPL-2.0
 * What the parts of this plugin know of each other. */
#ifndef FAQ_H
#define FAQ_H

#include <viche/viche.h>

/* In the language of the turn, else in the main one. */
const char *faq_word(struct viche_turn *t, const char *word, const char *english);

/* ---- faq_data.c. Owns the table `faq`. */
struct viche_rows *faq_topics(struct viche_turn *t); /* (id of the first question, topic, topic in English, how many) */
struct viche_rows *faq_questions(struct viche_turn *t, int64_t like); /* of the topic of this one: (id, question, in English) */
struct viche_rows *faq_answer(struct viche_turn *t, int64_t id); /* (question, in English, answer, in English, link) */
void faq_begin(struct viche_turn *t);
void faq_row(struct viche_turn *t);
void faq_finish(struct viche_turn *t);
void faq_write(struct viche_turn *t);

#endif
