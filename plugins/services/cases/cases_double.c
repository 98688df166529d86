/* SPDX-License-Identifier: MPL-2.0
 * Duplicates: one thing that was registered twice. The first card is worked on; the other ends with a link to it, and is answered with
 * it. Owns `cases_double`. */
#include "cases.h"

bool double_original(struct viche_turn *t, const struct card *card, const char *number, uint64_t clerk, struct card *out)
{
    bool found = card_numbered(t, number, out) && staff_sees(t, out, clerk);
    return found && out->id != card->id && card_is_open(out) && strcmp(out->type, card->type) == 0;
}

void double_add(struct viche_turn *t, const struct card *card, struct card *first, uint64_t clerk)
{
    viche_sql(t, "INSERT INTO cases_double(card, first) VALUES(?, ?) ON CONFLICT(card) DO UPDATE SET first = excluded.first, answered_at = 0",
              VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(first->id));
    event_add(t, first, clerk, "duplicated", card->number, "", 0);
    card_save(t, first);
    say_words(t, card, "said-duplicate", first->number, "");
}

bool double_waits(struct viche_turn *t, const struct card *first)
{
    return viche_row(t, viche_sql(t, "SELECT 1 FROM cases_double WHERE first = ? AND answered_at = 0", VICHE_INT_VALUE(first->id)));
}

void double_pass(struct viche_turn *t, const struct card *from, const struct card *to)
{
    viche_sql(t, "UPDATE cases_double SET first = ? WHERE first = ? AND answered_at = 0", VICHE_INT_VALUE(to->id), VICHE_INT_VALUE(from->id));
}

/* ---- its end ---- */

static const char *result_of(struct viche_turn *t, const struct card *first)
{
    const char *lines[] = {first->answer, first->grounds, first->addressee, first->plan}, *out = "";
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        out = viche_print(t, "%s%s%s", out, *out && *lines[i] ? "\n" : "", lines[i]);
    return out;
}

static void answer(struct viche_turn *t, const struct card *first, int64_t id)
{
    struct card card;
    if (!card_find(t, id, &card))
        return;
    card.answer = result_of(t, first);
    event_add(t, &card, 0, "duplicate-ended", first->number, "", SHOWN);
    viche_let(t, "first", first->number);
    say_words(t, &card, "said-duplicate-ended", card.answer, file_list(t, first, FILE_EXECUTED, SHOWN));
    card_save(t, &card);
    double_end(t, &card);
}

void double_end(struct viche_turn *t, const struct card *first)
{
    struct viche_rows *rows = viche_sql(t, "UPDATE cases_double SET answered_at = ? WHERE first = ? AND answered_at = 0 RETURNING card",
                                        VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(first->id));
    while (viche_row(t, rows))
        answer(t, first, viche_row_integer(t, rows, 0));
}

/* ---- on the page of a card ---- */

static const char *links(struct viche_turn *t, struct viche_rows *rows, uint64_t clerk)
{
    struct card card;
    const char *out = "";
    while (viche_row(t, rows))
        if (card_find(t, viche_row_integer(t, rows, 0), &card) && staff_sees(t, &card, clerk))
            out = viche_print(t, "%s%s%s", out, *out ? "\n" : "", view_link(t, "cards", card.id, card.number));
    return out;
}

void double_show(struct viche_turn *t, const struct card *card, uint64_t clerk, struct viche_sheet *sheet)
{
    struct viche_rows *firsts = viche_sql(t, "SELECT first FROM cases_double WHERE card = ?", VICHE_INT_VALUE(card->id));
    viche_sheet_value(sheet, "duplicate_of", links(t, firsts, clerk));
    struct viche_rows *others = viche_sql(t, "SELECT card FROM cases_double WHERE first = ? ORDER BY card", VICHE_INT_VALUE(card->id));
    viche_sheet_value(sheet, "duplicates", links(t, others, clerk));
}
