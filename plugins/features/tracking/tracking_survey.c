/* SPDX-License-Identifier: MPL-2.0
 * Is it fixed? In full: done. In part or not: in which way, with words and photos. Who says nothing is not taken for satisfied. */
#include <string.h>

#include "tracking.h"

/* "12", or "12 fixed". Who did not answer in time may still say that it is not fixed: silence is no consent. */
viche_next survey_start(struct viche_turn *t)
{
    struct viche_case_view card;
    const char *args = viche_args(t), *verdict = args + strcspn(args, " ");
    viche_set(t, "id", viche_print(t, "%.*s", (int)(verdict - args), args));
    if (!tracking_find(t, &card))
        return viche_done(t);
    if (!card.surveyed && strcmp(verdict, " not") != 0) {
        viche_say(t, "not-surveyed");
        tracking_offer(t, "to-card", "/mine show", card.id);
        return viche_done(t);
    }
    viche_set(t, "answer", card.answer);
    viche_set(t, "number", card.number);
    viche_set(t, "title", card.title);
    static const char *const verdicts[] = {" fixed", " partly", " not"};
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        if (strcmp(verdict, verdicts[i]) != 0)
            continue;
        viche_set(t, "verdict", verdict + 1);
        return survey_verdict(t, verdict + 1);
    }
    return viche_go(t, "verdict");
}

viche_next survey_verdict(struct viche_turn *t, const char *verdict)
{
    bool whole = strcmp(verdict, "fixed") == 0;
    return viche_go(t, whole ? "keep" : "words");
}

viche_next survey_ask_words(struct viche_turn *t)
{
    viche_say(t, strcmp(viche_get(t, "verdict"), "not") == 0 ? "ask-why-not" : "ask-why-partly");
    return viche_stay(t);
}

viche_next survey_words(struct viche_turn *t, const char *words_or_files)
{
    struct viche_case_view card;
    (void)words_or_files;
    if (!tracking_find(t, &card))
        return viche_done(t);
    return viche_go(t, tracking_takes(t, &card) ? "keep" : "files");
}

static uint32_t verdict_of(const char *word)
{
    if (strcmp(word, "fixed") == 0)
        return VICHE_FIXED;
    return strcmp(word, "partly") == 0 ? VICHE_FIXED_PARTLY : VICHE_NOT_FIXED;
}

viche_next survey_keep(struct viche_turn *t)
{
    struct viche_case_view card, repeat = {.size = sizeof repeat};
    if (!tracking_find(t, &card))
        return viche_done(t);
    const char *word = viche_get(t, "verdict");
    const char *why = tracking_cases(t)->rate(t, viche_citizen(t), card.id, verdict_of(word), viche_get(t, "words"),
                                              viche_get(t, "words_files"), &repeat);
    if (why) {
        viche_say_text(t, why);
    } else if (repeat.id) {
        viche_let(t, "first", card.number);
        tracking_let(t, &repeat);
        viche_say(t, "thanks-repeat");
    } else {
        viche_say(t, viche_print(t, "thanks-%s", word));
    }
    tracking_offer(t, "to-card", "/mine show", repeat.id ? repeat.id : card.id);
    return viche_done(t);
}
