/* SPDX-License-Identifier: MPL-2.0
 * The towns' secrets. They are read from their files here and nowhere else, and put in place of {secret:name} in requests that
 * leave. */
#ifndef GATEWAY_SECRET_H
#define GATEWAY_SECRET_H

#include <stdbool.h>

#include "base/buf.h"
#include "gateway/map.h"

struct secrets {
    struct map values; /* "town/name" → text */
};

/* Reads the file anew: a rotated token counts from the next reload on. false: it cannot be read, the old value stays. */
bool secret_load(struct secrets *secrets, const char *town, const char *name, const char *path);
/* NULL: the town has none of this name. */
const char *secret_get(const struct secrets *secrets, const char *town, const char *name);
/* Appends the text with its secrets filled in. false: one of them is not the town's. */
bool secret_fill(const struct secrets *secrets, const char *town, const char *text, size_t size_bytes, struct buf *out);
void secret_close(struct secrets *secrets);

#endif
