/* SPDX-License-Identifier: MPL-2.0
 * The engine: may this official do this action of the regulation on this card now, and if not, why; doing it; what follows from it. What
 * no line of the regulation allows is denied. */
#include "cases.h"

/* ---- may they? ---- */

bool act_concerns(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
{
    const char *roles = action->role;
    char name[64];
    while (word_next(&roles, name, sizeof name)) {
        const struct role *role = regulation_role(card->kept->regulation, name);
        if (role && staff_has(t, card, role, clerk))
            return true;
    }
    return false;
}

bool act_is_staffs(const struct card *card, const struct action *action)
{
    const char *roles = action->role;
    char name[64];
    while (word_next(&roles, name, sizeof name)) {
        const struct role *role = regulation_role(card->kept->regulation, name);
        if (role && *role->staff)
            return true;
    }
    return false;
}

/* «Особа, уповноважена приймати рішення, Відповідальна особа» */
static const char *names_of(struct viche_turn *t, const struct regulation *r, const char *roles)
{
    const char *out = "";
    char name[64];
    while (word_next(&roles, name, sizeof name)) {
        const struct role *role = regulation_role(r, name);
        out = viche_print(t, "%s%s%s", out, *out ? ", " : "", role ? part_words(t, role->part, "name") : name);
    }
    return out;
}

static bool fits_state(const struct card *card, const struct action *action)
{
    return *action->from ? word_in(action->from, card->state) : card_is_open(card);
}

static const char *denied_by_request(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
{
    uint64_t asker = action->step == STEP_PLAIN ? 0 : request_asker(t, card, action->request);
    if (action->step == STEP_ASK)
        return asker ? viche_text(t, "denied-asked") : NULL;
    if (action->step == STEP_PLAIN)
        return NULL;
    if (!asker)
        return viche_text(t, "denied-not-asked");
    return asker == clerk ? viche_text(t, "denied-two-hands") : NULL;
}

/* Who brought the card here does not end it. */
static const char *denied_by_hands(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
{
    const struct state *goal = action_goal(card->kept->regulation, action, card->outcome);
    bool ends = goal && *goal->end && strcmp(goal->end, "joined") != 0 && card_is_open(card) && action->step == STEP_PLAIN;
    if (ends && event_entered(t, card) == clerk)
        return viche_text(t, "denied-two-hands");
    if (ends && !*action->does)
        return close_lacks(t, card, goal, action);
    return strchr(action->to, ' ') && !goal ? viche_text(t, "no-outcome") : NULL;
}

/* What the effects find wrong; early: only those that need no form for it. */
static const char *denied_by_effects(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk, bool early)
{
    const char *does = action->does, *refusal = NULL;
    char name[64];
    while (!refusal && word_next(&does, name, sizeof name)) {
        const struct effect *effect = effect_find(name);
        refusal = effect && effect->check && (effect->before || !early) ? effect->check(t, card, action, clerk) : NULL;
    }
    return refusal;
}

const char *act_denied(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
{
    const struct regulation *r = card->kept->regulation;
    if (clerk == (uint64_t)card->about)
        return viche_text(t, "denied-about");
    if (assign_in_vain(t, card, clerk))
        return viche_text(t, "denied-closed");
    if (!act_concerns(t, card, action, clerk)) {
        viche_let(t, "roles", names_of(t, r, action->role));
        return viche_text(t, "denied-role");
    }
    if (!fits_state(card, action)) {
        const struct state *state = regulation_state(r, card->state);
        viche_let(t, "state", state ? part_words(t, state->part, "name") : card->state);
        return viche_text(t, "denied-state");
    }
    const char *refusal = denied_by_request(t, card, action, clerk);
    if (!refusal)
        refusal = denied_by_effects(t, card, action, clerk, true);
    return refusal ? refusal : denied_by_hands(t, card, action, clerk);
}

/* ---- doing it ---- */

static const char *check_effects(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
{
    const char *refusal = denied_by_effects(t, card, action, clerk, false);
    const struct state *goal = action_goal(card->kept->regulation, action, card->outcome);
    if (!refusal && goal && *goal->end)
        refusal = close_lacks(t, card, goal, action);
    return refusal;
}

/* Whether an effect told the applicant already what they have to know. */
static bool apply_effects(struct viche_turn *t, struct card *card, const struct action *action, uint64_t clerk)
{
    const char *does = action->does;
    char name[64];
    bool told = false;
    while (word_next(&does, name, sizeof name)) {
        const struct effect *effect = effect_find(name);
        if (!effect)
            continue;
        effect->apply(t, card, action, clerk);
        told = told || effect->tells;
    }
    return told;
}

static void keep_files(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
{
    file_add(t, card, clerk, FILE_CONSIDERED, field_get(t, action, "considered"), 0);
    file_add(t, card, clerk, FILE_EXECUTED, field_get(t, action, "executed"), SHOWN);
    file_add(t, card, clerk, FILE_MATERIAL, field_get(t, action, "materials"), 0);
}

const char *act_do(struct viche_turn *t, struct card *card, const struct action *action, uint64_t clerk)
{
    const char *refusal = act_denied(t, card, action, clerk);
    if (!refusal)
        refusal = field_missing(t, action);
    if (!refusal)
        refusal = field_unfit(t, card->kept->regulation, action);
    if (!refusal)
        refusal = check_effects(t, card, action, clerk);
    if (refusal)
        return refusal;
    const char *words = field_words(t, card, action), *files = field_files(t, action); /* effects name values of their own as forms do */
    keep_files(t, card, action, clerk);
    bool told = apply_effects(t, card, action, clerk);
    act_finish_told(t, card, action, clerk, words, files, told);
    return NULL;
}

/* ---- what follows ---- */

static void say_moved(struct viche_turn *t, const struct card *card, const struct state *before, const struct state *now)
{
    static const char known[] = "done explained refused foreign planned joined rejected";
    const char *words = strcmp(now->end, "planned") == 0 ? card->plan : card->addressee;
    if (*now->end && word_in(known, now->end))
        say_words(t, card, viche_print(t, "said-%s", now->end), words, file_list(t, card, FILE_EXECUTED, SHOWN));
    else if (!*now->end && strcmp(part_words(t, now->part, "citizen"), part_words(t, before->part, "citizen")) != 0)
        say_card(t, card, "said-moved");
}

static void tell_roles(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
{
    const char *roles = action->tell;
    char name[64];
    viche_let(t, "number", card->number);
    const char *title = event_title(t, card->kept, action->id);
    viche_let(t, "name", title);
    viche_let(t, "who", clerk ? staff_name(t, clerk) : viche_text(t, "who-applicant"));
    const char *words = viche_text(t, "tell-action");
    while (word_next(&roles, name, sizeof name))
        staff_tell_role(t, card, name, viche_print(t, "%s %lld", action->id, (long long)card->revision), words);
}

void act_finish_told(struct viche_turn *t, struct card *card, const struct action *action, uint64_t clerk, const char *words,
                     const char *files, bool told)
{
    const struct regulation *r = card->kept->regulation;
    const struct state *before = regulation_state(r, card->state), *goal = action_goal(r, action, card->outcome);
    if (strcmp(action->to, "back") == 0)
        goal = regulation_state(r, card->back);
    struct card after = *card;
    after.state = goal ? goal->id : card->state;
    bool tells_applicant = word_in(action->tell, "applicant");
    event_add(t, &after, clerk, action->id, words, files, goal && goal != before && (tells_applicant || !clerk) ? SHOWN : 0);
    if (goal)
        card_move(t, card, goal->id);
    if (goal && before && goal != before && tells_applicant && !told && clerk)
        say_moved(t, card, before, goal);
    tell_roles(t, card, action, clerk);
    card_save(t, card);
}

void act_finish(struct viche_turn *t, struct card *card, const struct action *action, uint64_t clerk, const char *words, const char *files)
{
    act_finish_told(t, card, action, clerk, words, files, false);
}

const struct action *act_of_applicant(const struct card *card, const char *effect)
{
    const struct regulation *r = card->kept->regulation;
    for (uint32_t i = 0; i < r->action_count; i++) {
        const struct action *action = &r->actions[i];
        const struct role *role = regulation_role(r, action->role);
        bool does = *effect ? word_in(action->does, effect) : !*action->does;
        if (role && strcmp(role->seat, "applicant") == 0 && does && fits_state(card, action))
            return action;
    }
    return NULL;
}
