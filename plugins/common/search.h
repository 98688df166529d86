/* SPDX-License-Identifier: MPL-2.0
 * Rows of a table in the search: an entry for each language of the town. */
#ifndef COMMON_SEARCH_H
#define COMMON_SEARCH_H

#include <viche/viche.h>

/* Does it in each language of the town in turn, the one that is spoken now afterwards. */
void search_each_language(struct viche_turn *t, int64_t id, void (*act)(struct viche_turn *, int64_t id, const char *language));
const char *search_entry(struct viche_turn *t, int64_t id, const char *language); /* id of the row's entry */
void search_drop(struct viche_turn *t, int64_t id, const char *language);

#endif
