/* SPDX-License-Identifier: MPL-2.0
 * A question whose words are nowhere. */
#include <viche/viche.h>

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.wordless", .name = "Wordless", .version = "1",
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "main", .opens = "/wordless", .title = "title",
        .steps = VICHE_LIST(struct viche_step, { .name = "first", .ask = "question" }),
    }),
};
