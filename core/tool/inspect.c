/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/inspect.h"

#include <string.h>

#include "base/text.h"

static const char *const answers[] = {
    [VICHE_NONE] = "no answer", [VICHE_TEXT] = "text",     [VICHE_NUMBER] = "number",   [VICHE_PHONE] = "phone",
    [VICHE_DATE] = "date",      [VICHE_CHOICE] = "choice", [VICHE_CHOICES] = "choices", [VICHE_YES_NO] = "yes or no",
    [VICHE_PLACE] = "place",    [VICHE_PHOTO] = "photo",   [VICHE_FILE] = "file",
    [VICHE_STORY] = "words, files, a place",
};

struct plugin *inspect_load(const char *path_or_name, const char *dirs, struct fail *fail)
{
    if (strchr(path_or_name, '/'))
        return plugin_load(path_or_name, fail);
    struct arena *arena = arena_new();
    const char *path = plugin_find(arena, dirs, path_or_name, fail);
    struct plugin *plugin = path ? plugin_load(path, fail) : NULL;
    arena_free(arena);
    return plugin;
}

static void line(FILE *out, const char *what, const char *value)
{
    if (value && *value)
        fprintf(out, "%-10s %s\n", what, value);
}

static void print_head(const struct plugin *plugin, struct arena *arena, FILE *out)
{
    const struct viche_plugin *decl = plugin->decl;
    fprintf(out, "%s %s\n", decl->name ? decl->name : plugin->name, decl->version ? decl->version : "");
    line(out, "id", decl->id);
    line(out, "file", plugin->path);
    line(out, "author", decl->author);
    line(out, "licence", decl->licence);
    line(out, "ABI",
         arena_print(arena, "built with %d.%u, needs %d.%u; this host speaks %d.%d", VICHE_ABI_MAJOR, decl->built,
                     VICHE_ABI_MAJOR, decl->target, VICHE_ABI_MAJOR, VICHE_ABI_MINOR));
    line(out, "needs", decl->needs);
    line(out, "likes", decl->likes);
    const struct viche_offer *offers = PLUGIN_ITEMS(struct viche_offer, decl->offers);
    for (uint32_t i = 0; i < decl->offers.count; i++)
        line(out, "offers", offers[i].id);
    line(out, "languages", words_languages(plugin->words, arena));
    if (decl->migrations.count)
        line(out, "tables", arena_print(arena, "its own, %u migrations", decl->migrations.count));
}

static void print_step(const struct viche_step *step, FILE *out)
{
    fprintf(out, "    %-14s %s", step->name, step->kind <= VICHE_STORY ? answers[step->kind] : "unknown");
    if (step->save)
        fprintf(out, ", kept as %s", step->save);
    if (step->enter || step->answer || step->result || step->expired)
        fprintf(out, ", code");
    if (step->next)
        fprintf(out, ", then %s", step->next);
    fputc('\n', out);
}

static void print_dialogs(const struct viche_plugin *decl, FILE *out)
{
    const struct viche_dialog *dialogs = PLUGIN_ITEMS(struct viche_dialog, decl->dialogs);
    for (uint32_t i = 0; i < decl->dialogs.count; i++) {
        fprintf(out, "\ndialog %s %s\n", dialogs[i].id, dialogs[i].opens ? dialogs[i].opens : "(opened by others)");
        const struct viche_step *steps = PLUGIN_ITEMS(struct viche_step, dialogs[i].steps);
        for (uint32_t j = 0; j < dialogs[i].steps.count; j++)
            print_step(&steps[j], out);
    }
}

static void print_routes(const char *what, struct viche_list list, FILE *out)
{
    const struct viche_route *routes = PLUGIN_ITEMS(struct viche_route, list);
    for (uint32_t i = 0; i < list.count; i++)
        fprintf(out, "%s %s %s\n", what, routes[i].method, routes[i].path);
}

static void print_rest(const struct viche_plugin *decl, FILE *out)
{
    const struct viche_channel *channels = PLUGIN_ITEMS(struct viche_channel, decl->channels);
    for (uint32_t i = 0; i < decl->channels.count; i++) {
        fprintf(out, "\nchannel %s\n", channels[i].id);
        print_routes("    hook", channels[i].hooks, out);
    }
    if (decl->routes.count)
        fputc('\n', out);
    print_routes("route", decl->routes, out);
    const struct viche_schedule *schedules = PLUGIN_ITEMS(struct viche_schedule, decl->schedules);
    for (uint32_t i = 0; i < decl->schedules.count; i++) {
        fprintf(out, "\nschedule %s ", schedules[i].name);
        if (schedules[i].at)
            fprintf(out, "at %s\n", schedules[i].at);
        else
            fprintf(out, "every %u s\n", schedules[i].every_s);
    }
    const struct viche_dataset *datasets = PLUGIN_ITEMS(struct viche_dataset, decl->datasets);
    for (uint32_t i = 0; i < decl->datasets.count; i++) {
        fprintf(out, "\ndata set %s:", datasets[i].name);
        const struct viche_column *columns = PLUGIN_ITEMS(struct viche_column, datasets[i].columns);
        for (uint32_t j = 0; j < datasets[i].columns.count; j++)
            fprintf(out, " %s%s", columns[j].name, columns[j].required ? "*" : "");
        fputc('\n', out);
    }
    const struct viche_option *options = PLUGIN_ITEMS(struct viche_option, decl->options);
    for (uint32_t i = 0; i < decl->options.count; i++)
        fprintf(out, "%s%s", i ? " " : "\noptions: ", options[i].name);
    fputs(decl->options.count ? " (see `viche options`)\n" : "", out);
}

int inspect_print(const char *path_or_name, const char *dirs, FILE *out)
{
    struct fail fail = {0};
    struct plugin *plugin = inspect_load(path_or_name, dirs, &fail);
    if (!plugin) {
        fprintf(stderr, "%s\n", fail.words);
        return 1;
    }
    struct arena *arena = arena_new();
    print_head(plugin, arena, out);
    bool ok = plugin_check(plugin, words_languages(plugin->words, arena), &fail);
    if (ok) { /* what a broken one says of itself cannot be printed safely */
        print_dialogs(plugin->decl, out);
        print_rest(plugin->decl, out);
    } else {
        fprintf(stderr, "a host would refuse it: %s\n", fail.words);
    }
    arena_free(arena);
    plugin_free(plugin);
    return ok ? 0 : 1;
}
