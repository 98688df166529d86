/* SPDX-License-Identifier: MPL-2.0
 * A plugin whose file does not bear its name. */
#include <viche/viche.h>

VICHE_PLUGIN = {VICHE_HEAD, .id = "ua.example.original", .name = "Original", .version = "1"};
