/* SPDX-License-Identifier: MPL-2.0
 * Where a plugin is: <dir>/<name>/<name>.so in the first folder that has it. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "plugin/plugin.h"

enum { NAME_MAX_BYTES = 32, NAMES_MAX = 1024 };

/* Lower-case letters and digits: a name is also a folder, a section, a prefix of tables and a part of addresses. */
static bool name_fits(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");
    return length > 0 && length <= NAME_MAX_BYTES && name[length] == '\0';
}

/* The next folder of a list separated by ':'; NULL at the end. */
static char *next_dir(struct arena *arena, const char **dirs)
{
    *dirs += strspn(*dirs, ":");
    size_t length = strcspn(*dirs, ":");
    if (length == 0)
        return NULL;
    char *dir = arena_copy_bytes(arena, *dirs, length);
    *dirs += length;
    return dir;
}

static char *library_in(struct arena *arena, const char *dir, const char *name)
{
    char *path = arena_print(arena, "%s/%s/%s.so", dir, name, name);
    return access(path, F_OK) == 0 ? path : NULL;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static bool listed(const char **names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(names[i], name))
            return true;
    return false;
}

const char **plugin_names(struct arena *arena, const char *dirs, size_t *count)
{
    const char **names = arena_alloc(arena, NAMES_MAX * sizeof *names);
    *count = 0;
    for (char *dir = next_dir(arena, &dirs); dir; dir = next_dir(arena, &dirs)) {
        DIR *folder = opendir(dir);
        if (!folder)
            continue;
        for (const struct dirent *entry = readdir(folder); entry && *count < NAMES_MAX; entry = readdir(folder))
            if (name_fits(entry->d_name) && library_in(arena, dir, entry->d_name) &&
                !listed(names, *count, entry->d_name))
                names[(*count)++] = arena_copy(arena, entry->d_name);
        closedir(folder);
    }
    qsort(names, *count, sizeof *names, by_text);
    return names;
}

static const char *nearest(struct arena *arena, const char *dirs, const char *name)
{
    size_t count = 0;
    const char **names = plugin_names(arena, dirs, &count);
    const char *best = NULL;
    size_t best_distance = strlen(name) / 2 + 1;
    for (size_t i = 0; i < count; i++) {
        size_t now = text_distance(name, names[i]);
        if (now < best_distance) {
            best = names[i];
            best_distance = now;
        }
    }
    return best;
}

char *plugin_find(struct arena *arena, const char *dirs, const char *name, struct fail *fail)
{
    if (!name_fits(name)) {
        fail_set(fail, "\"%.60s\" cannot be a plugin: a name has lower-case Latin letters and digits, at most %d", name,
                 NAME_MAX_BYTES);
        return NULL;
    }
    struct buf looked = {0};
    const char *rest = dirs;
    for (char *dir = next_dir(arena, &rest); dir; dir = next_dir(arena, &rest)) {
        char *path = library_in(arena, dir, name);
        if (path) {
            buf_free(&looked);
            return path;
        }
        buf_print(&looked, "%s%s/%s/%s.so", looked.size ? ", " : "", dir, name, name);
    }
    const char *near = nearest(arena, dirs, name);
    fail_set(fail, "there is no plugin \"%s\"%s%s%s; looked for %s", name, near ? "; did you mean \"" : "",
             near ? near : "", near ? "\"?" : "", buf_str(&looked));
    buf_free(&looked);
    return NULL;
}
