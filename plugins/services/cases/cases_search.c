/* SPDX-License-Identifier: MPL-2.0
 * Words as they are looked for: the same for every spelling of them. Lower case; no apostrophes and soft signs; і, ї, й, ы as и, є, ё, э
 * as е, ґ as г; Latin letters that look Cyrillic as such, in words that have a Cyrillic one. As the town's own search has it. */
#include "cases.h"

struct pair {
    const char *from, *to;
};

static const struct pair sounds[] = {{"і", "и"}, {"ї", "и"}, {"й", "и"}, {"ы", "и"}, {"є", "е"}, {"ё", "е"}, {"э", "е"}, {"ґ", "г"},
                                     {"ь", ""},  {"ъ", ""},  {"’", ""},  {"ʼ", ""},  {"‘", ""},  {"'", ""},  {"`", ""}};
static const struct pair looks[] = {{"a", "а"}, {"b", "в"}, {"c", "с"}, {"e", "е"}, {"h", "н"}, {"i", "и"}, {"k", "к"}, {"m", "м"},
                                    {"o", "о"}, {"p", "р"}, {"t", "т"}, {"x", "х"}, {"y", "у"}};

static size_t size_of(const char *letter)
{
    unsigned char first = (unsigned char)*letter;
    size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return strnlen(letter, size);
}

static bool is_cyrillic(const char *letter) { return (unsigned char)*letter == 0xD0 || (unsigned char)*letter == 0xD1; }

/* Lower case of Latin and Cyrillic: А..Я, Ѐ..Џ and Ґ; two bytes stay two. */
static void lower(char letter[5])
{
    unsigned char *at = (unsigned char *)letter;
    if (at[0] >= 'A' && at[0] <= 'Z')
        at[0] |= 0x20;
    else if (at[0] == 0xD0 && at[1] >= 0x90 && at[1] <= 0x9F)
        at[1] += 0x20;
    else if (at[0] == 0xD0 && at[1] >= 0xA0 && at[1] <= 0xAF)
        at[0] = 0xD1, at[1] -= 0x20;
    else if (at[0] == 0xD0 && at[1] >= 0x80 && at[1] <= 0x8F)
        at[0] = 0xD1, at[1] += 0x10;
    else if (at[0] == 0xD2 && at[1] == 0x90)
        at[1] = 0x91;
}

static const char *instead(const struct pair *pairs, size_t count, const char *letter)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pairs[i].from, letter) == 0)
            return pairs[i].to;
    return letter;
}

static bool has_cyrillic(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (is_cyrillic(word + i))
            return true;
    return false;
}

/* One word, into `out`; where it ends there. */
static char *fold_word(const char *word, size_t size, char *out)
{
    bool cyrillic = has_cyrillic(word, size);
    for (const char *end = word + size; word < end;) {
        char letter[5] = "";
        size_t bytes = size_of(word);
        memcpy(letter, word, bytes);
        lower(letter);
        const char *folded = instead(sounds, sizeof sounds / sizeof *sounds, letter);
        if (cyrillic)
            folded = instead(looks, sizeof looks / sizeof *looks, folded);
        memcpy(out, folded, strlen(folded));
        out += strlen(folded);
        word += bytes;
    }
    return out;
}

const char *search_folded(struct viche_turn *t, const char *words)
{
    char *out = viche_memory(t, strlen(words) * 2 + 1), *end = out;
    while (*words) {
        size_t gap = strspn(words, " \t\r\n"), size = strcspn(words + gap, " \t\r\n");
        if (gap)
            *end++ = ' ';
        end = fold_word(words + gap, size, end);
        words += gap + size;
    }
    return out;
}
