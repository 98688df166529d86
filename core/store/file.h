/* SPDX-License-Identifier: MPL-2.0
 * The town's files: <town>/files/<id>, ids random, the citizen's name for it only text. Owns table `file`. Bytes first (tmp,
 * fsync, rename, fsync of the folder), then the row commits with the turn; file_sweep removes bytes without a row. */
#ifndef STORE_FILE_H
#define STORE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "store/db.h"

extern const char *const file_migrations[];
extern const size_t file_migration_count;

struct file_info {
    const char *id, *name, *type; /* type: sniffed by libmagic; name: cleaned, for showing only */
    int64_t size_bytes, at;
    int64_t citizen;
};

/* Moves the upload at `path` in; NULL with words when its kind is not allowed, it is empty or too long. */
const char *file_keep(struct db *db, struct arena *arena, const char *folder, const char *path, const char *name,
                      int64_t citizen, struct fail *fail);
void file_own(struct db *db, const char *id, int64_t citizen); /* who sent it, known only after the upload */
bool file_find(struct db *db, struct arena *arena, const char *id, struct file_info *out);
char *file_path(struct arena *arena, const char *folder, const char *id);
void file_erase(struct db *db, const char *folder, int64_t citizen);
void file_sweep(struct db *db, const char *folder);
/* A display name without paths, control and bidi characters, at most 100 characters. */
char *file_clean_name(struct arena *arena, const char *name);

#endif
