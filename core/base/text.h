/* SPDX-License-Identifier: MPL-2.0
 * Small questions about UTF-8 text. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool text_valid(const char *text, size_t size_bytes); /* UTF-8 without NUL, surrogates or overlong forms */
size_t text_length(const char *text);                 /* characters (code points) */
/* Bytes of the first `characters` code points, or of the whole text if it is shorter. */
size_t text_prefix(const char *text, size_t characters);
/* Reads one code point and moves on; 0 at the end; U+FFFD for broken bytes. */
uint32_t text_next(const char **text);
size_t text_put(char out[4], uint32_t code_point); /* bytes written */
bool text_is(const char *a, const char *b);        /* equal; NULL equals only NULL */
bool text_starts(const char *text, const char *prefix);
bool text_number(const char *text, int64_t *out); /* a whole number and nothing else */
/* Is `word` one of the words of `list`, which spaces separate? */
bool text_in_list(const char *list, const char *word);
/* The next word of a list separated by spaces: returns its start and length and moves on; NULL at the end. */
const char *text_word(const char **list, size_t *length);
/* The next line, the same way; lines may be empty. */
const char *text_line(const char **list, size_t *length);
/* How many bytes must be put in, taken out or changed to make one of the other: "did you mean …?". */
size_t text_distance(const char *a, const char *b);

#endif
