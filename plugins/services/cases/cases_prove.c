/* SPDX-License-Identifier: MPL-2.0
 * Proves a regulation before a town lives by it: that every word in it is known, that every card can end and only honestly, that every
 * duty has an action and every right a holder, that somebody watches every term. */
#include "cases_prove.h"

void prove_found(struct proof *p, int line, const char *words)
{
    const char *place = viche_print(p->t, "%s:%d", p->r->path, line);
    viche_bad(p->t, place, words);
    if (!p->first)
        p->first = viche_print(p->t, "%s: %s", place, words);
}

/* ---- every word is known ---- */

static bool is_role(const struct regulation *r, const char *word) { return regulation_role(r, word) != NULL; }
static bool is_state(const struct regulation *r, const char *word) { return regulation_state(r, word) || strcmp(word, "back") == 0; }
static bool is_effect(const struct regulation *r, const char *word) { return (void)r, effect_find(word) != NULL; }
static bool is_field(const struct regulation *r, const char *word) { return (void)r, field_find(word) != NULL; }
static bool is_card_field(const struct regulation *r, const char *word)
{
    (void)r;
    return word_in("surname first_name patronymic residence phone email kind essence category organisation files place", word);
}

static bool is_file_kind(const struct regulation *r, const char *word) { return (void)r, word_in(FILE_KINDS, word); }

/* "survey|executed": is each of them among the known? */
static bool all_known(const char *either, const char *known)
{
    char one[64];
    for (const char *at = either; *at; at += strcspn(at, "|"), at += *at == '|') {
        size_t size = strcspn(at, "|");
        memcpy(one, at, size), one[size] = '\0';
        if (!word_in(known, one))
            return false;
    }
    return true;
}

static bool is_need(const struct regulation *r, const char *word)
{
    (void)r;
    return all_known(word, "survey executed considered grounds addressee plan incident original applicant");
}

static const struct {
    const char *kind, *entry, *what;
    bool (*known)(const struct regulation *, const char *);
} references[] = {
    {"action", "role", "role", is_role},         {"action", "tell", "role", is_role},           {"action", "from", "state", is_state},
    {"action", "to", "state", is_state},         {"action", "does", "effect", is_effect},       {"action", "require", "field", is_field},
    {"action", "offer", "field", is_field},      {"request", "role", "role", is_role},          {"request", "decides", "role", is_role},
    {"request", "tell", "role", is_role},        {"request", "from", "state", is_state},        {"request", "to", "state", is_state},
    {"request", "require", "field", is_field},   {"request", "offer", "field", is_field},       {"request", "grant-require", "field", is_field},
    {"request", "grant-does", "effect", is_effect}, {"state", "waits", "role", is_role},        {"term", "state", "state", is_state},
    {"term", "warns", "role", is_role},          {"term", "late", "role", is_role},             {"term", "escalates", "role", is_role},
    {"survey", "after", "state", is_state},      {"survey", "repeat", "state", is_state},       {"bar", "confirm", "role", is_role},
    {"intake", "tell", "role", is_role},         {"duty", "role", "role", is_role},             {"right", "role", "role", is_role},
    {"card", "require", "field", is_card_field}, {"card", "offer", "field", is_card_field},
    {"field", "takes", "kind of file", is_file_kind}, {"state", "needs", "proof", is_need},
};

static void prove_words(struct proof *p, const struct part *part)
{
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (strcmp(references[i].kind, part->kind) != 0)
            continue;
        const char *words = part_get(part, references[i].entry);
        char word[64];
        while (word_next(&words, word, sizeof word))
            if (!references[i].known(p->r, word))
                FOUND(p, part, references[i].entry, "[%s %s] %s: there is no %s '%s'. Correct the word, or add what it means", part->kind,
                      part->id, references[i].entry, references[i].what, word);
    }
}

/* ---- every card can end ---- */

/* Does the action lead from a state (by index) to another? */
static bool leads(const struct regulation *r, const struct action *action, uint32_t from, uint32_t to)
{
    const struct state *source = &r->states[from], *target = &r->states[to];
    bool starts = *action->from ? word_in(action->from, source->id) : !*source->end;
    if (!starts)
        return false;
    if (strcmp(action->to, "back") == 0) /* from where the pausing state was entered */
        return source->pauses && !target->pauses && !*target->end;
    return word_in(action->to, target->id);
}

static bool any_leads(const struct regulation *r, uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < r->action_count; i++)
        if (leads(r, &r->actions[i], from, to))
            return true;
    return false;
}

/* Grows a set of states until nothing is added: those that are reached from it, or that lead to it. */
static void spread(const struct regulation *r, bool *set, bool forward)
{
    for (bool grew = true; grew;) {
        grew = false;
        for (uint32_t a = 0; a < r->state_count; a++)
            for (uint32_t b = 0; b < r->state_count; b++)
                if (set[a] && !set[b] && (forward ? any_leads(r, a, b) : any_leads(r, b, a)))
                    set[b] = grew = true;
    }
}

static void prove_ways(struct proof *p)
{
    const struct regulation *r = p->r;
    bool *reached = viche_memory(p->t, r->state_count), *ends = viche_memory(p->t, r->state_count);
    for (uint32_t i = 0; i < r->state_count; i++) {
        reached[i] = r->states[i].begins;
        ends[i] = *r->states[i].end;
    }
    spread(r, reached, true);
    spread(r, ends, false);
    for (uint32_t i = 0; i < r->state_count; i++) {
        const struct part *part = r->states[i].part;
        if (!reached[i])
            FOUND(p, part, "name", "[state %s] is never reached: no action leads to it. Add one, or take the state out", part->id);
        else if (!ends[i])
            FOUND(p, part, "name", "[state %s] is a dead end: no way leads from it to the end of a card. Add an action", part->id);
    }
}

static void prove_waits(struct proof *p, const struct state *state)
{
    if (*state->end)
        return;
    if (!*state->waits) {
        FOUND(p, state->part, "waits", "[state %s] waits for nobody: say whose turn it is, waits = …", state->id);
        return;
    }
    for (uint32_t i = 0; i < p->r->action_count; i++)
        if (word_in(p->r->actions[i].role, state->waits) && word_in(p->r->actions[i].from, state->id))
            return;
    FOUND(p, state->part, "waits", "[state %s] waits for %s, who has no action there", state->id, state->waits);
}

/* ---- and only honestly ---- */

static bool is_staff(const struct regulation *r, const char *roles)
{
    char name[64];
    while (word_next(&roles, name, sizeof name)) {
        const struct role *role = regulation_role(r, name);
        if (role && *role->staff)
            return true;
    }
    return false;
}

static bool share_role(const char *a, const char *b)
{
    char name[64];
    while (word_next(&a, name, sizeof name))
        if (word_in(b, name))
            return true;
    return false;
}

static const struct {
    const char *end, *proofs;
} honest[] = {
    {"done", "survey executed"}, {"explained", "considered survey"}, {"refused", "grounds"},      {"foreign", "addressee"},
    {"planned", "plan"},         {"joined", "incident original"},    {"repeated", "applicant"},   {"withdrawn", "applicant"},
    {"rejected", "grounds"},
};

/* Every way through "a|b" must be a proof. */
static bool proves(const char *needs, const char *proofs)
{
    char need[64];
    while (word_next(&needs, need, sizeof need))
        if (all_known(need, proofs))
            return true;
    return false;
}

static void prove_end(struct proof *p, const struct state *state)
{
    const char *kinds = "";
    if (!*state->end)
        return;
    for (size_t i = 0; i < sizeof honest / sizeof *honest; i++) {
        if (strcmp(honest[i].end, state->end) != 0) {
            kinds = viche_print(p->t, "%s %s", kinds, honest[i].end);
            continue;
        }
        if (!proves(state->needs, honest[i].proofs))
            FOUND(p, state->part, "needs", "[state %s] can be reached without proof: an end '%s' needs one of: %s (needs = …)", state->id,
                  state->end, honest[i].proofs);
        return;
    }
    FOUND(p, state->part, "end", "[state %s] ends as '%s', which is not known. Known:%s", state->id, state->end, kinds);
}

/* Who ends a card must not be who brought it to where it is ended. */
static void prove_hands(struct proof *p, const struct action *ending)
{
    const struct regulation *r = p->r;
    for (uint32_t from = 0; from < r->state_count; from++) {
        const struct state *source = &r->states[from];
        if (*source->end || !word_in(ending->from, source->id))
            continue;
        if (source->begins && ending->step == STEP_PLAIN)
            FOUND(p, ending->part, "to", "[action %s] closes by one hand: nobody proposed it in '%s'", ending->id, source->id);
        for (uint32_t i = 0; i < r->action_count; i++)
            if (ending->step == STEP_PLAIN && word_in(r->actions[i].to, source->id) && share_role(r->actions[i].role, ending->role))
                FOUND(p, ending->part, "role", "[action %s] closes by one hand: %s can also bring the card to '%s' by '%s'", ending->id,
                      ending->role, source->id, r->actions[i].id);
    }
    if (ending->step == STEP_GRANT && share_role(part_get(ending->part, "role"), ending->role))
        FOUND(p, ending->part, "decides", "[request %s] closes by one hand: who asks also decides", ending->part->id);
}

/* What only the applicant can say no official says for them, and the applicant ends a card in no other way. */
static void prove_whose_end(struct proof *p, const struct action *action, const struct state *end)
{
    bool theirs = word_in(end->needs, "applicant"), staffs = is_staff(p->r, action->role);
    if (theirs && staffs)
        FOUND(p, action->part, "to", "[%s %s] ends in '%s', which only the applicant’s own action may: take it out of to", action->part->kind,
              action->part->id, end->id);
    if (!theirs && !staffs)
        FOUND(p, action->part, "to", "[%s %s] lets the applicant end in '%s' without the proof an official owes: take it out of to",
              action->part->kind, action->part->id, end->id);
}

static void prove_ending(struct proof *p, const struct action *action)
{
    const char *to = action->to;
    char id[64];
    bool ends = false, solves = false;
    while (word_next(&to, id, sizeof id)) {
        const struct state *state = regulation_state(p->r, id);
        if (!state || !*state->end)
            continue;
        ends = true;
        solves = solves || strcmp(state->end, "joined") != 0;
        prove_whose_end(p, action, state);
    }
    if (!ends || !is_staff(p->r, action->role))
        return;
    if (!*action->from)
        FOUND(p, action->part, "from", "[action %s] closes a card wherever it is: say from which states, from = …", action->id);
    if (solves && !word_in(action->does, "repeat"))
        prove_hands(p, action);
}

/* ---- actions ---- */

/* "term|due": the form must have one of them. */
static bool form_has(const struct action *action, const char *need)
{
    char one[64];
    for (const char *at = need; *at; at += strcspn(at, "|"), at += *at == '|') {
        size_t size = strcspn(at, "|");
        memcpy(one, at, size), one[size] = '\0';
        if (word_in(action->require, one) || word_in(action->offer, one))
            return true;
    }
    return false;
}

static void prove_effects(struct proof *p, const struct action *action)
{
    const char *does = action->does;
    char name[64], need[64];
    while (word_next(&does, name, sizeof name)) {
        const struct effect *effect = effect_find(name);
        const char *needs = effect ? effect->needs : "";
        while (word_next(&needs, need, sizeof need))
            if (!form_has(action, need))
                FOUND(p, action->part, "require", "[%s %s] '%s' needs the field %s in its form", action->part->kind, action->part->id, name,
                      need);
    }
}

static void prove_action(struct proof *p, const struct action *action)
{
    const char *roles = action->role;
    char name[64];
    while (word_next(&roles, name, sizeof name)) {
        const struct role *role = regulation_role(p->r, name);
        if (role && !*role->staff && strcmp(role->seat, "applicant") != 0)
            FOUND(p, action->part, "role", "[%s %s] nobody can take it: the role %s is no role of the staff desk (staff = …)",
                  action->part->kind, action->part->id, name);
        if (role && role->comments && action->step != STEP_REJECT && !word_in(action->require, "comment"))
            FOUND(p, action->part, "require", "[%s %s] is done without a comment, which %s owe on every action (comments = yes)",
                  action->part->kind, action->part->id, name);
    }
    if (action->step == STEP_ASK && !word_in(action->require, "justification"))
        FOUND(p, action->part, "require", "[request %s] is asked without a justification: require = justification", action->part->id);
    prove_effects(p, action);
    prove_ending(p, action);
}

/* ---- terms, duties, rights ---- */

static void prove_term(struct proof *p, const struct term *term)
{
    if (!*term->late && !*term->escalates && !*term->warns)
        FOUND(p, term->part, "term", "[term %s] is watched by nobody: say who is told (warns, late, escalates)", term->id);
    if (*term->escalate && !*term->escalates)
        FOUND(p, term->part, "escalate", "[term %s] escalates to nobody: escalates = …", term->id);
}

/* What the service does by itself, without an action: each word is a part of this or another plugin. */
static const char itself[] = "intake watch survey report see comments inform announce register";

static const struct action *action_or_request(const struct regulation *r, const char *id, const char *role)
{
    for (uint32_t i = 0; i < r->action_count; i++) {
        const struct action *action = &r->actions[i];
        bool is_it = strcmp(action->id, id) == 0 || strcmp(action->request, id) == 0;
        if (is_it && (!*role || word_in(action->role, role)))
            return action;
    }
    return NULL;
}

static void prove_duty(struct proof *p, const struct part *part)
{
    const char *by = part_get(part, "by"), *role = part_get(part, "role");
    char id[64];
    while (word_next(&by, id, sizeof id)) {
        if (word_in(itself, id) || action_or_request(p->r, id, role))
            continue;
        if (!action_or_request(p->r, id, ""))
            FOUND(p, part, "by", "[%s %s] there is no action or request '%s': a %s without an action", part->kind, part->id, id, part->kind);
        else if (!word_in("watch survey", id) && strcmp(part->kind, "right") == 0)
            FOUND(p, part, "by", "[right %s] has no holder: %s may not '%s'", part->id, role, id);
        else if (!(strcmp(id, "dispute") == 0 && !*role))
            FOUND(p, part, "by", "[duty %s] cannot be fulfilled: %s may not '%s'", part->id, role, id);
    }
}

static void prove_field(struct proof *p, const struct part *part)
{
    const struct viche_field *field = field_find(part->id);
    if (strcmp(part->id, "files") != 0 && (!field || field->kind != VICHE_FIELD_FILES))
        FOUND(p, part, "takes", "[field %s] is no field with files. Those there are: files considered executed materials", part->id);
}

static void prove_part(struct proof *p, const struct part *part)
{
    prove_words(p, part);
    prove_values(p, part);
    if (strcmp(part->kind, "field") == 0)
        prove_field(p, part);
    if (strcmp(part->kind, "duty") == 0 || strcmp(part->kind, "right") == 0)
        prove_duty(p, part);
}

/* Who is to remain unknown is asked nothing that tells who they are. */
static void prove_secret(struct proof *p)
{
    const char *fields = p->r->require;
    const struct part *card = regulation_part(p->r, "card", NULL);
    char name[64];
    while (card && word_next(&fields, name, sizeof name))
        if (word_in("surname first_name patronymic residence phone email", name))
            FOUND(p, card, "require", "[card] demands '%s' of people whose cards are secret: leave it out", name);
}

static void prove_survey(struct proof *p)
{
    if (regulation_part(p->r, "survey", NULL))
        return;
    for (uint32_t i = 0; i < p->r->state_count; i++)
        if (strstr(p->r->states[i].needs, "survey"))
            FOUND(p, p->r->states[i].part, "needs", "[state %s] needs a survey, and there is no [survey]", p->r->states[i].id);
}

const char *regulation_prove(struct viche_turn *t, const struct regulation *r, bool secret)
{
    struct proof p = {t, r, NULL};
    for (const struct part *part = r->parts; part; part = part->next)
        prove_part(&p, part);
    prove_ways(&p);
    for (uint32_t i = 0; i < r->state_count; i++) {
        prove_waits(&p, &r->states[i]);
        prove_end(&p, &r->states[i]);
    }
    for (uint32_t i = 0; i < r->action_count; i++)
        prove_action(&p, &r->actions[i]);
    for (uint32_t i = 0; i < r->term_count; i++)
        prove_term(&p, &r->terms[i]);
    prove_survey(&p);
    if (secret)
        prove_secret(&p);
    for (const struct part *part = r->parts; part; part = part->next)
        prove_names(&p, part);
    return p.first;
}
