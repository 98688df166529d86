/* SPDX-License-Identifier: MPL-2.0
 * Lists of words, as a regulation and the ABI write them: separated by spaces, or one a line. */
#include <stdlib.h>

#include "cases.h"

bool word_next(const char **list, char *out, size_t out_bytes)
{
    const char *at = *list + strspn(*list, " \n");
    size_t size = strcspn(at, " \n");
    *list = at + size;
    if (!size || size >= out_bytes)
        return false;
    memcpy(out, at, size);
    out[size] = '\0';
    return true;
}

bool word_in(const char *list, const char *word)
{
    char one[64];
    while (word_next(&list, one, sizeof one))
        if (strcmp(one, word) == 0)
            return true;
    return false;
}

const char *word_add(struct viche_turn *t, const char *list, const char *word)
{
    if (!*word || word_in(list, word))
        return list;
    return *list ? viche_print(t, "%s %s", list, word) : viche_print(t, "%s", word);
}

int64_t word_number(const char *word) { return strtoll(word, NULL, 10); }

const char *word_id(struct viche_turn *t, int64_t id) { return viche_print(t, "%lld", (long long)id); }

bool word_line(struct viche_turn *t, const char **lines, const char **out)
{
    const char *at = *lines + strspn(*lines, "\n");
    size_t size = strcspn(at, "\n");
    *lines = at + size;
    *out = viche_print(t, "%.*s", (int)size, at);
    return size > 0;
}
