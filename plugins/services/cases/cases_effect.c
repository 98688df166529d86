/* SPDX-License-Identifier: MPL-2.0
 * What actions of a regulation can do beside moving a card: a vocabulary for `does = …`. First all effects of an action are checked,
 * then all are applied, so that a refusal leaves nothing half done. */
#include "cases.h"

#define KINDS "remark proposal application complaint request demand"

#define CHECK(name) static const char *name(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
#define APPLY(name) static void name(struct viche_turn *t, struct card *card, const struct action *action, uint64_t clerk)
#define UNUSED (void)t, (void)card, (void)action, (void)clerk

/* What was found by looking stands in the timeline; it is enough that it was demanded. */
APPLY(nothing) { UNUSED; }

/* ---- who has it ---- */

CHECK(can_address)
{
    UNUSED;
    return assign_unfit(t, card, (uint64_t)word_number(field_get(t, action, "decider")), "decider");
}

APPLY(address)
{
    card->decider = word_number(field_get(t, action, "decider"));
    card->responsible = (int64_t)clerk;
}

CHECK(can_appoint)
{
    UNUSED;
    return assign_unfit_of(t, card, field_get(t, action, "executors"));
}

APPLY(appoint)
{
    UNUSED;
    assign_executors(t, card, field_get(t, action, "executors"));
}

APPLY(add)
{
    UNUSED;
    assign_more(t, card, field_get(t, action, "executors"));
}

CHECK(is_gone)
{
    UNUSED;
    return assign_gone(t, card, "executor") ? NULL : viche_text(t, "not-gone");
}

CHECK(has_left)
{
    UNUSED;
    return assign_left(t, card, 0) ? NULL : viche_text(t, "not-left");
}

APPLY(relieve)
{
    UNUSED;
    assign_relieve(t, card, field_get(t, action, "executors"));
}

APPLY(take)
{
    UNUSED;
    assign_accepted(t, card, clerk);
}

/* ---- until when ---- */

CHECK(can_term)
{
    UNUSED;
    return due_unfit(t, card, field_get(t, action, "term"), field_get(t, action, "due"), false);
}

CHECK(can_pass)
{
    UNUSED;
    return due_unfit(t, card, "", field_get(t, action, "due"), true);
}

APPLY(term)
{
    const char *name = field_get(t, action, "term"), *date = field_get(t, action, "due");
    if (!*name && !*date)
        return;
    due_set(t, card, clerk, name, date, field_get(t, action, "comment"));
    say_due(t, card);
}

APPLY(control)
{
    card->control = 1;
    term(t, card, action, clerk);
}

/* ---- what it is ---- */

CHECK(can_classify)
{
    UNUSED;
    const char *category = field_get(t, action, "category"), *kind = field_get(t, action, "kind");
    if (*category && !class_has(t, card->type, category))
        return viche_text(t, "no-category");
    return *kind && !word_in(KINDS, kind) ? viche_text(t, "no-kind") : NULL;
}

APPLY(classify)
{
    UNUSED;
    const char *category = field_get(t, action, "category"), *kind = field_get(t, action, "kind");
    if (*category)
        card->category = category;
    if (*kind)
        card->kind = kind;
    incident_classify(t, card);
}

/* ---- asking and answering ---- */

APPLY(ask)
{
    const char *question = field_get(t, action, "question");
    thread_add(t, card, clerk, question, "");
    say_words(t, card, "said-asked", question, "");
}

CHECK(can_write)
{
    UNUSED;
    return card->citizen ? NULL : viche_text(t, "no-chat");
}

APPLY(write_to)
{
    const char *message = field_get(t, action, "message");
    thread_add(t, card, clerk, message, "");
    say_words(t, card, "said-written", message, "");
}

/* ---- work ---- */

APPLY(part)
{
    UNUSED;
    assign_done(t, card, clerk);
}

CHECK(can_propose)
{
    UNUSED;
    const char *names = assign_open_parts(t, card);
    if (!names)
        return NULL;
    if (strcmp(assign_stuck(t, card).seat, "part") == 0)
        return assign_stuck_words(t, card);
    viche_let(t, "names", names);
    return viche_text(t, "parts-open");
}

APPLY(propose)
{
    UNUSED;
    card->outcome = field_get(t, action, "outcome");
    card->answer = field_get(t, action, "answer");
    if (*field_get(t, action, "grounds"))
        card->grounds = field_get(t, action, "grounds");
    if (*field_get(t, action, "addressee"))
        card->addressee = field_get(t, action, "addressee");
}

APPLY(send_back)
{
    UNUSED;
    card->returns++;
    card->outcome = "";
    assign_undone(t, card);
}

APPLY(grounds)
{
    UNUSED;
    card->grounds = field_get(t, action, "grounds");
}

APPLY(forward)
{
    UNUSED;
    card->addressee = field_get(t, action, "addressee");
}

/* ---- requests ---- */

CHECK(can_request)
{
    UNUSED;
    const struct part *request = regulation_part(card->kept->regulation, "request", action->request);
    const char *date = field_get(t, action, "due");
    bool beyond = !request || !word_in(part_get(request, "grant-does"), "lengthen"); /* what could not be granted is not asked for */
    return *date ? due_unfit(t, card, "", date, beyond) : NULL;
}

APPLY(request)
{
    UNUSED;
    request_ask(t, card, action, clerk);
}

APPLY(decide)
{
    UNUSED;
    request_decide(t, card, action, clerk);
}

APPLY(plan)
{
    UNUSED;
    card->plan = field_get(t, action, "plan");
}

/* ---- incidents ---- */

CHECK(can_join)
{
    UNUSED;
    struct viche_incident incident = {.size = sizeof incident};
    if (incident_leads(t, card))
        return viche_text(t, "incident-leads");
    return incident_open(t, word_number(field_get(t, action, "incident")), &incident) ? NULL : viche_text(t, "incident-gone");
}

APPLY(join)
{
    UNUSED;
    card->incident = word_number(field_get(t, action, "incident"));
    staff_changed(t, "cases/incidents", card->incident);
}

CHECK(can_double)
{
    UNUSED;
    struct card first;
    if (incident_leads(t, card))
        return viche_text(t, "incident-leads");
    return double_original(t, card, field_get(t, action, "original"), clerk, &first) ? NULL : viche_text(t, "no-original");
}

APPLY(make_double)
{
    UNUSED;
    struct card first;
    if (double_original(t, card, field_get(t, action, "original"), clerk, &first))
        double_add(t, card, &first, clerk);
}

CHECK(can_lead)
{
    UNUSED;
    return card->incident ? viche_text(t, "incident-already") : NULL;
}

APPLY(lead)
{
    incident_make(t, card, clerk, field_get(t, action, "title"));
}

/* ---- quality ---- */

CHECK(is_late)
{
    UNUSED;
    bool was = card->overdue_at || (card->closed_at && card->due_at && card->closed_at > card->due_at);
    return was ? NULL : viche_text(t, "not-late");
}

CHECK(is_assessed)
{
    UNUSED;
    return quality_is_assessed(t, card) ? NULL : viche_text(t, "not-assessed");
}

APPLY(assess) { quality_add(t, card, action, clerk, ""); }

APPLY(discipline) { quality_add(t, card, action, clerk, "discipline"); }

APPLY(bonus) { quality_add(t, card, action, clerk, "bonus"); }

CHECK(can_bar)
{
    UNUSED;
    return card->citizen ? NULL : viche_text(t, "no-bar");
}

APPLY(bar) { bar_propose(t, card, action, clerk); }

APPLY(repeat)
{
    UNUSED;
    struct card again;
    if (clerk)
        close_repeat(t, card, field_get(t, action, "reason"), "", &again);
}

static const struct effect effects[] = {
    {"address", "decider", false, can_address, address, false},
    {"appoint", "executors", false, can_appoint, appoint, false},
    {"add", "executors", false, can_appoint, add, false},
    {"gone", "", false, is_gone, nothing, true},
    {"left", "", false, has_left, nothing, true},
    {"relieve", "executors", false, can_appoint, relieve, false},
    {"take", "", false, NULL, take, false},
    {"term", "term|due", true, can_term, term, false},
    {"lengthen", "due", true, can_term, term, false},
    {"control", "due", true, can_pass, control, false},
    {"classify", "category|kind", false, can_classify, classify, false},
    {"ask", "question", true, can_write, ask, true},
    {"write", "message", true, can_write, write_to, true},
    {"facts", "facts|decision", false, NULL, nothing, false},
    {"part", "", false, NULL, part, false},
    {"propose", "outcome answer", false, can_propose, propose, true},
    {"return", "reason|comment", false, NULL, send_back, false},
    {"grounds", "grounds", false, NULL, grounds, false},
    {"forward", "addressee", false, NULL, forward, false},
    {"supply", "materials|considered|executed", false, NULL, nothing, false},
    {"request", "justification", false, can_request, request, false},
    {"decide", "", false, NULL, decide, false},
    {"plan", "plan", false, NULL, plan, false},
    {"join", "incident", false, can_join, join, false},
    {"duplicate", "original", true, can_double, make_double, false},
    {"lead", "title", false, can_lead, lead, true},
    {"late", "", false, is_late, nothing, true},
    {"assessed", "", false, is_assessed, nothing, true},
    {"assess", "timeliness quality", false, NULL, assess, false},
    {"discipline", "measure", false, NULL, discipline, false},
    {"bonus", "", false, NULL, bonus, false},
    {"bar", "reason quote days", false, can_bar, bar, true},
    {"repeat", "", false, NULL, repeat, false},
    /* The applicant's: cases_service.c does them. */
    {"hear", "", false, NULL, nothing, false},
    {"verdict", "", false, NULL, nothing, false},
};

const struct effect *effect_find(const char *name)
{
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        if (strcmp(effects[i].name, name) == 0)
            return &effects[i];
    return NULL;
}
