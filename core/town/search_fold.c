/* SPDX-License-Identifier: MPL-2.0
 * Spellings that sound or look the same become one: the keyboard, the habit and the other language are forgiven at once. */
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/buf.h"
#include "base/text.h"
#include "town/search.h"

enum { DROPPED = 0, GAP = ' ' };

static const struct {
    uint32_t from, to;
} look_alikes[] = {{'A', u'а'}, {'B', u'в'}, {'C', u'с'}, {'E', u'е'}, {'H', u'н'}, {'I', u'і'}, {'K', u'к'}, {'M', u'м'},
                   {'O', u'о'}, {'P', u'р'}, {'T', u'т'}, {'X', u'х'}, {'Y', u'у'}, {'a', u'а'}, {'c', u'с'}, {'e', u'е'},
                   {'i', u'і'}, {'k', u'к'}, {'m', u'м'}, {'o', u'о'}, {'p', u'р'}, {'t', u'т'}, {'x', u'х'}, {'y', u'у'}},
  sound_alikes[] = {{u'і', u'и'}, {u'ы', u'и'}, {u'є', u'е'}, {u'э', u'е'}, {u'ґ', u'г'}, {u'ь', DROPPED}, {u'ъ', DROPPED}};

static uint32_t as_cyrillic(uint32_t point)
{
    for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++)
        if (look_alikes[i].from == point)
            return look_alikes[i].to;
    return point;
}

static uint32_t as_heard(uint32_t point)
{
    for (size_t i = 0; i < sizeof sound_alikes / sizeof *sound_alikes; i++)
        if (sound_alikes[i].from == point)
            return sound_alikes[i].to;
    return point;
}

static bool is_cyrillic(uint32_t point) { return point >= 0x0400 && point <= 0x052F; }

static bool is_apostrophe(uint32_t point)
{
    return point == '\'' || point == '`' || point == 0x02BC || point == 0x2018 || point == 0x2019 || point == 0x00B4;
}

/* й → и, ї → і, ё → е, é → e, č → c: the letter without its marks. */
static uint32_t bare(uint32_t point)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&code);
    UChar parts[8];
    int32_t length = U_SUCCESS(code) ? unorm2_getRawDecomposition(nfd, (UChar32)point, parts, 8, &code) : -1;
    return U_SUCCESS(code) && length > 0 && U16_IS_SINGLE(parts[0]) ? parts[0] : point;
}

static uint32_t fold_point(uint32_t point, bool cyrillic)
{
    if (is_apostrophe(point) || u_charType((UChar32)point) == U_NON_SPACING_MARK)
        return DROPPED;
    if (!u_isalnum((UChar32)point))
        return GAP;
    uint32_t letter = cyrillic ? as_cyrillic(point) : point;
    return as_heard(bare((uint32_t)u_tolower((UChar32)letter)));
}

static bool in_word(uint32_t point)
{
    return u_isalnum((UChar32)point) || is_apostrophe(point) || u_charType((UChar32)point) == U_NON_SPACING_MARK;
}

/* Is any letter of the word that begins here Cyrillic? */
static bool word_is_cyrillic(const char *text)
{
    for (uint32_t point = text_next(&text); point && in_word(point); point = text_next(&text))
        if (is_cyrillic(point))
            return true;
    return false;
}

/* Walks a text: each folded letter once, one space between words. */
struct walk {
    const char *rest;
    bool begun, inside, cyrillic;
};

/* 0 at the end. */
static uint32_t next(struct walk *walk)
{
    bool gap = false;
    while (*walk->rest) {
        const char *start = walk->rest;
        uint32_t point = text_next(&walk->rest);
        if (in_word(point) && !walk->inside)
            walk->cyrillic = word_is_cyrillic(start);
        walk->inside = in_word(point);
        uint32_t folded = fold_point(point, walk->cyrillic);
        if (folded == GAP)
            gap = walk->begun;
        if (folded == GAP || folded == DROPPED)
            continue;
        if (gap) { /* it is the next one's turn */
            walk->rest = start;
            walk->inside = false;
            return GAP;
        }
        walk->begun = true;
        return folded;
    }
    return 0;
}

char *search_fold(struct arena *arena, const char *text)
{
    struct walk walk = {.rest = text};
    struct buf out = {0};
    for (uint32_t point = next(&walk); point; point = next(&walk)) {
        char bytes[4];
        buf_add(&out, bytes, text_put(bytes, point));
    }
    char *folded = arena_copy_bytes(arena, buf_str(&out), out.size);
    buf_free(&out);
    return folded;
}

bool search_is(const char *folded, const char *text)
{
    struct walk walk = {.rest = text};
    uint32_t point = 0;
    do {
        point = next(&walk);
        if (point != text_next(&folded))
            return false;
    } while (point);
    return true;
}
