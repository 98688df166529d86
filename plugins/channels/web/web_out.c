/* SPDX-License-Identifier: MPL-2.0 */
#include "web_out.h"

#include <ctype.h>
#include <string.h>

void web_put_bytes(struct web_out *out, const char *data, size_t size_bytes)
{
    if (out->size + size_bytes + 1 > out->room) {
        size_t room = (out->size + size_bytes + 1) * 2;
        char *grown = viche_memory(out->t, room);
        if (out->size)
            memcpy(grown, out->data, out->size);
        out->data = grown;
        out->room = room;
    }
    memcpy(out->data + out->size, data, size_bytes);
    out->size += size_bytes;
    out->data[out->size] = '\0';
}

void web_put(struct web_out *out, const char *text) { web_put_bytes(out, text, strlen(text)); }

static const char *html_entity(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void web_put_html(struct web_out *out, const char *text)
{
    for (; *text; text++) {
        const char *entity = html_entity(*text);
        if (entity)
            web_put(out, entity);
        else
            web_put_bytes(out, text, 1);
    }
}

void web_put_url(struct web_out *out, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x80 && (isalnum(c) || strchr("-._~", c)))
            web_put_bytes(out, text, 1);
        else
            web_put_bytes(out, (const char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
    }
}

void web_put_number(struct web_out *out, int64_t number)
{
    web_put(out, viche_print(out->t, "%lld", (long long)number));
}
