/* SPDX-License-Identifier: MPL-2.0
 * The smallest plugin: asks a name and greets it. */
#include <viche/viche.h>

static viche_next greet(struct viche_turn *t)
{
    viche_say(t, "greeting");
    return viche_done(t);
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.hello", .name = "Hello", .version = "1.0", .licence = "MPL-2.0",
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "hello", .opens = "/hello", .title = "title", .version = 1,
        .steps = VICHE_LIST(struct viche_step,
            { .name = "name", .kind = VICHE_TEXT, .ask = "ask-name", .save = "name", .next = "greet" },
            { .name = "greet", .enter = greet }),
    }),
};
