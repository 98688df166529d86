/* SPDX-License-Identifier: MPL-2.0
 * Tables, but no way for a citizen to see or delete what they hold. */
#include <viche/viche.h>

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.hookless", .name = "Hookless", .version = "1",
    .migrations = VICHE_LIST(const char *, "CREATE TABLE hookless(name TEXT)"),
};
