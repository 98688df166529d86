/* SPDX-License-Identifier: MPL-2.0 */
#include "town/town.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "config/value.h"
#include "store/migrate.h"
#include "town/option_file.h"

/* ---- the plugins of a process ---- */

static struct plugin *find_loaded(const struct town_plugins *plugins, const char *name)
{
    for (size_t i = 0; i < plugins->count; i++)
        if (strcmp(plugins->items[i]->name, name) == 0)
            return plugins->items[i];
    return NULL;
}

static struct plugin *remember(struct town_plugins *plugins, struct plugin *plugin)
{
    if (plugin) {
        plugins->items = mem_grow(plugins->items, (plugins->count + 1) * sizeof *plugins->items);
        plugins->items[plugins->count++] = plugin;
    }
    return plugin;
}

static struct plugin *load_own(struct town_plugins *plugins, const struct host_config *host, struct arena *arena,
                               struct fail *fail)
{
    struct plugin *own = find_loaded(plugins, "town");
    if (own)
        return own;
    return remember(plugins, plugin_builtin(plugins->own, arena_print(arena, "%s/texts", host->share), fail));
}

static struct plugin *load_named(struct town *town, struct town_plugins *plugins, const char *name, struct fail *fail)
{
    struct plugin *plugin = find_loaded(plugins, name);
    if (plugin)
        return plugin;
    int line = ini_section(&town->config.ini, name)->line;
    struct fail why;
    char *path = plugin_find(town->arena, town->host->plugins, name, &why);
    if (path)
        plugin = plugin_load(path, &why);
    if (!plugin)
        fail_set(fail, "%s:%d [%s]: %s", town->config.ini.path, line, name, why.words);
    return remember(plugins, plugin);
}

/* ---- checks ---- */

static bool check_plugin(const struct town *town, const struct plugin *plugin, struct fail *fail)
{
    return plugin_check(plugin, town->config.languages, fail);
}

static bool check_commands(const struct town *town, struct fail *fail)
{
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct town_plugin *plugin = &town->plugins[i];
        const struct viche_dialog *dialogs = PLUGIN_ITEMS(struct viche_dialog, plugin->plugin->decl->dialogs);
        for (uint32_t d = 0; d < plugin->plugin->decl->dialogs.count; d++) {
            const char *words = dialogs[d].opens;
            size_t length = 0;
            for (const char *at = text_word(&words, &length); at; at = text_word(&words, &length)) {
                char *command = arena_copy_bytes(town->arena, at, length);
                struct town_command first;
                if (town_command(town, command, &first) && first.dialog != &dialogs[d])
                    return fail_set(fail,
                                    "%s: plugins %s and %s both want the command %s; leave one of the two sections out",
                                    town->config.ini.path, first.plugin->plugin->name, plugin->plugin->name, command);
            }
        }
    }
    return true;
}

static bool check_menu(const struct town *town, struct fail *fail)
{
    for (size_t i = 0; i < town->config.block_count; i++) {
        const struct menu_block *block = &town->config.blocks[i];
        const char *words = block->items;
        size_t length = 0;
        for (const char *at = text_word(&words, &length); at; at = text_word(&words, &length)) {
            char *command = arena_copy_bytes(town->arena, at, length);
            const struct ini_key *key = ini_find(&town->config.ini, "menu", block->name);
            struct town_command found;
            if (!town_command(town, command, &found))
                return fail_set(fail,
                                "%s:%d [menu] %s: no enabled plugin has the command %s; enable the plugin by its section, or "
                                "take the command out",
                                town->config.ini.path, key ? key->line : 0, block->name, command);
        }
    }
    return true;
}

/* ---- reading ---- */

static bool read_options(struct town *town, struct town_plugin *plugin, struct fail *fail)
{
    const struct viche_plugin *decl = plugin->plugin->decl;
    plugin->values = arena_alloc(town->arena, (decl->options.count + 1) * sizeof *plugin->values);
    if (plugin->plugin->handle == NULL)
        return true; /* the host's own has no section: [town] is the host's */
    return value_section(&town->config.ini, plugin->plugin->name, PLUGIN_ITEMS(struct viche_option, decl->options),
                         decl->options.count, plugin->values, fail) &&
           option_files_read(town, plugin, fail);
}

static bool load_plugins(struct town *town, struct town_plugins *plugins, struct fail *fail)
{
    size_t count = town->config.plugin_count + 1;
    struct plugin **list = arena_alloc(town->arena, count * sizeof *list);
    list[0] = load_own(plugins, town->host, town->arena, fail);
    if (!list[0])
        return false;
    for (size_t i = 1; i < count; i++) {
        list[i] = load_named(town, plugins, town->config.plugins[i - 1], fail);
        if (!list[i])
            return false;
    }
    struct fail why;
    if (!plugin_order(list, count, &why))
        return fail_set(fail, "%s: %s", town->config.ini.path, why.words);
    town->plugins = arena_alloc(town->arena, count * sizeof *town->plugins);
    for (size_t i = 0; i < count; i++) {
        town->plugins[i].plugin = list[i];
        if (!check_plugin(town, list[i], fail) || !read_options(town, &town->plugins[i], fail))
            return false;
        town->plugin_count++;
    }
    return check_commands(town, fail) && check_menu(town, fail);
}

struct town *town_load(const struct host_config *host, const char *ini_path, struct town_plugins *plugins, struct fail *fail)
{
    struct arena *arena = arena_new();
    struct town *town = arena_alloc(arena, sizeof *town);
    town->arena = arena;
    town->host = host;
    if (!town_read(&town->config, ini_path, host->towns_base, fail)) {
        arena_free(arena);
        return NULL;
    }
    if (!words_zone_known(town->config.zone)) {
        const struct ini_key *key = ini_find(&town->config.ini, "town", "zone");
        fail_set(fail, "%s:%d: [town] zone: there is no time zone %s; write for instance Europe/Kyiv", ini_path, key ? key->line : 0,
                 town->config.zone);
        town_close(town);
        return NULL;
    }
    town->id = town->config.id;
    town->folder = arena_print(arena, "%s/%s", host->data, town->id);
    if (!load_plugins(town, plugins, fail)) {
        town_close(town);
        return NULL;
    }
    return town;
}

void town_close(struct town *town)
{
    if (!town)
        return;
    db_close(town->db);
    town_config_close(&town->config);
    arena_free(town->arena);
}

/* ---- the database ---- */

bool town_migrate(struct town *town, struct fail *fail)
{
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct plugin *plugin = town->plugins[i].plugin;
        if (!migrate(town->db, plugin->name, PLUGIN_ITEMS(char *const, plugin->decl->migrations),
                          plugin->decl->migrations.count, fail))
            return false;
    }
    return true;
}

bool town_open(struct town *town, bool (*own_tables)(struct db *, struct fail *), struct fail *fail)
{
    town->db = db_open(town->folder, fail);
    return town->db && own_tables(town->db, fail) && town_migrate(town, fail);
}

/* ---- asking ---- */

const struct town_plugin *town_plugin(const struct town *town, const char *name)
{
    for (size_t i = 0; i < town->plugin_count; i++)
        if (strcmp(town->plugins[i].plugin->name, name) == 0)
            return town->plugins[i].off ? NULL : &town->plugins[i];
    return NULL;
}

/* One of the plugin's arrays of values at the place of this option. */
static const char *value_of(const struct town_plugin *plugin, const char *name, const char *const *values)
{
    const struct viche_option *options = PLUGIN_ITEMS(struct viche_option, plugin->plugin->decl->options);
    for (uint32_t i = 0; values && i < plugin->plugin->decl->options.count; i++)
        if (strcmp(options[i].name, name) == 0)
            return values[i];
    return NULL;
}

const char *town_option(const struct town_plugin *plugin, const char *name)
{
    return value_of(plugin, name, (const char *const *)plugin->values);
}

const char *town_option_file(const struct town_plugin *plugin, const char *name)
{
    return value_of(plugin, name, (const char *const *)plugin->files);
}

bool town_command(const struct town *town, const char *command, struct town_command *out)
{
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct town_plugin *plugin = &town->plugins[i];
        const struct viche_dialog *dialogs = PLUGIN_ITEMS(struct viche_dialog, plugin->plugin->decl->dialogs);
        for (uint32_t d = 0; !plugin->off && d < plugin->plugin->decl->dialogs.count; d++) {
            if (dialogs[d].opens && text_in_list(dialogs[d].opens, command)) {
                *out = (struct town_command){plugin, &dialogs[d]};
                return true;
            }
        }
    }
    return false;
}

const struct viche_channel *town_channel(const struct town *town, const char *id, const struct town_plugin **plugin)
{
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct viche_channel *channels = PLUGIN_ITEMS(struct viche_channel, town->plugins[i].plugin->decl->channels);
        for (uint32_t c = 0; c < town->plugins[i].plugin->decl->channels.count; c++) {
            if (strcmp(channels[c].id, id) == 0) {
                if (plugin)
                    *plugin = &town->plugins[i];
                return &channels[c];
            }
        }
    }
    return NULL;
}

const char *town_main_language(const struct town *town, struct arena *arena)
{
    const char *list = town->config.languages;
    size_t length = 0;
    const char *first = text_word(&list, &length);
    return first ? arena_copy_bytes(arena, first, length) : "uk";
}

bool town_speaks(const struct town *town, const char *language)
{
    return language && text_in_list(town->config.languages, language);
}
