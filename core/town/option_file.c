/* SPDX-License-Identifier: MPL-2.0 */
#include "town/option_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

enum { FILE_BYTES_MAX = 1024 * 1024 };

struct reading {
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

static bool refuse(const struct reading *reading, const char *why)
{
    const struct ini_key *key = ini_find(reading->ini, reading->plugin, reading->option);
    return fail_set(reading->fail, "%s:%d: [%s] %s: %s: %s", reading->ini->path, key ? key->line : 0, reading->plugin,
                    reading->option, reading->given, why);
}

static const char *why_not(const struct reading *reading, const char *path, int error)
{
    if (error == EFBIG)
        return "is larger than 1 MiB";
    return arena_print(reading->ini->arena, "%s (looked for as %s). Put the file there, or correct '%s' in [%s]", strerrordesc_np(error),
                       path, reading->option, reading->plugin);
}

static bool is_text(const struct reading *reading, const struct buf *text)
{
    int line = 1;
    for (const char *at = buf_str(text), *end = at + text->size; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        if (!text_valid(at, (size_t)(stop - at)))
            return fail_set(reading->fail, "%s:%d: is no UTF-8 text. Save the file as UTF-8", reading->given, line);
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
        return refuse(reading, why_not(reading, path, errno));
    return is_text(reading, text) && (!reading->copy || keep_copy(reading, text));
}

bool option_files_read(struct town *town, struct town_plugin *plugin, struct fail *fail)
{
    const struct ini *ini = &town->config.ini;
    const struct viche_list *list = &plugin->plugin->decl->options;
    const struct viche_option *options = PLUGIN_ITEMS(struct viche_option, *list);
    plugin->files = arena_alloc(town->arena, (list->count + 1) * sizeof *plugin->files);
    for (uint32_t i = 0; i < list->count; i++) {
        if (options[i].kind != VICHE_OPTION_FILE)
            continue;
        plugin->files[i] = "";
        const char *name = plugin->plugin->name;
        const struct reading reading = {ini, name, options[i].name, plugin->values[i], copy_of(ini, name, options[i].name), fail};
        struct buf text = {.cap = FILE_BYTES_MAX};
        bool ok = !*reading.given || read_text(&reading, &text);
        plugin->files[i] = arena_copy_bytes(town->arena, buf_str(&text), text.size);
        buf_free(&text);
        if (!ok)
            return false;
    }
    return true;
}
