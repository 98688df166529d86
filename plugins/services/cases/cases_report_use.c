/* SPDX-License-Identifier: MPL-2.0
 * How much the service is used: people, conversations, what they brought. Only numbers; nobody can be told from them. */
#include "cases_report.h"

static void use(struct viche_turn *t, struct viche_sheet *sheet, const char *what, int64_t value, const char *opens)
{
    viche_sheet_point(sheet, viche_text(t, "report-use-number"), viche_text(t, what), (double)value, opens);
}

static bool came_before(struct viche_turn *t, uint64_t id, int64_t at)
{
    struct viche_person person;
    return viche_person(t, id, &person) && person.since < at;
}

/* Numbers of people are given in order, so the first of those who came then or later is looked for by halves. */
static int64_t first_since(struct viche_turn *t, int64_t at)
{
    uint64_t low = 0, high = 1;
    while (came_before(t, high, at)) {
        low = high;
        high *= 2;
    }
    while (low + 1 < high) {
        uint64_t middle = low + (high - low) / 2;
        if (came_before(t, middle, at))
            low = middle;
        else
            high = middle;
    }
    return (int64_t)high;
}

/* Appeals, reports of problems, requests: whatever types of cards the town's features have. */
static void use_types(struct viche_turn *t, const struct span *span, struct viche_sheet *sheet)
{
    struct viche_rows *rows = sum_by_type(t, span);
    for (struct sum sum; sum_next(t, rows, &sum);)
        if (sum.received)
            viche_sheet_point(sheet, viche_text(t, "report-use-number"), report_type(t, sum.value), (double)sum.received,
                              viche_print(t, "cases/cards?f.received=%s&f.type=%s", span->dates, sum.value));
}

void report_use(struct viche_turn *t, const struct span *span, struct viche_sheet *sheet)
{
    struct sum sum = {0};
    sum_next(t, sum_by(t, span, SUM_ALL), &sum);
    viche_sheet_chart(sheet, "report-use", VICHE_CHART_BARS, "report-use-number");
    use(t, sheet, "report-use-people", first_since(t, span->until) - first_since(t, span->from), "");
    use(t, sheet, "report-use-conversations", viche_conversations(t, span->from, span->until), "");
    use(t, sheet, "report-use-cards", sum.received, viche_print(t, "cases/cards?f.received=%s", span->dates));
    use_types(t, span, sheet);
    use(t, sheet, "report-use-messages", thread_count(t, span->from, span->until), "");
}
