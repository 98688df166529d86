/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "utility.h"

enum { LETTERS_MAX = 16, ROOT_MAX = 4, ROOT_MIN = 2, ENDING_MAX = 2 };

/* The next letter, small; 0 at the end. */
static uint32_t next_letter(const char **at, const char *end)
{
    if (*at >= end)
        return 0;
    unsigned char first = (unsigned char)*(*at)++;
    uint32_t point = first < 0x80 ? first : first < 0xE0 ? first & 0x1Fu : first < 0xF0 ? first & 0x0Fu : first & 0x07u;
    while (*at < end && ((unsigned char)**at & 0xC0) == 0x80)
        point = point << 6 | ((unsigned char)*(*at)++ & 0x3Fu);
    if ((point >= 'A' && point <= 'Z') || (point >= 0x410 && point <= 0x42F)) /* А…Я */
        return point + 32;
    if (point >= 0x400 && point <= 0x40F) /* Є І Ї */
        return point + 80;
    return point == 0x490 ? 0x491 : point; /* Ґ */
}

static bool is_letter(uint32_t point)
{
    bool apostrophe = point == '\'' || point == 0x2019 || point == 0x2BC;
    return apostrophe || (point >= 'a' && point <= 'z') || (point >= 0x430 && point <= 0x491);
}

size_t letter_word(const char **text)
{
    const char *end = *text + strlen(*text), *start = *text, *at = *text;
    while (at < end && !is_letter(next_letter(&at, end)))
        start = at;
    *text = start;
    for (at = start; at < end && is_letter(next_letter(&at, end));)
        start = at;
    return (size_t)(start - *text);
}

static int spell(const char *word, size_t bytes, uint32_t *letters)
{
    const char *end = word + bytes;
    int count = 0;
    while (word < end && count < LETTERS_MAX)
        letters[count++] = next_letter(&word, end);
    return count;
}

static bool is_ending(uint32_t letter)
{
    static const uint32_t endings[] = {0x430, 0x43E, 0x443, 0x435, 0x438, 0x456, 0x44F, 0x44E, 0x454, 0x457, 0x44C}; /* аоуеиіяюєїь */
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (endings[i] == letter)
            return true;
    return false;
}

bool letter_same_root(const char *word, size_t word_bytes, const char *said, size_t said_bytes)
{
    uint32_t a[LETTERS_MAX], b[LETTERS_MAX];
    int letters = spell(word, word_bytes, a), others = spell(said, said_bytes, b);
    if (letters <= ROOT_MIN)
        return false;
    int root = is_ending(a[letters - 1]) ? letters - 1 : letters;
    bool bent = root < ROOT_MAX;
    if (!bent)
        root = ROOT_MAX;
    return others >= root && memcmp(a, b, (size_t)root * sizeof *a) == 0 && (!bent || others <= root + ENDING_MAX);
}
