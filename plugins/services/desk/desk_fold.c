/* SPDX-License-Identifier: MPL-2.0
 * Letters without their case, for finding names and for judging passwords. Latin and Cyrillic; knows no host. */
#include <stdint.h>

#include "desk.h"

/* The next character of UTF-8, valid or not: it always moves on. */
static uint32_t next(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    uint32_t lead = *at;
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    uint32_t point = more ? lead & (0x3FU >> more) : lead;
    int i = 1;
    for (; i <= more && (at[i] & 0xC0) == 0x80; i++)
        point = point << 6 | (at[i] & 0x3F);
    *text += i;
    return point;
}

uint32_t fold_next(const char **text)
{
    uint32_t point = next(text);
    if ((point >= 'A' && point <= 'Z') || (point >= 0x410 && point <= 0x42F))
        return point + 32;
    if (point >= 0x400 && point <= 0x40F)
        return point + 80;
    return point == 0x490 ? 0x491 : point; /* Ґ */
}

static bool begins(const char *text, const char *with)
{
    while (*with)
        if (!*text || fold_next(&text) != fold_next(&with))
            return false;
    return true;
}

bool fold_has(const char *text, const char *wanted)
{
    for (; *text; fold_next(&text))
        if (begins(text, wanted))
            return true;
    return !*wanted;
}
