/* SPDX-License-Identifier: MPL-2.0
 * The form becomes a card, for the enterprise that mends such things. */
#include <string.h>

#include "utility.h"

/* A photo alone is a report, too: then the kind says what it is about. */
static const char *essence(struct viche_turn *t)
{
    const char *story = viche_get(t, "story");
    return *story ? story : class_name(t, viche_get(t, "category"));
}

viche_next send_enter(struct viche_turn *t)
{
    struct spot spot = the_spot(t);
    const struct viche_case card = {
        .size = sizeof card, .type = PROBLEM, .citizen = viche_citizen(t), .key = viche_get(t, "key"),
        .first_name = viche_get(t, "name"), .phone = viche_get(t, "phone"), .essence = essence(t), .category = viche_get(t, "category"),
        .files = viche_get(t, "story_files"), .place = spot.words, .latitude = spot.latitude, .longitude = spot.longitude,
    };
    struct viche_case_view view;
    if (!form_send(t, &card, &view))
        return viche_go(t, "change");
    viche_say(t, view.due_at ? "registered" : "registered-no-date");
    return form_done(t, &view);
}
