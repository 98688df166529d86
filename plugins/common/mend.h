/* SPDX-License-Identifier: MPL-2.0
 * JSON of a messenger, before it is read: no message is lost over one character. Numbers beyond 63 bits become texts; halves of
 * surrogate pairs and \u0000, which Jansson refuses, become U+FFFD. */
#ifndef COMMON_MEND_H
#define COMMON_MEND_H

#include <stddef.h>

/* To be freed. NULL: nested deeper than that; Jansson follows 2,048 levels. */
char *mend_json(const char *json, size_t size_bytes, size_t levels_max, size_t *mended_bytes);

#endif
