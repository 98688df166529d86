/* SPDX-License-Identifier: MPL-2.0 */
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* One code point by the table of Unicode 15, chapter 3, D92 (well-formed UTF-8); 0 bytes when it is broken. */
static size_t decode(const unsigned char *at, size_t room, uint32_t *out)
{
    unsigned char lead = at[0];
    size_t size = lead < 0x80 ? 1 : lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (size == 0 || size > room)
        return 0;
    uint32_t point = size == 1 ? lead : lead & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (at[i] & 0x3Fu);
    }
    bool overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
    if (overlong || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF)
        return 0;
    *out = point;
    return size;
}

bool text_valid(const char *text, size_t size_bytes)
{
    const unsigned char *at = (const unsigned char *)text;
    const unsigned char *end = at + size_bytes;
    while (at < end) {
        uint32_t point = 0;
        size_t size = decode(at, (size_t)(end - at), &point);
        if (size == 0 || point == 0)
            return false;
        at += size;
    }
    return true;
}

uint32_t text_next(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    if (*at == 0)
        return 0;
    uint32_t point = 0;
    size_t size = decode(at, strnlen(*text, 4), &point);
    if (size == 0) {
        *text += 1;
        return 0xFFFD;
    }
    *text += size;
    return point;
}

size_t text_length(const char *text)
{
    size_t count = 0;
    while (text_next(&text))
        count++;
    return count;
}

size_t text_prefix(const char *text, size_t characters)
{
    const char *at = text;
    while (characters > 0 && text_next(&at))
        characters--;
    return (size_t)(at - text);
}

size_t text_put(char out[4], uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[size] | point);
    return size;
}

bool text_is(const char *a, const char *b)
{
    if (!a || !b)
        return a == b;
    return strcmp(a, b) == 0;
}

bool text_starts(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

bool text_number(const char *text, int64_t *out)
{
    if (!text || *text == '\0' || *text == ' ')
        return false;
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || *end != '\0')
        return false;
    *out = value;
    return true;
}

const char *text_word(const char **list, size_t *length)
{
    if (!*list)
        return NULL;
    const char *start = *list + strspn(*list, " \t\n");
    *length = strcspn(start, " \t\n");
    *list = start + *length;
    return *length ? start : NULL;
}

bool text_in_list(const char *list, const char *word)
{
    size_t length = 0;
    size_t wanted = strlen(word);
    for (const char *at = text_word(&list, &length); at; at = text_word(&list, &length))
        if (length == wanted && memcmp(at, word, length) == 0)
            return true;
    return false;
}

const char *text_line(const char **list, size_t *length)
{
    const char *line = *list;
    if (!line || !*line)
        return NULL;
    *length = strcspn(line, "\n");
    *list = line + *length + (line[*length] == '\n');
    return line;
}

size_t text_distance(const char *a, const char *b)
{
    enum { LONGEST = 64 }; /* names are shorter; of longer ones the beginning tells enough */
    size_t row[LONGEST + 1];
    size_t width = strnlen(b, LONGEST);
    for (size_t i = 0; i <= width; i++)
        row[i] = i;
    for (size_t line = 1; line <= LONGEST && a[line - 1]; line++) {
        size_t diagonal = row[0];
        row[0] = line;
        for (size_t i = 1; i <= width; i++) {
            size_t change = diagonal + (a[line - 1] != b[i - 1]);
            size_t put_or_take = 1 + (row[i] < row[i - 1] ? row[i] : row[i - 1]);
            diagonal = row[i];
            row[i] = change < put_or_take ? change : put_or_take;
        }
    }
    return row[width];
}
