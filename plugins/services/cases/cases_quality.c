/* SPDX-License-Identifier: MPL-2.0
 * How decision-makers rate work, and what they draw from it: a disciplinary measure, a bonus. Owns `cases_quality`. */
#include "cases.h"

void quality_add(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk, const char *measure)
{
    viche_sql(t,
              "INSERT INTO cases_quality(card, at, clerk, executor, timeliness, quality, measure, words) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
              VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(clerk), VICHE_INT_VALUE(card->executor),
              VICHE_INT_VALUE(word_number(field_get(t, action, "timeliness"))),
              VICHE_INT_VALUE(word_number(field_get(t, action, "quality"))), VICHE_TEXT_VALUE(measure),
              VICHE_TEXT_VALUE(field_words(t, card, action)));
}

bool quality_is_assessed(struct viche_turn *t, const struct card *card)
{
    struct viche_rows *rows = viche_sql(t, "SELECT 1 FROM cases_quality WHERE card = ? AND quality > 0", VICHE_INT_VALUE(card->id));
    return viche_row(t, rows);
}

/* ---- for the report: by the scope of the card that was rated ---- */

#define RATED " FROM cases_quality AS q JOIN cases_card AS c ON c.id = q.card WHERE q.at >= ? AND q.at < ?" \
              " AND c.scope IN (SELECT value FROM json_each(?))"

struct viche_rows *quality_marks(struct viche_turn *t, int64_t from, int64_t until, const char *scopes)
{
    return viche_sql(t, "SELECT q.executor, avg(q.timeliness), avg(q.quality)" RATED " GROUP BY q.executor ORDER BY 3 DESC, 2 DESC",
                     VICHE_INT_VALUE(from), VICHE_INT_VALUE(until), VICHE_TEXT_VALUE(scopes));
}

struct viche_rows *quality_measures(struct viche_turn *t, int64_t from, int64_t until, const char *scopes)
{
    return viche_sql(t, "SELECT q.executor, count(*)" RATED " AND q.measure <> '' GROUP BY q.executor ORDER BY 2 DESC",
                     VICHE_INT_VALUE(from), VICHE_INT_VALUE(until), VICHE_TEXT_VALUE(scopes));
}
