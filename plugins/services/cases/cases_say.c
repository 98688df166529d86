/* SPDX-License-Identifier: MPL-2.0
 * What the applicant reads when something happens with their card, in their own language; the button opens the feature's dialog. */
#include "cases.h"

/* From here on this citizen is spoken to; returns the language of before. */
static const char *turn_to(struct viche_turn *t, uint64_t citizen)
{
    const char *before = viche_language(t);
    struct viche_person person;
    if (viche_person(t, citizen, &person) && person.id == citizen)
        viche_speak(t, person.language);
    viche_to(t, citizen);
    return before;
}

static void turn_back(struct viche_turn *t, const char *language)
{
    viche_to(t, 0);
    viche_speak(t, language);
}

static void let_card(struct viche_turn *t, const struct card *card)
{
    const struct state *state = regulation_state(card->kept->regulation, card->state);
    viche_let(t, "number", card->number);
    viche_let_number(t, "received", card->received_at);
    viche_let_number(t, "due", card->due_at);
    viche_let(t, "state", state ? part_words(t, state->part, "citizen") : card->state);
    viche_let(t, "answer", card->answer);
    viche_let(t, "grounds", card->grounds);
    viche_let(t, "phone", viche_town(t, "phone"));
    viche_let(t, "appeal", viche_text(t, "how-to-appeal"));
}

void say_words(struct viche_turn *t, const struct card *card, const char *key, const char *words, const char *files)
{
    const char *file;
    if (!card->citizen)
        return;
    const char *before = turn_to(t, (uint64_t)card->citizen);
    let_card(t, card);
    viche_let(t, "words", words);
    viche_say(t, key);
    if (*card->kept->opens)
        viche_offer(t, "open-card", viche_print(t, "%s %lld", card->kept->opens, (long long)card->id));
    while (word_line(t, &files, &file))
        viche_show_file(t, file, NULL);
    turn_back(t, before);
}

void say_card(struct viche_turn *t, const struct card *card, const char *key) { say_words(t, card, key, "", ""); }

void say_due(struct viche_turn *t, const struct card *card)
{
    if (!card->citizen)
        return;
    const char *before = turn_to(t, (uint64_t)card->citizen);
    const char *why = due_why(t, card);
    turn_back(t, before);
    say_words(t, card, "said-due", why, "");
}

void say_about(struct viche_turn *t, uint64_t citizen, const struct card *card, const char *key, const char *words)
{
    const char *before = turn_to(t, citizen);
    let_card(t, card);
    viche_let(t, "words", words);
    viche_say(t, key);
    turn_back(t, before);
}

void say_citizen(struct viche_turn *t, uint64_t citizen, const char *key)
{
    const char *before = turn_to(t, citizen);
    viche_say(t, key);
    turn_back(t, before);
}
