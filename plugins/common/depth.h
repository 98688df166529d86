/* SPDX-License-Identifier: MPL-2.0
 * JSON of strangers, before it is read: Jansson follows 2,048 levels, a request has two or three. */
#ifndef COMMON_DEPTH_H
#define COMMON_DEPTH_H

#include <stdbool.h>
#include <stddef.h>

bool depth_fits(const char *json, size_t size_bytes, size_t levels_max);

#endif
