/* SPDX-License-Identifier: MPL-2.0
 * Ways to an institution: by kind, by what is open now, by what is near. */
#include <stdlib.h>
#include <string.h>

#include "directory.h"

enum { KINDS_MAX = 32, OPEN_AT_ONCE = 8, NEAREST = 5 };

static bool starts(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

static bool is_open(struct hours_state state) { return state.status == HOURS_OPEN || state.status == HOURS_ALWAYS; }

static size_t kind_place(const char *kind)
{
    size_t place = 0;
    while (place < kind_count && strcmp(kinds[place], kind) != 0)
        place++;
    return place;
}

static void offer_kinds(struct viche_turn *t, const int64_t *counts)
{
    for (size_t i = 0; i < kind_count; i++)
        if (counts[i])
            viche_offer_text(t, viche_print(t, "%s (%lld)", kind_plural(t, kinds[i]), (long long)counts[i]), kinds[i]);
}

/* ---- /directory ------------------------------------------------------------------------------------------------------- */

viche_next list_start(struct viche_turn *t)
{
    const char *args = viche_args(t);
    if (starts(args, "show ")) {
        viche_set(t, "id", args + strlen("show "));
        return viche_go(t, "card");
    }
    if (!starts(args, "kind ") || !kind_known(args + strlen("kind ")))
        return viche_go(t, "kinds");
    viche_set(t, "kind", args + strlen("kind "));
    return viche_go(t, "list");
}

viche_next list_kinds(struct viche_turn *t)
{
    int64_t counts[KINDS_MAX] = {0};
    struct viche_rows *rows = institution_counts(t);
    while (viche_row(t, rows))
        counts[kind_place(viche_row_text(t, rows, 0))] = viche_row_integer(t, rows, 1);
    if (!institution_count(t, "", false))
        return viche_fail(t, "empty");
    viche_say(t, "ask-kind");
    offer_kinds(t, counts);
    return viche_stay(t);
}

viche_next list_items(struct viche_turn *t)
{
    const char *kind = viche_get(t, "kind");
    int64_t all = 0, open = 0;
    struct institution item = {.id = 0};
    for (struct viche_rows *rows = institution_list(t, kind); institution_next(t, rows, &item); all++)
        open += is_open(institution_state(t, &item));
    if (all == 0)
        return viche_go(t, "kinds");
    if (all == 1) {
        viche_set(t, "id", viche_print(t, "%lld", (long long)item.id));
        return viche_go(t, "card");
    }
    viche_let(t, "kinds", kind_plural(t, kind));
    viche_let_number(t, "open", open);
    viche_let_number(t, "all", all);
    viche_say(t, strcmp(kind, "service") == 0 ? "ask-service" : "ask-item");
    for (struct viche_rows *rows = institution_list(t, kind); institution_next(t, rows, &item);)
        viche_offer_text(t, item.name, viche_print(t, "%lld", (long long)item.id));
    if (*viche_args(t)) /* came here at once: there is nothing to go back to */
        viche_offer(t, "title", "/directory");
    return viche_stay(t);
}

/* ---- /open ------------------------------------------------------------------------------------------------------------ */

viche_next list_open_start(struct viche_turn *t)
{
    const char *kind = viche_args(t);
    if (!kind_known(kind))
        return viche_go(t, "kinds");
    viche_set(t, "kind", kind);
    return viche_go(t, "list");
}

viche_next list_open_kinds(struct viche_turn *t)
{
    if (!institution_count(t, "", false))
        return viche_fail(t, "empty");
    int64_t counts[KINDS_MAX] = {0}, open = 0;
    struct institution item;
    for (struct viche_rows *rows = institution_list(t, ""); institution_next(t, rows, &item);) {
        if (!is_open(institution_state(t, &item)))
            continue;
        counts[kind_place(item.kind)]++;
        open++;
    }
    if (open <= OPEN_AT_ONCE) {
        viche_set(t, "kind", "");
        return viche_go(t, "list");
    }
    viche_let_number(t, "count", open);
    viche_say(t, "open-kinds");
    offer_kinds(t, counts);
    return viche_stay(t);
}

viche_next list_open_items(struct viche_turn *t)
{
    int64_t open = 0;
    struct institution item;
    for (struct viche_rows *rows = institution_list(t, viche_get(t, "kind")); institution_next(t, rows, &item);) {
        struct hours_state state = institution_state(t, &item);
        if (!is_open(state))
            continue;
        if (open++ == 0)
            viche_say(t, "open-items");
        const char *label = viche_print(t, "%s – %s", item.name, week_brief(t, &state));
        viche_offer_text(t, label, viche_print(t, "%lld", (long long)item.id));
    }
    if (open)
        return viche_stay(t);
    viche_say(t, "open-none");
    viche_offer(t, "title", "/directory");
    return viche_done(t);
}

/* ---- /nearest --------------------------------------------------------------------------------------------------------- */

viche_next list_nearest_start(struct viche_turn *t)
{
    const char *kind = kind_known(viche_args(t)) ? viche_args(t) : "";
    viche_set(t, "kind", kind);
    return institution_count(t, kind, true) ? viche_go(t, "place") : viche_fail(t, "nearest-none");
}

struct near {
    struct institution item;
    double metres;
};

/* Keeps the list short and sorted. */
static size_t keep_near(struct near *list, size_t count, const struct near *candidate)
{
    size_t at = count;
    while (at > 0 && list[at - 1].metres > candidate->metres)
        at--;
    if (at == NEAREST)
        return count;
    size_t kept = count < NEAREST ? count + 1 : NEAREST;
    memmove(list + at + 1, list + at, (kept - at - 1) * sizeof *list);
    list[at] = *candidate;
    return kept;
}

static size_t find_near(struct viche_turn *t, struct place here, struct near *list)
{
    size_t count = 0;
    struct near candidate = {.metres = 0};
    for (struct viche_rows *rows = institution_list(t, viche_get(t, "kind")); institution_next(t, rows, &candidate.item);) {
        if (!candidate.item.placed)
            continue;
        candidate.metres = place_metres(here, candidate.item.place);
        count = keep_near(list, count, &candidate);
    }
    return count;
}

static const char *distance(struct viche_turn *t, double metres)
{
    long tens = (long)(metres / 10 + 0.5), hundreds = (long)(metres / 100 + 0.5);
    viche_let_number(t, "metres", tens ? tens * 10 : 10);
    viche_let_number(t, "km", hundreds / 10);
    viche_let_number(t, "tenth", hundreds % 10);
    return viche_text(t, tens < 100 ? "distance-metres" : "distance-km");
}

static const char *near_line(struct viche_turn *t, const struct near *near)
{
    struct hours_state state = institution_state(t, &near->item);
    const char *brief = week_brief(t, &state);
    return viche_print(t, "%s – %s%s%s", near->item.name, distance(t, near->metres), *brief ? ", " : "", brief);
}

viche_next list_nearest(struct viche_turn *t)
{
    struct place here;
    struct near list[NEAREST];
    size_t count = place_read(viche_get(t, "place"), &here) ? find_near(t, here, list) : 0;
    if (count == 0)
        return viche_fail(t, "nearest-none");
    const char *lines = viche_text(t, "nearest-title");
    for (size_t i = 0; i < count; i++)
        lines = viche_print(t, "%s\n%zu. %s", lines, i + 1, near_line(t, &list[i]));
    viche_say_text(t, lines);
    for (size_t i = 0; i < count; i++)
        viche_offer_text(t, list[i].item.name, institution_command(t, list[i].item.id));
    return viche_done(t);
}
