/* SPDX-License-Identifier: MPL-2.0
 * Order of words as a dictionary has it: Ґ after Г, Є after Е, І and Ї after И. */
#include <string.h>
#include <unicode/ucol.h>

#include "plugin/words_catalogue.h"

static void *open_collator(const char *locale, const char *detail, UErrorCode *status)
{
    (void)detail;
    return ucol_open(locale, status);
}

const char *words_sort_key(struct arena *arena, const char *language, const char *text)
{
    static const char digits[] = "0123456789abcdef";
    const UCollator *collator = words_icu(open_collator, language, "");
    if (!collator)
        return arena_copy(arena, text);

    int32_t length = 0;
    const UChar *wide = words_utf16(arena, text, &length);
    int32_t size = ucol_getSortKey(collator, wide, length, NULL, 0); /* with the NUL behind */
    uint8_t *key = arena_alloc(arena, (size_t)size + 1);
    ucol_getSortKey(collator, wide, length, key, size);
    char *out = arena_alloc(arena, (size_t)size * 2 + 1);
    for (int32_t i = 0; i + 1 < size; i++) {
        out[i * 2] = digits[key[i] >> 4];
        out[i * 2 + 1] = digits[key[i] & 15];
    }
    return out;
}
