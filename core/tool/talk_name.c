/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_name.h"

#include <string.h>

#include "base/buf.h"

static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
static const char values[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

/* The length of "{name}" at `at`; 0: there is none. */
static size_t name_at(const char *at)
{
    size_t length = *at == '{' ? strspn(at + 1, letters) : 0;
    return length && at[1 + length] == '}' ? length + 2 : 0;
}

static const struct talk_name *find(const struct talk_name *names, const char *at, size_t length)
{
    while (names && !(strlen(names->name) == length - 2 && strncmp(names->name, at + 1, length - 2) == 0))
        names = names->next;
    return names;
}

const char *talk_name_fill(struct arena *arena, const struct talk_name *names, const char *text)
{
    struct buf out = {0};
    for (const char *at = text; *at;) {
        size_t length = name_at(at);
        const struct talk_name *known = length ? find(names, at, length) : NULL;
        if (known)
            buf_text(&out, known->value);
        else
            buf_byte(&out, *at);
        at += known ? length : 1;
    }
    const char *copy = arena_copy(arena, buf_str(&out));
    buf_free(&out);
    return copy;
}

void talk_name_learn(struct arena *arena, struct talk_name **names, const char *expected, const char *said)
{
    while (*expected && *said) {
        size_t length = name_at(expected);
        if (length) {
            size_t bytes = strspn(said, values);
            struct talk_name *name = arena_alloc(arena, sizeof *name); /* in front of an older one of this name */
            *name = (struct talk_name){*names, arena_copy_bytes(arena, expected + 1, length - 2), arena_copy_bytes(arena, said, bytes)};
            *names = name;
            expected += length;
            said += bytes;
        } else if (*expected++ != *said++) {
            return;
        }
    }
}
