/* SPDX-License-Identifier: MPL-2.0
 * One card in the words of its applicant: where it stands, what comes next, what happened, why this date. */
#include <string.h>

#include "tracking.h"

enum { ESSENCE_SHOWN = 300 };

/* The first letters of a long text, cut between two of them. */
static const char *shortened(struct viche_turn *t, const char *text)
{
    size_t letters = 0, bytes = 0;
    while (text[bytes] && letters <= ESSENCE_SHOWN)
        letters += (text[bytes++] & 0xC0) != 0x80;
    if (!text[bytes])
        return text;
    while (bytes > 0 && (text[bytes - 1] & 0xC0) == 0x80)
        bytes--;
    return viche_print(t, "%.*s…", (int)bytes - 1, text);
}

static const char *add_line(struct viche_turn *t, const char *text, const char *key)
{
    return viche_print(t, "%s\n\n%s", text, viche_text(t, key));
}

static const char *what_next(const struct viche_case_view *card)
{
    if (card->surveyed)
        return "next-survey";
    if (card->asked)
        return "next-answer";
    if (!card->open)
        return NULL;
    return card->due_at ? "next-due" : "next-open";
}

static void show_files(struct viche_turn *t, const char *ids)
{
    while (*ids) {
        size_t length = strcspn(ids, "\n");
        viche_show_file(t, viche_print(t, "%.*s", (int)length, ids), NULL);
        ids += length + (ids[length] == '\n');
    }
}

static void offer_ways(struct viche_turn *t, const struct viche_case_view *card)
{
    if (card->surveyed)
        tracking_offer(t, "do-survey", "/mine_survey", card->id);
    if (card->open)
        tracking_offer(t, card->asked ? "do-answer" : "do-write", "/mine_write", card->id);
    tracking_offer(t, "do-history", "/mine history", card->id);
    if (card->open && *card->why_due)
        tracking_offer(t, "do-why", "/mine why", card->id);
    if (strcmp(card->state, "done") == 0)
        viche_offer(t, "do-dispute", viche_print(t, "/mine_survey %llu not", (unsigned long long)card->id));
    if (card->repeat_of)
        tracking_offer(t, "do-first", "/mine show", card->repeat_of);
    if (card->open)
        tracking_offer(t, "do-withdraw", "/mine_withdraw", card->id);
    viche_offer(t, "to-list", "/mine");
}

viche_next card_enter(struct viche_turn *t)
{
    struct viche_case_view card;
    if (!tracking_find(t, &card))
        return viche_done(t);
    bool jumps = strcmp(viche_get(t, "way"), "open ") == 0;
    if (jumps && card.surveyed)
        return viche_open(t, viche_print(t, "/mine_survey %llu", (unsigned long long)card.id));
    if (jumps && card.asked)
        return viche_open(t, viche_print(t, "/mine_write %llu", (unsigned long long)card.id));
    viche_let(t, "essence", shortened(t, card.essence));
    const char *words = viche_text(t, "card"), *next = what_next(&card);
    if (*card.answer)
        words = add_line(t, words, "card-answer");
    if (card.repeat_of)
        words = add_line(t, words, "card-repeat");
    if (card.incident)
        words = add_line(t, words, "card-incident");
    if (next)
        words = add_line(t, words, next);
    if (*card.answer_files)
        show_files(t, card.answer_files);
    viche_say_text(t, words);
    offer_ways(t, &card);
    return viche_done(t);
}

viche_next card_why(struct viche_turn *t)
{
    struct viche_case_view card;
    if (!tracking_find(t, &card))
        return viche_done(t);
    viche_let(t, "why", card.why_due);
    viche_say(t, "why");
    tracking_offer(t, "to-card", "/mine show", card.id);
    return viche_done(t);
}

viche_next card_history(struct viche_turn *t)
{
    struct viche_case_view card;
    if (!tracking_find(t, &card))
        return viche_done(t);
    const struct viche_cases *cases = tracking_cases(t);
    const char *text = viche_text(t, "history"), *who, *words, *files, *all_files = "";
    int64_t at = 0;
    for (uint32_t i = 0; cases->line(t, card.id, i, &at, &who, &words, &files); i++) {
        viche_let_number(t, "at", at);
        viche_let(t, "who", who);
        viche_let(t, "words", words);
        text = viche_print(t, "%s\n\n%s", text, viche_text(t, *who ? "history-said" : "history-line"));
        if (*files)
            all_files = *all_files ? viche_print(t, "%s\n%s", all_files, files) : files;
    }
    show_files(t, all_files);
    viche_say_text(t, text);
    tracking_offer(t, "to-card", "/mine show", card.id);
    return viche_done(t);
}
