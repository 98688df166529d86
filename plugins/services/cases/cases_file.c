/* SPDX-License-Identifier: MPL-2.0
 * Papers and pictures of a card: what it is a proof of, who brought it, and whether the applicant may see it. Proof that a matter was
 * considered and proof that the work was done are different things. Owns `cases_file`. */
#include "cases.h"

void file_add(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *kind, const char *files, uint32_t flags)
{
    const char *id;
    while (word_line(t, &files, &id))
        viche_sql(t, "INSERT INTO cases_file(card, file, kind, at, clerk, shown) VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(id), VICHE_TEXT_VALUE(kind), VICHE_INT_VALUE(viche_now(t)),
                  VICHE_INT_VALUE(clerk), VICHE_INT_VALUE(flags));
}

const char *file_list(struct viche_turn *t, const struct card *card, const char *kind, uint32_t flags)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT group_concat(file, char(10)) FROM (SELECT file FROM cases_file"
                                        " WHERE card = ? AND kind = ? AND shown >= ? ORDER BY at, file)",
                                        VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(kind), VICHE_INT_VALUE(flags));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
}

void file_blank(struct viche_turn *t, int64_t card)
{
    viche_sql(t, "DELETE FROM cases_file WHERE card = ? AND clerk = 0", VICHE_INT_VALUE(card));
}
