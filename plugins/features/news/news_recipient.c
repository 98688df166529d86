/* SPDX-License-Identifier: MPL-2.0
 * Who gets an item and how far it has come to them: frozen when it is published. After a month who it was is forgotten and how many
 * is kept. Owns `news_recipient` and `news_tally`. */
#include <string.h>

#include "news.h"

enum { KEPT_S = 30 * 24 * 3600 };

/* ---- their turn ------------------------------------------------------------------------------------------------------- */

void recipient_add(struct viche_turn *t, int64_t item, uint64_t citizen, int64_t due)
{
    viche_sql(t,
              "INSERT INTO news_recipient(item, citizen, state, due_at) VALUES(?, ?, 0, ?)"
              " ON CONFLICT(item, citizen) DO UPDATE SET state = 0, due_at = excluded.due_at",
              VICHE_INT_VALUE(item), VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(due));
}

struct viche_rows *recipient_waiting(struct viche_turn *t, int64_t item, uint32_t limit)
{
    return viche_sql(t, "SELECT citizen FROM news_recipient WHERE item = ? AND state = ? AND due_at <= ? ORDER BY due_at, citizen LIMIT ?",
                     VICHE_INT_VALUE(item), VICHE_INT_VALUE(NOTICE_WAITING), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(limit));
}

void recipient_mark(struct viche_turn *t, int64_t item, uint64_t citizen, enum notice state)
{
    viche_sql(t, "UPDATE news_recipient SET state = ? WHERE item = ? AND citizen = ?", VICHE_INT_VALUE(state), VICHE_INT_VALUE(item),
              VICHE_INT_VALUE(citizen));
}

void recipient_hand(struct viche_turn *t, int64_t item, uint64_t citizen, const char *channel)
{
    viche_sql(t, "UPDATE news_recipient SET state = ?, channel = ? WHERE item = ? AND citizen = ?", VICHE_INT_VALUE(NOTICE_HANDED),
              VICHE_TEXT_VALUE(channel), VICHE_INT_VALUE(item), VICHE_INT_VALUE(citizen));
}

void recipient_put_off(struct viche_turn *t, int64_t item, uint64_t citizen, int64_t due)
{
    viche_sql(t, "UPDATE news_recipient SET due_at = ? WHERE item = ? AND citizen = ?", VICHE_INT_VALUE(due), VICHE_INT_VALUE(item),
              VICHE_INT_VALUE(citizen));
}

void recipient_stop(struct viche_turn *t, int64_t item)
{
    viche_sql(t, "UPDATE news_recipient SET state = ? WHERE item = ? AND state = ?", VICHE_INT_VALUE(NOTICE_UNSENT), VICHE_INT_VALUE(item),
              VICHE_INT_VALUE(NOTICE_WAITING));
}

void recipient_unwant(struct viche_turn *t, uint64_t citizen, const char *topic)
{
    bool emergency = strcmp(topic, EMERGENCY) == 0;
    viche_sql(t,
              "UPDATE news_recipient SET state = ?1 WHERE citizen = ?2 AND state = ?3 AND item IN"
              " (SELECT id FROM news WHERE sending > 0 AND emergency = ?4 AND (emergency = 1 OR topic = ?5))",
              VICHE_INT_VALUE(NOTICE_UNSENT), VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(NOTICE_WAITING), VICHE_INT_VALUE(emergency),
              VICHE_TEXT_VALUE(topic));
}

/* A receipt comes after others of the same message, or instead of them: who has seen it cannot have it delivered again, and what was
 * taken may fail after all. */
void recipient_receipt(struct viche_turn *t, int64_t item, uint64_t citizen, enum notice state)
{
    bool later = state == NOTICE_ARRIVED || state == NOTICE_SEEN || state == NOTICE_FAILED;
    enum notice taken = later ? NOTICE_DELIVERED : NOTICE_HANDED, arrived = state == NOTICE_SEEN ? NOTICE_ARRIVED : NOTICE_HANDED;
    viche_sql(t, "UPDATE news_recipient SET state = ? WHERE item = ? AND citizen = ? AND state IN (?, ?, ?)", VICHE_INT_VALUE(state),
              VICHE_INT_VALUE(item), VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(NOTICE_HANDED), VICHE_INT_VALUE(taken),
              VICHE_INT_VALUE(arrived));
}

/* ---- how many --------------------------------------------------------------------------------------------------------- */

static int64_t number(struct viche_turn *t, struct viche_rows *rows) { return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0; }

bool recipient_has(struct viche_turn *t, int64_t item, uint64_t citizen)
{
    return number(t, viche_sql(t, "SELECT count(*) FROM news_recipient WHERE item = ? AND citizen = ? AND state IN (?, ?, ?, ?)",
                               VICHE_INT_VALUE(item), VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(NOTICE_HANDED),
                               VICHE_INT_VALUE(NOTICE_DELIVERED), VICHE_INT_VALUE(NOTICE_ARRIVED), VICHE_INT_VALUE(NOTICE_SEEN))) > 0;
}

bool recipient_is_left(struct viche_turn *t, int64_t item)
{
    return number(t, viche_sql(t, "SELECT EXISTS(SELECT 1 FROM news_recipient WHERE item = ? AND state < ?)", VICHE_INT_VALUE(item),
                               VICHE_INT_VALUE(NOTICE_DELIVERED))) != 0;
}

struct viche_rows *recipient_handed(struct viche_turn *t, bool emergencies)
{
    return viche_sql(t,
                     "SELECT channel, count(*) FROM news_recipient WHERE state = ? AND item IN"
                     " (SELECT id FROM news WHERE sending = ? AND emergency >= ?) GROUP BY channel",
                     VICHE_INT_VALUE(NOTICE_HANDED), VICHE_INT_VALUE(VICHE_NEWS_SENDING), VICHE_INT_VALUE(emergencies));
}

int64_t recipient_next_due(struct viche_turn *t)
{
    return number(t, viche_sql(t,
                               "SELECT min(due_at) FROM news_recipient WHERE state = ? AND item IN"
                               " (SELECT id FROM news WHERE sending = ?)",
                               VICHE_INT_VALUE(NOTICE_WAITING), VICHE_INT_VALUE(VICHE_NEWS_SENDING)));
}

struct viche_rows *recipient_counts(struct viche_turn *t, int64_t item)
{
    return viche_sql(t,
                     "SELECT state, count(*) FROM news_recipient WHERE item = ?1 GROUP BY state"
                     " UNION ALL SELECT state, count FROM news_tally WHERE item = ?1",
                     VICHE_INT_VALUE(item));
}

/* ---- one citizen's ---------------------------------------------------------------------------------------------------- */

struct viche_rows *recipient_items(struct viche_turn *t, uint64_t citizen)
{
    return viche_sql(t, "SELECT item, state FROM news_recipient WHERE citizen = ? ORDER BY item", VICHE_INT_VALUE(citizen));
}

/* Two recipients turned out to be one: who has got it has got it. What is under way is taken for delivered, because its receipt will
 * name a citizen whom nobody knows any more. */
void recipient_join(struct viche_turn *t, uint64_t from)
{
    viche_sql(t,
              "INSERT INTO news_recipient(item, citizen, state, due_at, channel) SELECT item, ?1, CASE state WHEN 1 THEN 2 ELSE state END,"
              " due_at, channel FROM news_recipient WHERE citizen = ?2 ON CONFLICT(item, citizen) DO UPDATE SET state = excluded.state"
              " WHERE state = 0 AND excluded.state IN (1, 2, 3, 7)",
              VICHE_INT_VALUE(viche_citizen(t)), VICHE_INT_VALUE(from));
    viche_sql(t, "DELETE FROM news_recipient WHERE citizen = ?", VICHE_INT_VALUE(from));
}

void recipient_fold(struct viche_turn *t, uint64_t citizen)
{
    viche_sql(t, "UPDATE news_recipient SET state = ? WHERE citizen = ? AND state <= ?", VICHE_INT_VALUE(NOTICE_UNSENT),
              VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(NOTICE_HANDED));
    viche_sql(t,
              "INSERT INTO news_tally(item, state, count) SELECT item, state, 1 FROM news_recipient WHERE citizen = ?"
              " ON CONFLICT(item, state) DO UPDATE SET count = count + 1",
              VICHE_INT_VALUE(citizen));
    viche_sql(t, "DELETE FROM news_recipient WHERE citizen = ?", VICHE_INT_VALUE(citizen));
}

void recipient_trim(struct viche_turn *t, int64_t planned_at)
{
    static const char *const steps[] = {
        "INSERT INTO news_tally(item, state, count) SELECT item, state, count(*) FROM news_recipient WHERE item IN"
        " (SELECT id FROM news WHERE ended_at > 0 AND ended_at < ?) GROUP BY item, state"
        " ON CONFLICT(item, state) DO UPDATE SET count = count + excluded.count",
        "DELETE FROM news_recipient WHERE item IN (SELECT id FROM news WHERE ended_at > 0 AND ended_at < ?)"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        viche_sql(t, steps[i], VICHE_INT_VALUE(planned_at - KEPT_S));
}
