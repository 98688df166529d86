/* SPDX-License-Identifier: MPL-2.0
 * What is known already near there: told before anything is sent. Who joins it is answered at its end like those who reported it. */
#include <stdlib.h>
#include <string.h>

#include "utility.h"

static bool find_known(struct viche_turn *t, uint32_t index, struct viche_incident *out)
{
    struct spot spot = the_spot(t);
    *out = (struct viche_incident){.size = sizeof *out};
    return the_cases(t)->near(t, PROBLEM, viche_get(t, "category"), spot.latitude, spot.longitude,
                              (uint32_t)viche_option_number(t, "near"), index, out);
}

viche_next known_enter(struct viche_turn *t)
{
    struct viche_incident known;
    uint32_t index = (uint32_t)strtoul(viche_get(t, "shown"), NULL, 10);
    if (!find_known(t, index, &known))
        return viche_go(t, "summary");
    viche_let(t, "title", known.title);
    viche_let(t, "place", *known.place ? viche_print(t, ", %s", known.place) : "");
    viche_let_number(t, "since", known.since);
    viche_let_number(t, "count", known.people);
    viche_say(t, known.people > 1 ? "known" : "known-alone");
    viche_offer(t, "join", viche_print(t, "%llu", (unsigned long long)known.id));
    viche_offer(t, "another", "another");
    return viche_stay(t);
}

viche_next known_answer(struct viche_turn *t, const char *which)
{
    if (strcmp(which, "another") == 0) {
        viche_set(t, "shown", viche_print(t, "%lu", strtoul(viche_get(t, "shown"), NULL, 10) + 1));
        return viche_go(t, "known");
    }
    const char *why = the_cases(t)->join(t, viche_citizen(t), strtoull(which, NULL, 10));
    if (why) {
        viche_say_text(t, why); /* it ended meanwhile: then it is a new one */
        return viche_go(t, "summary");
    }
    viche_say(t, "joined");
    viche_offer(t, "title", "/utility");
    return viche_done(t);
}
