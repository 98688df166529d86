/* SPDX-License-Identifier: MPL-2.0
 * A plugin that was not linked with what it uses. */
#include <viche/viche.h>

void somewhere_else(struct viche_turn *t);

VICHE_PLUGIN = {VICHE_HEAD, .id = "ua.example.unlinked", .name = "Unlinked", .version = "1", .start = somewhere_else};
