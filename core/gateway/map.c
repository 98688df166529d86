/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/map.h"

#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { FIRST_ROOM = 16 };

struct map_entry {
    struct map_entry *next;
    void *value;
    char key[];
};

static size_t slot(const struct map *map, const char *key)
{
    uint64_t hash = 0;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)key, strlen(key), map->key);
    return hash & (map->room - 1);
}

/* The link that leads to the key's entry, or the end of its chain. */
static struct map_entry **find(const struct map *map, const char *key)
{
    struct map_entry **at = &map->slots[slot(map, key)];
    while (*at && strcmp((*at)->key, key) != 0)
        at = &(*at)->next;
    return at;
}

static void grow(struct map *map)
{
    struct map old = *map;
    if (!old.room)
        randombytes_buf(map->key, sizeof map->key);
    map->room = old.room ? old.room * 2 : FIRST_ROOM;
    map->slots = mem_alloc(map->room * sizeof *map->slots);
    for (size_t i = 0; i < old.room; i++) {
        for (struct map_entry *entry = old.slots[i], *next = NULL; entry; entry = next) {
            next = entry->next;
            size_t to = slot(map, entry->key);
            entry->next = map->slots[to];
            map->slots[to] = entry;
        }
    }
    free(old.slots);
}

void *map_get(const struct map *map, const char *key)
{
    if (!map->room)
        return NULL;
    struct map_entry *entry = *find(map, key);
    return entry ? entry->value : NULL;
}

void map_put(struct map *map, const char *key, void *value)
{
    if (map->count >= map->room)
        grow(map);
    struct map_entry **at = find(map, key);
    if (!*at) {
        size_t size = strlen(key) + 1;
        *at = mem_alloc(sizeof **at + size);
        memcpy((*at)->key, key, size);
        map->count++;
    }
    (*at)->value = value;
}

static void *drop(struct map *map, struct map_entry **at)
{
    struct map_entry *entry = *at;
    void *value = entry->value;
    *at = entry->next;
    free(entry);
    map->count--;
    return value;
}

void *map_take(struct map *map, const char *key)
{
    struct map_entry **at = map->room ? find(map, key) : NULL;
    return at && *at ? drop(map, at) : NULL;
}

void map_each(struct map *map, bool (*keep)(void *context, const char *key, void *value), void *context)
{
    for (size_t i = 0; i < map->room; i++) {
        struct map_entry **at = &map->slots[i];
        while (*at) {
            if (keep(context, (*at)->key, (*at)->value))
                at = &(*at)->next;
            else
                drop(map, at);
        }
    }
}

static bool keep_none(void *context, const char *key, void *value)
{
    (void)context, (void)key, (void)value;
    return false;
}

void map_free(struct map *map)
{
    map_each(map, keep_none, NULL);
    free(map->slots);
    *map = (struct map){0};
}
