/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/target.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"

static int hex(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    char low = (char)(digit | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* Undoes %XX (and '+' in a query). NULL: a broken escape, a control character, invalid UTF-8; overlong forms are that too. */
static char *decode(struct arena *arena, const char *raw, size_t size_bytes, bool in_query)
{
    char *out = arena_alloc(arena, size_bytes + 1);
    size_t used = 0;
    for (size_t i = 0; i < size_bytes; i++) {
        char byte = raw[i];
        if (in_query && byte == '+') {
            byte = ' ';
        } else if (byte == '%') {
            int high = i + 2 < size_bytes ? hex(raw[i + 1]) : -1;
            int low = high >= 0 ? hex(raw[i + 2]) : -1;
            if (low < 0)
                return NULL;
            byte = (char)(high * 16 + low);
            i += 2;
        }
        out[used++] = byte;
    }
    return text_valid(out, used) ? out : NULL;
}

static bool clean_path(const char *raw, size_t size_bytes, const char *path)
{
    for (size_t i = 0; i + 2 < size_bytes; i++) /* a slash that hides: %2f */
        if (raw[i] == '%' && raw[i + 1] == '2' && (raw[i + 2] | 0x20) == 'f')
            return false;
    for (const char *at = path; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f || *at == '\\')
            return false;
    for (const char *part = path; part; part = strchr(part + 1, '/')) {
        size_t length = strcspn(part + 1, "/");
        bool last = part[1 + length] == '\0';
        bool dots = (length == 1 && part[1] == '.') || (length == 2 && part[1] == '.' && part[2] == '.');
        if (dots || (length == 0 && !last))
            return false;
    }
    return true;
}

static bool read_query(struct target *target, struct arena *arena, const char *query)
{
    size_t count = 0;
    while (*query && count < TARGET_PAIRS - 1) {
        size_t length = strcspn(query, "&");
        const char *equals = memchr(query, '=', length);
        size_t name_bytes = equals ? (size_t)(equals - query) : length;
        struct pair pair = {
            .name = decode(arena, query, name_bytes, true),
            .value = equals ? decode(arena, equals + 1, length - name_bytes - 1, true) : "",
        };
        if (!pair.name || !pair.value)
            return false;
        if (*pair.name)
            target->query[count++] = pair;
        query += length + (query[length] == '&');
    }
    return true;
}

struct target *target_read(struct arena *arena, const char *raw)
{
    size_t size = strcspn(raw, "?#");
    if (raw[0] != '/')
        return NULL;
    char *path = decode(arena, raw, size, false);
    if (!path || !clean_path(raw, size, path))
        return NULL;
    struct target *target = arena_alloc(arena, sizeof *target);
    size_t town = strcspn(path + 1, "/");
    target->path = path;
    target->town = arena_copy_bytes(arena, path + 1, town);
    target->rest = path + 1 + town;
    if (raw[size] == '?' && !read_query(target, arena, raw + size + 1))
        return NULL;
    return target;
}
