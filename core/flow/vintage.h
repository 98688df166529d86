/* SPDX-License-Identifier: MPL-2.0
 * Structs that a plugin of any age hands in: what its headers did not know is zero, what ours do not know is left out. */
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

#endif
