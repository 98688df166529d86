/* SPDX-License-Identifier: MPL-2.0
 * What the parts of this plugin know of each other. It keeps nothing: the cards are those of ua.viche.cases. */
#ifndef UTILITY_H
#define UTILITY_H

#include <viche/services/cases.h>
#include <viche/services/tracking.h>
#include <viche/viche.h>

#include "common/form.h"

#define PROBLEM "problem"

static inline const struct viche_cases *the_cases(struct viche_turn *t) { return viche_service(t, VICHE_CASES); }

struct spot {
    bool known;
    double latitude, longitude;
    const char *words; /* "" where it is a point */
};
/* Of the variable "place", else of what was shared with the story. utility.c */
struct spot the_spot(struct viche_turn *t);

/* ---- kinds of problems, utility_class.c: the file of option `classifier`, «code;words;in English;what people say» */
/* The code whose words the story says, the one that says most; "" none. */
const char *class_guess(struct viche_turn *t, const char *story);
const char *class_name(struct viche_turn *t, const char *code); /* in the citizen's language; "" unknown */
void class_offer(struct viche_turn *t);                         /* buttons of the top */
void class_index(struct viche_turn *t);                         /* so that free text finds them */

/* ---- letters, utility_letter.c: Ukrainian and Latin ones, without the case */
/* Is what was said this word, bent? Four letters tell: «дорога», «дорозі»; short words take a short ending: «яма», «ямою». Words of one
 * or two letters say nothing. */
bool letter_same_root(const char *word, size_t word_bytes, const char *said, size_t said_bytes);
/* Bytes of the next word, *text moved to its start; 0: no more. */
size_t letter_word(const char **text);

viche_next known_enter(struct viche_turn *t); /* utility_known.c */
viche_next known_answer(struct viche_turn *t, const char *which);

viche_next sum_enter(struct viche_turn *t); /* utility_sum.c */
viche_next sum_answer(struct viche_turn *t, const char *way);
viche_next sum_lines(struct viche_turn *t);

viche_next send_enter(struct viche_turn *t); /* utility_send.c */

#endif
