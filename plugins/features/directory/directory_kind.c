/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "directory.h"

const char *const kinds[] = {
    "cnap", "council", "social", "state",                                     /* the authorities */
    "clinic", "hospital", "pharmacy", "vet",                                  /* health */
    "school", "kindergarten", "culture", "library", "sport",                  /* learning and leisure */
    "transport", "post", "bank", "utility", "police", "rescue", "shelter", "law", /* what a town runs on */
    "market", "food", "faith", "service",
};
const size_t kind_count = sizeof kinds / sizeof *kinds;

bool kind_known(const char *kind)
{
    for (size_t i = 0; i < kind_count; i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

const char *kind_name(struct viche_turn *t, const char *kind) { return viche_text(t, viche_print(t, "kind-%s", kind)); }

const char *kind_plural(struct viche_turn *t, const char *kind) { return viche_text(t, viche_print(t, "kinds-%s", kind)); }
