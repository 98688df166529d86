/* SPDX-License-Identifier: MPL-2.0
 * conf/towns/<id>.ini: one town. [town] and [menu] are the host's; every other section enables the plugin of that name. */
#ifndef CONFIG_TOWN_H
#define CONFIG_TOWN_H

#include <stddef.h>
#include <stdint.h>

#include "config/ini.h"

struct menu_block {
    const char *name;   /* "services": its label is the text menu.services, or label.<language> below */
    const char *items;  /* commands or dialog names, separated by spaces: "/directory /cnap" */
};

struct town_config {
    struct ini ini;         /* kept: plugins' options are checked against it */
    const char *id;         /* file name without .ini: [a-z0-9-]{1,40}; folder, address and metrics label */
    const char *languages;  /* "uk en"; the first is the main one */
    const char *zone;       /* "Europe/Kyiv" */
    const char *site, *phone, *emblem;
    double latitude, longitude; /* of its centre; 0, 0: unknown */
    int64_t pilot;          /* 1: the test-mode banner is shown */
    struct menu_block *blocks; /* in the order of [menu] */
    size_t block_count;
    const char **plugins;   /* section names in the order of the file */
    size_t plugin_count;
};

bool town_read(struct town_config *town, const char *path, struct fail *fail);
void town_config_close(struct town_config *town);
/* "name", "page-intro", … in a language: the key `<what>.<language>`, else of the main language, else "". */
const char *town_word(const struct town_config *town, const char *what, const char *language);
const struct viche_option *town_options(size_t *count);

#endif
