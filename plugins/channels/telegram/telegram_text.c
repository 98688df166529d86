/* SPDX-License-Identifier: MPL-2.0
 * JSON that is only written: most of what the bot says is put together here, straight into text. */
#include <string.h>

#include "telegram.h"

/* A letter as it may stand in JSON, and in Telegram's HTML within it; NULL: as it is. */
static const char *instead_of(struct paper *out, char letter, bool html)
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

static void quote(struct paper *out, const char *words, bool html)
{
    paper_bytes(out, "\"", 1);
    const char *plain = words;
    for (; *words; words++) {
        const char *instead = instead_of(out, *words, html);
        if (!instead)
            continue;
        paper_bytes(out, plain, (size_t)(words - plain));
        paper_put(out, instead);
        plain = words + 1;
    }
    paper_bytes(out, plain, (size_t)(words - plain));
    paper_bytes(out, "\"", 1);
}

void telegram_add_quoted(struct paper *out, const char *words) { quote(out, words, false); }

void telegram_add_html(struct paper *out, const char *words) { quote(out, words, true); }
