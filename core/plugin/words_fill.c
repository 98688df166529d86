/* SPDX-License-Identifier: MPL-2.0
 * Fills {{name}} and {{name, format}}, and picks the plural form. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "plugin/words_catalogue.h"

/* Copies the run of characters that may stand in a name and moves on; false: none, or too many. */
static bool take_name(const char **at, char *out, size_t room)
{
    const char *start = *at;
    while (isalnum((unsigned char)**at) || **at == '-' || **at == '_' || **at == '.')
        (*at)++;
    size_t length = (size_t)(*at - start);
    if (length == 0 || length >= room)
        return false;
    memcpy(out, start, length);
    out[length] = '\0';
    return true;
}

int words_hole(const char *text, struct words_hole *hole)
{
    const char *at = strstr(text, "{{");
    if (!at)
        return 0;
    hole->start = at;
    hole->format[0] = '\0';
    at += 2;
    at += strspn(at, " ");
    if (!take_name(&at, hole->name, sizeof hole->name))
        return -1;
    at += strspn(at, " ");
    if (*at == ',') {
        at++;
        at += strspn(at, " ");
        if (!take_name(&at, hole->format, sizeof hole->format))
            return -1;
        at += strspn(at, " ");
    }
    if (!text_starts(at, "}}"))
        return -1;
    hole->end = at + 2;
    return 1;
}

static const char *variable(const struct words_style *style, const char *name)
{
    const char *value = style->var ? style->var(style->context, name) : NULL;
    return value ? value : "";
}

static const struct words_language *main_language(const struct words *words)
{
    const struct words_language *ukrainian = words_language(words, "uk");
    return ukrainian || words->count == 0 ? ukrainian : &words->languages[0];
}

static const char *find(const struct words_language *language, const char *key, const struct words_style *style)
{
    const char *text = words_text(language, key);
    if (text)
        return text;
    char plural[160];
    snprintf(plural, sizeof plural, "%.140s_%s", key, words_plural(language->name, variable(style, "count")));
    return words_text(language, plural);
}

const char *words_fill(const struct words *words, struct arena *arena, const char *key, const struct words_style *style)
{
    const struct words_language *language = words_language(words, style->language);
    const char *text = language ? find(language, key, style) : NULL;
    if (!text) {
        language = main_language(words);
        text = language ? find(language, key, style) : NULL;
    }
    if (!text || !strstr(text, "{{"))
        return text; /* it lives as long as its plugin */

    struct buf out = {0};
    struct words_hole hole;
    while (words_hole(text, &hole) == 1) {
        buf_add(&out, text, (size_t)(hole.start - text));
        buf_text(&out, words_format(arena, variable(style, hole.name), hole.format, language->name, style->zone));
        text = hole.end;
    }
    buf_text(&out, text);
    const char *filled = arena_copy_bytes(arena, out.data, out.size);
    buf_free(&out);
    return filled;
}
