/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_town.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

static const char host_ini[] = "[host]\nlisten = 127.0.0.1:0\n\n[limits]\nmessages-minute = 10000\ndisk-free-mb = 0\n";

static const char town_head[] = "[town]\n"
                                "name.uk = Зразкова громада\n"
                                "name.en = Sample Town\n"
                                "languages = uk en\n"
                                "zone = Europe/Kyiv\n";

static bool write_file(const char *path, const char *text, struct fail *fail)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    size_t length = strlen(text);
    bool ok = fd >= 0 && write(fd, text, length) == (ssize_t)length;
    if (!ok)
        fail_set(fail, "%s: cannot be written: %s", path, strerrordesc_np(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

/* Memory is the fastest disk, and nothing here must outlive us. */
static bool make_folder(struct talk_town *town, struct fail *fail)
{
    static const char *const roots[] = {"/dev/shm", "/tmp"};
    const char *chosen = getenv("TMPDIR");
    for (size_t i = 0; i < sizeof roots / sizeof *roots && !chosen; i++)
        chosen = access(roots[i], W_OK) == 0 ? roots[i] : NULL;
    char *folder = arena_print(town->arena, "%s/viche-talk-XXXXXX", chosen ? chosen : "/tmp");
    town->folder = mkdtemp(folder);
    return town->folder || fail_set(fail, "%s: no folder can be made: %s; set TMPDIR to a folder you can write to", folder,
                                    strerrordesc_np(errno));
}

char *talk_town_plugin(struct arena *arena, const char *path)
{
    char *name = arena_copy(arena, basename(arena_copy(arena, path)));
    size_t length = strlen(name);
    if (length > 3 && text_is(name + length - 3, ".so"))
        name[length - 3] = '\0';
    return name;
}

/* The plugin's folder appears under its name, wherever it was built. Returns the folder to search for plugins. */
static const char *show_plugin(struct talk_town *town, const char *path, struct fail *fail)
{
    size_t length = strlen(path);
    char *real = length > 3 && text_is(path + length - 3, ".so") ? realpath(path, NULL) : NULL;
    if (!real) {
        fail_set(fail, "%s: is not there, or no .so; give the path of the plugin", path);
        return NULL;
    }
    char *folder = arena_print(town->arena, "%s/plugins", town->folder);
    char *link = arena_print(town->arena, "%s/%s", folder, talk_town_plugin(town->arena, real));
    bool ok = mkdir(folder, 0700) == 0 && symlink(dirname(real), link) == 0;
    free(real);
    if (ok)
        return folder;
    fail_set(fail, "%s: cannot be made: %s", link, strerrordesc_np(errno));
    return NULL;
}

static bool has_section(const char *ini, const char *name)
{
    char *mark = NULL;
    if (asprintf(&mark, "\n[%s]", name) < 0)
        abort();
    bool found = strstr(ini, mark) || text_starts(ini, mark + 1);
    free(mark);
    return found;
}

/* [name] with its options: "appeals.number = Г-{n}", or without its name those of the plugin that is tried. */
static void write_section(struct buf *ini, const char *name, const char *tried, const char *options)
{
    size_t length = 0, size = strlen(name);
    buf_print(ini, "\n[%s]\n", name);
    for (const char *line = text_line(&options, &length); line; line = text_line(&options, &length)) {
        size_t key = strcspn(line, ".= ");
        bool named = line[key] == '.';
        if (named && key == size && strncmp(line, name, size) == 0)
            buf_print(ini, "%.*s\n", (int)(length - size - 1), line + size + 1);
        else if (!named && text_is(name, tried))
            buf_print(ini, "%.*s\n", (int)length, line);
    }
}

static bool write_town(struct talk_town *town, const struct talk_plan *plan, const char *path, struct fail *fail)
{
    struct buf ini = {0};
    if (!plan->ini) {
        buf_text(&ini, town_head);
    } else if (!buf_read_file(&ini, plan->ini)) {
        return fail_set(fail, "%s: cannot be read: %s", plan->ini, strerrordesc_np(errno));
    }
    const char *mine = plan->plugin ? talk_town_plugin(town->arena, plan->plugin) : NULL;
    if (mine)
        write_section(&ini, mine, mine, buf_str(&plan->options));
    const char *names = plan->names;
    size_t length = 0;
    for (const char *name = text_word(&names, &length); name; name = text_word(&names, &length))
        write_section(&ini, arena_copy_bytes(town->arena, name, length), mine, buf_str(&plan->options));
    if (!has_section(buf_str(&ini), "console"))
        buf_text(&ini, "\n[console]\n");
    bool ok = write_file(path, buf_str(&ini), fail);
    buf_free(&ini);
    return ok;
}

static char *town_id(struct talk_town *town, const struct talk_plan *plan)
{
    if (!plan->ini)
        return arena_copy(town->arena, "sample");
    char *id = arena_copy(town->arena, basename(arena_copy(town->arena, plan->ini)));
    char *end = strrchr(id, '.');
    if (end)
        *end = '\0';
    return id;
}

static char *base_of(struct talk_town *town, const struct talk_plan *plan)
{
    const char *beside = plan->ini ? plan->ini : plan->beside;
    char *real = beside ? realpath(beside, NULL) : NULL;
    char *base = real ? arena_copy(town->arena, dirname(real)) : NULL;
    free(real);
    return base;
}

static bool build(struct talk_town *town, const struct talk_plan *plan, struct fail *fail)
{
    struct host_overrides over = {.plugins = plan->plugins, .share = plan->share, .towns_base = base_of(town, plan)};
    char *path = arena_print(town->arena, "%s/viche.ini", town->folder);
    char *towns = arena_print(town->arena, "%s/towns", town->folder), *data = arena_print(town->arena, "%s/data", town->folder);
    town->id = town_id(town, plan);
    char *ini = arena_print(town->arena, "%s/%s.ini", towns, town->id);
    if (mkdir(towns, 0700) < 0 || mkdir(data, 0700) < 0)
        return fail_set(fail, "%s: cannot be made: %s", data, strerrordesc_np(errno));
    if (plan->plugin) {
        const char *shown = show_plugin(town, plan->plugin, fail);
        if (!shown)
            return false;
        over.plugins = arena_print(town->arena, "%s:%s", shown, plan->plugins ? plan->plugins : VICHE_PLUGIN_DIR);
    }
    over.towns = towns;
    over.data = plan->data ? plan->data : data;
    if (!write_file(path, host_ini, fail) || !write_town(town, plan, ini, fail))
        return false;
    if (!host_read(&town->host, path, &over, fail))
        return false;
    if (town_read(&town->config, ini, over.towns_base, fail))
        return true;
    host_close(&town->host);
    town->config = (struct town_config){0};
    return false;
}

bool talk_town_make(struct talk_town *town, const struct talk_plan *plan, struct fail *fail)
{
    *town = (struct talk_town){.arena = arena_new()};
    if (make_folder(town, fail) && build(town, plan, fail))
        return true;
    talk_town_remove(town);
    return false;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info, (void)kind, (void)at;
    return remove(path);
}

void talk_town_remove(struct talk_town *town)
{
    if (town->config.id) {
        town_config_close(&town->config);
        host_close(&town->host);
    }
    if (town->folder)
        nftw(town->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(town->arena);
    *town = (struct talk_town){0};
}
