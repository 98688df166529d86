/* SPDX-License-Identifier: MPL-2.0
 * Somebody left, and cards wait for them: whoever must find another one is told, once for each who left and however many cards there
 * are. */
#include "cases.h"

/* The role of a regulation that has this seat, or else registers and hands on. */
static const char *role_of(const struct regulation *r, const char *seat)
{
    const char *name = "";
    for (uint32_t i = 0; i < r->role_count; i++) {
        if (strcmp(r->roles[i].seat, seat) == 0)
            return r->roles[i].part->id;
        if (!*name && strcmp(r->roles[i].staff, "responsible") == 0)
            name = r->roles[i].part->id;
    }
    return name;
}

static void tell(struct viche_turn *t, const struct card *card, int64_t count)
{
    struct stuck gone = assign_stuck(t, card);
    bool decider = strcmp(gone.seat, "decider") == 0; /* then somebody else decides first */
    if (!*gone.seat)
        return;
    const char *key = viche_print(t, "tell-gone-%s", gone.seat);
    viche_let(t, "who", staff_name(t, gone.who));
    viche_let(t, "number", card->number);
    viche_let_number(t, "count", count);
    staff_tell_role(t, card, role_of(card->kept->regulation, !decider && card->decider ? "decider" : ""),
                    viche_print(t, "%s %llu", key, (unsigned long long)gone.who), viche_text(t, key));
}

void gone_tell(struct viche_turn *t)
{
    struct viche_rows *rows = card_left(t, assign_gone_list(t, "executor"), assign_gone_list(t, "co-executor"),
                                        assign_gone_list(t, "decider"));
    struct card card;
    while (viche_row(t, rows))
        if (card_find(t, viche_row_integer(t, rows, 0), &card))
            tell(t, &card, viche_row_integer(t, rows, 1));
}
