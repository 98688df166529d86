/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/options.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "config/host.h"
#include "config/town.h"
#include "tool/inspect.h"

/* What may be written, in a sentence. */
static void print_kind(FILE *out, const struct viche_option *option)
{
    static const char *const kinds[] = {
        "Text", "A whole number", "yes or no", "One of: ", "An address with http:// or https://", "A time as 90s, 15m, 2h or 7d",
        "The path of a text file, from the folder of this INI on",
    };
    if (option->flags & VICHE_SECRET) {
        fputs(" The path of a file with mode 0600 that holds it.", out);
        return;
    }
    bool ranged = option->min != 0 || option->max != 0;
    bool text = option->kind == VICHE_OPTION_TEXT;
    if (text && !ranged)
        return;
    fprintf(out, " %s%s", kinds[option->kind], option->kind == VICHE_OPTION_CHOICE ? option->choices : "");
    if (ranged)
        fprintf(out, ", %" PRId64 " to %" PRId64 "%s", option->min, option->max, text ? " characters" : "");
    fputc('.', out);
}

static void print_option(FILE *out, const struct viche_option *option)
{
    bool ended = *option->help && strchr(".!?", option->help[strlen(option->help) - 1]);
    fprintf(out, "\n# %s%s", option->help, ended ? "" : ".");
    print_kind(out, option);
    if (option->fallback)
        fprintf(out, "\n;%s = %s\n", option->name, option->fallback);
    else
        fprintf(out, " Must be set.\n%s =\n", option->name);
}

void options_section(FILE *out, const char *section, const struct viche_option *options, size_t count)
{
    fprintf(out, "[%s]\n", section);
    for (size_t i = 0; i < count; i++)
        print_option(out, &options[i]);
}

static void print_host(FILE *out)
{
    static const char *const sections[] = {"host", "limits"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        size_t count = 0;
        const struct viche_option *options = host_options(sections[i], &count);
        fputs(i ? "\n" : "", out);
        options_section(out, sections[i], options, count);
    }
}

static int print_plugin(const char *what, const char *dirs, FILE *out)
{
    struct fail fail = {0};
    struct plugin *plugin = inspect_load(what, dirs, &fail);
    if (!plugin || !plugin_check(plugin, "", &fail)) {
        fprintf(stderr, "%s\n", fail.words);
        plugin_free(plugin);
        return 1;
    }
    const struct viche_plugin *decl = plugin->decl;
    fprintf(out, "# %s %s (%s)\n", decl->name, decl->version, decl->id);
    options_section(out, plugin->name, PLUGIN_ITEMS(struct viche_option, decl->options), decl->options.count);
    plugin_free(plugin);
    return 0;
}

int options_print(const char *what, const char *dirs, FILE *out)
{
    if (text_is(what, "host")) {
        print_host(out);
        return 0;
    }
    if (text_is(what, "town")) {
        size_t count = 0;
        const struct viche_option *options = town_options(&count);
        options_section(out, "town", options, count);
        return 0;
    }
    return print_plugin(what, dirs, out);
}
