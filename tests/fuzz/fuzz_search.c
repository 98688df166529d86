/* SPDX-License-Identifier: MPL-2.0
 * Any words of a citizen as a search, in a town with a few entries: folded text is text, hits have scores between 0 and 1. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/migrate.h"
#include "town/search.h"
#include "town/word.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct db *town(void)
{
    static const struct viche_entry entries[] = {
        {.size = sizeof(struct viche_entry), .id = "1", .language = "uk", .title = "ЦНАП Крижополя", .text = "послуги паспорт",
         .opens = "/directory show 1"},
        {.size = sizeof(struct viche_entry), .id = "2", .language = "uk", .title = "Бібліотека", .text = "книжки діти",
         .opens = "/directory show 2"},
        {.size = sizeof(struct viche_entry), .id = "3", .title = "Асфальт і ями", .text = "дорога ремонт", .opens = "/roads"},
    };
    struct db *db = db_open_memory();
    if (!migrate(db, "viche", search_migrations, search_migration_count, NULL))
        abort();
    db_begin(db);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        search_put(db, "directory", &entries[i]);
    if (!db_commit(db))
        abort();
    return db;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct db *db;
    if (!db)
        db = town();
    if (size > 4000 || !text_valid((const char *)data, size))
        return -1;
    struct arena *arena = arena_new();
    char *text = arena_copy_bytes(arena, data, size);
    char *folded = search_fold(arena, text);
    if (!text_valid(folded, strlen(folded)))
        abort();
    struct search_hit hits[5];
    size_t count = search_find(db, arena, "uk", text, hits, 5);
    for (size_t i = 0; i < count; i++)
        if (!(hits[i].score >= 0 && hits[i].score <= 1) || !hits[i].title)
            abort();
    arena_free(arena);
    return 0;
}
