/* SPDX-License-Identifier: MPL-2.0
 * Sums by day and by month, so that the report of a year reads thousands of rows and not a hundred thousand cards. Triggers note each
 * card that changed; here it is taken out of the sums as it was counted and put in as it is now, a few hundred in one turn. */
#include "cases_report.h"

enum { BATCH = 250 };

/* ---- counting --------------------------------------------------------------------------------------------------------- */

#define ADD(dim, value, day, which, numbers)                                                                                  \
    "INSERT INTO cases_sum(dim, day, scope, value, received, closed, on_time, seconds, returns)"                              \
    " SELECT " dim ", " day " AS at, scope, " value " AS what, " numbers " FROM cases_fact"                                   \
    " WHERE " which " AND card IN (SELECT value FROM json_each(?2)) GROUP BY at, scope, what"             \
    " ON CONFLICT(dim, day, scope, value) DO UPDATE SET received = received + excluded.received,"                             \
    " closed = closed + excluded.closed, on_time = on_time + excluded.on_time, seconds = seconds + excluded.seconds,"         \
    " returns = returns + excluded.returns"
#define CAME "?1 * count(*), 0, 0, 0, ?1 * sum(returns)"
#define WENT "0, ?1 * count(*), ?1 * sum(on_time), ?1 * sum(seconds), 0"
#define ADD_ALL(dim, value)                                                                                                   \
    ADD(dim, value, "day_in", "day_in > 0", CAME), ADD(dim, value, "day_in / 100", "day_in > 0", CAME),                       \
        ADD(dim, value, "day_out", "day_out > 0", WENT), ADD(dim, value, "day_out / 100", "day_out > 0", WENT)

static const char *const add[] = {
    ADD_ALL("0", "''"),     ADD_ALL("1", "kind"),  ADD_ALL("2", "category"), ADD_ALL("3", "CAST(executor AS TEXT)"),
    ADD_ALL("4", "channel"), ADD_ALL("5", "state"),
};

/* These cards as they are counted: sign 1 puts them in, -1 takes them out. */
static void count(struct viche_turn *t, int64_t sign, const char *cards)
{
    for (size_t i = 0; i < sizeof add / sizeof *add; i++)
        viche_sql(t, add[i], VICHE_INT_VALUE(sign), VICHE_TEXT_VALUE(cards));
}

static int64_t day_of(struct viche_turn *t, int64_t at)
{
    if (!at)
        return 0;
    struct viche_local day = viche_local(t, at);
    return (day.year * 100 + day.month) * 100 + day.day;
}

static void note_fact(struct viche_turn *t, const struct card *card)
{
    int64_t closed_at = card->closed_at;
    viche_sql(t,
              "INSERT INTO cases_fact(card, day_in, day_out, on_time, seconds, scope, kind, category, executor, channel, state, returns)"
              " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(day_of(t, card->received_at)), VICHE_INT_VALUE(day_of(t, closed_at)),
              VICHE_INT_VALUE(closed_at && (!card->due_at || closed_at <= card->due_at)),
              VICHE_INT_VALUE(closed_at ? closed_at - card->received_at : 0), VICHE_INT_VALUE(card->scope), VICHE_TEXT_VALUE(card->kind),
              VICHE_TEXT_VALUE(card->category), VICHE_INT_VALUE(card->executor), VICHE_TEXT_VALUE(card->channel),
              VICHE_TEXT_VALUE(card->state), VICHE_INT_VALUE(card->returns));
}

/* The cards of one turn, as a JSON list. */
static const char *noted(struct viche_turn *t)
{
    struct viche_rows *rows = viche_sql(t, "SELECT json_group_array(card) FROM (SELECT card FROM cases_dirty ORDER BY card LIMIT ?)",
                                        VICHE_INT_VALUE(BATCH));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "[]";
}

int64_t sum_catch_up(struct viche_turn *t)
{
    struct viche_rows *left = viche_sql(t, "SELECT count(*) FROM cases_dirty");
    int64_t dirty = viche_row(t, left) ? viche_row_integer(t, left, 0) : 0;
    if (dirty == 0)
        return 0;
    const char *cards = noted(t);
    count(t, -1, cards);
    viche_sql(t, "DELETE FROM cases_fact WHERE card IN (SELECT value FROM json_each(?))", VICHE_TEXT_VALUE(cards));
    struct viche_rows *rows = card_listed(t, cards);
    for (struct card card; card_next(t, rows, &card);)
        note_fact(t, &card);
    count(t, 1, cards);
    viche_sql(t, "DELETE FROM cases_dirty WHERE card IN (SELECT value FROM json_each(?))", VICHE_TEXT_VALUE(cards));
    return dirty > BATCH ? dirty - BATCH : 0;
}

void sum_run(struct viche_turn *t, int64_t planned_at)
{
    (void)planned_at;
    if (sum_catch_up(t))
        viche_plan(t, "sum", viche_now(t));
}

/* The same moment for all changes of a minute: none puts the counting off. */
void sum_soon(struct viche_turn *t) { viche_plan(t, "sum", (viche_now(t) / 60 + 1) * 60); }

/* ---- periods ---------------------------------------------------------------------------------------------------------- */

static const char *date_of(struct viche_turn *t, const struct viche_local *day)
{
    return viche_print(t, "%04d-%02d-%02d", day->year, day->month, day->day);
}

static struct viche_local shifted(struct viche_turn *t, struct viche_local day, int32_t months, int32_t days)
{
    day.month += months;
    day.day += days;
    day.hour = 12;
    day.minute = day.second = 0;
    return viche_local(t, viche_moment(t, &day));
}

static long long month_key(const struct viche_local *day) { return day->year * 100LL + day->month; }
static long long day_key(const struct viche_local *day) { return month_key(day) * 100 + day->day; }

/* Whole months as months, what sticks out at both ends as days. */
static const char *days_of(struct viche_turn *t, struct viche_local first, struct viche_local last)
{
    struct viche_local month = first, end = shifted(t, last, 0, 1);
    if (month.day > 1) {
        month.day = 1;
        month = shifted(t, month, 1, 0);
    }
    end.day = 1;
    struct viche_local before = shifted(t, end, 0, -1); /* the last day of the last whole month */
    if (month_key(&before) < month_key(&month))
        return viche_print(t, "[[%lld,%lld]]", day_key(&first), day_key(&last));
    return viche_print(t, "[[%lld,%lld],[%lld,%lld],[%lld,%lld]]", day_key(&first), month_key(&month) * 100, month_key(&month),
                       month_key(&before), month_key(&before) * 100 + 99, day_key(&last));
}

struct span sum_span(struct viche_turn *t, int64_t from, int64_t until, const char *scopes)
{
    struct viche_local first = shifted(t, viche_local(t, from), 0, 0), last = shifted(t, viche_local(t, until - 1), 0, 0);
    return (struct span){from, until, days_of(t, first, last), viche_print(t, "%s..%s", date_of(t, &first), date_of(t, &last)), scopes};
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

bool sum_next(struct viche_turn *t, struct viche_rows *rows, struct sum *out)
{
    if (!viche_row(t, rows))
        return false;
    *out = (struct sum){viche_row_text(t, rows, 0),    viche_row_integer(t, rows, 1), viche_row_integer(t, rows, 2),
                        viche_row_integer(t, rows, 3), viche_row_integer(t, rows, 4), viche_row_integer(t, rows, 5)};
    return true;
}

#define IN_SPAN                                                                                                  \
    " FROM json_each(?1) AS part CROSS JOIN cases_sum AS s ON s.day BETWEEN part.value->>0 AND part.value->>1"    \
    " AND s.scope IN (SELECT value FROM json_each(?2))"
#define SOME " HAVING sum(received) <> 0 OR sum(closed) <> 0"

struct viche_rows *sum_by(struct viche_turn *t, const struct span *span, enum sum_dim dim)
{
    return viche_sql(t, "SELECT s.value," SUM_COLUMNS IN_SPAN " WHERE s.dim = ?3 GROUP BY s.value" SOME " ORDER BY 2 DESC, 3 DESC, 1",
                     VICHE_TEXT_VALUE(span->days), VICHE_TEXT_VALUE(span->scopes), VICHE_INT_VALUE(dim));
}

struct viche_rows *sum_by_organisation(struct viche_turn *t, const struct span *span)
{
    return viche_sql(t,
                     "SELECT c.organisation," SUM_COLUMNS IN_SPAN " JOIN cases_scope AS c ON c.id = s.scope WHERE s.dim = 0"
                     " GROUP BY c.organisation" SOME " ORDER BY 2 DESC, 3 DESC, 1",
                     VICHE_TEXT_VALUE(span->days), VICHE_TEXT_VALUE(span->scopes));
}

struct viche_rows *sum_by_type(struct viche_turn *t, const struct span *span)
{
    return viche_sql(t,
                     "SELECT c.type," SUM_COLUMNS IN_SPAN " JOIN cases_scope AS c ON c.id = s.scope WHERE s.dim = 0"
                     " GROUP BY c.type" SOME " ORDER BY 2 DESC, 3 DESC, 1",
                     VICHE_TEXT_VALUE(span->days), VICHE_TEXT_VALUE(span->scopes));
}

static const char *whole(struct viche_turn *t, const struct span *span, int64_t divide)
{
    return viche_print(t, "[[%lld,%lld]]", (long long)(day_of(t, span->from) / divide), (long long)(day_of(t, span->until - 1) / divide));
}

struct viche_rows *sum_by_day(struct viche_turn *t, const struct span *span)
{
    return viche_sql(t, "SELECT CAST(s.day AS TEXT)," SUM_COLUMNS IN_SPAN " WHERE s.dim = 0 GROUP BY s.day" SOME " ORDER BY s.day",
                     VICHE_TEXT_VALUE(whole(t, span, 1)), VICHE_TEXT_VALUE(span->scopes));
}

struct viche_rows *sum_by_month(struct viche_turn *t, const struct span *span)
{
    return viche_sql(t,
                     "SELECT CAST(iif(s.day > 999999, s.day / 100, s.day) AS TEXT) AS month," SUM_COLUMNS IN_SPAN
                     " WHERE s.dim = 0 GROUP BY month" SOME " ORDER BY month",
                     VICHE_TEXT_VALUE(span->days), VICHE_TEXT_VALUE(span->scopes));
}

/* All that ever came but what was closed. */
int64_t sum_open(struct viche_turn *t, const char *scopes)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT sum(received) - sum(closed) FROM cases_sum WHERE dim = 0 AND day < 1000000"
                                        " AND scope IN (SELECT value FROM json_each(?))",
                                        VICHE_TEXT_VALUE(scopes));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}
