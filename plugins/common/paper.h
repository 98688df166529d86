/* SPDX-License-Identifier: MPL-2.0
 * Text that grows in the memory of a turn: for pages, JSON, XML and CSV. */
#ifndef COMMON_PAPER_H
#define COMMON_PAPER_H

#include <viche/turn.h>

struct paper {
    struct viche_turn *t;
    char *text; /* NUL-terminated; NULL while nothing stands there */
    size_t size, room;
};

void paper_bytes(struct paper *paper, const char *bytes, size_t size);
void paper_put(struct paper *paper, const char *words);
void paper_number(struct paper *paper, int64_t number);
/* Inside the query of a URL. */
void paper_url(struct paper *paper, const char *words);
/* Anybody's words as text of HTML or XML, or inside an attribute: what XML 1.0 cannot hold is left out. */
void paper_escaped(struct paper *paper, const char *words);
/* <name>words</name>; nothing for words NULL, <name/> for "". */
void paper_element(struct paper *paper, const char *name, const char *words);

#endif
