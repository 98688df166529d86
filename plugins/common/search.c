/* SPDX-License-Identifier: MPL-2.0 */
#include "common/search.h"

#include <string.h>

void search_each_language(struct viche_turn *t, int64_t id, void (*act)(struct viche_turn *, int64_t id, const char *language))
{
    const char *before = viche_language(t);
    for (const char *languages = viche_town(t, "languages"); *languages; languages += strspn(languages, " ")) {
        size_t length = strcspn(languages, " ");
        const char *language = viche_print(t, "%.*s", (int)length, languages);
        viche_speak(t, language);
        act(t, id, language);
        languages += length;
    }
    viche_speak(t, before);
}

const char *search_entry(struct viche_turn *t, int64_t id, const char *language)
{
    return viche_print(t, "%lld.%s", (long long)id, language);
}

void search_drop(struct viche_turn *t, int64_t id, const char *language) { viche_index_drop(t, search_entry(t, id, language)); }
