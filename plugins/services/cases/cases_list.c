/* SPDX-License-Identifier: MPL-2.0
 * Lists of cards: what an official may see, narrowed, searched, in an order, a page at a time; and what waits for them. Reads
 * `cases_card`, whose owner is cases_card.c, in statements of its own, for speed: each walks an index and stops when the page is full. */
#include <stdlib.h>

#include "cases.h"

/* ?1 words, ?2 clerk, ?3 scopes, ?4 organisation of the clerk, ?5 … ?14 filters, ?15 and ?16 behind what, ?17 how many, ?18 … ?21 more filters.
 * What one sees: cards of one's scopes, and those oneself or one's organisation works on; never a complaint about oneself. */
#define SEEN \
    " about <> ?2 AND (scope IN (SELECT value FROM json_each(?3)) OR EXISTS(SELECT 1 FROM cases_executor e WHERE e.card = cases_card.id" \
    " AND (e.clerk = ?2 OR (e.organisation = ?4 AND ?4 <> ''))))"
/* "-": those that have none. */
#define NAMED(value) "iif(" value " = '-', '', " value ")"
#define NARROWED \
    " AND (?5 = '' OR (?5 = 'open' AND closed_at = 0) OR (?5 = 'closed' AND closed_at > 0)" \
    " OR (?5 = 'overdue' AND closed_at = 0 AND overdue_at > 0) OR (?5 = 'flagged' AND flagged <> '' AND closed_at = 0)" \
    " OR (?5 = 'late' AND closed_at > due_at AND due_at > 0))" \
    " AND (?6 = '' OR type = ?6) AND (?7 = '' OR kind = " NAMED("?7") ") AND (?8 = '' OR category = " NAMED("?8") ")" \
    " AND (?9 = '' OR organisation = " NAMED("?9") ")" \
    " AND (?10 = 0 OR executor = max(?10, 0)) AND received_at BETWEEN ?11 AND ?12 AND due_at BETWEEN ?13 AND ?14" \
    " AND (?18 = '' OR channel = ?18) AND (?19 = '' OR state = ?19) AND closed_at BETWEEN ?20 AND ?21"
#define CARDS "SELECT " CARD_COLUMNS " FROM cases_card WHERE"
#define ALL CARDS " ?1 IS NOT NULL AND"
#define OPEN CARDS " ?1 IS NOT NULL AND closed_at = 0 AND"
/* The numbers alone are looked through in their own index. */
#define NUMBERED CARDS " id IN (SELECT id FROM cases_card WHERE number LIKE '%' || ?1) AND"
/* What was closed in some days: from these. */
#define CLOSED CARDS " ?1 IS NOT NULL AND id IN (SELECT id FROM cases_card WHERE closed_at BETWEEN max(?20, 1) AND ?21) AND"
/* For who has few cards: from these, instead of walking all until the page is full. */
#define FEW \
    CARDS " ?1 IS NOT NULL AND id IN (SELECT card FROM cases_executor WHERE clerk = ?2 UNION ALL" \
          " SELECT card FROM cases_executor WHERE organisation = ?4 AND ?4 <> '') AND"
#define BY_DUE " AND (due_at, id) > (?15, ?16) ORDER BY due_at, id LIMIT ?17"
#define BY_DUE_BACK " AND (due_at, id) < (?15, ?16) ORDER BY due_at DESC, id DESC LIMIT ?17"
#define BY_RECEIVED " AND (received_at, id) > (?15, ?16) ORDER BY received_at, id LIMIT ?17"
#define BY_RECEIVED_BACK " AND (received_at, id) < (?15, ?16) ORDER BY received_at DESC, id DESC LIMIT ?17"
/* Found by words: always the newest first, as the index of the words gives them. */
static const char FOUND[] =
    "SELECT " CARD_COLUMNS " FROM cases_search CROSS JOIN cases_card ON cases_card.id = cases_search.rowid WHERE words MATCH ?1"
    " AND" SEEN NARROWED " AND ?15 IS NOT NULL AND cases_search.rowid < ?16 ORDER BY cases_search.rowid DESC LIMIT ?17";

enum { SEARCH_ALL, SEARCH_OPEN, SEARCH_CLOSED, SEARCH_NUMBER, SEARCH_FEW, SEARCH_WORDS };
enum { FEW_MAX = 2000 };
enum { ORDER_DUE, ORDER_DUE_BACK, ORDER_RECEIVED, ORDER_RECEIVED_BACK };

#define PAGE(from) from SEEN NARROWED
#define ORDERS(from) {PAGE(from) BY_DUE, PAGE(from) BY_DUE_BACK, PAGE(from) BY_RECEIVED, PAGE(from) BY_RECEIVED_BACK}
static const char *const PAGES[][4] = {
    [SEARCH_ALL] = ORDERS(ALL), [SEARCH_OPEN] = ORDERS(OPEN),   [SEARCH_CLOSED] = ORDERS(CLOSED),
    [SEARCH_NUMBER] = ORDERS(NUMBERED), [SEARCH_FEW] = ORDERS(FEW), [SEARCH_WORDS] = {FOUND, FOUND, FOUND, FOUND}};

/* What waits for me: my role's turn on cards of my scopes, my seat's turn, my part, a request I decide on; instead of an executor who is
 * gone, of the decider; instead of a decider who is gone, of the responsible. Privileged first. */
#define EXECUTOR_GONE "(waits = 'executor' AND (scope || ' ' || executor) IN (SELECT value FROM json_each(?5)))"
#define DECIDER_GONE "((scope || ' ' || decider) IN (SELECT value FROM json_each(?6)))"
#define ASKED "EXISTS(SELECT 1 FROM cases_request r WHERE r.card = cases_card.id AND r.state = 'open')"
#define TASKS \
    CARDS " closed_at = 0 AND about <> ?1 AND ((scope || ' ' || waits) IN (SELECT value FROM json_each(?2))" \
          " OR (waits = 'executor' AND executor = ?1) OR (waits = 'decider' AND decider = ?1)" \
          " OR (decider = ?1 AND (" ASKED " OR " EXECUTOR_GONE "))" \
          " OR ((scope || ' responsible') IN (SELECT value FROM json_each(?2)) AND " DECIDER_GONE \
          " AND (waits = 'decider' OR " ASKED " OR " EXECUTOR_GONE "))" \
          " OR EXISTS(SELECT 1 FROM cases_executor e WHERE e.card = cases_card.id AND e.clerk = ?1 AND e.leading = 0 AND e.done_at = 0))" \
          " ORDER BY privilege = '', due_at, id LIMIT ?3 OFFSET ?4"

/* ---- what was asked for ---- */

static const char *filter(const struct viche_query *query, const char *name)
{
    for (const struct viche_pair *pair = query->filter; pair && pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return "";
}

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

struct range {
    int64_t from, until;
};

static struct range range_of(struct viche_turn *t, const char *text)
{
    const char *dots = strstr(text, "..");
    size_t size = dots ? (size_t)(dots - text) : strlen(text);
    return (struct range){moment(t, viche_print(t, "%.*s", (int)size, text), false), moment(t, dots ? dots + 2 : "", true)};
}

static int order_of(const char *order)
{
    static const char *const names[] = {[ORDER_DUE] = "due", [ORDER_DUE_BACK] = "-due", [ORDER_RECEIVED] = "received"};
    for (int i = 0; i < ORDER_RECEIVED_BACK; i++)
        if (strcmp(names[i], order) == 0)
            return i;
    return ORDER_RECEIVED_BACK;
}

/* Words in quotes, all of which must be there. The search knows three letters and more. */
static const char *phrase(struct viche_turn *t, const char *words)
{
    const char *out = "";
    char word[64];
    words = search_folded(t, words);
    while (word_next(&words, word, sizeof word)) {
        for (char *quote = strchr(word, '"'); quote; quote = strchr(quote, '"'))
            *quote = ' ';
        if (strlen(word) >= 3)
            out = viche_print(t, "%s\"%s\" ", out, word);
    }
    return out;
}

static bool is_number(const char *words) { return *words && words[strspn(words, "0123456789/-")] == '\0'; }

/* ---- a page ---- */

/* Works on few cards, and sees no others. */
static bool has_few(struct viche_turn *t, const struct viche_clerk *clerk, const char *scopes)
{
    if (strcmp(scopes, "[]") != 0)
        return false;
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT count(*) FROM (SELECT 1 FROM cases_executor WHERE clerk = ? UNION ALL"
                                        " SELECT 1 FROM cases_executor WHERE organisation = ? AND organisation <> '' LIMIT ?)",
                                        VICHE_INT_VALUE(clerk->id), VICHE_TEXT_VALUE(clerk->organisation), VICHE_INT_VALUE(FEW_MAX));
    return viche_row(t, rows) && viche_row_integer(t, rows, 0) < FEW_MAX;
}

static int search_of(struct viche_turn *t, const struct viche_query *query, const char *scopes)
{
    if (is_number(query->search))
        return SEARCH_NUMBER;
    if (*phrase(t, query->search))
        return SEARCH_WORDS;
    if (has_few(t, query->clerk, scopes))
        return SEARCH_FEW;
    if (*filter(query, "closed"))
        return SEARCH_CLOSED;
    return word_in("open overdue flagged", filter(query, "stage")) ? SEARCH_OPEN : SEARCH_ALL;
}

/* "-": nobody yet. */
static int64_t executor_of(const struct viche_query *query)
{
    const char *executor = filter(query, "executor");
    return strcmp(executor, "-") == 0 ? -1 : word_number(executor);
}

static struct viche_rows *page(struct viche_turn *t, const struct viche_query *query, int order)
{
    const char *after = query->after, *scopes = staff_scopes(t, query->clerk->id);
    struct range received = range_of(t, filter(query, "received")), due = range_of(t, filter(query, "due"));
    struct range closed = range_of(t, filter(query, "closed"));
    if (*filter(query, "closed") && closed.from == 0)
        closed.from = 1; /* what is open was closed at 0 */
    int by = search_of(t, query, scopes);
    bool back = order == ORDER_DUE_BACK || order == ORDER_RECEIVED_BACK || by == SEARCH_WORDS;
    int64_t begin = back ? INT64_MAX : -1;
    const char *comma = strchr(after, ',');
    return viche_sql(t, PAGES[by][order], VICHE_TEXT_VALUE(by == SEARCH_WORDS ? phrase(t, query->search) : query->search),
                     VICHE_INT_VALUE(query->clerk->id), VICHE_TEXT_VALUE(scopes), VICHE_TEXT_VALUE(query->clerk->organisation),
                     VICHE_TEXT_VALUE(filter(query, "stage")), VICHE_TEXT_VALUE(filter(query, "type")),
                     VICHE_TEXT_VALUE(filter(query, "kind")), VICHE_TEXT_VALUE(filter(query, "category")),
                     VICHE_TEXT_VALUE(filter(query, "organisation")), VICHE_INT_VALUE(executor_of(query)),
                     VICHE_INT_VALUE(received.from), VICHE_INT_VALUE(received.until), VICHE_INT_VALUE(due.from), VICHE_INT_VALUE(due.until),
                     VICHE_INT_VALUE(comma ? word_number(after) : begin), VICHE_INT_VALUE(comma ? word_number(comma + 1) : begin),
                     VICHE_INT_VALUE(query->limit + 1), VICHE_TEXT_VALUE(filter(query, "channel")), VICHE_TEXT_VALUE(filter(query, "state")),
                     VICHE_INT_VALUE(closed.from), VICHE_INT_VALUE(closed.until));
}

static struct viche_rows *tasks(struct viche_turn *t, const struct viche_query *query)
{
    uint64_t clerk = query->clerk->id;
    return viche_sql(t, TASKS, VICHE_INT_VALUE(clerk), VICHE_TEXT_VALUE(staff_tasks(t, clerk)), VICHE_INT_VALUE(query->limit + 1),
                     VICHE_INT_VALUE(word_number(query->after)), VICHE_TEXT_VALUE(assign_gone_list(t, "executor")),
                     VICHE_TEXT_VALUE(assign_gone_list(t, "decider")));
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

/* Types by their names, each read once for a whole page. */
struct types {
    struct viche_turn *t;
    const struct type *found[16];
    size_t count;
};

static const struct type *type_of(struct types *types, const char *name)
{
    for (size_t i = 0; i < types->count; i++)
        if (strcmp(types->found[i]->name, name) == 0)
            return types->found[i];
    const struct type *type = type_find(types->t, name);
    if (type && types->count < sizeof types->found / sizeof *types->found)
        types->found[types->count++] = type;
    return type;
}

static const char *after_of(struct viche_turn *t, const struct viche_query *query, int order, const struct card *last)
{
    if (query->tasks)
        return word_id(t, word_number(query->after) + query->limit);
    bool due = order == ORDER_DUE || order == ORDER_DUE_BACK;
    return viche_print(t, "%lld,%lld", (long long)(due ? last->due_at : last->received_at), (long long)last->id);
}

static void bulk(struct viche_turn *t, struct types *types, const struct viche_clerk *clerk, struct viche_sheet *sheet)
{
    const char *name;
    for (uint32_t i = 0; (name = type_name(t, i)); i++) {
        const struct type *type = type_of(types, name);
        struct card any = {.kept = type, .type = name, .organisation = "", .state = ""};
        for (uint32_t j = 0; type && j < type->regulation->action_count; j++)
            if (type->regulation->actions[j].bulk && act_concerns(t, &any, &type->regulation->actions[j], clerk->id))
                view_button(t, &any, &type->regulation->actions[j], NULL, sheet);
    }
}

void list_cards(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    int order = order_of(query->order);
    struct viche_rows *rows = query->tasks ? tasks(t, query) : page(t, query, order);
    struct types types = {.t = t};
    struct card card, last = {0};
    uint32_t count = 0;
    const char *more = "";
    while (card_next(t, rows, &card)) {
        if (count++ == query->limit) {
            more = after_of(t, query, order, &last);
            break;
        }
        last = card;
        card.kept = type_of(&types, card.type);
        if (card.kept)
            list_row(t, &card, sheet);
    }
    if (!query->tasks) {
        register_offer(t, query->clerk, sheet);
        bulk(t, &types, query->clerk, sheet);
    }
    viche_sheet_more(sheet, more, -1);
}
