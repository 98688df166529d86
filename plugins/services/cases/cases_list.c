/* SPDX-License-Identifier: MPL-2.0
 * The list of cards at the desk: which ones an official asks for, in the words of the desk, and how each is shown. */
#include "cases.h"

/* ---- what was asked for ---- */

/* "2026-01-01" as its first or last second; "": the beginning or the end of all. */
static int64_t moment(struct viche_turn *t, const char *date, bool last)
{
    struct viche_local day = {.size = sizeof day};
    if (strlen(date) < 10)
        return last ? INT64_MAX : 0;
    day.year = (int32_t)word_number(date), day.month = (int32_t)word_number(date + 5), day.day = (int32_t)word_number(date + 8);
    if (last)
        day.hour = 23, day.minute = 59, day.second = 59;
    return viche_moment(t, &day);
}

static struct range range_of(struct viche_turn *t, const char *text)
{
    const char *dots = strstr(text, "..");
    size_t size = dots ? (size_t)(dots - text) : strlen(text);
    return (struct range){moment(t, viche_print(t, "%.*s", (int)size, text), false), moment(t, dots ? dots + 2 : "", true)};
}

static enum card_order order_of(const char *order)
{
    static const char *const names[] = {[CARD_BY_DUE] = "due", [CARD_BY_DUE_BACK] = "-due", [CARD_BY_RECEIVED] = "received"};
    for (int i = 0; i < CARD_BY_RECEIVED_BACK; i++)
        if (strcmp(names[i], order) == 0)
            return (enum card_order)i;
    return CARD_BY_RECEIVED_BACK;
}

/* What is open was closed at 0: not in any days. */
static struct range closed_of(struct viche_turn *t, const char *days)
{
    struct range closed = range_of(t, days);
    return (struct range){*days && closed.from == 0 ? 1 : closed.from, closed.until};
}

static struct card_filter filter_of(struct viche_turn *t, const struct viche_query *query)
{
    const char *executor = viche_filter(query, "executor");
    return (struct card_filter){
        .clerk = query->clerk->id, .scopes = staff_scopes(t, query->clerk->id), .works_in = query->clerk->organisation,
        .search = query->search, .stage = viche_filter(query, "stage"), .type = viche_filter(query, "type"),
        .kind = viche_filter(query, "kind"), .category = viche_filter(query, "category"), .organisation = viche_filter(query, "organisation"),
        .channel = viche_filter(query, "channel"), .state = viche_filter(query, "state"),
        .executor = strcmp(executor, "-") == 0 ? -1 : word_number(executor),
        .received = range_of(t, viche_filter(query, "received")), .due = range_of(t, viche_filter(query, "due")),
        .closed = closed_of(t, viche_filter(query, "closed")), .order = order_of(query->order), .after = query->after,
        .limit = query->limit + 1, /* one more tells whether there is another page */
    };
}

/* ---- one after the other ---- */

struct list_walk list_open(struct viche_turn *t, const struct viche_query *query)
{
    struct list_walk walk = {.query = query, .more = true};
    if (!query->tasks)
        walk.filter = filter_of(t, query);
    walk.rows = query->tasks ? card_tasks(t, query->clerk->id, query->limit + 1, word_number(query->after)) : card_page(t, &walk.filter);
    return walk;
}

bool list_next(struct viche_turn *t, struct list_walk *walk, struct card *out)
{
    walk->more = card_next(t, walk->rows, out);
    if (!walk->more || walk->count == walk->query->limit)
        return false;
    walk->count++;
    walk->last = *out;
    return true;
}

const char *list_after(struct viche_turn *t, const struct list_walk *walk)
{
    if (!walk->more)
        return "";
    return walk->query->tasks ? word_id(t, word_number(walk->query->after) + walk->count) : card_after(t, &walk->filter, &walk->last);
}

/* ---- rows ---- */

void list_row(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet)
{
    const struct state *state = regulation_state(card->kept->regulation, card->state);
    viche_sheet_row(sheet, word_id(t, card->id));
    viche_sheet_value(sheet, "number", card->number);
    viche_sheet_value(sheet, "essence", card->flagged[0] ? viche_text(t, "flagged-hidden") : card->essence);
    viche_sheet_value(sheet, "state", state ? part_words(t, state->part, "name") : card->state);
    viche_sheet_value(sheet, "type", card->kept->title);
    viche_sheet_value(sheet, "due", card_is_open(card) ? word_id(t, card->due_at) : "");
    viche_sheet_value(sheet, "received", word_id(t, card->received_at));
    viche_sheet_value(sheet, "kind", card->kind);
    viche_sheet_value(sheet, "privilege", card->privilege);
    viche_sheet_value(sheet, "place", card->place);
    viche_sheet_value(sheet, "organisation", card->organisation);
    viche_sheet_value(sheet, "executor", card->executor ? word_id(t, card->executor) : "");
}

/* Somewhere; on which of the ticked cards is asked of each. */
static bool may_somewhere(const struct regulation *r, const struct action *action, const struct viche_clerk *clerk)
{
    const char *roles = action->role;
    char name[64];
    while (word_next(&roles, name, sizeof name)) {
        const struct role *role = regulation_role(r, name);
        if (role && *role->staff && clerk->roles && word_in(clerk->roles, role->staff))
            return true;
    }
    return false;
}

static void bulk(struct viche_turn *t, struct types *types, const struct viche_clerk *clerk, struct viche_sheet *sheet)
{
    const char *name;
    for (uint32_t i = 0; (name = type_name(t, i)); i++) {
        const struct type *type = type_known(types, name);
        struct card any = {.kept = type, .type = name, .organisation = "", .state = ""};
        for (uint32_t j = 0; type && j < type->regulation->action_count; j++)
            if (type->regulation->actions[j].bulk && may_somewhere(type->regulation, &type->regulation->actions[j], clerk))
                view_button(t, &any, &type->regulation->actions[j], NULL, sheet);
    }
}

/* Why it waits for this official, where its state does not say so; "": it does. */
static const char *task_words(struct viche_turn *t, const struct card *card, uint64_t clerk)
{
    bool decides = (uint64_t)card->decider == clerk;
    if ((uint64_t)card->executor == clerk)
        return "";
    const char *gone = assign_stuck(t, card).seat;
    if (*gone)
        return viche_text(t, viche_print(t, "task-gone-%s", gone));
    return decides && *due_escalated(t, card) ? viche_text(t, "task-escalated") : "";
}

void list_cards(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct list_walk walk = list_open(t, query);
    struct types types = {.t = t};
    if (!query->tasks && !*query->after)
        filter_offer(t, &types, sheet);
    for (struct card card; list_next(t, &walk, &card);) {
        card.kept = type_known(&types, card.type);
        if (card.kept)
            list_row(t, &card, sheet);
        const char *words = card.kept && query->tasks ? task_words(t, &card, query->clerk->id) : "";
        if (*words)
            viche_sheet_value(sheet, "state", words);
    }
    if (!query->tasks) {
        register_offer(t, query->clerk, sheet);
        bulk(t, &types, query->clerk, sheet);
    }
    viche_sheet_more(sheet, list_after(t, &walk), -1);
}
