/* SPDX-License-Identifier: MPL-2.0 */
#include "news_word.h"

#include <stdio.h>
#include <string.h>

enum { KEY_BYTES = 40 };

const char *word_at(const char *list, size_t number, size_t *length)
{
    for (; number > 0 && *list; number--) {
        list += strcspn(list, ";");
        list += *list == ';';
    }
    list += strspn(list, " ");
    *length = strcspn(list, ";");
    while (*length > 0 && list[*length - 1] == ' ')
        --*length;
    return list;
}

bool word_among(const char *list, const char *word)
{
    size_t length = 0;
    const char *at = word_at(list, 0, &length);
    for (size_t i = 1; length > 0; i++) {
        if (length == strlen(word) && memcmp(at, word, length) == 0)
            return true;
        at = word_at(list, i, &length);
    }
    return false;
}

bool word_moment(const char *text, bool until, struct viche_local *out)
{
    static const int32_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    *out = (struct viche_local){.size = sizeof *out, .hour = until ? 24 : 0};
    int day_bytes = 0, all_bytes = 0;
    if (sscanf(text, "%4d-%2d-%2d%n %2d:%2d%n", &out->year, &out->month, &out->day, &day_bytes, &out->hour, &out->minute, &all_bytes) < 3)
        return false;
    bool whole = (day_bytes == 10 && text[10] == '\0') || (all_bytes == 16 && text[16] == '\0');
    bool clock = out->minute >= 0 && out->minute <= 59 && out->hour >= 0 && out->hour <= (all_bytes ? 23 : 24);
    return whole && clock && out->year >= 2000 && out->month >= 1 && out->month <= 12 && out->day >= 1 &&
           out->day <= days[out->month - 1];
}

bool word_key(const char *text)
{
    size_t length = strlen(text);
    return length > 0 && length <= KEY_BYTES && text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

/* FNV-1a: it is a check that somebody has read the figures, not a secret. */
unsigned word_digits(const char *text)
{
    unsigned hash = 2166136261u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash % 10000;
}
