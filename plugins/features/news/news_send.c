/* SPDX-License-Identifier: MPL-2.0
 * Sending. Publishing freezes the recipients in `news_recipient`; every second a portion of them is handed to the outbox, in the
 * same transaction that says so: a crash undoes both, nobody is missed and nobody is taken twice. Quiet hours are asked at that
 * moment, so a pause over night or a change of mind counts. Emergencies go first and wait for no other item. */
#include <string.h>

#include "news.h"

enum { LOOKED_AT = 1000, /* of one portion, most of whom may be quiet */
       AHEAD_S = 10,     /* of the pace: may be under way on one channel; on one that is down, one second's */
       CHANNELS = 16 };

/* What each channel has been handed and has not answered yet. A channel that stands still gets no more, and the others go on. */
struct handed {
    struct {
        const char *channel;
        int64_t count;
    } items[CHANNELS];
    uint32_t count;
    int64_t pace;
};

void send_begin(struct viche_turn *t, const struct item *item)
{
    item_publish(t, item->id);
    int64_t first = item->from_at > viche_now(t) ? item->from_at : viche_now(t);
    for (struct audience audience = audience_of(t, item); audience_next(t, &audience);)
        recipient_add(t, item->id, audience.person.id, first);
    item_index(t, item->id);
    send_finish(t, item->id);
    send_now(t);
}

void send_now(struct viche_turn *t) { viche_plan(t, "feed", viche_now(t)); }

void send_soon(struct viche_turn *t) { viche_plan(t, "feed", viche_now(t) + 1); }

void send_finish(struct viche_turn *t, int64_t id)
{
    struct item item;
    if (item_find(t, id, &item) && item.sending == VICHE_NEWS_SENDING && !recipient_is_left(t, id))
        item_move(t, id, VICHE_NEWS_SENT);
}

/* ---- one portion ------------------------------------------------------------------------------------------------------ */

static struct handed handed_so_far(struct viche_turn *t, const struct item *item)
{
    struct handed handed = {.pace = viche_option_number(t, "per_second")};
    struct viche_rows *rows = recipient_handed(t, item->emergency);
    for (; handed.count < CHANNELS && viche_row(t, rows); handed.count++) {
        handed.items[handed.count].channel = viche_row_text(t, rows, 0);
        handed.items[handed.count].count = viche_row_integer(t, rows, 1);
    }
    return handed;
}

/* One more for this person's channel, if it has room. */
static bool hand(struct handed *handed, const struct viche_person *person)
{
    int64_t most = handed->pace * (person->down ? 1 : AHEAD_S);
    uint32_t i = 0;
    while (i < handed->count && strcmp(handed->items[i].channel, person->channel) != 0)
        i++;
    if (i == CHANNELS)
        return true;
    if (i == handed->count) {
        handed->items[i].channel = person->channel;
        handed->items[i].count = 0;
        handed->count++;
    }
    return handed->items[i].count++ < most;
}

/* Says it, or puts it off. Returns how many messages that made. */
static uint32_t serve(struct viche_turn *t, const struct item *item, uint64_t citizen, struct handed *handed)
{
    struct viche_person person;
    int64_t now = viche_now(t);
    int64_t due = item->emergency ? now : quiet_until(t, reader_get(t, citizen).hours, now);
    if (due > now) {
        recipient_put_off(t, item->id, citizen, due);
        return 0;
    }
    if (!viche_person(t, citizen, &person) || person.id != citizen || *person.channel == '\0') {
        recipient_mark(t, item->id, citizen, NOTICE_UNREACHABLE);
        return 0;
    }
    if (!hand(handed, &person)) {
        recipient_put_off(t, item->id, citizen, now + AHEAD_S);
        return 0;
    }
    viche_speak(t, person.language);
    struct item spoken; /* in the language of this one */
    if (item_find(t, item->id, &spoken))
        notice_say(t, &spoken, citizen);
    recipient_hand(t, item->id, citizen, person.channel);
    return 1;
}

/* Those whose turn has come, copied: their rows are written to while we go through them. */
static uint64_t *waiting(struct viche_turn *t, int64_t item, uint32_t *count)
{
    uint64_t *citizens = viche_memory(t, LOOKED_AT * sizeof *citizens);
    struct viche_rows *rows = recipient_waiting(t, item, LOOKED_AT);
    for (*count = 0; viche_row(t, rows); ++*count)
        citizens[*count] = (uint64_t)viche_row_integer(t, rows, 0);
    return citizens;
}

static uint32_t feed_item(struct viche_turn *t, const struct item *item, uint32_t room)
{
    uint32_t count = 0, said = 0;
    if (item->until_at && item->until_at <= viche_now(t))
        recipient_stop(t, item->id); /* nobody is woken for yesterday's news */
    const uint64_t *citizens = waiting(t, item->id, &count);
    struct handed handed = handed_so_far(t, item);
    for (uint32_t i = 0; i < count && said < room; i++)
        said += serve(t, item, citizens[i], &handed);
    send_finish(t, item->id);
    return said;
}

void send_feed(struct viche_turn *t, int64_t planned_at)
{
    (void)planned_at;
    uint32_t left = (uint32_t)viche_option_number(t, "per_second");
    viche_bulk(t, 1);
    struct item items[16];
    uint32_t count = 0;
    struct viche_rows *rows = item_being_sent(t);
    while (count < sizeof items / sizeof *items && item_next(t, rows, &items[count]))
        count++;
    for (uint32_t i = 0; i < count; i++)
        left -= feed_item(t, &items[i], left);
    int64_t next = recipient_next_due(t);
    int64_t soonest = viche_now(t) + 1;
    viche_plan(t, "feed", next == 0 ? 0 : next > soonest ? next : soonest);
}
