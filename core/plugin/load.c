/* SPDX-License-Identifier: MPL-2.0
 * Opens a plugin's library and makes a struct plugin of its declaration and texts. A refusal names the file, what is
 * wrong, and the remedy; there is no plugin that "loads, but adds nothing". */
#include <dlfcn.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "plugin/elf.h"
#include "plugin/plugin.h"

enum { MAJORS_KNOWN = 16 }; /* how far ahead we look to say "newer" rather than "not a plugin" */

/* "ua.viche.directory" → "directory" */
static const char *last_part(const char *id)
{
    const char *dot = strrchr(id, '.');
    return dot ? dot + 1 : id;
}

/* The declaration, or NULL with the reason why there is none for us. */
static const struct viche_plugin *declaration(void *library, const char *path, struct fail *fail)
{
    const struct viche_plugin *ours = dlsym(library, "viche_plugin_v0");
    if (ours)
        return ours;
    for (int major = VICHE_ABI_MAJOR + 1; major < MAJORS_KNOWN; major++) {
        char symbol[32];
        snprintf(symbol, sizeof symbol, "viche_plugin_v%d", major);
        if (dlsym(library, symbol)) {
            fail_set(fail,
                     "%s: is built for viche ABI %d, this host speaks %d.%d; upgrade the host, or rebuild the plugin "
                     "with the host's headers",
                     path, major, VICHE_ABI_MAJOR, VICHE_ABI_MINOR);
            return NULL;
        }
    }
    fail_set(fail, "%s: exports no viche_plugin_v%d: it is no plugin; declare it with VICHE_PLUGIN = { VICHE_HEAD, … }",
             path, VICHE_ABI_MAJOR);
    return NULL;
}

/* Puts the path in front of words that do not know it. */
static void say_where(const char *path, struct fail *fail)
{
    if (!fail)
        return;
    struct fail what = *fail;
    fail_set(fail, "%s: %s", path, what.words);
}

static bool name_fits(const struct plugin *plugin, struct fail *fail)
{
    const char *slash = strrchr(plugin->path, '/');
    const char *file = slash ? slash + 1 : plugin->path;
    size_t length = strlen(plugin->name);
    if (strncmp(file, plugin->name, length) == 0 && text_is(file + length, ".so"))
        return true;
    return fail_set(fail, "%s: its id is %s, so the file must be named %s.so", plugin->path, plugin->decl->id,
                    plugin->name);
}

static struct plugin *plugin_make(const struct viche_plugin *foreign, const char *path, const char *texts_dir,
                                  struct fail *fail)
{
    struct arena *arena = arena_new();
    struct plugin *plugin = arena_alloc(arena, sizeof *plugin);
    plugin->arena = arena;
    plugin->path = arena_copy(arena, path);
    plugin->given = foreign;
    plugin->decl = plugin_adopt(arena, foreign, fail);
    if (!plugin->decl) {
        if (*path)
            say_where(path, fail);
        goto refused;
    }
    plugin->name = last_part(plugin->decl->id);
    if (*path && !name_fits(plugin, fail))
        goto refused;
    plugin->words = words_read(texts_dir, fail);
    if (!plugin->words)
        goto refused;
    return plugin;
refused:
    arena_free(arena);
    return NULL;
}

struct plugin *plugin_builtin(const struct viche_plugin *decl, const char *texts_dir, struct fail *fail)
{
    return plugin_make(decl, "", texts_dir, fail);
}

/* "a/b/b.so" → "a/b/texts" */
static char *texts_beside(struct arena *arena, const char *path)
{
    return arena_print(arena, "%s/texts", dirname(arena_copy(arena, path)));
}

/* RTLD_NOW: a missing symbol is found here and not in a turn. RTLD_LOCAL: plugins do not see each other. Never
 * closed again. */
static void *library_open(const char *path, struct fail *fail)
{
    char *real = realpath(path, NULL); /* a path without '/' would be searched for elsewhere */
    void *library = real ? dlopen(real, RTLD_NOW | RTLD_LOCAL) : NULL;
    free(real);
    if (!library)
        fail_set(fail, "%s: cannot be loaded: %s; a plugin must link everything it uses", path, dlerror());
    return library;
}

struct plugin *plugin_load(const char *path, struct fail *fail)
{
    if (!elf_fits(path, fail))
        return NULL;
    void *library = library_open(path, fail);
    if (!library)
        return NULL;
    const struct viche_plugin *foreign = declaration(library, path, fail);
    if (!foreign)
        return NULL;

    struct arena *scratch = arena_new();
    struct plugin *plugin = plugin_make(foreign, path, texts_beside(scratch, path), fail);
    arena_free(scratch);
    if (plugin)
        plugin->handle = library;
    return plugin;
}

void plugin_free(struct plugin *plugin)
{
    if (!plugin)
        return;
    words_close(plugin->words);
    arena_free(plugin->arena); /* the plugin itself lies in it */
}
