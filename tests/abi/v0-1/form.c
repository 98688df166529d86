/* SPDX-License-Identifier: MPL-2.0
 * A plugin of ABI 0.1 that is one dialog with every kind of answer. */
#include <viche/viche.h>

static viche_next sum_up(struct viche_turn *t)
{
    viche_say(t, "summary");
    return viche_done(t);
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.form", .name = "Form", .version = "1.0",
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "form", .opens = "/form", .title = "title", .help = "help", .version = 1,
        .steps = VICHE_LIST(struct viche_step,
            { .name = "text", .kind = VICHE_TEXT, .ask = "ask", .retry = "retry", .save = "text", .next = "number", .max = 80 },
            { .name = "number", .kind = VICHE_NUMBER, .ask = "ask", .save = "number", .next = "phone", .min = 1, .max = 9 },
            { .name = "phone", .kind = VICHE_PHONE, .ask = "ask", .save = "phone", .next = "date", .flags = VICHE_OPTIONAL },
            { .name = "date", .formerly = "day", .kind = VICHE_DATE, .ask = "ask", .save = "date", .next = "choice" },
            { .name = "choice", .kind = VICHE_CHOICE, .ask = "ask", .save = "choice", .next = "choices",
              .choices = VICHE_LIST(struct viche_choice, { "a", "choice-a" }, { "b", "choice-b" }) },
            { .name = "choices", .kind = VICHE_CHOICES, .ask = "ask", .save = "choices", .next = "sure",
              .choices = VICHE_LIST(struct viche_choice, { "a", "choice-a" }, { "b", "choice-b" }) },
            { .name = "sure", .kind = VICHE_YES_NO, .ask = "ask", .save = "sure", .next = "place", .expires_s = 600 },
            { .name = "place", .kind = VICHE_PLACE, .ask = "ask", .save = "place", .next = "photo", .help = "help",
              .flags = VICHE_OR_WORDS },
            { .name = "photo", .kind = VICHE_PHOTO, .ask = "ask", .save = "photo", .next = "file", .flags = VICHE_OPTIONAL },
            { .name = "file", .kind = VICHE_FILE, .ask = "ask", .save = "file", .next = "summary", .flags = VICHE_OPTIONAL },
            { .name = "summary", .enter = sum_up }),
    }),
};
