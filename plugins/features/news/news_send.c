/* SPDX-License-Identifier: MPL-2.0
 * Sending. Publishing freezes the recipients in `news_recipient`; every second a portion of them is handed to the outbox, in the
 * same transaction that says so: a crash undoes both, nobody is missed and nobody is taken twice. Quiet hours are asked at that
 * moment, so a pause over night or a change of mind counts. */
#include "news.h"

enum { LOOKED_AT = 1000, /* of one portion, most of whom may be quiet */ AHEAD_S = 10 /* of the pace: may be under way */ };

void send_begin(struct viche_turn *t, const struct item *item)
{
    viche_sql(t, "UPDATE news SET sending = ?, shown = 1, token = '=' || token, started_at = ?, ended_at = 0 WHERE id = ?",
              VICHE_INT_VALUE(VICHE_NEWS_SENDING), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(item->id));
    int64_t first = item->from_at > viche_now(t) ? item->from_at : viche_now(t);
    for (struct audience audience = audience_of(t, item); audience_next(t, &audience);)
        viche_sql(t,
                  "INSERT INTO news_recipient(item, citizen, state, due_at) VALUES(?, ?, 0, ?)"
                  " ON CONFLICT(item, citizen) DO UPDATE SET state = 0, due_at = excluded.due_at",
                  VICHE_INT_VALUE(item->id), VICHE_INT_VALUE(audience.person.id), VICHE_INT_VALUE(first));
    item_index(t, item->id);
    send_finish(t, item->id);
    send_now(t);
}

void send_now(struct viche_turn *t) { viche_plan(t, "feed", viche_now(t)); }

void send_soon(struct viche_turn *t) { viche_plan(t, "feed", viche_now(t) + 1); }

void send_stop(struct viche_turn *t, const struct item *item)
{
    viche_sql(t, "UPDATE news_recipient SET state = ? WHERE item = ? AND state = ?", VICHE_INT_VALUE(NOTICE_UNSENT),
              VICHE_INT_VALUE(item->id), VICHE_INT_VALUE(NOTICE_WAITING));
}

static int64_t number(struct viche_turn *t, struct viche_rows *rows) { return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0; }

void send_finish(struct viche_turn *t, int64_t item)
{
    viche_sql(t,
              "UPDATE news SET sending = ?, ended_at = ? WHERE id = ? AND sending = ? AND NOT EXISTS"
              " (SELECT 1 FROM news_recipient WHERE item = news.id AND state < ?)",
              VICHE_INT_VALUE(VICHE_NEWS_SENT), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(item),
              VICHE_INT_VALUE(VICHE_NEWS_SENDING), VICHE_INT_VALUE(NOTICE_DELIVERED));
}

/* ---- one portion ------------------------------------------------------------------------------------------------------ */

static void mark(struct viche_turn *t, int64_t item, uint64_t citizen, enum notice state)
{
    viche_sql(t, "UPDATE news_recipient SET state = ? WHERE item = ? AND citizen = ?", VICHE_INT_VALUE(state), VICHE_INT_VALUE(item),
              VICHE_INT_VALUE(citizen));
}

/* Says it, or puts it off. Returns how many messages that made. */
static uint32_t serve(struct viche_turn *t, const struct item *item, uint64_t citizen)
{
    struct viche_person person;
    int64_t now = viche_now(t);
    int64_t due = item->emergency ? now : quiet_until(t, reader_get(t, citizen).hours, now);
    if (due > now) {
        viche_sql(t, "UPDATE news_recipient SET due_at = ? WHERE item = ? AND citizen = ?", VICHE_INT_VALUE(due),
                  VICHE_INT_VALUE(item->id), VICHE_INT_VALUE(citizen));
        return 0;
    }
    if (!viche_person(t, citizen, &person) || person.id != citizen || *person.channel == '\0') {
        mark(t, item->id, citizen, NOTICE_UNREACHABLE);
        return 0;
    }
    viche_speak(t, person.language);
    struct item spoken; /* in the language of this one */
    if (item_find(t, item->id, &spoken))
        notice_say(t, &spoken, citizen);
    mark(t, item->id, citizen, NOTICE_HANDED);
    return 1;
}

/* Those whose turn has come, copied: their rows are written to while we go through them. */
static uint64_t *waiting(struct viche_turn *t, int64_t item, uint32_t *count)
{
    uint64_t *citizens = viche_memory(t, LOOKED_AT * sizeof *citizens);
    struct viche_rows *rows = viche_sql(
        t, "SELECT citizen FROM news_recipient WHERE item = ? AND state = ? AND due_at <= ? ORDER BY due_at, citizen LIMIT ?",
        VICHE_INT_VALUE(item), VICHE_INT_VALUE(NOTICE_WAITING), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(LOOKED_AT));
    for (*count = 0; viche_row(t, rows); ++*count)
        citizens[*count] = (uint64_t)viche_row_integer(t, rows, 0);
    return citizens;
}

static uint32_t feed_item(struct viche_turn *t, const struct item *item, uint32_t room)
{
    uint32_t count = 0, said = 0;
    if (item->until_at && item->until_at <= viche_now(t))
        send_stop(t, item); /* nobody is woken for yesterday's news */
    const uint64_t *citizens = waiting(t, item->id, &count);
    for (uint32_t i = 0; i < count && said < room; i++)
        said += serve(t, item, citizens[i]);
    send_finish(t, item->id);
    return said;
}

/* The outbox stays short: messengers that stand still hold us up, too. */
static uint32_t room(struct viche_turn *t)
{
    int64_t pace = viche_option_number(t, "per_second");
    int64_t under_way = number(t, viche_sql(t,
                                            "SELECT count(*) FROM news_recipient WHERE state = ? AND item IN"
                                            " (SELECT id FROM news WHERE sending = ?)",
                                            VICHE_INT_VALUE(NOTICE_HANDED), VICHE_INT_VALUE(VICHE_NEWS_SENDING)));
    int64_t left = pace * AHEAD_S - under_way;
    return (uint32_t)(left < 0 ? 0 : left < pace ? left : pace);
}

void send_feed(struct viche_turn *t, int64_t planned_at)
{
    (void)planned_at;
    uint32_t left = room(t);
    viche_bulk(t, 1);
    struct viche_rows *rows = viche_sql(t, "SELECT id FROM news WHERE sending = ? ORDER BY emergency DESC, started_at, id",
                                        VICHE_INT_VALUE(VICHE_NEWS_SENDING));
    int64_t ids[16];
    uint32_t count = 0;
    while (count < sizeof ids / sizeof *ids && viche_row(t, rows))
        ids[count++] = viche_row_integer(t, rows, 0);
    for (uint32_t i = 0; i < count; i++) {
        struct item item;
        if (item_find(t, ids[i], &item))
            left -= feed_item(t, &item, left);
    }
    int64_t next = number(t, viche_sql(t,
                                       "SELECT min(due_at) FROM news_recipient WHERE state = ? AND item IN"
                                       " (SELECT id FROM news WHERE sending = ?)",
                                       VICHE_INT_VALUE(NOTICE_WAITING), VICHE_INT_VALUE(VICHE_NEWS_SENDING)));
    int64_t soonest = viche_now(t) + 1;
    viche_plan(t, "feed", next == 0 ? 0 : next > soonest ? next : soonest);
}
