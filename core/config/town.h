/* SPDX-License-Identifier: MPL-2.0
 * conf/towns/<id>.ini: one town. [town] and [menu] are the host's; every other section enables the plugin of that name. */
#ifndef CONFIG_TOWN_H
#define CONFIG_TOWN_H

#include <stddef.h>
#include <stdint.h>

#include "config/ini.h"

struct menu_block {
    const char *name;   /* "services"; its label: see town_label */
    const char *items;  /* commands or dialog names, separated by white space: "/directory /cnap" */
};

struct town_config {
    struct ini ini;         /* kept: plugins' options are checked against it */
    const char *id;         /* file name without .ini: [a-z0-9-]{1,40}; folder, address and metrics label */
    const char *languages;  /* "uk en"; the first is the main one */
    const char *zone;       /* "Europe/Kyiv"; whether there is such a zone, town_load asks */
    const char *site, *phone, *emblem;
    const char *list_key;       /* path of the key that signs the list of its bots; ""; only the tool reads the file */
    double latitude, longitude; /* of its centre; 0, 0: unknown */
    int64_t pilot;          /* 1: the test-mode banner is shown */
    struct menu_block *blocks; /* in the order of [menu] */
    size_t block_count;
    const char **plugins;   /* section names in the order of the file */
    size_t plugin_count;
};

/* base: where relative paths in it begin (host_config.towns_base); NULL: its own folder. */
bool town_read(struct town_config *town, const char *path, const char *base, struct fail *fail);
void town_config_close(struct town_config *town);
/* "name", "page-intro", … in a language: the key `<what>.<language>`, else of the main language, else "". */
const char *town_word(const struct town_config *town, const char *what, const char *language);
/* What [menu] says: `services.label.<language>`, else of the main language. NULL: nothing, the text menu.services is meant. */
const char *town_label(const struct town_config *town, const struct menu_block *block, const char *language);
/* The declared keys of [town], for `viche options town`. */
const struct viche_option *town_options(size_t *count);

#endif
