/* SPDX-License-Identifier: MPL-2.0
 * Who of the town hall may see and do what with a card: the roles of the regulation against what ua.viche.staff/1 knows. Where there is
 * no staff desk, nobody may anything. */
#include "cases.h"

static const struct viche_staff *desk(struct viche_turn *t) { return viche_service(t, VICHE_STAFF); }

bool staff_holds(struct viche_turn *t, uint64_t clerk, const char *role, const char *type, const char *organisation)
{
    const struct viche_staff *staff = desk(t);
    return staff && clerk && *role && staff->holds(t, clerk, role, type, organisation);
}

static bool find(struct viche_turn *t, uint64_t clerk, struct viche_clerk *out)
{
    const struct viche_staff *staff = desk(t);
    *out = (struct viche_clerk){.size = sizeof *out};
    return staff && clerk && staff->find(t, clerk, out);
}

const char *staff_name(struct viche_turn *t, uint64_t clerk)
{
    struct viche_clerk out;
    return find(t, clerk, &out) && out.name ? out.name : viche_text(t, "who-former");
}

const char *staff_organisation(struct viche_turn *t, uint64_t clerk)
{
    struct viche_clerk out;
    return find(t, clerk, &out) && out.organisation ? out.organisation : "";
}

static bool find_organisation(struct viche_turn *t, const char *organisation, struct viche_organisation *out)
{
    const struct viche_staff *staff = desk(t);
    *out = (struct viche_organisation){.size = sizeof *out};
    for (const char *id = ""; staff && *organisation && staff->organisation(t, id, out); id = out->id)
        if (strcmp(out->id, organisation) == 0)
            return true;
    return false;
}

/* Closed, or not registered in the service (any more). */
static bool takes_work(struct viche_turn *t, const char *organisation)
{
    struct viche_organisation one;
    return !*organisation || (find_organisation(t, organisation, &one) && !one.closed);
}

const char *staff_full_name(struct viche_turn *t, uint64_t clerk)
{
    struct viche_organisation one;
    const char *name = staff_name(t, clerk);
    return find_organisation(t, staff_organisation(t, clerk), &one) ? viche_print(t, "%s, %s", name, one.name) : name;
}

bool staff_works(struct viche_turn *t, uint64_t clerk)
{
    const struct viche_staff *staff = desk(t);
    struct viche_clerk out = {.size = sizeof out};
    return staff && clerk && staff->next(t, clerk, &out) && out.id == clerk && takes_work(t, out.organisation ? out.organisation : "");
}

/* ---- telling ---- */

void staff_tell(struct viche_turn *t, uint64_t clerk, const struct card *card, const char *key, const char *words)
{
    const struct viche_staff *staff = desk(t);
    if (staff && clerk && clerk != (uint64_t)card->about)
        staff->notice(t, clerk, "cases/cards", word_id(t, card->id), key, words);
}

static void tell_holders(struct viche_turn *t, const struct card *card, const char *role, const char *key, const char *words)
{
    const struct viche_staff *staff = desk(t);
    struct viche_clerk clerk = {.size = sizeof clerk};
    for (uint64_t from = 1; staff && staff->next(t, from, &clerk); from = clerk.id + 1)
        if (staff_holds(t, clerk.id, role, card->type, card->organisation))
            staff_tell(t, clerk.id, card, key, words);
}

void staff_tell_role(struct viche_turn *t, const struct card *card, const char *name, const char *key, const char *words)
{
    const struct role *role = regulation_role(card->kept->regulation, name);
    if (!role || strcmp(role->seat, "applicant") == 0)
        return;
    if (strcmp(role->seat, "decider") == 0 && card->decider)
        staff_tell(t, (uint64_t)card->decider, card, key, words);
    else if (strcmp(role->seat, "executor") == 0)
        staff_tell(t, (uint64_t)card->executor, card, key, words);
    else if (strcmp(role->seat, "co-executor") == 0)
        for (uint64_t one = assign_next(t, card, 0, false); one; one = assign_next(t, card, one, false))
            staff_tell(t, one, card, key, words);
    else if (card->responsible && staff_holds(t, (uint64_t)card->responsible, role->staff, card->type, card->organisation))
        staff_tell(t, (uint64_t)card->responsible, card, key, words);
    else
        tell_holders(t, card, role->staff, key, words);
}

void staff_changed(struct viche_turn *t, const char *view, int64_t id)
{
    const struct viche_staff *staff = desk(t);
    if (staff)
        staff->changed(t, view, word_id(t, id));
}

/* ---- who may ---- */

bool staff_has(struct viche_turn *t, const struct card *card, const struct role *role, uint64_t clerk)
{
    if (!clerk || clerk == (uint64_t)card->about || !*role->staff)
        return false;
    bool works_on_it = assign_is(t, card, clerk, strcmp(role->seat, "executor") == 0);
    if (strcmp(role->seat, "executor") == 0 || strcmp(role->seat, "co-executor") == 0)
        return works_on_it && staff_holds(t, clerk, role->staff, card->type, staff_organisation(t, clerk));
    if (strcmp(role->seat, "decider") == 0 && card->decider && (uint64_t)card->decider != clerk)
        return false;
    return staff_holds(t, clerk, role->staff, card->type, card->organisation);
}

/* Roles that see every card of their scope: those that the regulation lets sit anywhere or decide, and who only reads. */
static bool sees_scope(struct viche_turn *t, uint64_t clerk, const char *type, const char *organisation)
{
    const char *roles = type_seers(t, type);
    char role[64];
    while (word_next(&roles, role, sizeof role))
        if (staff_holds(t, clerk, role, type, organisation))
            return true;
    return staff_holds(t, clerk, "auditor", type, organisation) || staff_holds(t, clerk, "operator", type, organisation);
}

bool staff_sees(struct viche_turn *t, const struct card *card, uint64_t clerk)
{
    if (!clerk || clerk == (uint64_t)card->about)
        return false;
    if (sees_scope(t, clerk, card->type, card->organisation))
        return true;
    const char *organisation = staff_organisation(t, clerk);
    return staff_holds(t, clerk, "executor", card->type, organisation) &&
           (assign_is(t, card, clerk, true) || assign_is(t, card, clerk, false) || assign_in(t, card, organisation));
}

const char *staff_scopes(struct viche_turn *t, uint64_t clerk)
{
    const char *list = "[", *type;
    for (uint32_t i = 0; (type = type_name(t, i)); i++) {
        struct viche_rows *rows = scope_of_type(t, type);
        for (struct scope scope; scope_next(t, rows, &scope);)
            if (sees_scope(t, clerk, type, scope.organisation))
                list = viche_print(t, "%s%s%lld", list, list[1] ? "," : "", (long long)scope.id);
    }
    return viche_print(t, "%s]", list);
}

const char *staff_tasks(struct viche_turn *t, uint64_t clerk)
{
    const char *list = "[", *type;
    for (uint32_t i = 0; (type = type_name(t, i)); i++) {
        const struct type *kept = type_find(t, type);
        struct viche_rows *rows = scope_of_type(t, type);
        for (struct scope scope; kept && scope_next(t, rows, &scope);)
            for (uint32_t j = 0; j < kept->regulation->role_count; j++) {
                const struct role *role = &kept->regulation->roles[j];
                if (strcmp(role->seat, "any") == 0 && staff_holds(t, clerk, role->staff, type, scope.organisation))
                    list = viche_print(t, "%s%s\"%lld %s\"", list, list[1] ? "," : "", (long long)scope.id, role->staff);
            }
    }
    return viche_print(t, "%s]", list);
}
