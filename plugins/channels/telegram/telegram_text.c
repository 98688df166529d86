/* SPDX-License-Identifier: MPL-2.0
 * JSON that is only written: most of what the bot says is put together here, straight into text. */
#include <string.h>

#include "telegram.h"

static char *room_for(struct telegram_text *out, size_t more)
{
    if (out->size + more + 1 > out->room) {
        size_t room = (out->size + more + 1) * 2 < 512 ? 512 : (out->size + more + 1) * 2;
        char *text = viche_memory(out->t, room);
        if (out->size)
            memcpy(text, out->text, out->size);
        out->text = text;
        out->room = room;
    }
    return out->text + out->size;
}

static void add(struct telegram_text *out, const char *bytes, size_t count)
{
    char *to = room_for(out, count);
    memcpy(to, bytes, count);
    to[count] = '\0';
    out->size += count;
}

void telegram_add(struct telegram_text *out, const char *json) { add(out, json, strlen(json)); }

/* A letter as it may stand in JSON, and in Telegram's HTML within it; NULL: as it is. */
static const char *instead_of(struct telegram_text *out, char letter, bool html)
{
    switch (letter) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '<': return html ? "&lt;" : NULL;
    case '>': return html ? "&gt;" : NULL;
    case '&': return html ? "&amp;" : NULL;
    default: return (unsigned char)letter < 0x20 ? viche_print(out->t, "\\u%04x", letter) : NULL;
    }
}

static void quote(struct telegram_text *out, const char *words, bool html)
{
    add(out, "\"", 1);
    const char *plain = words;
    for (; *words; words++) {
        const char *instead = instead_of(out, *words, html);
        if (!instead)
            continue;
        add(out, plain, (size_t)(words - plain));
        telegram_add(out, instead);
        plain = words + 1;
    }
    add(out, plain, (size_t)(words - plain));
    add(out, "\"", 1);
}

void telegram_add_quoted(struct telegram_text *out, const char *words) { quote(out, words, false); }

void telegram_add_html(struct telegram_text *out, const char *words) { quote(out, words, true); }
