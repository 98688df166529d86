/* SPDX-License-Identifier: MPL-2.0
 * The form becomes a card. */
#include <stdlib.h>

#include "appeals.h"

static struct viche_case card_of(struct viche_turn *t, const struct viche_pair *values)
{
    struct viche_case card = {
        .size = sizeof card, .type = APPEAL, .citizen = viche_citizen(t), .key = viche_get(t, "key"),
        .kind = viche_get(t, "kind"), .surname = viche_get(t, "surname"), .first_name = viche_get(t, "first_name"),
        .patronymic = viche_get(t, "patronymic"), .residence = viche_get(t, "residence"), .phone = viche_get(t, "phone"),
        .email = viche_get(t, "email"), .essence = viche_get(t, "story"), .files = viche_get(t, "story_files"),
        .organisation = viche_get(t, "organisation"), .about = viche_get(t, "about"), .privilege = viche_get(t, "privilege"),
        .values = values,
    };
    const char *place = viche_get(t, "story_place");
    char *rest = NULL;
    card.latitude = strtod(place, &rest);
    card.longitude = *rest == ',' ? strtod(rest + 1, NULL) : 0;
    return card;
}

viche_next send_enter(struct viche_turn *t)
{
    const struct viche_pair values[] = {{"whom", viche_get(t, "whom")}, {"about_name", viche_get(t, "about_name")}, {NULL, NULL}};
    struct viche_case card = card_of(t, values);
    struct viche_case_view view;
    if (!form_send(t, &card, &view))
        return viche_go(t, "change");
    viche_let_number(t, "reaches", view.reaches_at);
    const char *words = viche_text(t, view.due_at ? "registered" : "registered-no-date");
    bool closed = view.reaches_at > viche_now(t); /* said honestly: at night nobody reads it */
    viche_say_text(t, closed ? viche_print(t, "%s\n\n%s", words, viche_text(t, "registered-closed")) : words);
    return form_done(t, &view);
}
