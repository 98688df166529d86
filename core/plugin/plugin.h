/* SPDX-License-Identifier: MPL-2.0
 * A plugin as the host sees it after load and check: its declaration rewritten into today's structs, so that the rest
 * of the host walks plain arrays. Loaded once a worker, used by many towns; never unloaded. */
#ifndef PLUGIN_PLUGIN_H
#define PLUGIN_PLUGIN_H

#include <viche/viche.h>

#include "base/arena.h"
#include "base/fail.h"
#include "plugin/words.h"

struct plugin {
    const char *name;                /* "directory": the last part of the id */
    const char *path;                /* of the .so; "" for the host's own */
    const struct viche_plugin *given; /* as its author wrote it: who it is, never read */
    const struct viche_plugin *decl; /* rewritten: every list has today's stride, so PLUGIN_ITEMS works */
    struct words *words;             /* its texts in all languages found */
    struct arena *arena;             /* owns the rewritten declaration */
    void *handle;
};

/* The items of a rewritten list as an array of today's struct. */
#define PLUGIN_ITEMS(type, list) ((const type *)(list).items)

/* plugin/find.c: <dir>/<name>/<name>.so in the first of `dirs` (separated by ':') that has it. NULL with words that
 * list where it was looked for and the nearest name there is. */
char *plugin_find(struct arena *arena, const char *dirs, const char *name, struct fail *fail);
/* All names there are, sorted; for `viche inspect` and suggestions. */
const char **plugin_names(struct arena *arena, const char *dirs, size_t *count);

/* plugin/load.c: opens, adopts, reads the texts. NULL with words that name the file, the versions and the remedy. The
 * ELF header is looked at before dlopen, so that an empty, truncated or foreign file gets its own sentence. */
struct plugin *plugin_load(const char *path, struct fail *fail);
/* The host's own plugin (town/), by the same way; texts from `texts_dir`. */
struct plugin *plugin_builtin(const struct viche_plugin *decl, const char *texts_dir, struct fail *fail);
/* Frees what the host made of it; the library stays in memory, because nobody can know what still points into it. */
void plugin_free(struct plugin *plugin);

/* plugin/adopt.c: rewrites a declaration of any vintage into today's structs. NULL with words. */
const struct viche_plugin *plugin_adopt(struct arena *arena, const struct viche_plugin *foreign, struct fail *fail);

/* plugin/check.c: what can be known at load: ids, dialog graphs (reachable steps, dead ends, unknown `next`), opens
 * that clash, kinds, limits of values, hooks mandatory with tables, every text key in every language of `languages`. */
bool plugin_check(const struct plugin *plugin, const char *languages, struct fail *fail);

/* plugin/order.c: sorts so that needs and likes come first; words for a missing service or a circle. */
bool plugin_order(struct plugin **plugins, size_t count, struct fail *fail);

/* "08:00" or "mon 08:00" of viche_schedule.at: minutes since midnight; weekday 1 Monday … 7 Sunday, 0 every day. */
bool plugin_at(const char *at, int *weekday, int *minute);
const struct viche_dialog *plugin_dialog(const struct plugin *plugin, const char *id);
const struct viche_step *plugin_step(const struct viche_dialog *dialog, const char *name); /* by name or formerly */

#endif
