/* SPDX-License-Identifier: MPL-2.0 */
#include "base/quote.h"

#include <string.h>

#include "base/text.h"

static bool is_plain(unsigned char byte) { return byte >= 0x20 && byte != '"' && byte != '\\'; }

static void escape(struct buf *out, char byte)
{
    static const char names[] = "\"\"\\\\\bb\ff\nn\rr\tt"; /* what it is, how it is written */
    for (const char *name = names; *name; name += 2) {
        if (*name != byte)
            continue;
        const char escaped[] = {'\\', name[1]};
        buf_add(out, escaped, sizeof escaped);
        return;
    }
    buf_print(out, "\\u%04x", (unsigned)byte);
}

void quote_json(struct buf *out, const char *text)
{
    buf_byte(out, '"');
    if (text && !text_valid(text, strlen(text)))
        text = NULL;
    while (text && *text) {
        const char *end = text;
        while (is_plain((unsigned char)*end))
            end++;
        buf_add(out, text, (size_t)(end - text));
        if (*end)
            escape(out, *end++);
        text = end;
    }
    buf_byte(out, '"');
}
