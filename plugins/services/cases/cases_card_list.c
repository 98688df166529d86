/* SPDX-License-Identifier: MPL-2.0
 * Pages of cards: what an official may see, narrowed, searched, in an order; and what waits for them. Reads what cases_card.c owns, in a
 * statement for each way of looking, for speed: it walks an index and stops when the page is full. */
#include "cases.h"

/* ---- the ways of looking ---- */

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

#define PAGE(from) from SEEN NARROWED
#define ORDERS(from) {PAGE(from) BY_DUE, PAGE(from) BY_DUE_BACK, PAGE(from) BY_RECEIVED, PAGE(from) BY_RECEIVED_BACK}
static const char *const PAGES[][4] = {
    [SEARCH_ALL] = ORDERS(ALL), [SEARCH_OPEN] = ORDERS(OPEN),   [SEARCH_CLOSED] = ORDERS(CLOSED),
    [SEARCH_NUMBER] = ORDERS(NUMBERED), [SEARCH_FEW] = ORDERS(FEW), [SEARCH_WORDS] = {FOUND, FOUND, FOUND, FOUND}};

/* What waits for me: my role's turn on cards of my scopes, my seat's turn, my part, a missed deadline that I was
 * told of and have not answered; instead of an executor or co-executor who is gone, of the decider; instead of a decider who is gone, of
 * the responsible. Privileged first. */
#define EXECUTOR_GONE "(waits = 'executor' AND (scope || ' ' || executor) IN (SELECT value FROM json_each(?5)))"
#define PART "EXISTS(SELECT 1 FROM cases_executor e WHERE e.card = cases_card.id AND e.leading = 0 AND e.done_at = 0"
#define LEFT "(SELECT value FROM json_each(?7))"
#define PART_GONE "(waits = 'executor' AND " PART " AND (scope || ' ' || e.clerk) IN " LEFT "))"
#define DECIDER_GONE "((scope || ' ' || decider) IN (SELECT value FROM json_each(?6)))"
#define ASKED "EXISTS(SELECT 1 FROM cases_request r WHERE r.card = cases_card.id AND r.state = 'open')"
#define ESCALATED \
    "(overdue_at > 0 AND (SELECT max(id) FROM cases_event e WHERE e.card = cases_card.id AND e.what = 'escalated')" \
    " > (SELECT coalesce(max(id), 0) FROM cases_event e WHERE e.card = cases_card.id AND e.clerk = decider))"
#define TASKS \
    CARDS " closed_at = 0 AND about <> ?1 AND ((scope || ' ' || waits) IN (SELECT value FROM json_each(?2))" \
          " OR (waits = 'executor' AND executor = ?1 AND NOT " EXECUTOR_GONE ") OR (waits = 'decider' AND decider = ?1)" \
          " OR (decider = ?1 AND (" ESCALATED " OR " EXECUTOR_GONE " OR " PART_GONE "))" \
          " OR ((scope || ' responsible') IN (SELECT value FROM json_each(?2)) AND " DECIDER_GONE \
          " AND (waits = 'decider' OR " ASKED " OR " EXECUTOR_GONE " OR " PART_GONE "))" \
          " OR (" PART " AND e.clerk = ?1) AND (scope || ' ' || ?1) NOT IN " LEFT "))" \
          " ORDER BY privilege = '', due_at, id LIMIT ?3 OFFSET ?4"

/* ---- how to look ---- */

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

static int search_of(struct viche_turn *t, const struct card_filter *filter)
{
    bool sees_by_role = strcmp(filter->scopes, "[]") != 0;
    if (is_number(filter->search))
        return SEARCH_NUMBER;
    if (*phrase(t, filter->search))
        return SEARCH_WORDS;
    if (!sees_by_role && assign_count(t, filter->clerk, filter->works_in, FEW_MAX) < FEW_MAX)
        return SEARCH_FEW;
    if (filter->closed.from > 0)
        return SEARCH_CLOSED;
    return word_in("open overdue flagged", filter->stage) ? SEARCH_OPEN : SEARCH_ALL;
}

/* ---- a page ---- */

struct viche_rows *card_page(struct viche_turn *t, const struct card_filter *f)
{
    int by = search_of(t, f);
    bool back = f->order == CARD_BY_DUE_BACK || f->order == CARD_BY_RECEIVED_BACK || by == SEARCH_WORDS;
    int64_t begin = back ? INT64_MAX : -1;
    const char *comma = strchr(f->after, ',');
    return viche_sql(t, PAGES[by][f->order], VICHE_TEXT_VALUE(by == SEARCH_WORDS ? phrase(t, f->search) : f->search),
                     VICHE_INT_VALUE(f->clerk), VICHE_TEXT_VALUE(f->scopes), VICHE_TEXT_VALUE(f->works_in), VICHE_TEXT_VALUE(f->stage),
                     VICHE_TEXT_VALUE(f->type), VICHE_TEXT_VALUE(f->kind), VICHE_TEXT_VALUE(f->category), VICHE_TEXT_VALUE(f->organisation),
                     VICHE_INT_VALUE(f->executor), VICHE_INT_VALUE(f->received.from), VICHE_INT_VALUE(f->received.until),
                     VICHE_INT_VALUE(f->due.from), VICHE_INT_VALUE(f->due.until), VICHE_INT_VALUE(comma ? word_number(f->after) : begin),
                     VICHE_INT_VALUE(comma ? word_number(comma + 1) : begin), VICHE_INT_VALUE(f->limit), VICHE_TEXT_VALUE(f->channel),
                     VICHE_TEXT_VALUE(f->state), VICHE_INT_VALUE(f->closed.from), VICHE_INT_VALUE(f->closed.until));
}

const char *card_after(struct viche_turn *t, const struct card_filter *filter, const struct card *last)
{
    bool due = filter->order == CARD_BY_DUE || filter->order == CARD_BY_DUE_BACK;
    return viche_print(t, "%lld,%lld", (long long)(due ? last->due_at : last->received_at), (long long)last->id);
}

struct viche_rows *card_tasks(struct viche_turn *t, uint64_t clerk, uint32_t limit, int64_t offset)
{
    return viche_sql(t, TASKS, VICHE_INT_VALUE(clerk), VICHE_TEXT_VALUE(staff_tasks(t, clerk)), VICHE_INT_VALUE(limit),
                     VICHE_INT_VALUE(offset), VICHE_TEXT_VALUE(assign_gone_list(t, "executor")),
                     VICHE_TEXT_VALUE(assign_gone_list(t, "decider")), VICHE_TEXT_VALUE(assign_gone_list(t, "co-executor")));
}
