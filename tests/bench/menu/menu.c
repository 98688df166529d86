/* SPDX-License-Identifier: MPL-2.0
 * The dialog of the benchmarks: three questions from a menu, then a summary. */
#include <viche/viche.h>

static viche_next book(struct viche_turn *t)
{
    viche_say(t, "booked");
    return viche_done(t);
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.test.threesteps", .name = "Three steps", .version = "1.0", .licence = "MPL-2.0",
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "book", .opens = "/book", .title = "title", .version = 1,
        .steps = VICHE_LIST(struct viche_step,
            { .name = "service", .kind = VICHE_CHOICE, .ask = "ask-service", .save = "service", .next = "day",
              .choices = VICHE_LIST(struct viche_choice, { "pass", "pass" }, { "plot", "plot" }, { "help", "help" }) },
            { .name = "day", .kind = VICHE_CHOICE, .ask = "ask-day", .save = "day", .next = "time",
              .choices = VICHE_LIST(struct viche_choice, { "today", "today" }, { "tomorrow", "tomorrow" }, { "monday", "monday" }) },
            { .name = "time", .kind = VICHE_CHOICE, .ask = "ask-time", .save = "time", .next = "booked",
              .choices = VICHE_LIST(struct viche_choice, { "nine", "nine" }, { "ten", "ten" }, { "noon", "noon" }) },
            { .name = "booked", .enter = book }),
    }),
};
