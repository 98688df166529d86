/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as a file of texts: what is accepted can be filled, in every language, with whatever stands in the variables. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/words_catalogue.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *variable(void *context, const char *name)
{
    static const char *const values[] = {"1", "22", "2026-11-25", "-9223372036854775808", "{{count}}", "", NULL};
    (void)context;
    return values[strlen(name) % 7];
}

static void fill_all(const struct words *words, const char *language, struct arena *arena)
{
    const struct words_style style = {language, "Europe/Kyiv", variable, NULL};
    const char *key = NULL;
    json_t *text = NULL;
    json_object_foreach(words->languages[0].texts, key, text)
        if (!words_fill(words, arena, key, &style))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct words *words = mem_alloc(sizeof *words);
    struct arena *arena = arena_new();
    struct fail fail;
    if (words_add(words, "uk", "texts/uk.json", (const char *)data, size, &fail) && words_check(words, &fail)) {
        if (!words_complete(words, "uk", &fail))
            abort();
        fill_all(words, "uk", arena);
        fill_all(words, "en", arena);
    }
    words_sort_key(arena, "uk", arena_copy_bytes(arena, data, size));
    arena_free(arena);
    words_close(words);
    return 0;
}
