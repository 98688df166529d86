/* SPDX-License-Identifier: MIT
 * Service ua.viche.directory/1: the town's institutions, for plugins that let a citizen choose one. This revision never changes. */
#ifndef VICHE_SERVICES_DIRECTORY_H
#define VICHE_SERVICES_DIRECTORY_H

#include <viche/turn.h>

#define VICHE_DIRECTORY "ua.viche.directory/1"

struct viche_institution {
    uint32_t size, reserved;
    uint64_t id;      /* never given again to another one */
    const char *name; /* in the language of the turn */
    const char *kind; /* "cnap", "school", …: see the plugin's README */
};

struct viche_directory {
    uint32_t size, reserved;
    /* Institution number `index` of this kind, in alphabetical order; false: no more. */
    uint32_t (*institution)(struct viche_turn *, const char *kind, uint32_t index, struct viche_institution *out);
};

#endif
