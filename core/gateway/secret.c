/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/secret.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_BYTES_MAX = 4096, KEY_BYTES = 160, NAME_BYTES_MAX = 64 };

static const char opening[] = "{secret:";

static bool free_value(void *context, const char *key, void *value)
{
    (void)context, (void)key;
    sodium_free(value);
    return false;
}

bool secret_load(struct secrets *secrets, const char *town, const char *name, const char *path)
{
    struct buf text = {.cap = SECRET_BYTES_MAX};
    bool ok = buf_read_file(&text, path);
    while (ok && text.size && strchr("\r\n", text.data[text.size - 1]))
        text.size--;
    char *value = ok ? sodium_malloc(text.size + 1) : NULL; /* locked in memory, not in core dumps */
    if (value) {
        char key[KEY_BYTES];
        snprintf(key, sizeof key, "%s/%s", town, name);
        memcpy(value, buf_str(&text), text.size);
        value[text.size] = '\0';
        sodium_free(map_get(&secrets->values, key));
        map_put(&secrets->values, key, value);
    }
    if (text.data)
        sodium_memzero(text.data, text.room);
    buf_free(&text);
    return value;
}

const char *secret_get(const struct secrets *secrets, const char *town, const char *name)
{
    char key[KEY_BYTES];
    snprintf(key, sizeof key, "%s/%s", town, name);
    return map_get(&secrets->values, key);
}

/* The value of the "{secret:name}" at `at`, and its length; NULL: unknown or not closed. */
static const char *named(const struct secrets *secrets, const struct secret_owner *owner, const char *at, size_t left, size_t *length)
{
    const char *name = at + sizeof opening - 1;
    const char *end = memchr(name, '}', left - (sizeof opening - 1));
    if (!end || end - name > NAME_BYTES_MAX)
        return NULL;
    char full[KEY_BYTES];
    snprintf(full, sizeof full, "%s/%.*s", owner->plugin, (int)(end - name), name);
    *length = (size_t)(end - at) + 1;
    return secret_get(secrets, owner->town, full);
}

bool secret_fill(const struct secrets *secrets, const struct secret_owner *owner, const char *text, size_t size_bytes, struct buf *out)
{
    const char *at = text, *end = text + size_bytes;
    while (at < end) {
        const char *found = memmem(at, (size_t)(end - at), opening, sizeof opening - 1);
        buf_add(out, at, (size_t)((found ? found : end) - at));
        if (!found)
            break;
        size_t length = 0;
        const char *value = named(secrets, owner, found, (size_t)(end - found), &length);
        if (!value)
            return false;
        buf_text(out, value);
        at = found + length;
    }
    return true;
}

void secret_close(struct secrets *secrets)
{
    map_each(&secrets->values, free_value, NULL);
    map_free(&secrets->values);
}
