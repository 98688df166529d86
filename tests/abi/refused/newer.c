/* SPDX-License-Identifier: MPL-2.0
 * A plugin of the next ABI. */
#include <viche/viche.h>

VICHE_EXPORT extern const struct viche_plugin viche_plugin_v1;
const struct viche_plugin viche_plugin_v1 = {VICHE_HEAD, .id = "ua.example.newer", .name = "Newer", .version = "1"};
