/* SPDX-License-Identifier: MPL-2.0
 * Text that grows in the turn's memory: pages, pictures and event streams are written with it. */
#ifndef WEB_OUT_H
#define WEB_OUT_H

#include <viche/turn.h>

struct web_out {
    struct viche_turn *t;
    char *data; /* NUL-terminated once something is written */
    size_t size, room;
};

void web_put(struct web_out *out, const char *text);
void web_put_bytes(struct web_out *out, const char *data, size_t size_bytes);
/* Anybody's words inside HTML, between tags or in a quoted attribute. */
void web_put_html(struct web_out *out, const char *text);
/* Inside the query of a URL. */
void web_put_url(struct web_out *out, const char *text);
void web_put_number(struct web_out *out, int64_t number);

#endif
