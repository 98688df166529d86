/* SPDX-License-Identifier: MPL-2.0
 * What may be abuse or hatred, by the beginnings of words of a data file; letters that only look alike are one. It suggests, a person
 * judges. */
#include "cases.h"

/* Of every row the first is what the others are read as; what is in no row stays. Latin and digits that stand for Cyrillic. */
static const char *const alike[][6] = {
    {"а", "a", "@"}, {"в", "b"}, {"с", "c", "$"}, {"е", "e", "ё", "є"}, {"н", "h"}, {"і", "i", "1", "!", "ї"}, {"к", "k"}, {"м", "m"},
    {"о", "o", "0"}, {"р", "p"}, {"т", "t"}, {"х", "x"}, {"у", "y"}, {"з", "3"}, {"ч", "4"}, {"б", "6"}, {"и", "ы", "u"}, {"г", "ґ"},
};

/* Lower case: of Latin, and of the Cyrillic that Ukrainian and Russian write. */
static uint32_t lower(uint32_t letter)
{
    if ((letter >= 'A' && letter <= 'Z') || (letter >= 0x410 && letter <= 0x42F))
        return letter + 0x20;
    if (letter >= 0x400 && letter <= 0x40F)
        return letter + 0x50;
    return letter == 0x490 ? 0x491 : letter;
}

/* The next letter, of at most three bytes; others are read as a blank. */
static uint32_t next_letter(const char **at)
{
    const unsigned char *s = (const unsigned char *)*at;
    uint32_t size = *s < 0x80 ? 1 : *s < 0xE0 ? 2 : *s < 0xF0 ? 3 : 4;
    uint32_t letter = size == 1 ? *s : size == 2 ? (uint32_t)(*s & 0x1F) << 6 | (s[1] & 0x3F) : ' ';
    for (uint32_t i = 0; i < size && **at; i++)
        (*at)++;
    return letter;
}

static const char *fold(const char *letter)
{
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        for (size_t j = 0; j < 6 && alike[i][j]; j++)
            if (strcmp(alike[i][j], letter) == 0)
                return alike[i][0];
    return letter;
}

static bool is_mark(uint32_t letter) { return letter < 0x80 && strchr(" \n\t.,;:?()[]\"'-_*/\\|#+=", (int)letter); }

/* Words with a blank before and behind each; a letter that stands alone is drawn to the one before: «х у й», «х.у.й». A letter
 * written again and again is one. */
const char *abuse_folded(struct viche_turn *t, const char *words)
{
    char *out = viche_memory(t, strlen(words) * 2 + 3), *end = out;
    const char *last = "";
    bool alone = false, between = true;
    for (const char *at = words; *at;) {
        uint32_t letter = lower(next_letter(&at));
        if (is_mark(letter)) {
            between = true;
            continue;
        }
        char one[3] = {(char)letter, 0, 0};
        if (letter >= 0x80)
            one[0] = (char)(0xC0 | letter >> 6), one[1] = (char)(0x80 | (letter & 0x3F));
        const char *folded = fold(one);
        const char *ahead = at;
        bool single = between && (!*ahead || is_mark(next_letter(&ahead)));
        if (between && !(single && alone))
            *end++ = ' ', last = "";
        if (strcmp(folded, last) != 0)
            end += strlen(memcpy(end, folded, strlen(folded)));
        last = viche_print(t, "%s", folded);
        alone = single || (alone && !between);
        between = false;
    }
    *end = ' ';
    return out;
}

/* " жид" of "жид": a word begins so; "сука" of "*сука": anywhere; " бля " of "бля.": the whole word. */
static const char *pattern_of(struct viche_turn *t, const char *stem)
{
    const char *folded = abuse_folded(t, *stem == '*' ? stem + 1 : stem);
    size_t size = strlen(folded) - (stem[strlen(stem) - 1] == '.' ? 0 : 1); /* behind it stands a blank */
    return *stem == '*' ? viche_print(t, "%.*s", (int)size - 1, folded + 1) : viche_print(t, "%.*s", (int)size, folded);
}

/* The file: "<kind> <beginning of a word>" a line, as conf/abuse/words.txt explains. */
const char *abuse_found_in(struct viche_turn *t, const char *file, const char *words)
{
    const char *folded = abuse_folded(t, words), *line;
    while (word_line(t, &file, &line)) {
        char kind[32], stem[64];
        if (*line == '#' || !word_next(&line, kind, sizeof kind) || !word_next(&line, stem, sizeof stem))
            continue;
        if (strstr(folded, pattern_of(t, stem)))
            return viche_print(t, "%s", kind);
    }
    return "";
}

void abuse_check(struct viche_turn *t, const char *file, const char *path)
{
    int number = 1;
    for (const char *at = file; *at; at += strcspn(at, "\n"), at += *at == '\n', number++) {
        const char *line = viche_print(t, "%.*s", (int)strcspn(at, "\n"), at);
        char kind[32], stem[64];
        bool said = word_next(&line, kind, sizeof kind) && *kind != '#' && word_in("abuse hatred", kind) && word_next(&line, stem, sizeof stem);
        if (*at != '#' && *at != '\n' && (!said || line[strspn(line, " ")]))
            viche_bad(t, viche_print(t, "%s:%d", path, number), "a line is 'abuse' or 'hatred', and the beginning of one word");
    }
}

const char *abuse_found(struct viche_turn *t, const char *words) { return abuse_found_in(t, viche_option_file(t, "abuse"), words); }
