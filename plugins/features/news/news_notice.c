/* SPDX-License-Identifier: MPL-2.0
 * One item told to one person, and what became of it. */
#include <stdlib.h>
#include <string.h>

#include <viche/channel.h>

#include "news.h"

void notice_say(struct viche_turn *t, const struct item *item, uint64_t citizen)
{
    viche_to(t, citizen);
    item_say(t, item);
    viche_tag(t, viche_print(t, "%lld.%llu", (long long)item->id, (unsigned long long)citizen));
    viche_offer(t, "off", viche_print(t, "/unsubscribe %s", item_topic(item)));
    viche_offer(t, "title", "/news");
}

/* ---- what the channel says -------------------------------------------------------------------------------------------- */

/* GONE: the host has looked for another address that the person agreed to, and there is none. */
static enum notice state_of(uint32_t what)
{
    switch (what) {
    case VICHE_SENT: return NOTICE_DELIVERED;
    case VICHE_DELIVERED: return NOTICE_ARRIVED;
    case VICHE_SEEN: return NOTICE_SEEN;
    case VICHE_GONE: return NOTICE_UNREACHABLE;
    default: return NOTICE_FAILED;
    }
}

void notice_delivered(struct viche_turn *t, const char *tag, uint32_t what)
{
    char *dot = NULL;
    int64_t item = strtoll(tag, &dot, 10);
    uint64_t citizen = *dot == '.' ? strtoull(dot + 1, NULL, 10) : 0;
    bool later = what == VICHE_DELIVERED || what == VICHE_SEEN || what == VICHE_REFUSED; /* after it was taken, too */
    enum notice taken = later ? NOTICE_DELIVERED : NOTICE_HANDED, arrived = what == VICHE_SEEN ? NOTICE_ARRIVED : NOTICE_HANDED;
    viche_sql(t, "UPDATE news_recipient SET state = ? WHERE item = ? AND citizen = ? AND state IN (?, ?, ?)",
              VICHE_INT_VALUE(state_of(what)), VICHE_INT_VALUE(item), VICHE_INT_VALUE(citizen),
              VICHE_INT_VALUE(NOTICE_HANDED), VICHE_INT_VALUE(taken), VICHE_INT_VALUE(arrived));
    send_finish(t, item);
}

/* ---- what the person says --------------------------------------------------------------------------------------------- */

void notice_unwant(struct viche_turn *t, uint64_t citizen, const char *topic)
{
    bool emergency = strcmp(topic, EMERGENCY) == 0;
    viche_sql(t,
              "UPDATE news_recipient SET state = ?1 WHERE citizen = ?2 AND state = ?3 AND item IN"
              " (SELECT id FROM news WHERE sending > 0 AND emergency = ?4 AND (emergency = 1 OR topic = ?5))",
              VICHE_INT_VALUE(NOTICE_UNSENT), VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(NOTICE_WAITING), VICHE_INT_VALUE(emergency),
              VICHE_TEXT_VALUE(topic));
}

void notice_erase(struct viche_turn *t)
{
    count_fold(t, viche_citizen(t));
    send_soon(t); /* it may have been the last one */
}

/* Two recipients turned out to be one: who has got it has got it. What is under way is taken for delivered, because its receipt will
 * name a citizen whom nobody knows any more. */
void notice_join(struct viche_turn *t, uint64_t from)
{
    viche_sql(t,
              "INSERT INTO news_recipient(item, citizen, state, due_at) SELECT item, ?1, CASE state WHEN 1 THEN 2 ELSE state END, due_at"
              " FROM news_recipient WHERE citizen = ?2 ON CONFLICT(item, citizen) DO UPDATE SET state = excluded.state"
              " WHERE state = 0 AND excluded.state IN (1, 2, 3, 7)",
              VICHE_INT_VALUE(viche_citizen(t)), VICHE_INT_VALUE(from));
    viche_sql(t, "DELETE FROM news_recipient WHERE citizen = ?", VICHE_INT_VALUE(from));
    send_soon(t);
}
