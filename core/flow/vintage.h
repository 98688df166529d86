/* SPDX-License-Identifier: MPL-2.0
 * Structs that a plugin of any age hands in or is given: what its headers did not know is zero, what ours do not know is
 * left out. */
#ifndef FLOW_VINTAGE_H
#define FLOW_VINTAGE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* given begins with its uint32_t size. */
static inline void vintage_take(void *out, size_t room_bytes, const void *given)
{
    uint32_t size = 0;
    memcpy(&size, given, sizeof size);
    memset(out, 0, room_bytes);
    memcpy(out, given, size < room_bytes ? size : room_bytes);
}

/* Into a struct of a plugin's, which begins with its uint32_t size: as much as its headers know of. */
static inline void vintage_give(void *out, const void *today, size_t today_bytes)
{
    uint32_t size = 0;
    memcpy(&size, out, sizeof size);
    memcpy(out, today, size < today_bytes ? size : today_bytes);
    memcpy(out, &size, sizeof size);
}

#endif
