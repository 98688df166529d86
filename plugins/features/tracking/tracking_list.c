/* SPDX-License-Identifier: MPL-2.0
 * /mine: the citizen's cards, the newest first. */
#include <string.h>

#include "tracking.h"

enum { LISTED_MAX = 50 };

/* "show 12", "why 12", "history 12"; "open 12" leads to what waits for the citizen, if anything does. */
viche_next list_start(struct viche_turn *t)
{
    static const struct {
        const char *word, *step;
    } ways[] = {{"show ", "card"}, {"open ", "card"}, {"why ", "why"}, {"history ", "history"}};
    const char *args = viche_args(t);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t length = strlen(ways[i].word);
        if (strncmp(args, ways[i].word, length) != 0)
            continue;
        viche_set(t, "id", args + length);
        viche_set(t, "way", ways[i].word);
        return viche_go(t, ways[i].step);
    }
    return viche_go(t, "list");
}

viche_next list_enter(struct viche_turn *t)
{
    const struct viche_cases *cases = tracking_cases(t);
    struct viche_case_view card = {.size = sizeof card};
    uint32_t count = 0;
    for (; count < LISTED_MAX && cases->next(t, viche_citizen(t), "", card.id, &card); count++) {
        if (count == 0)
            viche_say(t, "list");
        tracking_let(t, &card);
        viche_offer_text(t, viche_text(t, "list-line"), viche_print(t, "%llu", (unsigned long long)card.id));
    }
    if (count)
        return viche_stay(t);
    viche_say(t, "empty");
    viche_offer(t, "to-appeals", "/appeals");
    viche_offer(t, "to-utility", "/utility");
    return viche_done(t);
}

viche_next list_choose(struct viche_turn *t, const char *id)
{
    viche_set(t, "id", id);
    return viche_go(t, "card");
}
