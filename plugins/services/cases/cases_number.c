/* SPDX-License-Identifier: MPL-2.0
 * Numbers of cards: counted for each type and year of the town's clock, without gaps, for the count is kept in the same transaction as
 * the card. Owns `cases_counter`. */
#include "cases.h"

/* "Г-{year}-{n}" */
static const char *fill(struct viche_turn *t, const char *pattern, int year, int64_t n)
{
    const char *out = "";
    for (const char *at = pattern; *at;) {
        size_t plain = strcspn(at, "{");
        out = viche_print(t, "%s%.*s", out, (int)plain, at);
        at += plain;
        size_t size = strcspn(at, "}") + 1;
        if (strncmp(at, "{year}", 6) == 0)
            out = viche_print(t, "%s%d", out, year);
        else if (strncmp(at, "{n}", 3) == 0)
            out = viche_print(t, "%s%lld", out, (long long)n);
        at += *at && at[size - 1] ? size : strlen(at);
    }
    return out;
}

const char *number_next(struct viche_turn *t, const struct type *type, int64_t at)
{
    int year = viche_local(t, at).year;
    struct viche_rows *rows = viche_sql(t,
                                        "INSERT INTO cases_counter(type, year, last) VALUES(?, ?, 1)"
                                        " ON CONFLICT(type, year) DO UPDATE SET last = last + 1 RETURNING last",
                                        VICHE_TEXT_VALUE(type->name), VICHE_INT_VALUE(year));
    return fill(t, type->number, year, viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0);
}
