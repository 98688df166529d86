/* SPDX-License-Identifier: MPL-2.0
 * What features may do with cards, for citizens: each function runs in the turn of its caller. */
#include "cases.h"

static void view(struct viche_turn *t, const struct card *card, struct viche_case_view *out)
{
    uint32_t size = out->size ? out->size : sizeof *out;
    const struct state *state = regulation_state(card->kept->regulation, card->state);
    const char *why = due_why(t, card);
    bool surveyed = close_waits(t, card), told = surveyed || !card_is_open(card);
    struct viche_case_view whole = {
        .size = sizeof whole, .open = card_is_open(card), .id = (uint64_t)card->id, .type = card->type, .number = card->number,
        .title = card->kept->title, .state = card->state, .state_words = state ? part_words(t, state->part, "citizen") : card->state,
        .essence = card->essence, .answer = told ? card->answer : "",
        .answer_files = told ? file_list(t, card, FILE_EXECUTED, SHOWN) : "", .why_due = why, .at = card->received_at,
        .due_at = card_is_open(card) ? card->due_at : 0, .closed_at = card->closed_at, .asked = state && state->pauses,
        .surveyed = surveyed, .repeat_of = (uint64_t)card->repeat_of, .incident = (uint64_t)card->incident,
        .reaches_at = intake_reaches(t, card)};
    whole.size = size;
    memcpy(out, &whole, size < sizeof whole ? size : sizeof whole);
}

/* Theirs; a card of nobody's is whose number is known. */
static bool find_theirs(struct viche_turn *t, uint64_t citizen, uint64_t id, struct card *out)
{
    return card_find(t, (int64_t)id, out) && (uint64_t)out->citizen == citizen;
}

/* Who is barred, or writes too much; whoever is to remain unknown is not asked. */
static const char *held_back(struct viche_turn *t, const struct viche_case *from)
{
    const struct type *type = type_find(t, from->type);
    if (!from->citizen || !type || (type->flags & VICHE_CASE_SECRET))
        return NULL;
    const char *words = bar_words(t, from->citizen);
    int64_t today = card_count_since(t, (int64_t)from->citizen, viche_now(t) - 86400);
    if (words || today < viche_option_number(t, "per_day"))
        return words;
    viche_let(t, "phone", viche_town(t, "phone"));
    return viche_text(t, "too-many");
}

static const char *open_card(struct viche_turn *t, const struct viche_case *from, struct viche_case_view *out)
{
    struct card card;
    const char *refusal = held_back(t, from);
    if (!refusal)
        refusal = card_open(t, from, 0, &card);
    if (!refusal)
        view(t, &card, out);
    return refusal;
}

static const char *find(struct viche_turn *t, uint64_t citizen, uint64_t id, struct viche_case_view *out)
{
    struct card card;
    if (!find_theirs(t, citizen, id, &card))
        return viche_text(t, "not-yours");
    view(t, &card, out);
    return NULL;
}

static uint32_t next(struct viche_turn *t, uint64_t citizen, const char *type, uint64_t before, struct viche_case_view *out)
{
    int64_t id = card_of_citizen(t, citizen, type, before);
    return id && find(t, citizen, (uint64_t)id, out) == NULL;
}

static uint32_t line(struct viche_turn *t, uint64_t id, uint32_t index, int64_t *at, const char **who, const char **words, const char **files)
{
    struct card card;
    return card_find(t, (int64_t)id, &card) && event_line(t, &card, index, at, who, words, files);
}

/* In a closed card nobody would read it. */
static const char *add(struct viche_turn *t, uint64_t citizen, uint64_t id, const char *words, const char *files)
{
    struct card card;
    if (!find_theirs(t, citizen, id, &card))
        return viche_text(t, "not-yours");
    const struct action *action = act_of_applicant(&card, "hear");
    if (!action)
        return viche_text(t, "closed-already");
    const char *refusal = card_unfit(t, card.kept, "files", files);
    if (refusal)
        return refusal;
    thread_add(t, &card, 0, words, files);
    file_add(t, &card, 0, FILE_RECEIVED, files, SHOWN);
    act_finish(t, &card, action, 0, "", "");
    return NULL;
}

static const char *dispute(struct viche_turn *t, struct card *card, const char *words, const char *files, struct viche_case_view *out)
{
    const struct action *action = act_of_applicant(card, "repeat");
    struct card again;
    if (!action)
        return viche_text(t, "not-surveyed");
    close_verdict(t, card, VICHE_NOT_FIXED, words);
    file_add(t, card, 0, FILE_SURVEY, files, SHOWN);
    const char *refusal = close_repeat(t, card, words, files, &again);
    if (refusal)
        return refusal;
    act_finish(t, card, action, 0, words, files);
    view(t, &again, out);
    return NULL;
}

static const char *rate(struct viche_turn *t, uint64_t citizen, uint64_t id, uint32_t verdict, const char *words, const char *files,
                        struct viche_case_view *out)
{
    struct card card;
    out->id = 0;
    if (!find_theirs(t, citizen, id, &card))
        return viche_text(t, "not-yours");
    const char *refusal = card_unfit(t, card.kept, "files", files);
    if (refusal)
        return refusal;
    if (verdict == VICHE_NOT_FIXED)
        return dispute(t, &card, words, files, out);
    const struct action *action = act_of_applicant(&card, "verdict");
    if (!action || !close_waits(t, &card))
        return viche_text(t, "not-surveyed");
    close_verdict(t, &card, verdict, words);
    file_add(t, &card, 0, FILE_SURVEY, files, SHOWN);
    act_finish(t, &card, action, 0, viche_print(t, "%s %s", viche_text(t, viche_print(t, "verdict-%u", verdict)), words), files);
    return NULL;
}

static const char *withdraw(struct viche_turn *t, uint64_t citizen, uint64_t id, const char *why)
{
    struct card card;
    if (!find_theirs(t, citizen, id, &card))
        return viche_text(t, "not-yours");
    const struct action *action = act_of_applicant(&card, "");
    if (!action || incident_leads(t, &card))
        return viche_text(t, action ? "withdraw-leads" : "withdraw-late");
    if (double_waits(t, &card))
        return viche_text(t, "withdraw-duplicates");
    act_finish(t, &card, action, 0, why, "");
    return NULL;
}

static uint32_t near(struct viche_turn *t, const char *type, const char *category, double latitude, double longitude, uint32_t metres,
                     uint32_t index, struct viche_incident *out)
{
    return incident_near(t, type, category, latitude, longitude, metres ? metres : 1, index, out);
}

static uint32_t wants(struct viche_turn *t, const char *name, const char *field)
{
    const struct type *type = type_find(t, name);
    if (!type || (type->flags & VICHE_CASE_SECRET && word_in("surname first_name patronymic residence phone email", field)))
        return VICHE_CASE_LEFT_OUT;
    if (word_in(type->regulation->require, field))
        return type->flags & VICHE_CASE_SECRET ? VICHE_CASE_OPTIONAL : VICHE_CASE_MANDATORY;
    return word_in(type->regulation->offer, field) ? VICHE_CASE_OPTIONAL : VICHE_CASE_LEFT_OUT;
}

static const char *unfit(struct viche_turn *t, const char *name, const char *field, const char *files)
{
    const struct type *type = type_find(t, name);
    return type ? card_unfit(t, type, field, files) : viche_text(t, "no-type");
}

/* ---- the same for others, in whose turn it runs ----------------------------------------------------------------------- */

#define FOR_OTHERS(type, name, call, ...)                                    \
    static type name##_for(struct viche_turn *t, __VA_ARGS__)                \
    {                                                                        \
        const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);  \
        type answer_ = call;                                                 \
        viche_act(t, caller);                                                \
        return answer_;                                                      \
    }

FOR_OTHERS(const char *, declare, type_declare(t, caller, type), const struct viche_case_type *type)
FOR_OTHERS(const char *, open, open_card(t, from, out), const struct viche_case *from, struct viche_case_view *out)
FOR_OTHERS(const char *, find, find(t, citizen, id, out), uint64_t citizen, uint64_t id, struct viche_case_view *out)
FOR_OTHERS(uint32_t, next, next(t, citizen, type, before, out), uint64_t citizen, const char *type, uint64_t before,
           struct viche_case_view *out)
FOR_OTHERS(uint32_t, line, line(t, id, index, at, who, words, files), uint64_t id, uint32_t index, int64_t *at, const char **who,
           const char **words, const char **files)
FOR_OTHERS(const char *, add, add(t, citizen, id, words, files), uint64_t citizen, uint64_t id, const char *words, const char *files)
FOR_OTHERS(const char *, rate, rate(t, citizen, id, verdict, words, files, out), uint64_t citizen, uint64_t id, uint32_t verdict,
           const char *words, const char *files, struct viche_case_view *out)
FOR_OTHERS(const char *, withdraw, withdraw(t, citizen, id, why), uint64_t citizen, uint64_t id, const char *why)
FOR_OTHERS(const char *, barred, ((void)type, bar_words(t, citizen)), uint64_t citizen, const char *type)
FOR_OTHERS(const char *, contest, bar_contest(t, citizen, words), uint64_t citizen, const char *words)
FOR_OTHERS(uint32_t, near, near(t, type, category, latitude, longitude, metres, index, out), const char *type, const char *category,
           double latitude, double longitude, uint32_t metres, uint32_t index, struct viche_incident *out)
FOR_OTHERS(const char *, join, incident_join(t, citizen, incident), uint64_t citizen, uint64_t incident)
FOR_OTHERS(uint32_t, category, class_next(t, type, under, index, code, words), const char *type, const char *under, uint32_t index,
           const char **code, const char **words)
FOR_OTHERS(uint32_t, wants, wants(t, type, field), const char *type, const char *field)
FOR_OTHERS(const char *, unfit, unfit(t, type, field, files), const char *type, const char *field, const char *files)

const struct viche_cases cases_service = {
    sizeof cases_service, 0, declare_for, open_for, find_for, next_for, line_for, add_for, rate_for, withdraw_for, barred_for, contest_for,
    near_for, join_for, category_for, wants_for, unfit_for,
};
