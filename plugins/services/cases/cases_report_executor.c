/* SPDX-License-Identifier: MPL-2.0
 * Executors, for discipline and for the bonus (regulation, 6.3.2, 6.3.3, 6.4.5): marks of the decision-makers, returns, what was closed
 * late, which measures were taken. Figures only: the decision-maker decides. */
#include "cases_report.h"

enum { EXECUTORS_MAX = 60 };

/* Marks that decision-makers gave in the period. */
static void marks(struct viche_turn *t, const struct span *span, struct viche_sheet *sheet)
{
    viche_sheet_chart(sheet, "report-marks", VICHE_CHART_BARS, "report-points");
    struct viche_rows *rows = quality_marks(t, span->from, span->until, span->scopes);
    for (uint32_t i = 0; i < EXECUTORS_MAX && viche_row(t, rows); i++) {
        const char *executor = viche_print(t, "%lld", (long long)viche_row_integer(t, rows, 0)), *name = report_executor(t, executor);
        const char *opens = viche_print(t, "cases/cards?f.executor=%s", executor);
        viche_sheet_point(sheet, viche_text(t, "report-timeliness"), name, viche_row_real(t, rows, 1), opens);
        viche_sheet_point(sheet, viche_text(t, "report-quality"), name, viche_row_real(t, rows, 2), opens);
    }
}

/* How often a disciplinary measure was taken; its words stand on the card. */
static void measures(struct viche_turn *t, const struct span *span, struct viche_sheet *sheet)
{
    viche_sheet_chart(sheet, "report-measures", VICHE_CHART_BARS, "report-cards");
    struct viche_rows *rows = quality_measures(t, span->from, span->until, span->scopes);
    for (uint32_t i = 0; i < EXECUTORS_MAX && viche_row(t, rows); i++) {
        const char *executor = viche_print(t, "%lld", (long long)viche_row_integer(t, rows, 0));
        viche_sheet_point(sheet, viche_text(t, "report-measures"), report_executor(t, executor), (double)viche_row_integer(t, rows, 1),
                          viche_print(t, "cases/cards?f.executor=%s", executor));
    }
}

/* Of a hundred that were closed: so many in time; beside it how often their work came back. */
static void discipline(struct viche_turn *t, const struct span *span, struct viche_sheet *sheet)
{
    viche_sheet_chart(sheet, "report-discipline", VICHE_CHART_BARS, "report-percent");
    struct viche_rows *rows = sum_by(t, span, SUM_EXECUTOR);
    struct sum sum;
    for (uint32_t i = 0; i < EXECUTORS_MAX && sum_next(t, rows, &sum); i++) {
        if (strcmp(sum.value, "0") == 0)
            continue;
        const char *name = report_executor(t, sum.value);
        const char *closed = viche_print(t, "cases/cards?f.closed=%s&f.executor=%s", span->dates, sum.value);
        if (sum.closed)
            viche_sheet_point(sheet, viche_text(t, "report-on-time"), name, (double)(sum.on_time * 100) / (double)sum.closed, closed);
        if (sum.received)
            viche_sheet_point(sheet, viche_text(t, "report-returns"), name, (double)(sum.returns * 100) / (double)sum.received,
                              viche_print(t, "cases/cards?f.received=%s&f.executor=%s", span->dates, sum.value));
    }
}

void report_executors(struct viche_turn *t, const struct span *span, struct viche_sheet *sheet)
{
    marks(t, span, sheet);
    discipline(t, span, sheet);
    measures(t, span, sheet);
}
