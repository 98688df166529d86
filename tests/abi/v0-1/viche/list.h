/* SPDX-License-Identifier: MIT
 * A constant array that knows the size of its own elements, so that both the array and its element may grow in later
 * versions: whoever reads it walks by `stride`, never by sizeof. Frozen for ever. */
#ifndef VICHE_LIST_H
#define VICHE_LIST_H

#include <stddef.h>
#include <stdint.h>

struct viche_list {
    uint32_t stride; /* bytes of one item as its author compiled it */
    uint32_t count;
    const void *items; /* lives as long as the plugin: static const */
};

/* VICHE_LIST(struct viche_step, { .name = "a" }, { .name = "b" }), at file scope. */
#define VICHE_LIST(type, ...)                                                                      \
    { sizeof(type), sizeof((type const[]){__VA_ARGS__}) / sizeof(type), (type const[]){__VA_ARGS__} }

/* Item `index` of a list that somebody else made, as long as its author's items are. */
static inline const void *viche_item(const struct viche_list *list, uint32_t index)
{
    return (const char *)list->items + (size_t)list->stride * index;
}

#endif
