/* SPDX-License-Identifier: MPL-2.0
 * Carries what was taken up to the channels: asks the codec for requests, writes the frames, hears what the messenger made of
 * them. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "flow/outbox_inner.h"
#include "flow/pulse.h"
#include "flow/receipt.h"
#include "flow/turn.h"
#include "flow/wait.h"

enum { PARTS_MAX = 16, /* of one message: the gateway knows each by its own id */
       BACKOFF_FIRST_MS = 1000, BACKOFF_LAST_MS = 15 * 60 * 1000, AGES_MS = 1000 };

/* ---- after the commit ---- */

void courier_fly(struct item *item)
{
    item->state = ITEM_FLYING;
    item->later_s = 0;
    item->together = 0;
}

void courier_write(struct flow *flow, const struct item *item, const struct turn *turn)
{
    const char *lane = arena_print(flow->arena, "%s/%s/%s", flow->town->id, item->channel, item->address);
    fetch_write(flow, fetch_id(item->id * PARTS_MAX + item->part, FETCH_OUTBOX), turn->plugin->plugin->name, lane,
                &turn->requests[item->part], 0);
}

/* What was said in the batch that has just been committed is still at hand; what waited is in its row. */
static bool unfold(struct flow *flow, const struct item *item, struct viche_message *out)
{
    memset(out, 0, sizeof *out);
    if (!item->draft)
        return message_read(item->body, flow->arena, out);
    message_of(item->draft, out);
    return true;
}

static void send_item(struct flow *flow, struct item *item)
{
    const struct town_plugin *plugin = NULL;
    const struct viche_channel *channel = town_channel(flow->town, item->channel, &plugin);
    struct viche_message message;
    bool typing = item->state == ITEM_TYPING;
    item->state = channel || typing ? ITEM_SENT : ITEM_LOST;
    if (!channel || !unfold(flow, item, &message))
        return;
    message.id = (uint64_t)item->message;
    message.at = item->at;
    message.address = item->address;
    message.flags = typing ? VICHE_MESSAGE_TYPING : 0;
    struct turn *turn = turn_plain(flow, plugin);
    turn->channel = channel;
    flow_begin(flow, 0, plugin->plugin->name);
    channel->send(&turn->base, &message);
    flow_end(flow);
    if (typing) {
        fetch_forget(turn);
    } else if (turn->request_count > item->part) {
        item->parts = turn->request_count < PARTS_MAX ? turn->request_count : PARTS_MAX;
        courier_fly(item);
        courier_write(flow, item, turn);
    } else {
        pace_done(flow->outbox->pace, item->channel); /* nobody will answer */
    }
    turn_end(turn);
}

static bool is_done_typing(struct flow *flow, struct item *item)
{
    (void)flow;
    return item->id == 0 && item->state == ITEM_SENT;
}

static struct viche_pace pace_of(struct flow *flow, const struct town_plugin *plugin, const struct viche_channel *channel,
                                 const char *address)
{
    struct viche_pace pace = {.size = sizeof pace};
    struct turn *turn = turn_plain(flow, plugin);
    turn->channel = channel;
    channel->pace(&turn->base, address, &pace);
    turn_end(turn);
    return pace;
}

/* When the messenger's pace allows a message to this chat; now_ms: now, and it counts as having left. */
static int64_t may_ms(struct flow *flow, const struct town_plugin *plugin, const struct viche_channel *channel, const char *address,
                      int64_t now_ms)
{
    if (!channel->pace)
        return now_ms;
    struct viche_pace pace = pace_of(flow, plugin, channel, address);
    return pace_take(flow->outbox->pace, channel->id, address, &pace, now_ms);
}

bool courier_may_join(struct flow *flow, const struct town_plugin *plugin, const struct viche_channel *channel, const char *address)
{
    int64_t now_ms = flow->outbox->looked_ms;
    if (!channel->pace)
        return true;
    struct viche_pace pace = pace_of(flow, plugin, channel, address);
    pace.per_second = 0; /* one call is one */
    return pace_take(flow->outbox->pace, channel->id, address, &pace, now_ms) <= now_ms;
}

/* May it go now? If only the messenger's pace says no, it is looked at again in time. */
static bool may_go(struct flow *flow, const struct item *item)
{
    struct outbox *outbox = flow->outbox;
    int64_t now_ms = outbox->looked_ms; /* one moment for all: no broadcast slips in behind a reply that had to wait */
    const struct town_plugin *plugin = NULL;
    const struct viche_channel *channel = town_channel(flow->town, item->channel, &plugin);
    if (item->state == ITEM_TYPING)
        return true;
    if (item->state != ITEM_READY || item->due_ms > now_ms || outbox_must_wait(outbox, item))
        return false;
    if (!channel)
        return true;
    int64_t then_ms = may_ms(flow, plugin, channel, item->address, now_ms);
    if (then_ms > now_ms && then_ms < outbox->pace_ms)
        outbox->pace_ms = then_ms;
    return then_ms <= now_ms;
}

/* Has the channel told us to wait, or failed? */
static bool is_held_back(const struct outbox *outbox, const char *channel)
{
    for (const struct item *item = outbox->first; item; item = item->next)
        if (item->state == ITEM_READY && item->tries > 0 && text_is(item->channel, channel))
            return true;
    return false;
}

bool outbox_passes(struct flow *flow, const struct town_plugin *plugin, const struct viche_channel *channel, const char *address)
{
    struct outbox *outbox = flow->outbox;
    int64_t now_ms = clock_now_ms();
    bool waits = !outbox->started || outbox->more || is_held_back(outbox, channel->id) ||
                 outbox_is_busy(outbox, channel->id, address, false, NULL);
    if (waits || may_ms(flow, plugin, channel, address, now_ms) > now_ms)
        return false;
    pace_unheard(outbox->pace, channel->id);
    return true;
}

static void send_all(struct flow *flow, bool bulk)
{
    struct outbox *outbox = flow->outbox;
    for (struct item *item = outbox->first; item; item = item->next) {
        item->fresh = false;
        if (item->bulk == bulk && may_go(flow, item) && !(bulk && together_send(flow, item)))
            send_item(flow, item);
        item->draft = NULL;
        if (item->state == ITEM_SENT || item->state == ITEM_LOST)
            outbox_settle(outbox, item, item->state);
    }
}

/* For officials: how long does the oldest message of each channel wait? Once a second is enough. */
static void tell_ages(struct flow *flow)
{
    struct outbox *outbox = flow->outbox;
    if (clock_now_ms() - outbox->aged_ms < AGES_MS)
        return;
    outbox->aged_ms = clock_now_ms();
    pulse_none_waits(flow);
    for (const struct item *item = outbox->first; item; item = item->next)
        if (item->state == ITEM_READY || item->state == ITEM_FLYING)
            pulse_waits(flow, item->channel, item->at);
}

void outbox_send(struct flow *flow)
{
    flow->outbox->pace_ms = INT64_MAX;
    flow->outbox->looked_ms = clock_now_ms();
    send_all(flow, false);
    send_all(flow, true);
    tell_ages(flow);
    outbox_drop(flow, is_done_typing);
}

/* ---- what the messenger answered ---- */

static uint32_t usual_verdict(const struct viche_result *result)
{
    if (result->status >= 200 && result->status < 300)
        return VICHE_SENT;
    return result->status == 0 || result->status == 429 || result->status >= 500 ? VICHE_LATER : VICHE_REFUSED;
}

static int64_t backoff_ms(const struct item *item)
{
    int64_t wait_ms = BACKOFF_FIRST_MS << (item->tries < 20 ? item->tries : 20);
    if (wait_ms > BACKOFF_LAST_MS)
        wait_ms = BACKOFF_LAST_MS;
    wait_ms += randombytes_uniform((uint32_t)wait_ms / 4 + 1);
    return item->later_s ? (int64_t)item->later_s * 1000 : wait_ms;
}

/* The message that this one was to be written over is gone or too old: it comes as a new one. */
static bool begin_anew(struct flow *flow, struct item *item)
{
    const char *body = message_anew(item->body, flow->arena);
    if (!body)
        return false;
    free(item->body);
    item->body = mem_copy(body);
    item->due_ms = clock_now_ms();
    item->state = ITEM_READY;
    outbox_rewrite(flow, item);
    return true;
}

/* This chat has shut us out: nothing that waits for it goes there. */
static void lose_chat(struct flow *flow, const struct item *item)
{
    citizen_reach(flow->town->db, item->channel, item->address, false);
    for (struct item *other = flow->outbox->first; other; other = other->next) {
        bool waits = other == item || other->state == ITEM_READY;
        if (!waits || !text_is(other->channel, item->channel) || !text_is(other->address, item->address))
            continue;
        other->verdict = VICHE_GONE;
        outbox_settle(flow->outbox, other, ITEM_LOST);
    }
}

static void try_again(struct flow *flow, struct item *item)
{
    item->due_ms = clock_now_ms() + backoff_ms(item);
    item->tries++;
    item->state = ITEM_READY;
    outbox_put_off(flow, item);
    if (pulse_lost(flow, item->channel) && outbox_may_move(flow, item))
        outbox_settle(flow->outbox, item, ITEM_LOST);
}

/* Each part waits for its own turn in the messenger's pace; one that was taken never goes again. */
static bool goes_on(struct flow *flow, struct item *item)
{
    if (++item->part >= item->parts)
        return false;
    item->due_ms = clock_now_ms();
    item->tries = 0;
    item->state = ITEM_READY;
    outbox_put_off(flow, item);
    return true;
}

static void finish(struct flow *flow, struct item *item)
{
    if (*item->tag)
        receipt_tell(flow, item->owner, item->tag, item->verdict);
    item->told = true;
    /* Together with the answer's own transaction: a crash afterwards sends nothing twice. */
    outbox_delete(flow, item);
    outbox_settle(flow->outbox, item, ITEM_SENT);
}

static void conclude(struct flow *flow, struct item *item, uint32_t verdict)
{
    if (verdict == VICHE_LATER) {
        try_again(flow, item);
        return;
    }
    if (verdict == VICHE_REFUSED && item->part == 0 && begin_anew(flow, item))
        return;
    if (verdict != VICHE_SENT)
        log_line(LOG_WARN, "outbox", "a message was not taken", "town=%s channel=%s verdict=%u", flow->town->id, item->channel, verdict);
    if (verdict > item->verdict)
        item->verdict = verdict;
    if (verdict == VICHE_GONE)
        lose_chat(flow, item);
    else if (!goes_on(flow, item))
        finish(flow, item);
}

/* What the answer means for this message, in the codec's words. */
static uint32_t read_answer(struct flow *flow, const struct town_plugin *plugin, const struct viche_channel *channel, struct item *item,
                            const struct viche_result *result, bool *shut)
{
    if (!channel->sent)
        return usual_verdict(result);
    struct turn *turn = turn_plain(flow, plugin);
    turn->channel = channel;
    turn->address = item->address;
    uint32_t verdict = item->together ? channel->sent_together(&turn->base, result, item->address) : channel->sent(&turn->base, result);
    if (turn->later_s > item->later_s)
        item->later_s = turn->later_s;
    *shut = turn->shut;
    const char *sent_id = verdict == VICHE_SENT && *item->tag && channel->sent_id ? channel->sent_id(&turn->base, result) : NULL;
    if (sent_id)
        receipt_keep(flow, channel, sent_id, item->owner, item->tag);
    turn_end(turn);
    return verdict;
}

static void hear(struct flow *flow, struct item *item, const struct viche_result *result)
{
    const struct town_plugin *plugin = NULL;
    const struct viche_channel *channel = town_channel(flow->town, item->channel, &plugin);
    if (!channel || item->state != ITEM_FLYING)
        return;
    bool shut = false;
    uint32_t verdict = read_answer(flow, plugin, channel, item, result, &shut);
    enum pulse pulse = shut || result->status == 401 ? PULSE_REFUSED : verdict == VICHE_LATER ? PULSE_TROUBLE : PULSE_FINE;
    bool too_fast = result->status == 429; /* it works */
    if (!too_fast && pulse_note(flow, item->channel, pulse))
        outbox_wake(flow, item->channel);
    if (!item->together || item->together == item->id)
        pace_done(flow->outbox->pace, item->channel);
    conclude(flow, item, verdict);
}

void outbox_fetched(struct flow *flow, uint64_t id, const struct viche_result *result)
{
    int64_t row = (int64_t)(id / PARTS_MAX);
    for (struct item *item = flow->outbox->first; item; item = item->next)
        if ((item->id == row && item->part == id % PARTS_MAX) || (item->together == row && item->state == ITEM_FLYING))
            hear(flow, item, result);
}
