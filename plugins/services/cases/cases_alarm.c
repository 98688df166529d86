/* SPDX-License-Identifier: MPL-2.0
 * What has to happen by itself: a delivery in the morning, a warning, a missed deadline, the silence of an applicant, the end of a bar.
 * One row each; the host wakes us at the earliest. Owns `cases_alarm`. */
#include "cases.h"

enum { AT_ONCE_MAX = 200 /* of one turn; the rest follows in the next */ };

void alarm_plan(struct viche_turn *t)
{
    struct viche_rows *rows = viche_sql(t, "SELECT coalesce(min(at), 0) FROM cases_alarm");
    if (viche_row(t, rows))
        viche_plan(t, "alarm", viche_row_integer(t, rows, 0));
}

void alarm_set(struct viche_turn *t, int64_t card, const char *what, int64_t at)
{
    if (at)
        viche_sql(t, "INSERT INTO cases_alarm(card, what, at) VALUES(?, ?, ?) ON CONFLICT(card, what) DO UPDATE SET at = excluded.at",
                  VICHE_INT_VALUE(card), VICHE_TEXT_VALUE(what), VICHE_INT_VALUE(at));
    else
        viche_sql(t, "DELETE FROM cases_alarm WHERE card = ? AND what = ?", VICHE_INT_VALUE(card), VICHE_TEXT_VALUE(what));
    alarm_plan(t);
}

void alarm_clear(struct viche_turn *t, int64_t card, const char *prefix)
{
    viche_sql(t, "DELETE FROM cases_alarm WHERE card = ? AND substr(what, 1, length(?)) = ?", VICHE_INT_VALUE(card), VICHE_TEXT_VALUE(prefix),
              VICHE_TEXT_VALUE(prefix));
    alarm_plan(t);
}

static void ring(struct viche_turn *t, int64_t id, const char *what)
{
    if (strncmp(what, "bar ", 4) == 0) {
        bar_expire(t, word_number(what + 4));
        return;
    }
    struct card card;
    if (!card_find(t, id, &card))
        return;
    if (strcmp(what, "deliver") == 0)
        intake_deliver(t, &card);
    else if (strcmp(what, "silence") == 0)
        close_silence(t, &card);
    else
        due_alarm(t, &card, what);
    card_save(t, &card);
}

void alarm_run(struct viche_turn *t, int64_t planned_at)
{
    struct viche_rows *rows = viche_sql(t, "SELECT card, what FROM cases_alarm WHERE at <= ? ORDER BY at, card, what LIMIT ?",
                                        VICHE_INT_VALUE(planned_at), VICHE_INT_VALUE(AT_ONCE_MAX));
    struct due {
        int64_t card;
        const char *what;
    } *due = viche_memory(t, AT_ONCE_MAX * sizeof *due);
    size_t count = 0;
    while (count < AT_ONCE_MAX && viche_row(t, rows))
        due[count++] = (struct due){viche_row_integer(t, rows, 0), viche_row_text(t, rows, 1)};
    for (size_t i = 0; i < count; i++) {
        struct viche_rows *gone = viche_sql(t, "DELETE FROM cases_alarm WHERE card = ? AND what = ? RETURNING card",
                                            VICHE_INT_VALUE(due[i].card), VICHE_TEXT_VALUE(due[i].what));
        if (viche_row(t, gone)) /* an alarm before may have cleared it */
            ring(t, due[i].card, due[i].what);
    }
    alarm_plan(t);
}
