/* SPDX-License-Identifier: MPL-2.0
 * ICU's objects take up to a millisecond to open, so each is opened once and kept for the life of the process. There
 * are as many as languages × zones × formats in use: a handful. */
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "base/text.h"
#include "plugin/words_catalogue.h"

struct kept {
    struct kept *next;
    words_icu_open *open;
    char *language, *detail;
    void *object;
};

static struct kept *all; /* a cache: forgetting it changes nothing but time */

/* "sr-Latn" → "sr_Latn". English is British: days before months, as the town writes them. */
static void locale_of(const char *language, char out[ULOC_FULLNAME_CAPACITY])
{
    UErrorCode status = U_ZERO_ERROR;
    if (text_is(language, "en"))
        language = "en-GB";
    uloc_forLanguageTag(language, out, ULOC_FULLNAME_CAPACITY, NULL, &status);
    if (U_FAILURE(status))
        out[0] = '\0'; /* the root locale */
}

void *words_icu(words_icu_open *open, const char *language, const char *detail)
{
    for (const struct kept *kept = all; kept; kept = kept->next)
        if (kept->open == open && text_is(kept->language, language) && text_is(kept->detail, detail))
            return kept->object;

    char locale[ULOC_FULLNAME_CAPACITY];
    locale_of(language, locale);
    UErrorCode status = U_ZERO_ERROR;
    void *object = open(locale, detail, &status);
    if (U_FAILURE(status))
        object = NULL;

    struct kept *kept = mem_alloc(sizeof *kept);
    *kept = (struct kept){all, open, mem_copy(language), mem_copy(detail), object};
    all = kept;
    return object;
}

UChar *words_utf16(struct arena *arena, const char *text, int32_t *length)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t size = strlen(text);
    UChar *out = arena_alloc(arena, (size + 1) * sizeof *out); /* never more units than bytes */
    u_strFromUTF8WithSub(out, (int32_t)size + 1, length, text, (int32_t)size, 0xFFFD, NULL, &status);
    return out;
}

char *words_utf8(struct arena *arena, const UChar *text, int32_t length)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = length * 3 + 1; /* a unit is at most three bytes */
    char *out = arena_alloc(arena, (size_t)room);
    u_strToUTF8WithSub(out, room, NULL, text, length, 0xFFFD, NULL, &status);
    return out;
}
