/* SPDX-License-Identifier: MPL-2.0
 * A town at work: its configuration, its plugins with their options, its database. One worker owns it. */
#ifndef TOWN_TOWN_H
#define TOWN_TOWN_H

#include "config/host.h"
#include "config/town.h"
#include "plugin/plugin.h"
#include "store/db.h"

struct flow;

struct town_plugin {
    const struct plugin *plugin;
    const char **values; /* of its options, in the order of the declaration */
    const char **files;  /* what stands in the files that some of them name, a mark of a secret's; NULL for the others */
    bool off;            /* switched off here after crashes; its dialogs and routes are not there */
};

struct town {
    const char *id;
    const struct host_config *host;
    struct town_config config;
    struct arena *arena;
    struct town_plugin *plugins; /* in the order of start; the host's own first */
    size_t plugin_count;
    const char *folder; /* <data>/<id> */
    struct db *db;      /* NULL until town_open */
    struct flow *flow;  /* flow/flow.h: what this town is doing now */
};

/* The plugins of one process: each .so is loaded once, whatever the number of towns. Lives until the process ends. */
struct town_plugins {
    struct plugin **items;
    size_t count;
    const struct viche_plugin *own; /* the host's own dialogs, builtin/ */
};

/* Reads the INI, loads, orders and checks the plugins, their options, texts and commands, and the menu. No database. */
struct town *town_load(const struct host_config *host, const char *ini_path, struct town_plugins *plugins, struct fail *fail);
/* Opens the database and brings every table up to date: the host's by `own_tables` (flow_migrate), then the plugins'. */
bool town_open(struct town *town, bool (*own_tables)(struct db *, struct fail *), struct fail *fail);
bool town_migrate(struct town *town, struct fail *fail); /* the plugins' part of it */
void town_close(struct town *town);

const struct town_plugin *town_plugin(const struct town *town, const char *name); /* NULL: none, or off */
/* The value of a plugin's option; NULL: not declared. */
const char *town_option(const struct town_plugin *plugin, const char *name);
/* The contents of the file it names, or a mark of a secret's; "" if it is empty; NULL: it names none. */
const char *town_option_file(const struct town_plugin *plugin, const char *name);

/* Which dialog a command ("/directory") opens; NULL: none. */
struct town_command {
    const struct town_plugin *plugin;
    const struct viche_dialog *dialog;
};
bool town_command(const struct town *town, const char *command, struct town_command *out);

/* Every channel that is loaded. */
const struct viche_channel *town_channel(const struct town *town, const char *id, const struct town_plugin **plugin);
const char *town_main_language(const struct town *town, struct arena *arena);
bool town_speaks(const struct town *town, const char *language);

#endif
