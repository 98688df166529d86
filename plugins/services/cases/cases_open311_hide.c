/* SPDX-License-Identifier: MPL-2.0
 * Takes out of public words what may be a telephone, an address of mail, a card number, or the name of whoever wrote. */
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "cases_open311.h"

enum { DIGITS_MIN = 6 };

static const char gap[] = "…";

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/* How many bytes from here on look like a telephone: digits with what people write between them. */
static size_t phone_at(const char *at)
{
    size_t end = 0;
    uint32_t digits = 0;
    if (*at != '+' && *at != '(' && !is_digit(*at))
        return 0;
    for (size_t i = 0; at[i] && strchr("0123456789 +-().", at[i]); i++) {
        if (!is_digit(at[i]))
            continue;
        digits++;
        end = i + 1;
    }
    return digits >= DIGITS_MIN ? end : 0;
}

static size_t word_at(const char *at) { return strcspn(at, " \t\r\n,;<>()[]\"«»"); }

/* Bytes from here on that say the same as these, whatever the case; 0: something else. */
static size_t same_at(const char *at, const char *as, size_t size)
{
    int32_t read = 0, wanted = 0;
    while ((size_t)wanted < size) {
        UChar32 here = 0, there = 0;
        U8_NEXT(at, read, -1, here);
        U8_NEXT(as, wanted, (int32_t)size, there);
        if (here <= 0 || u_foldCase(here, U_FOLD_CASE_DEFAULT) != u_foldCase(there, U_FOLD_CASE_DEFAULT))
            return 0;
    }
    return (size_t)read;
}

/* somebody@example.org, @nickname, t.me/nickname */
static size_t address_at(const char *at)
{
    size_t size = word_at(at);
    const char *mark = memchr(at, '@', size);
    return mark || same_at(at, "t.me/", 5) ? size : 0;
}

/* Bytes of a name without its last letter, which changes with the case: Бондаренко, Бондаренка. 0: too short to be told from words. */
static size_t stem_of(const char *name)
{
    size_t size = strlen(name), letters = 0;
    for (size_t i = 0; i < size; i++)
        letters += (name[i] & 0xC0) != 0x80;
    while (size && (name[size - 1] & 0xC0) == 0x80)
        size--;
    return letters >= 4 ? size - 1 : 0;
}

static size_t name_at(const char *at, const char *const *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        size_t size = same_at(at, names[i], stem_of(names[i]));
        if (size)
            return size + word_at(at + size);
    }
    return 0;
}

const char *hide_person(struct viche_turn *t, const char *words, const char *const *names, uint32_t count)
{
    struct paper out = {.t = t};
    bool begins = true; /* a word, here */
    char before = '\0';
    for (size_t skip; *words; words += skip) {
        size_t hidden = begins ? address_at(words) : 0;
        hidden = hidden ? hidden : begins ? name_at(words, names, count) : 0;
        hidden = hidden ? hidden : begins || *words == '+' ? phone_at(words) : 0;
        skip = hidden ? hidden : 1;
        paper_bytes(&out, hidden ? gap : words, hidden ? sizeof gap - 1 : 1);
        bool quotes = before == '\xC2' && *words == '\xAB'; /* « */
        begins = !hidden && (quotes || strchr(" \t\r\n,;<>()[]\"'.:-/", *words));
        before = *words;
    }
    return out.text ? out.text : "";
}
