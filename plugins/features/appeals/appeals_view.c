/* SPDX-License-Identifier: MPL-2.0
 * Ratings in the staff desk, for those who answer for the whole town: each with its words and photos, and how institutions, officials and
 * services stand. Who gave them is not here. */
#include <string.h>

#include "appeals.h"

static bool may(struct viche_turn *t, const struct viche_clerk *clerk)
{
    const struct viche_staff *staff = viche_service(t, VICHE_STAFF);
    static const char *const roles[] = {"responsible", "decider", "auditor"};
    for (size_t i = 0; staff && i < sizeof roles / sizeof *roles; i++)
        if (staff->holds(t, clerk->id, roles[i], APPEAL, ""))
            return true;
    return false;
}

static void values(struct viche_turn *t, struct viche_rows *row, struct viche_sheet *sheet)
{
    static const char *const names[] = {"at", "what", "name", "mark", "words"};
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
        viche_sheet_value(sheet, names[i], viche_row_text(t, row, i + 1));
}

void view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    if (!may(t, query->clerk) || query->tasks)
        return;
    struct viche_rows *rows = rate_page(t, query, viche_filter(query, "what"), viche_filter(query, "mark"));
    uint32_t count = 0;
    const char *last = "";
    for (; viche_row(t, rows); count++) {
        last = viche_row_text(t, rows, 0);
        viche_sheet_row(sheet, last);
        values(t, rows, sheet);
    }
    viche_sheet_more(sheet, count == query->limit ? last : "", -1);
}

uint32_t view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    return may(t, clerk) && viche_row(t, rate_find(t, id));
}

void view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct viche_rows *row = rate_find(t, id);
    if (!may(t, clerk) || !viche_row(t, row))
        return;
    values(t, row, sheet);
    viche_sheet_value(sheet, "files", viche_row_text(t, row, 6));
}

/* The mean mark of each thing: a chart for each kind of thing. */
void view_report(struct viche_turn *t, const struct viche_clerk *clerk, int64_t from, int64_t until, struct viche_sheet *sheet)
{
    static const char *const whats[] = {"institution", "official", "service"};
    for (size_t i = 0; may(t, clerk) && i < sizeof whats / sizeof *whats; i++) {
        struct viche_rows *rows = rate_means(t, whats[i], from, until);
        viche_sheet_chart(sheet, viche_print(t, "report-%s", whats[i]), VICHE_CHART_BARS, "report-mark");
        while (viche_row(t, rows))
            viche_sheet_point(sheet, viche_text(t, "report-mark"), viche_row_text(t, rows, 0), viche_row_real(t, rows, 1),
                              viche_print(t, "appeals/ratings?what=%s", whats[i]));
    }
}
