/* SPDX-License-Identifier: MPL-2.0
 * The requests of executors in the staff desk: the open ones in the order in which they came. Deciding is an action of the card. */
#include "cases.h"

static const char *title_of(struct viche_turn *t, const struct card *card, const struct request *request)
{
    const struct part *part = regulation_part(card->kept->regulation, "request", request->kind);
    return part ? part_words(t, part, "name") : request->kind;
}

void request_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    int64_t after = word_number(query->after), last = 0;
    uint32_t shown = 0;
    struct request request;
    struct card card;
    while (shown < query->limit && request_next(t, after, &request)) {
        after = last = request.id;
        if (!card_find(t, request.card, &card) || !staff_sees(t, &card, query->clerk->id) ||
            (query->tasks && (uint64_t)card.decider != query->clerk->id))
            continue;
        viche_sheet_row(sheet, word_id(t, card.id));
        viche_sheet_value(sheet, "number", card.number);
        viche_sheet_value(sheet, "request", title_of(t, &card, &request));
        viche_sheet_value(sheet, "justification", request.justification);
        viche_sheet_value(sheet, "wish", request.wish);
        viche_sheet_value(sheet, "asked_by", word_id(t, request.clerk));
        viche_sheet_value(sheet, "at", word_id(t, request.at));
        viche_sheet_value(sheet, "due", word_id(t, card.due_at));
        shown++;
    }
    viche_sheet_more(sheet, shown == query->limit ? word_id(t, last) : "", -1);
}

static const struct viche_field fields[] = {
    {.name = "card", .label = "field-number", .kind = VICHE_FIELD_LINK},
    {.name = "essence", .label = "field-essence", .kind = VICHE_FIELD_LONG},
    {.name = "executor", .label = "field-executor", .kind = VICHE_FIELD_STAFF},
    {.name = "asked_by", .label = "field-asked_by", .kind = VICHE_FIELD_STAFF},
    {.name = "justification", .label = "field-justification", .kind = VICHE_FIELD_LONG},
    {.name = "due", .label = "field-wish-due", .kind = VICHE_FIELD_DATE},
    {.name = "due-asked", .label = "field-wish-due", .kind = VICHE_FIELD_DATE}, /* one of several: no form begins with it */
    {.name = "plan", .label = "field-wish"},
};
enum { CARD, ESSENCE, EXECUTOR, ASKED_BY, JUSTIFICATION, DUE, DUE_OF_SEVERAL, PLAN };

void request_view_fields(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet)
{
    struct request request;
    const struct viche_field *due = &fields[request_dates(t, card) > 1 ? DUE_OF_SEVERAL : DUE];
    for (int64_t after = 0; request_next(t, after, &request); after = request.id) {
        if (request.card != card->id)
            continue;
        viche_sheet_section(sheet, viche_print(t, "=%s", title_of(t, card, &request)));
        viche_sheet_field(sheet, &fields[ASKED_BY], word_id(t, request.clerk));
        viche_sheet_field(sheet, &fields[JUSTIFICATION], request.justification);
        if (*request.wish)
            viche_sheet_field(sheet, *request.due ? due : &fields[PLAN], *request.due ? request.due : request.wish);
    }
}

void request_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct card card;
    if (!card_find(t, word_number(id), &card))
        return;
    viche_sheet_value(sheet, "stamp", word_id(t, card.revision));
    viche_sheet_field(sheet, &fields[CARD], view_link(t, "cards", card.id, card.number));
    viche_sheet_field(sheet, &fields[ESSENCE], card.essence);
    viche_sheet_field(sheet, &fields[EXECUTOR], card.executor ? word_id(t, card.executor) : "");
    viche_sheet_value(sheet, "due", word_id(t, card.due_at));
    request_view_fields(t, &card, sheet);
    event_show(t, &card, sheet);
    const struct regulation *r = card.kept->regulation;
    for (uint32_t i = 0; i < r->action_count; i++)
        if ((r->actions[i].step == STEP_GRANT || r->actions[i].step == STEP_REJECT) && request_asker(t, &card, r->actions[i].request))
            view_button(t, &card, &r->actions[i], act_denied(t, &card, &r->actions[i], clerk->id), sheet);
}
