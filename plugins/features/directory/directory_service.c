/* SPDX-License-Identifier: MPL-2.0
 * What other plugins may know of the directory. */
#include <viche/services/directory.h>

#include "directory.h"

VICHE_EXPORT extern const struct viche_plugin viche_plugin_v0;

static uint32_t institution(struct viche_turn *t, const char *kind, uint32_t index, struct viche_institution *out)
{
    const struct viche_plugin *before = viche_act(t, &viche_plugin_v0);
    struct institution found;
    bool any = institution_nth(t, kind, index, &found);
    viche_act(t, before);
    if (!any)
        return 0;
    *out = (struct viche_institution){out->size, 0, (uint64_t)found.id, found.name, found.kind};
    return 1;
}

const struct viche_directory directory_service = {sizeof directory_service, 0, institution};
