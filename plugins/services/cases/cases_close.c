/* SPDX-License-Identifier: MPL-2.0
 * How cards end: one proposes, the applicant is asked, another closes. An applicant who does not answer has kept silent, not agreed. «Not
 * fixed» makes a new card on the same, to the same executor. Owns `cases_survey`. */
#include "cases.h"

/* ---- the survey ---- */

struct survey {
    int64_t id, until_at;
    uint32_t verdict; /* 0: none yet */
};

static bool survey_last(struct viche_turn *t, const struct card *card, struct survey *out)
{
    struct viche_rows *rows = viche_sql(t, "SELECT id, until_at, verdict FROM cases_survey WHERE card = ? ORDER BY id DESC LIMIT 1",
                                        VICHE_INT_VALUE(card->id));
    if (!viche_row(t, rows))
        return false;
    *out = (struct survey){viche_row_integer(t, rows, 0), viche_row_integer(t, rows, 1), (uint32_t)viche_row_integer(t, rows, 2)};
    return true;
}

/* Only whoever can be asked is asked, and only whether something was done. */
static bool is_surveyed(const struct card *card, const struct part *survey)
{
    const struct state *outcome = regulation_state(card->kept->regulation, card->outcome);
    return survey && card->citizen && strcmp(part_get(survey, "after"), card->state) == 0 && (!outcome || strcmp(outcome->end, "done") == 0);
}

void close_survey(struct viche_turn *t, struct card *card)
{
    const struct part *survey = regulation_part(card->kept->regulation, "survey", NULL);
    if (!is_surveyed(card, survey))
        return;
    int64_t until = due_after(t, viche_now(t), part_get(survey, "term"));
    viche_sql(t, "INSERT INTO cases_survey(card, asked_at, until_at) VALUES(?, ?, ?)", VICHE_INT_VALUE(card->id),
              VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(until));
    alarm_set(t, card->id, "silence", until + 1);
    event_add(t, card, 0, "surveyed", "", "", 0);
    viche_let_number(t, "until", until);
    say_words(t, card, "said-survey", card->answer, file_list(t, card, FILE_EXECUTED, SHOWN));
}

void close_silence(struct viche_turn *t, struct card *card)
{
    if (!close_waits(t, card))
        return;
    close_verdict(t, card, VERDICT_SILENCE, "");
    event_add(t, card, 0, "silence", "", "", 0);
    viche_let(t, "number", card->number);
    staff_tell_role(t, card, regulation_state(card->kept->regulation, card->state)->waits,
                    viche_print(t, "silence %lld", (long long)viche_now(t)), viche_text(t, "tell-silence"));
}

bool close_waits(struct viche_turn *t, const struct card *card)
{
    const struct part *part = regulation_part(card->kept->regulation, "survey", NULL);
    struct survey survey;
    return part && strcmp(part_get(part, "after"), card->state) == 0 && survey_last(t, card, &survey) && survey.verdict == 0;
}

void close_verdict(struct viche_turn *t, const struct card *card, uint32_t verdict, const char *words)
{
    struct survey survey;
    if (survey_last(t, card, &survey))
        viche_sql(t, "UPDATE cases_survey SET verdict = ?, words = ?, answered_at = ? WHERE id = ?", VICHE_INT_VALUE(verdict),
                  VICHE_TEXT_VALUE(words), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(survey.id));
}

uint32_t close_last_verdict(struct viche_turn *t, const struct card *card)
{
    struct survey survey;
    return survey_last(t, card, &survey) ? survey.verdict : 0;
}

void close_blank(struct viche_turn *t, int64_t card)
{
    viche_sql(t, "UPDATE cases_survey SET words = '' WHERE card = ?", VICHE_INT_VALUE(card));
}

/* ---- may it end? ---- */

static bool has_survey(struct viche_turn *t, const struct card *card)
{
    uint32_t verdict = close_last_verdict(t, card);
    return verdict == VICHE_FIXED || verdict == VICHE_FIXED_PARTLY;
}

/* Is it there, or in the form of this very action? */
static bool has(struct viche_turn *t, const struct card *card, const struct action *action, const char *need)
{
    const struct {
        const char *need, *kept;
    } papers[] = {{"executed", file_list(t, card, FILE_EXECUTED, 0)},
                  {"considered", file_list(t, card, FILE_CONSIDERED, 0)},
                  {"grounds", card->grounds},
                  {"addressee", card->addressee},
                  {"plan", card->plan},
                  {"incident", card->incident ? "incident" : ""},
                  {"original", ""}};
    if (strcmp(need, "survey") == 0)
        return has_survey(t, card);
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if (strcmp(papers[i].need, need) == 0)
            return *papers[i].kept || *field_get(t, action, need);
    return strcmp(need, "applicant") == 0 && !act_is_staffs(card, action); /* nobody says it for them */
}

/* need: "survey|executed" */
static bool has_one(struct viche_turn *t, const struct card *card, const struct action *action, const char *need)
{
    for (const char *at = need; *at; at += strcspn(at, "|"), at += *at == '|')
        if (has(t, card, action, viche_print(t, "%.*s", (int)strcspn(at, "|"), at)))
            return true;
    return false;
}

const char *close_lacks(struct viche_turn *t, const struct card *card, const struct state *end, const struct action *action)
{
    const char *needs = end->needs;
    char need[64];
    if (strstr(needs, "survey") && close_waits(t, card))
        return viche_text(t, "lacks-answer");
    while (word_next(&needs, need, sizeof need))
        if (!has_one(t, card, action, need))
            return viche_text(t, viche_print(t, "lacks-%.*s", (int)strcspn(need, "|"), need));
    return NULL;
}

/* ---- not fixed ---- */

/* To whom it goes again, if they still work here. */
static void same_hands(struct viche_turn *t, const struct card *card, struct card *again)
{
    const struct part *survey = regulation_part(card->kept->regulation, "survey", NULL);
    const char *to = survey ? part_get(survey, "repeat") : "", *executors = assign_list(t, card);
    if (!*to || !*executors || assign_unfit_of(t, again, executors))
        return;
    again->decider = card->decider;
    again->responsible = card->responsible;
    assign_executors(t, again, executors);
    card_move(t, again, to);
    viche_let(t, "number", again->number);
    viche_let(t, "name", card->number);
    staff_tell_role(t, again, "executor", "repeat", viche_text(t, "tell-repeat"));
}

const char *close_repeat(struct viche_turn *t, struct card *card, const char *why, const char *files, struct card *out)
{
    struct viche_case from = {
        .size = sizeof from, .type = card->type, .citizen = (uint64_t)card->citizen, .channel = card->channel, .kind = card->kind,
        .surname = card->surname, .first_name = card->first_name, .patronymic = card->patronymic, .residence = card->residence,
        .phone = card->phone, .email = card->email, .category = card->category, .organisation = card->organisation,
        .place = card->place, .latitude = card->latitude, .longitude = card->longitude, .files = files, .privilege = card->privilege,
        .about = card->about ? word_id(t, card->about) : "", .key = viche_print(t, "repeat %lld", (long long)card->id),
        .flags = card->flags};
    viche_let(t, "number", card->number);
    viche_let(t, "words", why);
    viche_let(t, "essence", card->essence);
    from.essence = viche_text(t, "repeat-essence");
    const char *refusal = card_open(t, &from, card->id, out);
    if (refusal)
        return refusal;
    same_hands(t, card, out);
    double_pass(t, card, out);
    if (incident_pass(t, card, out))
        out->incident = card->incident;
    card_save(t, out);
    return NULL;
}
