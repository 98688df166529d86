/* SPDX-License-Identifier: MPL-2.0
 * The towns' secrets. They are read from their files here and nowhere else, and put in place of {secret:name} in requests that
 * leave. */
#ifndef GATEWAY_SECRET_H
#define GATEWAY_SECRET_H

#include <stdbool.h>

#include "base/buf.h"
#include "gateway/map.h"

struct secrets {
    struct map values; /* "town/plugin/name" → text */
};

struct secret_owner {
    const char *town, *plugin;
};

/* name: "plugin/name". Reads the file anew: a rotated token counts from the next reload on. false: it cannot be read, the old value stays. */
bool secret_load(struct secrets *secrets, const char *town, const char *name, const char *path);
/* name: "plugin/name". NULL: the town has none. */
const char *secret_get(const struct secrets *secrets, const char *town, const char *name);
/* Appends the text with its secrets filled in. false: one of them is not this plugin's. */
bool secret_fill(const struct secrets *secrets, const struct secret_owner *owner, const char *text, size_t size_bytes, struct buf *out);
void secret_close(struct secrets *secrets);

#endif
