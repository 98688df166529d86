/* SPDX-License-Identifier: MPL-2.0
 * Words of free text as the search compares them: what they are good for, and how alike two of them are. */
#ifndef TOWN_WORD_H
#define TOWN_WORD_H

#include <stddef.h>

#include "base/arena.h"

enum word_kind {
    WORD_NAME,   /* says what is meant: «аптека» */
    WORD_INTENT, /* says what is asked of it («коли», «телефон», "open") or greets; counts as a name only when there is none */
    WORD_NOISE   /* says nothing: «будь ласка» */
};

enum { WORD_LETTERS = 32 }; /* longer words are cut */

/* The distinct words of a text in their order, as search_fold leaves them, at most `room`; returns how many. */
size_t word_split(struct arena *arena, const char *text, const char **words, size_t room);
enum word_kind word_kind(const char *word);
/* 1: the same; 0: strangers. Word forms («асфальту» and «асфальт»), small typos («асфвльт») and parts («вокзал» in «автовокзал») lie
 * above 0.7. Numbers are alike only when they are equal. */
double word_likeness(const char *a, const char *b);

#endif
