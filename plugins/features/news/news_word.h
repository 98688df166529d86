/* SPDX-License-Identifier: MPL-2.0
 * Small texts of a table's cells, read without any clock or plugin API. */
#ifndef NEWS_WORD_H
#define NEWS_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include <viche/turn.h>

/* The one of "a; b; c" with this number, without blanks around it; length 0: there is none. */
const char *word_at(const char *list, size_t number, size_t *length);
bool word_among(const char *list, const char *word);
/* "2026-11-25", or with " 18:00". Without a time: the day's beginning, or its end for `until`. */
bool word_moment(const char *text, bool until, struct viche_local *out);
/* What an item may be named by: small letters, digits, '-'; at most 40. */
bool word_key(const char *text);
/* Four digits that change with any byte of the text. */
unsigned word_digits(const char *text);

#endif
