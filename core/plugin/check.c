/* SPDX-License-Identifier: MPL-2.0
 * What can be known of a plugin before it runs. Each refusal says where and what to do; the first ends the check. */
#include "plugin/check.h"

#include <string.h>

#include "base/text.h"
#include "config/value.h"

enum { NAME_BYTES_MAX = 40, ID_BYTES_MAX = 80, PLUGIN_BYTES_MAX = 32 };

bool check_name(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_");
    return name[0] >= 'a' && name[0] <= 'z' && name[length] == '\0' && length <= NAME_BYTES_MAX;
}

static bool id_fits(const struct plugin *plugin, struct fail *fail)
{
    const struct viche_plugin *decl = plugin->decl;
    size_t length = strspn(decl->id, "abcdefghijklmnopqrstuvwxyz0123456789-.");
    if (decl->id[length] != '\0' || length > ID_BYTES_MAX || plugin->name == decl->id)
        return fail_set(fail, "its id \"%.80s\" is not like \"ua.example.parking\": lower-case letters, digits, dots",
                        decl->id);
    length = strspn(plugin->name, "abcdefghijklmnopqrstuvwxyz0123456789");
    if (length == 0 || length > PLUGIN_BYTES_MAX || plugin->name[length] != '\0')
        return fail_set(fail,
                        "the last part of its id, \"%.80s\", names its tables and its section: it has 1 to %d "
                        "lower-case letters and digits",
                        plugin->name, PLUGIN_BYTES_MAX);
    static const char hosts[] = "town menu viche address audit citizen dialog file history inbox migration outbox request schedule "
                                "search wait"; /* sections and tables */
    if (*plugin->path && text_in_list(hosts, plugin->name))
        return fail_set(fail, "the name \"%s\" is the host's own; choose another", plugin->name);
    if (!decl->name || !decl->version)
        return fail_set(fail, "it must say its .name and .version");
    return true;
}

static bool hooks_fit(const struct viche_plugin *decl, struct fail *fail)
{
    if (decl->migrations.count == 0 || (decl->export_citizen && decl->erase_citizen))
        return true;
    return fail_set(fail,
                    "it has tables, so it must have %s: a citizen may ask for what is kept, and to have it deleted",
                    decl->export_citizen ? "erase_citizen" : "export_citizen");
}

static bool migrations_fit(const struct viche_plugin *decl, struct fail *fail)
{
    const char *const *sql = (const char *const *)decl->migrations.items;
    for (uint32_t i = 0; i < decl->migrations.count; i++)
        if (!sql[i] || *sql[i] == '\0')
            return fail_set(fail, "migration %u is empty", i + 1);
    return true;
}

static bool fallback_fits(const struct viche_option *option, struct fail *fail)
{
    if (!option->fallback || *option->fallback == '\0')
        return true;
    if (option->flags & VICHE_SECRET)
        return fail_set(fail, "option \"%s\" is a secret and has a fallback; secrets are files of the town",
                        option->name);
    struct arena *arena = arena_new();
    const char *value = NULL;
    const char *where = arena_print(arena, "the fallback of option \"%s\"", option->name);
    bool ok = value_check(arena, option, option->fallback, where, &value, fail);
    arena_free(arena);
    return ok;
}

static bool option_fits(const struct viche_option *option, struct fail *fail)
{
    if (!option->help)
        return fail_set(fail, "option \"%s\" has no help; write the line that `viche options` shows above it",
                        option->name);
    if (option->kind > VICHE_OPTION_FILE)
        return fail_set(fail, "option \"%s\" is of a kind this host does not know; upgrade the host", option->name);
    if (option->kind == VICHE_OPTION_CHOICE && !option->choices)
        return fail_set(fail, "option \"%s\" has no .choices", option->name);
    return fallback_fits(option, fail);
}

static bool options_fit(const struct viche_plugin *decl, struct fail *fail)
{
    const struct viche_option *options = PLUGIN_ITEMS(struct viche_option, decl->options);
    for (uint32_t i = 0; i < decl->options.count; i++) {
        if (!options[i].name || !check_name(options[i].name))
            return fail_set(fail, "option %u is named \"%.40s\": " CHECK_NAME_RULE, i + 1,
                            options[i].name ? options[i].name : "");
        for (uint32_t j = 0; j < i; j++)
            if (text_is(options[j].name, options[i].name))
                return fail_set(fail, "option \"%s\" is declared twice", options[i].name);
        if (!option_fits(&options[i], fail))
            return false;
    }
    return true;
}

/* ---- commands and dialogs ---- */

static bool command_fits(const char *command, size_t length)
{
    size_t fine = strspn(command + 1, "abcdefghijklmnopqrstuvwxyz0123456789-_") + 1;
    return command[0] == '/' && length > 1 && length <= NAME_BYTES_MAX && fine >= length;
}

/* Is the command among those that the first `count` dialogs open? */
static bool taken(const struct viche_dialog *dialogs, uint32_t count, const char *command)
{
    for (uint32_t i = 0; i < count; i++)
        if (dialogs[i].opens && text_in_list(dialogs[i].opens, command))
            return true;
    return false;
}

static bool opens_fit(const struct viche_dialog *dialogs, uint32_t index, struct fail *fail)
{
    const struct viche_dialog *dialog = &dialogs[index];
    const char *list = dialog->opens;
    size_t length = 0;
    for (const char *word = text_word(&list, &length); word; word = text_word(&list, &length)) {
        if (!command_fits(word, length))
            return fail_set(fail, "dialog \"%s\" opens with \"%.*s\"; a command is '/' and a name: " CHECK_NAME_RULE,
                            dialog->id, (int)length, word);
        char command[NAME_BYTES_MAX + 1] = "";
        memcpy(command, word, length);
        if (taken(dialogs, index, command))
            return fail_set(fail, "dialog \"%s\" opens with %s, and so does another", dialog->id, command);
    }
    return true;
}

static bool dialogs_fit(const struct viche_plugin *decl, struct fail *fail)
{
    const struct viche_dialog *dialogs = PLUGIN_ITEMS(struct viche_dialog, decl->dialogs);
    for (uint32_t i = 0; i < decl->dialogs.count; i++) {
        if (!dialogs[i].id || !check_name(dialogs[i].id))
            return fail_set(fail, "dialog %u has the id \"%.40s\": " CHECK_NAME_RULE, i + 1,
                            dialogs[i].id ? dialogs[i].id : "");
        for (uint32_t j = 0; j < i; j++)
            if (text_is(dialogs[j].id, dialogs[i].id))
                return fail_set(fail, "two dialogs have the id \"%s\"", dialogs[i].id);
        if (!opens_fit(dialogs, i, fail) || !check_dialog(&dialogs[i], fail))
            return false;
    }
    return true;
}

/* ---- channels, routes, schedules, services, data sets ---- */

static bool is_secret(const struct viche_plugin *decl, const char *name)
{
    const struct viche_option *options = PLUGIN_ITEMS(struct viche_option, decl->options);
    for (uint32_t i = 0; i < decl->options.count; i++)
        if (text_is(options[i].name, name))
            return options[i].flags & VICHE_SECRET;
    return false;
}

static bool route_fits(const struct viche_plugin *decl, const struct viche_route *route, struct fail *fail)
{
    const char *path = route->path ? route->path : "";
    if (*path != '/')
        return fail_set(fail, "route \"%s\" must have a path that begins with /", path);
    if (!route->method || !text_in_list("GET POST PUT DELETE OPTIONS", route->method))
        return fail_set(fail, "route %s: its method must be GET, POST, PUT, DELETE or OPTIONS", path);
    if (!route->serve)
        return fail_set(fail, "route %s %s has no `serve`", route->method, path);
    if (route->proof > VICHE_PROOF_PATH)
        return fail_set(fail, "route %s %s wants a proof (%u) that this host does not know", route->method, path, route->proof);
    bool secret = route->proof == VICHE_PROOF_SECRET || route->proof == VICHE_PROOF_HMAC;
    if (secret && (!route->proof_header || !is_secret(decl, route->proof_secret)))
        return fail_set(fail, "route %s %s wants a proof: name its header, and an option that is a VICHE_SECRET", route->method,
                        path);
    return true;
}

static bool routes_fit(const struct viche_plugin *decl, struct viche_list list, struct fail *fail)
{
    const struct viche_route *routes = PLUGIN_ITEMS(struct viche_route, list);
    for (uint32_t i = 0; i < list.count; i++)
        if (!route_fits(decl, &routes[i], fail))
            return false;
    return true;
}

static bool channels_fit(const struct viche_plugin *decl, struct fail *fail)
{
    const struct viche_channel *channels = PLUGIN_ITEMS(struct viche_channel, decl->channels);
    for (uint32_t i = 0; i < decl->channels.count; i++) {
        const struct viche_channel *channel = &channels[i];
        if (!channel->id || !check_name(channel->id))
            return fail_set(fail, "channel %u must have an id: " CHECK_NAME_RULE, i + 1);
        if (!channel->send)
            return fail_set(fail, "channel \"%s\" has no `send`: it could receive but never answer", channel->id);
        if (!channel->poll != !channel->polled)
            return fail_set(fail, "channel \"%s\" must have both `poll` and `polled`, or neither", channel->id);
        if (channel->text_max == 0)
            return fail_set(fail, "channel \"%s\" must say text_max, the characters of one message", channel->id);
        if (!routes_fit(decl, channel->hooks, fail))
            return false;
    }
    return true;
}

static bool schedules_fit(const struct viche_plugin *decl, struct fail *fail)
{
    const struct viche_schedule *schedules = PLUGIN_ITEMS(struct viche_schedule, decl->schedules);
    for (uint32_t i = 0; i < decl->schedules.count; i++) {
        const struct viche_schedule *schedule = &schedules[i];
        int weekday = 0, minute = 0;
        if (!schedule->name || !check_name(schedule->name))
            return fail_set(fail, "schedule %u must have a name: " CHECK_NAME_RULE, i + 1);
        if (schedule->at && schedule->every_s)
            return fail_set(fail, "schedule \"%s\" must have `at` or `every_s`, not both", schedule->name);
        if (schedule->at && !plugin_at(schedule->at, &weekday, &minute))
            return fail_set(fail, "schedule \"%s\": \"%.20s\" is no time; write \"08:00\" or \"mon 08:00\"",
                            schedule->name, schedule->at);
        if (!schedule->run)
            return fail_set(fail, "schedule \"%s\" has no `run`", schedule->name);
    }
    return true;
}

static bool offers_fit(const struct viche_plugin *decl, struct fail *fail)
{
    const struct viche_offer *offers = PLUGIN_ITEMS(struct viche_offer, decl->offers);
    for (uint32_t i = 0; i < decl->offers.count; i++) {
        const char *id = offers[i].id ? offers[i].id : "";
        const char *slash = strrchr(id, '/');
        if (!slash || slash == id || slash[1] == '\0' || strpbrk(id, " \t\n"))
            return fail_set(fail, "service \"%.60s\" must have a name and a revision, as \"ua.example.parking/1\"", id);
        if (!offers[i].table)
            return fail_set(fail, "service \"%s\" has no table", id);
    }
    return true;
}

static bool datasets_fit(const struct viche_plugin *decl, struct fail *fail)
{
    const struct viche_dataset *datasets = PLUGIN_ITEMS(struct viche_dataset, decl->datasets);
    for (uint32_t i = 0; i < decl->datasets.count; i++) {
        const struct viche_dataset *dataset = &datasets[i];
        if (!dataset->name || !check_name(dataset->name))
            return fail_set(fail, "data set %u must have a name: " CHECK_NAME_RULE, i + 1);
        if (dataset->columns.count == 0 || (!dataset->row && !dataset->write))
            return fail_set(fail, "data set \"%s\" must have columns, and `row` or `write`", dataset->name);
        const struct viche_column *columns = PLUGIN_ITEMS(struct viche_column, dataset->columns);
        for (uint32_t j = 0; j < dataset->columns.count; j++)
            if (!columns[j].name || *columns[j].name == '\0')
                return fail_set(fail, "data set \"%s\": column %u has no name", dataset->name, j + 1);
    }
    return true;
}

bool plugin_check(const struct plugin *plugin, const char *languages, struct fail *fail)
{
    const struct viche_plugin *decl = plugin->decl;
    struct fail what = {0};
    if (id_fits(plugin, &what) && migrations_fit(decl, &what) && hooks_fit(decl, &what) && options_fit(decl, &what) &&
        dialogs_fit(decl, &what) && channels_fit(decl, &what) && routes_fit(decl, decl->routes, &what) &&
        schedules_fit(decl, &what) && offers_fit(decl, &what) && datasets_fit(decl, &what) && check_views(decl, &what) &&
        check_texts(plugin, languages, &what))
        return true;
    return fail_set(fail, "plugin %s (%s): %s", plugin->name, *plugin->path ? plugin->path : "built in", what.words);
}
