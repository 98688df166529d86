/* SPDX-License-Identifier: MPL-2.0
 * A dialog with a step that nothing leads to. */
#include <viche/viche.h>

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.deadend", .name = "Dead end", .version = "1",
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "main", .opens = "/deadend", .title = "title",
        .steps = VICHE_LIST(struct viche_step,
            { .name = "first", .ask = "title" },
            { .name = "island", .ask = "title" }),
    }),
};
