/* SPDX-License-Identifier: MPL-2.0
 * The request-target of an HTTP request as a path that can be trusted. Everything behind this file sees only decoded, valid
 * UTF-8 without empty parts, "." and "..", backslashes, hidden slashes or control characters. */
#ifndef GATEWAY_TARGET_H
#define GATEWAY_TARGET_H

#include <stdbool.h>

#include "base/arena.h"
#include "link/frame.h"

enum { TARGET_PAIRS = 48, TARGET_BYTES_MAX = 4096 };

struct target {
    const char *path; /* "/kryzhopil/web/chat" */
    const char *town; /* its first part: "kryzhopil"; "" for "/" */
    const char *rest; /* from the second slash on: "/web/chat"; "" without one */
    struct pair query[TARGET_PAIRS]; /* decoded, ended by a NULL name */
};

/* NULL: a trick or nonsense, to be refused before anything else. All of it lives in the arena. */
struct target *target_read(struct arena *arena, const char *raw);

#endif
