/* SPDX-License-Identifier: MPL-2.0
 * Finding cards: one by what it is known by, or all those that something is asked about. Reads what cases_card.c owns. */
#include "cases.h"

#define CARDS "SELECT " CARD_COLUMNS " FROM cases_card"

/* ---- one ---- */

bool card_next(struct viche_turn *t, struct viche_rows *rows, struct card *out)
{
    if (!viche_row(t, rows))
        return false;
    *out = (struct card){0};
    int64_t *const numbers[] = {&out->id, &out->scope, &out->citizen, &out->received_at, &out->delivered_at, &out->closed_at, &out->about,
                                &out->state_at, &out->revision, &out->due_at, &out->overdue_at, &out->responsible, &out->decider,
                                &out->executor, &out->control, &out->returns, &out->repeat_of, &out->incident};
    const char **const words[] = {&out->type, &out->number, &out->channel, &out->language, &out->kind, &out->surname, &out->first_name,
                                  &out->patronymic, &out->residence, &out->phone, &out->email, &out->essence, &out->category,
                                  &out->organisation, &out->place, &out->privilege, &out->state, &out->back, &out->waits, &out->term,
                                  &out->outcome, &out->answer, &out->grounds, &out->plan, &out->addressee, &out->flagged};
    uint32_t column = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = viche_row_integer(t, rows, column++);
    out->flags = (uint32_t)viche_row_integer(t, rows, column++);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        *words[i] = viche_row_text(t, rows, column++);
    out->latitude = viche_row_real(t, rows, column++);
    out->longitude = viche_row_real(t, rows, column);
    return true;
}

bool card_peek(struct viche_turn *t, int64_t id, struct card *out)
{
    return card_next(t, viche_sql(t, CARDS " WHERE id = ?", VICHE_INT_VALUE(id)), out);
}

bool card_find(struct viche_turn *t, int64_t id, struct card *out)
{
    if (!card_peek(t, id, out))
        return false;
    out->kept = type_find(t, out->type);
    return out->kept != NULL;
}

bool card_numbered(struct viche_turn *t, const char *number, struct card *out)
{
    struct viche_rows *rows = viche_sql(t, "SELECT id FROM cases_card WHERE number = ?", VICHE_TEXT_VALUE(number));
    return viche_row(t, rows) && card_find(t, viche_row_integer(t, rows, 0), out);
}

/* About 300 metres in our latitudes, and a month. */
bool card_similar(struct viche_turn *t, const struct card *card, int64_t before, struct card *out)
{
    static const double north = 0.0027, east = 0.0041;
    static const int64_t recent_s = 30 * 86400;
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT id FROM cases_card WHERE category = ? AND category <> '' AND latitude BETWEEN ? AND ?"
                                        " AND longitude BETWEEN ? AND ? AND latitude <> 0 AND type = ? AND closed_at = 0 AND id <> ?"
                                        " AND id < ? AND received_at > ? ORDER BY id DESC LIMIT 1",
                                        VICHE_TEXT_VALUE(card->category), VICHE_REAL_VALUE(card->latitude - north),
                                        VICHE_REAL_VALUE(card->latitude + north), VICHE_REAL_VALUE(card->longitude - east),
                                        VICHE_REAL_VALUE(card->longitude + east), VICHE_TEXT_VALUE(card->type), VICHE_INT_VALUE(card->id),
                                        VICHE_INT_VALUE(before), VICHE_INT_VALUE(card->received_at - recent_s));
    return viche_row(t, rows) && card_find(t, viche_row_integer(t, rows, 0), out);
}

/* ---- of whom and what ---- */

int64_t card_of_citizen(struct viche_turn *t, uint64_t citizen, const char *type, uint64_t before)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT id FROM cases_card WHERE citizen = ? AND citizen > 0 AND (? = '' OR type = ?)"
                                        " AND (? = 0 OR id < ?) ORDER BY id DESC LIMIT 1",
                                        VICHE_INT_VALUE(citizen), VICHE_TEXT_VALUE(type), VICHE_TEXT_VALUE(type), VICHE_INT_VALUE(before),
                                        VICHE_INT_VALUE(before));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

struct viche_rows *card_all_of_citizen(struct viche_turn *t, uint64_t citizen)
{
    return viche_sql(t, CARDS " WHERE citizen = ? ORDER BY id", VICHE_INT_VALUE(citizen));
}

int64_t card_count_since(struct viche_turn *t, int64_t citizen, int64_t since)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT count(*) FROM cases_card WHERE citizen = ? AND received_at > ? AND repeat_of = 0"
                                        " AND closed_at = 0",
                                        VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(since));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

struct viche_rows *card_of_incident(struct viche_turn *t, int64_t incident, int64_t but)
{
    return viche_sql(t, "SELECT id FROM cases_card WHERE incident = ? AND id <> ? ORDER BY id", VICHE_INT_VALUE(incident),
                     VICHE_INT_VALUE(but));
}

int64_t card_count_of_incident(struct viche_turn *t, int64_t incident)
{
    struct viche_rows *rows = viche_sql(t, "SELECT count(*) FROM cases_card WHERE incident = ?", VICHE_INT_VALUE(incident));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

struct viche_rows *card_listed(struct viche_turn *t, const char *ids)
{
    return viche_sql(t,
                     "SELECT " CARD_COLUMNS " FROM (SELECT value AS wanted, json_each.key AS nth FROM json_each(?))"
                     " CROSS JOIN cases_card ON id = wanted ORDER BY nth",
                     VICHE_TEXT_VALUE(ids));
}

struct viche_rows *card_seats(struct viche_turn *t, const char *seat)
{
    if (strcmp(seat, "co-executor") == 0)
        return viche_sql(t, "SELECT DISTINCT scope, clerk FROM cases_executor CROSS JOIN cases_card ON id = card"
                            " WHERE leading = 0 AND done_at = 0 AND closed_at = 0");
    return viche_sql(t, "SELECT DISTINCT scope, iif(? = 'decider', decider, executor) FROM cases_card WHERE closed_at = 0",
                     VICHE_TEXT_VALUE(seat));
}

struct viche_rows *card_left(struct viche_turn *t, const char *executors, const char *co_executors, const char *deciders)
{
    return viche_sql(t,
                     "SELECT min(id), count(*) FROM (SELECT *,"
                     " waits = 'executor' AND executor > 0 AND scope || ' ' || executor IN (SELECT value FROM json_each(?)) AS no_hands,"
                     " iif(waits = 'executor', (SELECT min(clerk) FROM cases_executor WHERE card = id AND leading = 0 AND done_at = 0"
                     " AND scope || ' ' || clerk IN (SELECT value FROM json_each(?))), NULL) AS part,"
                     " decider > 0 AND scope || ' ' || decider IN (SELECT value FROM json_each(?)) AS no_head"
                     " FROM cases_card WHERE closed_at = 0) AS card"
                     " WHERE no_hands OR part OR (no_head AND (waits = 'decider' OR EXISTS(SELECT 1 FROM cases_request r WHERE r.card = card.id"
                     " AND r.state = 'open'))) GROUP BY no_head, NOT no_head AND no_hands,"
                     " iif(no_head, decider, iif(no_hands, executor, part)), decider, responsible ORDER BY 1",
                     VICHE_TEXT_VALUE(executors), VICHE_TEXT_VALUE(co_executors), VICHE_TEXT_VALUE(deciders));
}

struct viche_rows *card_states(struct viche_turn *t, const char *type)
{
    return viche_sql(t, "SELECT DISTINCT state FROM cases_card WHERE type = ? AND closed_at = 0", VICHE_TEXT_VALUE(type));
}

struct viche_rows *card_overdue(struct viche_turn *t, const char *scopes)
{
    return viche_sql(t,
                     "SELECT executor, count(*) FROM cases_card WHERE closed_at = 0 AND due_at BETWEEN 1 AND ?"
                     " AND scope IN (SELECT value FROM json_each(?)) GROUP BY executor ORDER BY 2 DESC",
                     VICHE_INT_VALUE(viche_now(t)), VICHE_TEXT_VALUE(scopes));
}

/* ---- for everybody ---- */

#define SHOWN_CARDS                                                                                                             \
    CARDS " WHERE type IN (SELECT value FROM json_each(?1)) AND flagged = '' AND state NOT IN ('suspected', 'rejected')"        \
          " AND blanked_at = 0"
#define NEWEST " ORDER BY received_at DESC, id DESC LIMIT 1000"

struct viche_rows *card_shown(struct viche_turn *t, const char *types, const char *ids)
{
    return viche_sql(t, SHOWN_CARDS " AND id IN (SELECT CAST(value AS INTEGER) FROM json_each(?2))" NEWEST, VICHE_TEXT_VALUE(types),
                     VICHE_TEXT_VALUE(ids));
}

struct viche_rows *card_shown_of(struct viche_turn *t, const char *types, const struct card_span *span)
{
    return viche_sql(t,
                     SHOWN_CARDS " AND received_at BETWEEN ?2 AND ?3"
                                 " AND (?4 = '' OR type || '.' || category IN (SELECT value FROM json_each(?4)))"
                                 " AND ((?5 AND closed_at = 0) OR (?6 AND closed_at > 0))" NEWEST,
                     VICHE_TEXT_VALUE(types), VICHE_INT_VALUE(span->from), VICHE_INT_VALUE(span->until), VICHE_TEXT_VALUE(span->codes),
                     VICHE_INT_VALUE(span->open), VICHE_INT_VALUE(span->closed));
}
