/* SPDX-License-Identifier: MPL-2.0
 * Texts: texts/<language>.json beside a plugin, i18next JSON v4 (flat keys, {{vars}}, {{var, format}}, CLDR plural
 * suffixes _one _few _many _other chosen by {{count}}). All of ICU lives behind this header. */
#ifndef PLUGIN_WORDS_H
#define PLUGIN_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fail.h"

struct words;

/* Reads every <language>.json of the folder. Refuses, with file and key: bad JSON or UTF-8, a value that is not
 * text, variables that differ between languages, a plural form that the language has but the file lacks (or has and
 * should not). */
struct words *words_read(const char *folder, struct fail *fail);
void words_close(struct words *words);
const char *words_languages(const struct words *words, struct arena *arena); /* "en uk", as there are files */
bool words_has_language(const struct words *words, const char *language);
bool words_has(const struct words *words, const char *language, const char *key); /* plural keys by their stem */
/* Have all of `languages` a file, with the same keys? Words name both files and the key. */
bool words_complete(const struct words *words, const char *languages, struct fail *fail);

/* Looks a variable up; NULL: not set. */
typedef const char *words_var(void *context, const char *name);
/* Who reads, where, and what the {{vars}} are. */
struct words_style {
    const char *language, *zone;
    words_var *var;
    void *context;
};
/* The filled text, in the language, else in Ukrainian, else in the first language there is. NULL: no such key. A
 * variable that is not set leaves nothing. */
const char *words_fill(const struct words *words, struct arena *arena, const char *key,
                       const struct words_style *style);

/* Formats as in {{at, date}}: "date" «середа, 25 листопада» (with the year unless it is this one), "time" «10:40»,
 * "datetime", "number" «1 200», "money" «51,68 грн» from 5168. A value that is no such thing is given back as it is. */
const char *words_format(struct arena *arena, const char *value, const char *format, const char *language,
                         const char *zone);

/* Local time in an IANA zone; see viche_local and viche_moment. false: no such zone. */
bool words_zone_known(const char *zone);
struct viche_local;
void words_local(const char *zone, int64_t at, struct viche_local *out);
int64_t words_moment(const char *zone, const struct viche_local *local);

/* A key that sorts by bytes as the language sorts words; hexadecimal. */
const char *words_sort_key(struct arena *arena, const char *language, const char *text);

#endif
