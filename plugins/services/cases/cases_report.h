/* SPDX-License-Identifier: MPL-2.0
 * Figures: what came and what became of it, for any period, without reading every card. */
#ifndef CASES_REPORT_H
#define CASES_REPORT_H

#include "cases.h"

/* ---- sums by day and month, cases_sum.c. Owns `cases_fact`, `cases_dirty` and `cases_sum`. ---- */

/* A card as it is counted now, so that it can be taken out again; cards that changed since; sums. Days are those of the town's clock,
 * 20261125; months, 202611, lie below all of them. closed counts on the day of closing, all else on that of receipt. */
#define SCHEMA_SUM                                                                                                                           \
    "CREATE TABLE cases_fact(card INTEGER PRIMARY KEY, day_in INTEGER NOT NULL, day_out INTEGER NOT NULL, scope INTEGER NOT NULL,"           \
    " kind TEXT NOT NULL, category TEXT NOT NULL, executor INTEGER NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL,"                    \
    " on_time INTEGER NOT NULL, seconds INTEGER NOT NULL, returns INTEGER NOT NULL);"                                 \
    "CREATE TABLE cases_dirty(card INTEGER PRIMARY KEY);"                                                                                    \
    "CREATE TABLE cases_sum(dim INTEGER NOT NULL, day INTEGER NOT NULL, scope INTEGER NOT NULL, value TEXT NOT NULL,"                        \
    " received INTEGER NOT NULL, closed INTEGER NOT NULL, on_time INTEGER NOT NULL, seconds INTEGER NOT NULL, returns INTEGER NOT NULL,"     \
    " PRIMARY KEY(dim, day, scope, value)) WITHOUT ROWID;"                                                                                   \
    "CREATE INDEX cases_quality_at ON cases_quality(at);"                                                                                    \
    "CREATE TRIGGER cases_card_came AFTER INSERT ON cases_card BEGIN"                                                                        \
    " INSERT INTO cases_dirty(card) SELECT new.id WHERE NOT EXISTS(SELECT 1 FROM cases_dirty WHERE card = new.id); END;"                     \
    "CREATE TRIGGER cases_card_changed AFTER UPDATE OF scope, kind, category, executor, channel, state, received_at, closed_at, due_at,"     \
    " returns ON cases_card BEGIN"                                                                                                   \
    " INSERT INTO cases_dirty(card) SELECT new.id WHERE NOT EXISTS(SELECT 1 FROM cases_dirty WHERE card = new.id); END;"                     \
    "INSERT INTO cases_dirty(card) SELECT id FROM cases_card"

enum sum_dim { SUM_ALL, SUM_KIND, SUM_CATEGORY, SUM_EXECUTOR, SUM_CHANNEL, SUM_STATE };

struct sum {
    const char *value;
    int64_t received, closed, on_time, seconds, returns;
};
#define SUM_COLUMNS " sum(received), sum(closed), sum(on_time), sum(seconds), sum(returns)"

/* A period of whole days, and which cards count. */
struct span {
    int64_t from, until; /* UTC seconds; until: behind the last */
    const char *days;    /* what of cases_sum it is made of: [[20260115,20260131],[202602,202611]] */
    const char *dates;   /* "2026-01-15..2026-11-30", as a filter says it */
    const char *scopes;  /* JSON list */
};

struct span sum_span(struct viche_turn *t, int64_t from, int64_t until, const char *scopes);
/* The next of `SELECT value, SUM_COLUMNS …`; false after the last. */
bool sum_next(struct viche_turn *t, struct viche_rows *rows, struct sum *out);
struct viche_rows *sum_by(struct viche_turn *t, const struct span *span, enum sum_dim dim);
struct viche_rows *sum_by_organisation(struct viche_turn *t, const struct span *span);
struct viche_rows *sum_by_type(struct viche_turn *t, const struct span *span);
/* By day (20261125) or month (202611), in order. */
struct viche_rows *sum_by_day(struct viche_turn *t, const struct span *span);
struct viche_rows *sum_by_month(struct viche_turn *t, const struct span *span);
int64_t sum_open(struct viche_turn *t, const char *scopes); /* how many are open now */
/* Counts cards that changed; how many are left. One turn takes a few hundred. */
int64_t sum_catch_up(struct viche_turn *t);
void sum_soon(struct viche_turn *t); /* a card changed: counted within a minute */
void sum_run(struct viche_turn *t, int64_t planned_at);   /* the schedule "sum": until all are counted */

/* ---- the view, cases_report.c … ---- */

/* What a value of a card is called, in the language of the turn. */
const char *report_type(struct viche_turn *t, const char *value);
const char *report_kind(struct viche_turn *t, const char *value);
const char *report_category(struct viche_turn *t, const char *value);
const char *report_channel(struct viche_turn *t, const char *value);
const char *report_state(struct viche_turn *t, const char *value);
const char *report_executor(struct viche_turn *t, const char *value); /* id of an official */
const char *report_organisation(struct viche_turn *t, const char *value);

/* What was looked up for one row of a table is known for the next. Begins as zero. */
struct known {
    uint32_t count;
    struct viche_pair pairs[128];
};
const char *known_words(struct viche_turn *t, struct known *known, const char *(*words)(struct viche_turn *, const char *), const char *value);

void report_draw(struct viche_turn *t, const struct viche_clerk *clerk, int64_t from, int64_t until, struct viche_sheet *sheet);
void report_executors(struct viche_turn *t, const struct span *span, struct viche_sheet *sheet); /* cases_report_executor.c */
void report_use(struct viche_turn *t, const struct span *span, struct viche_sheet *sheet);       /* cases_report_use.c */
void report_file(struct viche_turn *t, const struct viche_query *query, const char *format);     /* cases_report_file.c */
void export_cards(struct viche_turn *t, const struct viche_query *query, const char *format);    /* cases_export.c */

/* ---- tables as files, cases_table.c: "csv" or "xlsx" ---- */

struct table;
/* from: "", or query->after of what table_part has said: then this is the next part. */
struct table *table_open(struct viche_turn *t, const char *format, const char *from);
uint32_t table_rows(const struct table *table);     /* so far, of all parts */
const char *table_after(const struct table *table); /* what table_part was told; "" in the first */
bool table_full(const struct table *table);         /* a part has enough */
void table_text(struct table *table, const char *words); /* the first row is a heading */
void table_number(struct table *table, double number);
void table_row(struct table *table); /* ends one */
void table_part(struct table *table, const char *after); /* answers with this part; the next begins behind `after` */
void table_reply(struct table *table);                   /* answers with the last, or with the whole */

/* ---- public figures, cases_figures.c, cases_figures_page.c ---- */

void figures_json(struct viche_turn *t, const struct viche_http *http);
void figures_page(struct viche_turn *t, const struct viche_http *http);

#endif
