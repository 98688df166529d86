/* SPDX-License-Identifier: MPL-2.0
 * Free text finds what plugins have put into the index: word forms, typos, apostrophes and look-alike letters forgiven. Owns the
 * tables `search` (entries), `search_word` (distinct words), `search_in` (which has which) and `search_text` (FTS5, trigrams of words). */
#ifndef TOWN_SEARCH_H
#define TOWN_SEARCH_H

#include <viche/turn.h>

#include "base/arena.h"
#include "store/db.h"

extern const char *const search_migrations[];
extern const size_t search_migration_count;

struct search_hit {
    const char *plugin, *id, *title, *opens;
    double score; /* 0.2..1: what nothing else comes near to may be opened from 0.5, what is named whole has 0.85 */
};

void search_put(struct db *db, const char *plugin, const struct viche_entry *entry);
void search_drop(struct db *db, const char *plugin, const char *id); /* id NULL: everything of the plugin */
/* Drops what the plugin put under other ids than these. */
void search_keep(struct db *db, const char *plugin, const char *const *ids, size_t count);
/* The best first; at most `room`. What shares too little with the text is left out. */
size_t search_find(struct db *db, struct arena *arena, const char *language, const char *text, struct search_hit *hits,
                   size_t room);
/* For comparing only, never for showing: lower case; no apostrophes, marks and soft signs (й→и, ї→и, ё→е, č→c); і→и, є→е, ґ→г; Latin
 * look-alikes in Cyrillic words made Cyrillic; the rest one space. «Бібліотека» and «библиотека» become one. */
char *search_fold(struct arena *arena, const char *text);
bool search_is(const char *folded, const char *text); /* does the text become this? */

#endif
