/* SPDX-License-Identifier: MPL-2.0 */
#include "town/option_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

enum { FILE_BYTES_MAX = 1024 * 1024 };

struct reading {
    const struct town *town;
    const struct ini *ini;
    const char *plugin, *option;
    const char *given; /* as the INI says it */
    const char *copy;  /* beside a copy of the INI; NULL: the INI is the operator's own */
    struct fail *fail;
};

/* data/.conf/3/towns/kalush.ini → data/.conf/3/towns/kalush.cases.regulation; the INI's own folder is elsewhere then. */
static const char *copy_of(const struct ini *ini, const char *plugin, const char *option)
{
    const char *slash = strrchr(ini->path, '/');
    size_t folder = slash ? (size_t)(slash - ini->path) : 0;
    if (!slash || (strncmp(ini->path, ini->folder, folder) == 0 && ini->folder[folder] == '\0'))
        return NULL;
    return arena_print(ini->arena, "%.*s.%s.%s", (int)(strlen(ini->path) - strlen(".ini")), ini->path, plugin, option);
}

/* The {{variables}} of the words below. */
struct blame {
    const struct reading *reading;
    const char *path, *why;
};

static const char *var_of(void *context, const char *name)
{
    const struct blame *blame = context;
    return strcmp(name, "path") == 0     ? blame->path
           : strcmp(name, "why") == 0    ? blame->why
           : strcmp(name, "option") == 0 ? blame->reading->option
           : strcmp(name, "plugin") == 0 ? blame->reading->plugin
                                         : NULL;
}

/* In the town's main language: who writes rules for a town is no system administrator. */
static const char *words_of(struct blame *blame, const char *key)
{
    const struct town *town = blame->reading->town;
    const char *all = town->config.languages;
    const char *main_one = arena_copy_bytes(town->arena, all, strcspn(all, " "));
    struct words_style style = {main_one, town->config.zone, var_of, blame};
    return words_fill(town->plugins[0].plugin->words, town->arena, key, &style); /* the host's own */
}

static bool refuse(const struct reading *reading, const char *why)
{
    const struct ini_key *key = ini_find(reading->ini, reading->plugin, reading->option);
    return fail_set(reading->fail, "%s:%d: [%s] %s: %s: %s", reading->ini->path, key ? key->line : 0, reading->plugin,
                    reading->option, reading->given, why);
}

static bool refuse_unread(const struct reading *reading, const char *path, int error)
{
    struct blame blame = {.reading = reading, .path = path, .why = strerrordesc_np(error)};
    return refuse(reading, words_of(&blame, error == EFBIG    ? "option-file-large"
                                            : error == ENOENT ? "option-file-absent"
                                                              : "option-file-unread"));
}

static bool is_text(const struct reading *reading, const struct buf *text)
{
    int line = 1;
    for (const char *at = buf_str(text), *end = at + text->size; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        struct blame blame = {.reading = reading};
        if (!text_valid(at, (size_t)(stop - at)))
            return fail_set(reading->fail, "%s:%d: %s", reading->given, line, words_of(&blame, "option-file-encoding"));
        at = stop + 1;
    }
    return true;
}

static bool keep_copy(const struct reading *reading, const struct buf *text)
{
    int fd = open(reading->copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool kept = fd >= 0 && write(fd, buf_str(text), text->size) == (ssize_t)text->size;
    int why = errno;
    if (fd >= 0)
        close(fd);
    return kept || refuse(reading, arena_print(reading->ini->arena, "cannot be kept: %s", strerrordesc_np(why)));
}

static bool read_text(const struct reading *reading, struct buf *text)
{
    if (reading->copy && buf_read_file(text, reading->copy))
        return true;
    buf_clear(text);
    const char *path = ini_path(reading->ini, reading->given);
    if (!buf_read_file(text, path))
        return refuse_unread(reading, path, errno);
    return is_text(reading, text) && (!reading->copy || keep_copy(reading, text));
}

/* Taken before the gateway reads it: a file that changes in between gets another mark at the next reload. */
static const char *mark_of_secret(struct arena *arena, const char *path)
{
    struct stat about;
    if (!path || !*path || stat(path, &about) != 0)
        return "";
    return arena_print(arena, "%llu.%lld.%lld.%ld", (unsigned long long)about.st_ino, (long long)about.st_size,
                       (long long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec);
}

bool option_files_read(struct town *town, struct town_plugin *plugin, struct fail *fail)
{
    const struct ini *ini = &town->config.ini;
    const struct viche_list *list = &plugin->plugin->decl->options;
    const struct viche_option *options = PLUGIN_ITEMS(struct viche_option, *list);
    plugin->files = arena_alloc(town->arena, (list->count + 1) * sizeof *plugin->files);
    for (uint32_t i = 0; i < list->count; i++) {
        if (options[i].flags & VICHE_SECRET)
            plugin->files[i] = mark_of_secret(town->arena, plugin->values[i]);
        if (options[i].kind != VICHE_OPTION_FILE)
            continue;
        plugin->files[i] = "";
        const char *name = plugin->plugin->name;
        const struct reading reading = {town, ini, name, options[i].name, plugin->values[i], copy_of(ini, name, options[i].name), fail};
        struct buf text = {.cap = FILE_BYTES_MAX};
        bool ok = !*reading.given || read_text(&reading, &text);
        plugin->files[i] = arena_copy_bytes(town->arena, buf_str(&text), text.size);
        buf_free(&text);
        if (!ok)
            return false;
    }
    return true;
}
