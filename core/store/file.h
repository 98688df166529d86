/* SPDX-License-Identifier: MPL-2.0
 * The town's files: <town>/files/<id>, ids random, the citizen's name for it only text. Owns the tables `file` and
 * `file_hold`. Bytes first (synced, then under their name, then the folder synced), the row commits with the turn; file_sweep removes
 * bytes without a row. Each upload is a file of its own, even when another has the same bytes: so one can go and the other stay. */
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

/* Takes the upload at `path` in and returns its id; NULL with words when its kind is not allowed or it is empty. The upload stays
 * where it is, because the turn may have to run again after a crash: whoever spooled it removes it after the answer. */
const char *file_keep(struct db *db, struct arena *arena, const char *folder, const char *path, const char *name,
                      int64_t citizen, struct fail *fail);
void file_own(struct db *db, const char *id, int64_t citizen); /* who sent it, known only after the upload */
bool file_find(struct db *db, struct arena *arena, const char *id, struct file_info *out);
char *file_path(struct arena *arena, const char *folder, const char *id);
void file_move(struct db *db, int64_t from, int64_t to); /* the rows of one citizen are now another's */
/* A plugin must keep it, whatever becomes of who sent it: from now on it is the town's own, and nothing here tells whose it was. Once for
 * each plugin. false: there is no such file. */
bool file_hold(struct db *db, const char *id, const char *plugin);
/* The plugin needs it no more. true: nobody holds it now and its row is gone; the bytes go with the file_sweep after the commit. */
bool file_drop(struct db *db, const char *id, const char *plugin);
/* The rows of one citizen, not what a plugin holds; their bytes go with the file_sweep after the commit. */
void file_erase(struct db *db, int64_t citizen);
/* Removes bytes without a row. Only between transactions: a turn under way has bytes whose row is not there yet. */
void file_sweep(struct db *db, const char *folder);
/* A display name without paths, control and bidi characters, at most 100 characters. */
char *file_clean_name(struct arena *arena, const char *name);

#endif
