/* SPDX-License-Identifier: MPL-2.0
 * Texts that lead to values. Keys may come from strangers, so the hash is keyed (SipHash). A zeroed map is empty. */
#ifndef GATEWAY_MAP_H
#define GATEWAY_MAP_H

#include <stdbool.h>
#include <stddef.h>

struct map_entry;

struct map {
    struct map_entry **slots;
    size_t room, count;
    unsigned char key[16];
};

void *map_get(const struct map *map, const char *key);            /* NULL: not there */
void map_put(struct map *map, const char *key, void *value);      /* replaces */
void *map_take(struct map *map, const char *key);                 /* removes; NULL: was not there */
/* Calls `keep` for every entry; where it says false, the entry goes. `keep` must not touch the map. */
void map_each(struct map *map, bool (*keep)(void *context, const char *key, void *value), void *context);
void map_free(struct map *map); /* the entries; values are their owners' */

#endif
