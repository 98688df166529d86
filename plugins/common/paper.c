/* SPDX-License-Identifier: MPL-2.0 */
#include "common/paper.h"

#include <ctype.h>
#include <string.h>

enum { FIRST = 512 };

void paper_bytes(struct paper *paper, const char *bytes, size_t size)
{
    if (paper->size + size + 1 > paper->room) {
        size_t twice = (paper->size + size + 1) * 2, room = twice < FIRST ? FIRST : twice;
        char *text = viche_memory(paper->t, room);
        if (paper->text)
            memcpy(text, paper->text, paper->size);
        paper->text = text;
        paper->room = room;
    }
    memcpy(paper->text + paper->size, bytes, size);
    paper->size += size;
    paper->text[paper->size] = '\0';
}

void paper_put(struct paper *paper, const char *words) { paper_bytes(paper, words, strlen(words)); }

void paper_number(struct paper *paper, int64_t number) { paper_put(paper, viche_print(paper->t, "%lld", (long long)number)); }

void paper_url(struct paper *paper, const char *words)
{
    static const char hex[] = "0123456789ABCDEF";
    for (; *words; words++) {
        unsigned char byte = (unsigned char)*words;
        if (byte < 0x80 && (isalnum(byte) || strchr("-._~", byte)))
            paper_bytes(paper, words, 1);
        else
            paper_bytes(paper, (const char[]){'%', hex[byte >> 4], hex[byte & 15]}, 3);
    }
}

static const char *entity(char byte)
{
    switch (byte) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

/* Bytes from here on that are no character of XML 1.0: controls, U+FFFE and U+FFFF. */
static size_t forbidden(const char *at)
{
    unsigned char byte = (unsigned char)*at;
    if (byte < 0x20)
        return byte != '\t' && byte != '\n' && byte != '\r';
    return memcmp(at, "\xEF\xBF", strnlen(at, 2)) == 0 && strnlen(at, 3) == 3 && (unsigned char)at[2] >= 0xBE ? 3 : 0;
}

void paper_escaped(struct paper *paper, const char *words)
{
    const char *plain = words;
    while (*words) {
        const char *instead = entity(*words);
        size_t skip = instead ? 1 : forbidden(words);
        if (!skip) {
            words++;
            continue;
        }
        paper_bytes(paper, plain, (size_t)(words - plain));
        paper_put(paper, instead ? instead : "");
        plain = words += skip;
    }
    paper_bytes(paper, plain, (size_t)(words - plain));
}

void paper_element(struct paper *paper, const char *name, const char *words)
{
    if (!words)
        return;
    paper_put(paper, "<");
    paper_put(paper, name);
    paper_put(paper, *words ? ">" : "/>");
    if (!*words)
        return;
    paper_escaped(paper, words);
    paper_put(paper, "</");
    paper_put(paper, name);
    paper_put(paper, ">");
}
