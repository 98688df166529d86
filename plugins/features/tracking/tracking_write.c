/* SPDX-License-Identifier: MPL-2.0
 * The applicant writes on the card (an answer, more material) or takes it back. */
#include "tracking.h"

/* What the official wrote last: it stands above the answer. */
static const char *last_question(struct viche_turn *t, uint64_t card)
{
    const struct viche_cases *cases = tracking_cases(t);
    const char *who, *words, *files, *last = "";
    int64_t at = 0;
    for (uint32_t i = 0; cases->line(t, card, i, &at, &who, &words, &files); i++)
        last = words;
    return last;
}

viche_next write_start(struct viche_turn *t)
{
    struct viche_case_view card;
    if (!*viche_get(t, "id"))
        viche_set(t, "id", viche_args(t));
    if (!tracking_find(t, &card))
        return viche_done(t);
    if (!card.open) {
        viche_say(t, "closed");
        viche_offer(t, "to-appeals", "/appeals");
        tracking_offer(t, "to-card", "/mine show", card.id);
        return viche_done(t);
    }
    viche_let(t, "question", card.asked ? last_question(t, card.id) : "");
    viche_say(t, card.asked ? "ask-answer" : "ask-more");
    return viche_stay(t);
}

viche_next write_keep(struct viche_turn *t, const char *words_or_files)
{
    struct viche_case_view card;
    (void)words_or_files;
    if (!tracking_find(t, &card))
        return viche_done(t);
    if (!tracking_takes(t, &card))
        return viche_go(t, "files");
    const char *words = viche_get(t, "words"), *place = viche_get(t, "words_place"), *files = viche_get(t, "words_files");
    if (*place)
        words = viche_print(t, "%s\n%s %s", words, viche_text(t, "place-mark"), place);
    if (!*words && !*files) /* the only file did not fit, and no other came */
        return viche_open(t, viche_print(t, "/mine show %llu", (unsigned long long)card.id));
    const char *why = tracking_cases(t)->add(t, viche_citizen(t), card.id, words, files);
    if (why)
        viche_say_text(t, why);
    else
        viche_say(t, card.asked ? "answered" : "added");
    tracking_offer(t, "to-card", "/mine show", card.id);
    return viche_done(t);
}

viche_next withdraw_start(struct viche_turn *t)
{
    struct viche_case_view card;
    viche_set(t, "id", viche_args(t));
    if (!tracking_find(t, &card))
        return viche_done(t);
    viche_say(t, card.open ? "ask-withdraw" : "closed");
    if (card.open)
        return viche_stay(t);
    tracking_offer(t, "to-card", "/mine show", card.id);
    return viche_done(t);
}

viche_next withdraw_answer(struct viche_turn *t, const char *yes)
{
    struct viche_case_view card;
    if (!tracking_find(t, &card))
        return viche_done(t);
    const char *why = *yes == 'y' ? tracking_cases(t)->withdraw(t, viche_citizen(t), card.id, "") : NULL;
    if (why)
        viche_say_text(t, why);
    else
        viche_say(t, *yes == 'y' ? "withdrawn" : "not-withdrawn");
    tracking_offer(t, "to-card", "/mine show", card.id);
    return viche_done(t);
}
