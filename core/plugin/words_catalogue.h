/* SPDX-License-Identifier: MPL-2.0
 * Inside of words: the texts as read, what stands between {{ and }}, plural categories, and ICU's objects. */
#ifndef PLUGIN_WORDS_CATALOGUE_H
#define PLUGIN_WORDS_CATALOGUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <unicode/utypes.h>

#include "base/arena.h"
#include "base/fail.h"
#include "plugin/words.h"

struct words_language {
    char *name;    /* "uk" */
    char *path;    /* of its file */
    json_t *texts; /* key → text, in the order of the file */
};

struct words {
    struct words_language *languages; /* sorted by name */
    size_t count;
};

const struct words_language *words_language(const struct words *words, const char *name);
const char *words_text(const struct words_language *language, const char *key); /* NULL: not there */

/* Reads one file's bytes. What words_read does for each; also what is fuzzed. */
bool words_add(struct words *words, const char *name, const char *path, const char *data, size_t size_bytes,
               struct fail *fail);
/* words_check.c: everything that words_read promises to refuse, over all languages. */
bool words_check(const struct words *words, struct fail *fail);

/* {{name}} or {{name, format}} in a text. */
struct words_hole {
    const char *start, *end;   /* of the whole, braces included */
    char name[48], format[12]; /* format: "" without one */
};
/* The first hole from `text` on: 1; none: 0; -1: a {{ that is no hole. */
int words_hole(const char *text, struct words_hole *hole);

/* words_plural.c: the forms a language has, separated by spaces ("few many one other"), and the one for a number. */
const char *words_plural_forms(const char *language);
const char *words_plural(const char *language, const char *number);
/* The length of the key without its plural suffix; 0 when it has none. *form: "few", … */
size_t words_plural_stem(const char *key, const char **form);

/* words_icu.c: an ICU object for (language, detail), opened at first use and kept; NULL: ICU has none. */
typedef void *words_icu_open(const char *locale, const char *detail, UErrorCode *status);
void *words_icu(words_icu_open *open, const char *language, const char *detail);
UChar *words_utf16(struct arena *arena, const char *text, int32_t *length);
char *words_utf8(struct arena *arena, const UChar *text, int32_t length);

#endif
