/* SPDX-License-Identifier: MPL-2.0
 * A card in the staff desk: what it says, where it stands, what this official may do with it now, and why not the rest. */
#include "cases.h"

uint32_t view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct card card;
    return card_peek(t, word_number(id), &card) && staff_sees(t, &card, clerk->id);
}

/* ---- buttons ---- */

void view_button(struct viche_turn *t, const struct card *card, const struct action *action, const char *wait, struct viche_sheet *sheet)
{
    struct viche_field *fields = viche_memory(t, 16 * sizeof *fields);
    uint32_t count = 0;
    const char *lists[] = {action->require, action->offer};
    char name[64];
    for (int i = 0; i < 2; i++)
        while (count < 16 && word_next(&lists[i], name, sizeof name)) {
            fields[count] = field_for(t, card, viche_print(t, "%s", name), i == 0);
            if (action->step == STEP_GRANT && request_fills(t, card, action->request, name))
                fields[count].flags |= VICHE_FIELD_KEPT;
            count++;
        }
    const char *help = part_words(t, action->part, "help");
    struct viche_action button = {
        .id = action->id, .label = viche_print(t, "=%s", event_title(t, card->kept, action->id)),
        .help = strcmp(help, action->part->id) == 0 ? NULL : viche_print(t, "=%s", help), .wait = wait,
        .flags = action->bulk ? VICHE_ACTION_BULK : 0, .fields = {sizeof *fields, count, fields}};
    viche_sheet_action(sheet, &button);
}

/* What helps a card whose executor, co-executor or decision-maker left. */
static bool finds_another(struct viche_turn *t, const struct card *card, const struct action *action)
{
    bool decider = word_in(action->does, "address") && card->decider && assign_gone(t, card, "decider");
    return decider || (word_in(action->does, "gone") && assign_gone(t, card, "executor")) ||
           (word_in(action->does, "left") && assign_left(t, card, 0));
}

/* 0: a decision that somebody waits for, or what leads the card on (or back) when it is this role's turn; 1: what leaves the card where
 * it is, pauses it or is not due from this role; 2: a request. */
static int rank_of(struct viche_turn *t, const struct card *card, const struct action *action)
{
    const struct regulation *r = card->kept->regulation;
    const struct state *here = regulation_state(r, card->state), *goal = action_goal(r, action, card->outcome);
    if (action->step != STEP_PLAIN)
        return action->step == STEP_ASK ? 2 : 0;
    if (finds_another(t, card, action))
        return 0;
    return goal && !goal->pauses && here && word_in(action->role, part_get(here->part, "waits")) ? 0 : 1;
}

static void show_ranked(struct viche_turn *t, const struct card *card, const struct viche_clerk *clerk, bool others, int rank,
                        struct viche_sheet *sheet)
{
    const struct regulation *r = card->kept->regulation;
    for (uint32_t i = 0; i < r->action_count; i++) {
        const struct action *action = &r->actions[i];
        bool here = *action->from ? word_in(action->from, card->state) : card_is_open(card);
        bool asked = action->step == STEP_PLAIN || action->step == STEP_ASK || request_asker(t, card, action->request);
        if (here && asked && rank_of(t, card, action) == rank && act_is_staffs(card, action) &&
            act_concerns(t, card, action, clerk->id) != others)
            view_button(t, card, action, act_denied(t, card, action, clerk->id), sheet);
    }
}

/* Those of this official's roles first, what comes next on top; then what others would do now, each with the reason why not. What does
 * not belong to the state the card is in is left out. */
static void show_actions(struct viche_turn *t, const struct card *card, const struct viche_clerk *clerk, struct viche_sheet *sheet)
{
    for (int others = 0; others < 2; others++)
        for (int rank = 0; rank < 3; rank++)
            show_ranked(t, card, clerk, others == 1, rank, sheet);
}

/* ---- the page ---- */

static void show_head(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet)
{
    const struct state *state = regulation_state(card->kept->regulation, card->state);
    viche_sheet_value(sheet, "number", card->number);
    viche_sheet_value(sheet, "stamp", word_id(t, card->revision));
    viche_sheet_value(sheet, "state", state ? part_words(t, state->part, "name") : card->state);
    viche_sheet_value(sheet, "due", card_is_open(card) ? word_id(t, card->due_at) : "");
    viche_sheet_value(sheet, "due-why", due_why(t, card));
    const char *stuck = assign_stuck_words(t, card);
    viche_sheet_value(sheet, "stuck", *stuck ? stuck : due_escalated(t, card));
    viche_sheet_value(sheet, "request", request_waiting(t, card));
    viche_sheet_value(sheet, "type", card->kept->title);
    viche_sheet_value(sheet, "kind", card->kind);
    viche_sheet_value(sheet, "received", word_id(t, card->received_at));
    viche_sheet_value(sheet, "closed", card->closed_at ? word_id(t, card->closed_at) : "");
    viche_sheet_value(sheet, "channel", card->channel);
    viche_sheet_value(sheet, "privilege", card->privilege);
    viche_sheet_value(sheet, "flagged", *card->flagged ? viche_text(t, viche_print(t, "flagged-%s", card->flagged)) : "");
    viche_sheet_value(sheet, "essence", card->essence);
    viche_sheet_value(sheet, "received-files", file_list(t, card, FILE_RECEIVED, 0));
    viche_sheet_value(sheet, "category", class_words(t, card->type, card->category));
    viche_sheet_value(sheet, "place", card->place);
    if (card->latitude || card->longitude)
        viche_sheet_value(sheet, "point", viche_print(t, "%.6f,%.6f", card->latitude, card->longitude));
}

static void show_applicant(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet)
{
    if (card->flags & VICHE_CASE_SECRET)
        return;
    viche_sheet_section(sheet, "section-applicant");
    viche_sheet_value(sheet, "applicant", viche_print(t, "%s %s %s", card->surname, card->first_name, card->patronymic));
    viche_sheet_value(sheet, "residence", card->residence);
    viche_sheet_value(sheet, "phone", card->phone);
    viche_sheet_value(sheet, "email", card->email);
}

static void show_own_fields(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet)
{
    for (uint32_t i = 0; i < card->kept->field_count; i++)
        viche_sheet_field(sheet, &card->kept->fields[i], card_value(t, card, card->kept->fields[i].name));
}

const char *view_link(struct viche_turn *t, const char *view, int64_t id, const char *label)
{
    return viche_print(t, "cases/%s/%lld %s", view, (long long)id, label);
}

static void show_work(struct viche_turn *t, const struct card *card, const struct viche_clerk *clerk, struct viche_sheet *sheet)
{
    struct card before;
    viche_sheet_section(sheet, "section-work");
    viche_sheet_value(sheet, "organisation", card->organisation);
    viche_sheet_value(sheet, "responsible", card->responsible ? word_id(t, card->responsible) : "");
    viche_sheet_value(sheet, "decider", card->decider ? word_id(t, card->decider) : "");
    viche_sheet_value(sheet, "executors", assign_words(t, card));
    viche_sheet_value(sheet, "control", card->control ? "yes" : "");
    if (card->repeat_of && card_find(t, card->repeat_of, &before))
        viche_sheet_value(sheet, "repeat_of", view_link(t, "cards", before.id, before.number));
    double_show(t, card, clerk->id, sheet);
    struct viche_incident incident = {.size = sizeof incident};
    if (card->incident && incident_find(t, card->incident, &incident))
        viche_sheet_value(sheet, "incident", view_link(t, "incidents", card->incident, incident.title));
    viche_sheet_value(sheet, "considered", file_list(t, card, FILE_CONSIDERED, 0));
    viche_sheet_value(sheet, "executed", file_list(t, card, FILE_EXECUTED, 0));
    viche_sheet_value(sheet, "materials", file_list(t, card, FILE_MATERIAL, 0));
}

/* What may be the same cause, as a suggestion to join the two. */
static void show_similar(struct viche_turn *t, const struct card *card, const struct viche_clerk *clerk, struct viche_sheet *sheet)
{
    struct card other;
    int64_t before = INT64_MAX;
    while (card_is_open(card) && !card->incident && card_similar(t, card, before, &other)) {
        before = other.id;
        if (!staff_sees(t, &other, clerk->id))
            continue;
        viche_sheet_value(sheet, "similar", view_link(t, "cards", other.id, other.number));
        return;
    }
}

static void show_result(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet)
{
    const struct state *outcome = regulation_state(card->kept->regulation, card->outcome);
    if (!*card->answer && !*card->grounds && !*card->addressee && !*card->plan && !outcome)
        return;
    viche_sheet_section(sheet, "section-result");
    viche_sheet_value(sheet, "outcome", outcome ? part_words(t, outcome->part, "name") : "");
    viche_sheet_value(sheet, "answer", card->answer);
    viche_sheet_value(sheet, "grounds", card->grounds);
    viche_sheet_value(sheet, "addressee", card->addressee);
    viche_sheet_value(sheet, "plan", card->plan);
    if (close_last_verdict(t, card) || close_waits(t, card))
        viche_sheet_value(sheet, "verdict", viche_text(t, viche_print(t, "verdict-%u", close_last_verdict(t, card))));
}

void view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct card card;
    if (!card_find(t, word_number(id), &card))
        return;
    show_head(t, &card, sheet);
    show_own_fields(t, &card, sheet);
    show_applicant(t, &card, sheet);
    show_work(t, &card, clerk, sheet);
    show_similar(t, &card, clerk, sheet);
    request_view_fields(t, &card, sheet);
    show_result(t, &card, sheet);
    event_show(t, &card, sheet);
    thread_show(t, &card, sheet);
    show_actions(t, &card, clerk, sheet);
}

const char *view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *name, const char *stamp)
{
    struct card card;
    const char *type = register_type(name);
    if (type)
        return register_act(t, clerk, type);
    if (!card_find(t, word_number(id), &card))
        return viche_text(t, "no-card");
    if (*stamp && word_number(stamp) != card.revision)
        return event_since(t, &card);
    const struct action *action = regulation_action(card.kept->regulation, name);
    return action ? act_do(t, &card, action, clerk->id) : viche_text(t, "no-action");
}
