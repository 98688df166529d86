/* SPDX-License-Identifier: MPL-2.0
 * The report as a table to be taken away: it is drawn as for the desk, onto a sheet that keeps rows. */
#include "cases_report.h"

struct record {
    struct viche_sheet sheet; /* first: what the report draws on is what we are */
    struct viche_turn *t;
    struct table *table;
    const char *chart;
};

static struct record *record_of(struct viche_sheet *sheet) { return (struct record *)(void *)sheet; }

static void keep_row(struct record *record, const char *chart, const char *at, const char *series)
{
    table_text(record->table, chart);
    table_text(record->table, at);
    table_text(record->table, series);
}

static void on_section(struct viche_sheet *sheet, const char *title) { record_of(sheet)->chart = viche_text(record_of(sheet)->t, title); }

static void on_field(struct viche_sheet *sheet, const struct viche_field *field, const char *value)
{
    struct record *record = record_of(sheet);
    keep_row(record, record->chart, "", viche_text(record->t, field->label));
    table_text(record->table, value);
    table_row(record->table);
}

static void on_chart(struct viche_sheet *sheet, const char *title, uint32_t kind, const char *unit)
{
    (void)kind;
    (void)unit;
    record_of(sheet)->chart = viche_text(record_of(sheet)->t, title);
}

static void on_point(struct viche_sheet *sheet, const char *series, const char *at, double value, const char *opens)
{
    (void)opens;
    struct record *record = record_of(sheet);
    keep_row(record, record->chart, at, series);
    table_number(record->table, value);
    table_row(record->table);
}

/* "2026-01-15" at its midnight, so many days on. */
static int64_t day_at(struct viche_turn *t, const char *date, int32_t days)
{
    struct viche_local day = {.size = sizeof day};
    day.year = (int32_t)word_number(viche_print(t, "%.4s", date));
    day.month = (int32_t)word_number(viche_print(t, "%.2s", date + 5));
    day.day = (int32_t)word_number(viche_print(t, "%.2s", date + 8)) + days;
    return viche_moment(t, &day);
}

/* The filter "period" is what the desk asks a report for: "2026-01-01..2026-12-31"; without it, this year. */
static void period_of(struct viche_turn *t, const struct viche_query *query, int64_t *from, int64_t *until)
{
    struct viche_local now = viche_local(t, viche_now(t));
    const char *dates = viche_print(t, "%04d-01-01..%04d-12-31", now.year, now.year);
    for (const struct viche_pair *filter = query->filter; filter && filter->name; filter++)
        if (strcmp(filter->name, "period") == 0 && strlen(filter->value) == 22)
            dates = filter->value;
    *from = day_at(t, dates, 0);
    *until = day_at(t, dates + 12, 1);
}

void report_file(struct viche_turn *t, const struct viche_query *query, const char *format)
{
    struct record record = {.sheet = {.size = sizeof record.sheet, .section = on_section, .field = on_field, .chart = on_chart,
                                      .point = on_point},
                            .t = t,
                            .table = table_open(t, format, "")};
    static const char *const columns[] = {"report-column-chart", "report-column-what", "report-column-series", "report-column-value"};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        table_text(record.table, viche_text(t, columns[i]));
    table_row(record.table);
    int64_t from = 0, until = 0;
    period_of(t, query, &from, &until);
    report_draw(t, query->clerk, from, until, &record.sheet);
    table_reply(record.table);
}
