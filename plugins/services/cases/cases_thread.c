/* SPDX-License-Identifier: MPL-2.0
 * What the town hall and the applicant write to each other, only here and tied to the card. Owns `cases_message`. */
#include "cases.h"

void thread_add(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *words, const char *files)
{
    viche_sql(t, "INSERT INTO cases_message(card, at, clerk, words, files) VALUES(?, ?, ?, ?, ?)", VICHE_INT_VALUE(card->id),
              VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(clerk), VICHE_TEXT_VALUE(words), VICHE_TEXT_VALUE(files));
}

void thread_show(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet)
{
    struct viche_rows *rows = viche_sql(t, "SELECT at, clerk, words, files FROM cases_message WHERE card = ? ORDER BY id",
                                        VICHE_INT_VALUE(card->id));
    while (viche_row(t, rows)) {
        uint64_t clerk = (uint64_t)viche_row_integer(t, rows, 1);
        viche_sheet_message(sheet, viche_row_integer(t, rows, 0), clerk ? staff_name(t, clerk) : viche_text(t, "who-applicant"), clerk == 0,
                            viche_row_text(t, rows, 2), viche_row_text(t, rows, 3));
    }
}

void thread_blank(struct viche_turn *t, int64_t card)
{
    viche_sql(t, "UPDATE cases_message SET words = '', files = '' WHERE card = ? AND clerk = 0", VICHE_INT_VALUE(card));
}

int64_t thread_count(struct viche_turn *t, int64_t from, int64_t until)
{
    struct viche_rows *rows = viche_sql(t, "SELECT count(*) FROM cases_message WHERE at >= ? AND at < ?", VICHE_INT_VALUE(from),
                                        VICHE_INT_VALUE(until));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}
