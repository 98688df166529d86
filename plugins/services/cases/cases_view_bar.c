/* SPDX-License-Identifier: MPL-2.0
 * Bars in the staff desk: proposed by one official, decided by another; lifted early; contested by the citizen and looked at again. */
#include "cases.h"

static const struct viche_field comment[] = {
    {.name = "comment", .label = "field-comment", .kind = VICHE_FIELD_LONG, .flags = VICHE_FIELD_REQUIRED}};

/* ---- who decides ---- */

static bool decides(struct viche_turn *t, const struct card *card, uint64_t clerk)
{
    const struct part *rule = regulation_part(card->kept->regulation, "bar", NULL);
    const struct role *role = rule ? regulation_role(card->kept->regulation, part_get(rule, "confirm")) : NULL;
    return role && staff_holds(t, clerk, role->staff, card->type, card->organisation);
}

static const struct decision {
    const char *id, *label, *state;
    bool contested, second; /* only when it is contested; not by who proposed it */
    void (*apply)(struct viche_turn *, struct bar *, uint64_t clerk, const char *words);
} decisions[] = {
    {.id = "confirm", .label = "bar-confirm", .state = "proposed", .second = true, .apply = bar_confirm},
    {.id = "reject", .label = "bar-reject", .state = "proposed", .apply = bar_reject},
    {.id = "lift", .label = "bar-lift", .state = "barred", .apply = bar_lift},
    {.id = "uphold", .label = "bar-uphold", .state = "barred", .contested = true, .second = true, .apply = bar_uphold},
};

/* Why not: words; "" it is not offered at all; NULL: may. */
static const char *denied(struct viche_turn *t, const struct decision *decision, const struct bar *bar, const struct card *card, uint64_t clerk)
{
    if (strcmp(decision->state, bar->state) != 0 || (decision->contested && !bar->contested_at))
        return "";
    if (!decides(t, card, clerk))
        return viche_text(t, "bar-not-yours");
    /* Who confirmed a bar does not judge the objection against it either. */
    bool same = clerk == (uint64_t)bar->clerk || (decision->contested && clerk == (uint64_t)bar->second);
    return decision->second && same ? viche_text(t, "denied-two-hands") : NULL;
}

/* ---- the view ---- */

static bool find(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct bar *bar, struct card *card)
{
    return bar_find(t, word_number(id), bar) && card_find(t, bar->card, card) && staff_sees(t, card, clerk->id);
}

uint32_t bar_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct bar bar;
    struct card card;
    return find(t, clerk, id, &bar, &card);
}

static void values(struct viche_turn *t, const struct bar *bar, const struct card *card, struct viche_sheet *sheet)
{
    viche_sheet_value(sheet, "number", card->number);
    viche_sheet_value(sheet, "state", bar->contested_at && strcmp(bar->state, "barred") == 0 ? "contested" : bar->state);
    viche_sheet_value(sheet, "reason", bar->reason);
    viche_sheet_value(sheet, "days", word_id(t, bar->days));
    viche_sheet_value(sheet, "until", bar->until_at ? word_id(t, bar->until_at) : "");
    viche_sheet_value(sheet, "proposed_by", word_id(t, bar->clerk));
}

void bar_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct bar bar;
    struct card card;
    int64_t before = word_number(query->after);
    uint32_t shown = 0;
    while (shown < query->limit && bar_next(t, before, &bar)) {
        before = bar.id;
        bool waits = strcmp(bar.state, "proposed") == 0 || bar.contested_at;
        if (!card_find(t, bar.card, &card) || !staff_sees(t, &card, query->clerk->id) ||
            (query->tasks && (!waits || !decides(t, &card, query->clerk->id))))
            continue;
        viche_sheet_row(sheet, word_id(t, bar.id));
        values(t, &bar, &card, sheet);
        shown++;
    }
    viche_sheet_more(sheet, shown == query->limit ? word_id(t, before) : "", -1);
}

void bar_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct bar bar;
    struct card card;
    if (!find(t, clerk, id, &bar, &card))
        return;
    values(t, &bar, &card, sheet);
    viche_sheet_value(sheet, "stamp", viche_print(t, "%s %lld", bar.state, (long long)bar.contested_at));
    viche_sheet_value(sheet, "quote", bar.quote);
    viche_sheet_value(sheet, "second", bar.second ? word_id(t, bar.second) : "");
    viche_sheet_value(sheet, "contest", bar.contest);
    viche_sheet_value(sheet, "words", bar.words);
    for (size_t i = 0; i < sizeof decisions / sizeof *decisions; i++) {
        const char *wait = denied(t, &decisions[i], &bar, &card, clerk->id);
        struct viche_action action = {.id = decisions[i].id, .label = decisions[i].label, .wait = wait,
                                      .fields = {sizeof *comment, 1, comment}};
        if (!wait || *wait)
            viche_sheet_action(sheet, &action);
    }
}

const char *bar_view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *name, const char *stamp)
{
    struct bar bar;
    struct card card;
    if (!find(t, clerk, id, &bar, &card))
        return viche_text(t, "no-card");
    if (*stamp && strcmp(stamp, viche_print(t, "%s %lld", bar.state, (long long)bar.contested_at)) != 0)
        return viche_text(t, "bar-changed");
    for (size_t i = 0; i < sizeof decisions / sizeof *decisions; i++) {
        if (strcmp(decisions[i].id, name) != 0)
            continue;
        const char *refusal = denied(t, &decisions[i], &bar, &card, clerk->id);
        if (refusal)
            return *refusal ? refusal : viche_text(t, "bar-changed");
        decisions[i].apply(t, &bar, clerk->id, viche_get(t, "comment"));
        return NULL;
    }
    return viche_text(t, "no-action");
}
