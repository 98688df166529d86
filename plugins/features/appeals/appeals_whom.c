/* SPDX-License-Identifier: MPL-2.0
 * To whom an appeal goes: the council, the ЦНАП, another institution; or about which official. One that is complained about never
 * gets the complaint: ua.viche.cases sees to it, and the citizen is told so here. */
#include <stdlib.h>
#include <string.h>

#include "appeals.h"

static const struct viche_staff *the_staff(struct viche_turn *t) { return viche_service(t, VICHE_STAFF); }

static void set_whom(struct viche_turn *t, const char *organisation, const char *name)
{
    viche_set(t, "organisation", organisation);
    viche_set(t, "whom", name);
    viche_set(t, "about", "");
    viche_set(t, "about_name", "");
}

/* ---- institutions: those of the desk, then those of the directory that the desk has not ------------------------------------ */

/* The one behind `id`, "" the first; without the town's own and those that take nothing new. */
static bool next_organisation(struct viche_turn *t, struct viche_organisation *out)
{
    const struct viche_staff *staff = the_staff(t);
    const char *id = out->id ? out->id : "";
    while (staff && staff->organisation(t, id, out)) {
        id = out->id;
        if (*id && !out->closed)
            return true;
    }
    return false;
}

static bool desk_has(struct viche_turn *t, const char *name)
{
    struct viche_organisation one = {.size = sizeof one};
    while (next_organisation(t, &one))
        if (strcmp(one.name, name) == 0)
            return true;
    return false;
}

struct walk {
    const char *kinds; /* what is left of the option */
    const char *kind;
    uint32_t index;
};

static bool next_institution(struct viche_turn *t, struct walk *walk, struct viche_institution *out)
{
    const struct viche_directory *directory = viche_service(t, VICHE_DIRECTORY);
    if (!walk->kinds)
        walk->kinds = viche_option(t, "institutions");
    while (directory) {
        if (walk->kind && directory->institution(t, walk->kind, walk->index++, out))
            return true;
        walk->kinds += strspn(walk->kinds, " ");
        size_t length = strcspn(walk->kinds, " ");
        if (length == 0)
            return false;
        walk->kind = viche_print(t, "%.*s", (int)length, walk->kinds);
        walk->kinds += length;
        walk->index = 0;
    }
    return false;
}

bool whom_offer_institutions(struct viche_turn *t)
{
    bool any = false;
    struct viche_organisation one = {.size = sizeof one};
    for (; next_organisation(t, &one); any = true)
        viche_offer_text(t, one.name, viche_print(t, "desk %s", one.id));
    struct viche_institution place = {.size = sizeof place};
    for (struct walk walk = {0}; next_institution(t, &walk, &place);) {
        if (desk_has(t, place.name))
            continue;
        viche_offer_text(t, place.name, viche_print(t, "place %llu", (unsigned long long)place.id));
        any = true;
    }
    return any;
}

const char *whom_institution_name(struct viche_turn *t, const char *value)
{
    struct viche_organisation one = {.size = sizeof one};
    while (strncmp(value, "desk ", 5) == 0 && next_organisation(t, &one))
        if (strcmp(one.id, value + 5) == 0)
            return one.name;
    struct viche_institution place = {.size = sizeof place};
    for (struct walk walk = {0}; strncmp(value, "place ", 6) == 0 && next_institution(t, &walk, &place);)
        if (place.id == strtoull(value + 6, NULL, 10))
            return place.name;
    return "";
}

/* ---- officials --------------------------------------------------------------------------------------------------------------- */

bool whom_offer_officials(struct viche_turn *t)
{
    const struct viche_staff *staff = the_staff(t);
    bool any = false;
    struct viche_clerk clerk = {.size = sizeof clerk};
    for (uint64_t from = 0; staff && staff->next(t, from, &clerk); from = clerk.id + 1) {
        if (!*clerk.post) /* no office: nobody that citizens meet */
            continue;
        viche_offer_text(t, viche_print(t, "%s, %s", clerk.name, clerk.post), viche_print(t, "%llu", (unsigned long long)clerk.id));
        any = true;
    }
    return any;
}

const char *whom_official_name(struct viche_turn *t, const char *id)
{
    const struct viche_staff *staff = the_staff(t);
    struct viche_clerk clerk = {.size = sizeof clerk};
    bool found = staff && staff->find(t, strtoull(id, NULL, 10), &clerk);
    return found ? viche_print(t, "%s, %s", clerk.name, clerk.post) : "";
}

/* ---- the steps ----------------------------------------------------------------------------------------------------------------- */

viche_next whom_enter(struct viche_turn *t)
{
    bool complaint = strcmp(viche_get(t, "kind"), "complaint") == 0;
    viche_say(t, complaint ? "ask-whom-complaint" : "ask-whom");
    viche_offer(t, "whom-council", "council");
    viche_offer(t, "whom-cnap", "cnap");
    viche_offer(t, "whom-other", "other");
    if (complaint)
        viche_offer(t, "whom-official", "official");
    return viche_stay(t);
}

viche_next whom_answer(struct viche_turn *t, const char *whom)
{
    if (strcmp(whom, "other") == 0)
        return viche_go(t, "institution");
    if (strcmp(whom, "official") == 0)
        return viche_go(t, "official");
    const char *cnap = viche_option(t, "cnap");
    const char *name = strcmp(whom, "cnap") == 0 ? whom_institution_name(t, viche_print(t, "desk %s", cnap)) : "";
    set_whom(t, *name ? cnap : "", *name ? name : viche_text(t, viche_print(t, "whom-%s", whom)));
    return form_onward(t, "story");
}

viche_next whom_institutions(struct viche_turn *t)
{
    viche_say(t, "ask-institution");
    whom_offer_institutions(t);
    viche_offer(t, "not-listed", "none");
    return viche_stay(t);
}

viche_next whom_institution(struct viche_turn *t, const char *which)
{
    viche_set(t, "named", "institution");
    if (strcmp(which, "none") == 0)
        return viche_go(t, "named");
    set_whom(t, strncmp(which, "desk ", 5) == 0 ? which + 5 : "", whom_institution_name(t, which));
    return form_onward(t, "story");
}

viche_next whom_officials(struct viche_turn *t)
{
    viche_say(t, "ask-official");
    whom_offer_officials(t);
    viche_offer(t, "not-listed", "none");
    return viche_stay(t);
}

viche_next whom_official(struct viche_turn *t, const char *id)
{
    viche_set(t, "named", "official");
    if (strcmp(id, "none") == 0)
        return viche_go(t, "named");
    set_whom(t, "", viche_text(t, "whom-council"));
    viche_set(t, "about", id);
    viche_set(t, "about_name", whom_official_name(t, id));
    return form_onward(t, "story");
}

/* An institution or an official that stands in no list. */
viche_next whom_named(struct viche_turn *t, const char *name)
{
    bool official = strcmp(viche_get(t, "named"), "official") == 0;
    set_whom(t, "", official ? viche_text(t, "whom-council") : name);
    viche_set(t, "about_name", official ? name : "");
    return form_onward(t, "story");
}
