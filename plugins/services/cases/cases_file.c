/* SPDX-License-Identifier: MPL-2.0
 * Papers and pictures of a card: what it is a proof of, who brought it, and whether the applicant may see it. Proof that a matter was
 * considered and proof that the work was done are different things. Owns `cases_file`. */
#include "cases.h"

void file_add(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *kind, const char *files, uint32_t flags)
{
    const char *id;
    while (word_line(t, &files, &id)) {
        viche_hold_file(t, id); /* the archive needs it, whatever becomes of who brought it */
        viche_sql(t, "INSERT INTO cases_file(card, file, kind, at, clerk, shown) VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                  VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(id), VICHE_TEXT_VALUE(kind), VICHE_INT_VALUE(viche_now(t)),
                  VICHE_INT_VALUE(clerk), VICHE_INT_VALUE(flags));
    }
}

/* «фото, відео» */
static const char *kinds_words(struct viche_turn *t, const char *takes)
{
    const char *out = "";
    char kind[64];
    while (word_next(&takes, kind, sizeof kind))
        out = viche_print(t, "%s%s%s", out, *out ? ", " : "", viche_text(t, viche_print(t, "file-%s", kind)));
    return out;
}

const char *file_unfit(struct viche_turn *t, const char *label, const char *files, const char *takes)
{
    struct viche_file_about file;
    const char *id;
    while (word_line(t, &files, &id)) {
        bool there = viche_file_about(t, id, &file);
        if (there && (!*takes || word_in(takes, file.kind)))
            continue;
        viche_let(t, "field", label);
        viche_let(t, "file", there ? file.name : "");
        viche_let(t, "kinds", kinds_words(t, takes));
        return viche_text(t, there ? "wrong-file" : "gone-file");
    }
    return NULL;
}

const char *file_list(struct viche_turn *t, const struct card *card, const char *kind, uint32_t flags)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT group_concat(file, char(10)) FROM (SELECT file FROM cases_file"
                                        " WHERE card = ? AND kind = ? AND shown >= ? ORDER BY at, file)",
                                        VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(kind), VICHE_INT_VALUE(flags));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
}

const char *file_names(struct viche_turn *t, const struct card *card)
{
    const char *names = "";
    struct viche_rows *rows = viche_sql(t, "SELECT file FROM cases_file WHERE card = ? AND clerk = 0 GROUP BY file ORDER BY min(at), file",
                                        VICHE_INT_VALUE(card->id));
    struct viche_file_about file;
    while (viche_row(t, rows))
        if (viche_file_about(t, viche_row_text(t, rows, 0), &file))
            names = viche_print(t, "%s%s%s", names, *names ? ", " : "", file.name);
    return names;
}

/* A repeated card has the photos of the first one, too. */
static bool is_needed(struct viche_turn *t, const char *file)
{
    return viche_row(t, viche_sql(t, "SELECT 1 FROM cases_file WHERE file = ? LIMIT 1", VICHE_TEXT_VALUE(file)));
}

void file_blank(struct viche_turn *t, int64_t card)
{
    struct viche_rows *rows = viche_sql(t, "DELETE FROM cases_file WHERE card = ? AND clerk = 0 RETURNING file", VICHE_INT_VALUE(card));
    while (viche_row(t, rows))
        if (!is_needed(t, viche_row_text(t, rows, 0)))
            viche_drop_file(t, viche_row_text(t, rows, 0));
}
