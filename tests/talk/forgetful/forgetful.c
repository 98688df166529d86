/* SPDX-License-Identifier: MPL-2.0
 * Does what no plugin may: keeps what it needs in a static variable. The replays must notice. */
#include <viche/viche.h>

static int said;

static viche_next count(struct viche_turn *t, const char *text)
{
    (void)text;
    viche_let_number(t, "count", ++said);
    return viche_again(t, "said");
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.forgetful", .name = "Forgetful", .version = "1.0", .licence = "MPL-2.0",
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "forgetful", .opens = "/forgetful", .title = "title", .version = 1,
        .steps = VICHE_LIST(struct viche_step, { .name = "word", .kind = VICHE_TEXT, .ask = "ask", .answer = count }),
    }),
};
