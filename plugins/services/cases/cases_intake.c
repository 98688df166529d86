/* SPDX-License-Identifier: MPL-2.0
 * Cards are registered at any hour, and reach the responsible person in working hours. */
#include "cases.h"

int64_t intake_reaches(struct viche_turn *t, const struct card *card)
{
    const struct part *intake = regulation_part(card->kept->regulation, "intake", NULL);
    const struct viche_calendar *calendar = viche_service(t, VICHE_CALENDAR);
    if (card->delivered_at)
        return card->delivered_at;
    bool waits = intake && strcmp(part_get(intake, "deliver"), "working hours") == 0;
    return waits ? calendar->next_open(t, card->received_at) : card->received_at;
}

void intake_take(struct viche_turn *t, struct card *card)
{
    int64_t at = intake_reaches(t, card);
    if (at <= viche_now(t))
        intake_deliver(t, card);
    else
        alarm_set(t, card->id, "deliver", at);
}

void intake_deliver(struct viche_turn *t, struct card *card)
{
    const struct regulation *r = card->kept->regulation;
    const struct state *state = regulation_state(r, card->state);
    const struct part *intake = regulation_part(r, "intake", NULL);
    card->delivered_at = viche_now(t);
    if (!state || *state->end)
        return;
    card->waits = card_waits(r, state);
    event_add(t, card, 0, "delivered", "", "", 0);
    viche_let(t, "number", card->number);
    viche_let(t, "title", card->kept->title);
    const char *words = viche_text(t, *card->privilege ? "tell-new-privileged" : "tell-new");
    const char *roles = intake ? part_get(intake, "tell") : state->waits;
    char role[64];
    while (word_next(&roles, role, sizeof role))
        staff_tell_role(t, card, role, "new", words);
    card->state_at = card->delivered_at; /* steps are counted from when somebody could see it */
    due_watch_state(t, card);
}
