/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as the target of an HTTP request: refused, or a path without tricks. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gateway/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return true;
    return false;
}

static void judge(const struct target *target)
{
    const char *path = target->path;
    if (*path != '/' || !text_valid(path, strlen(path)) || has_control(path))
        abort();
    if (strstr(path, "/../") || strstr(path, "//") || strchr(path, '\\') || strstr(path, "/./"))
        abort();
    size_t length = strlen(path);
    if (length >= 3 && strcmp(path + length - 3, "/..") == 0)
        abort();
    if (strchr(target->town, '/') || (*target->rest && *target->rest != '/'))
        abort();
    for (const struct pair *pair = target->query; pair->name; pair++)
        if (!text_valid(pair->name, strlen(pair->name)) || !text_valid(pair->value, strlen(pair->value)))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const struct target *target = target_read(arena, arena_copy_bytes(arena, data, size));
    if (target)
        judge(target);
    arena_free(arena);
    return 0;
}
