/* SPDX-License-Identifier: MPL-2.0
 * A town made for one replay, in a folder of its own that is gone afterwards: a plugin alone, or a real town's INI with its data
 * left where it is. The console channel is always there. */
#ifndef TOOL_TALK_TOWN_H
#define TOOL_TALK_TOWN_H

#include "base/buf.h"
#include "config/host.h"
#include "config/town.h"

#define TALK_ORIGIN "https://town.example"

/* What the town is made of. */
struct talk_plan {
    const char *plugin;  /* path of a .so; NULL: none */
    const char *ini;     /* a town's INI; NULL: one is made of the plugins' sections */
    const char *plugins; /* folders, separated by ':'; NULL: the installed ones */
    const char *share;   /* NULL: the installed one */
    const char *data;    /* folder that stays; NULL: a temporary one */
    const char *names;   /* of further plugins, separated by blanks; "" */
    struct buf options;  /* "name = value" for the plugin, a line each */
    const char *beside;  /* file beside which the files of these options stand; NULL: none */
};

struct talk_town {
    struct arena *arena;
    const char *folder;
    const char *id;
    struct host_config host;
    struct town_config config;
};

bool talk_town_make(struct talk_town *town, const struct talk_plan *plan, struct fail *fail);
void talk_town_remove(struct talk_town *town);
/* The last part of the path without .so: the name of the plugin. */
char *talk_town_plugin(struct arena *arena, const char *path);

#endif
