/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/ride.h"

#include "base/clock.h"
#include "base/text.h"
#include "flow/inbox.h"
#include "flow/outbox.h"
#include "flow/schedule.h"

void ride_offer(struct flow *flow, const struct viche_event *event)
{
    struct ride *ride = flow->ride;
    if (!ride)
        return;
    /* A hook that has replied already needs its answer for something else. */
    const struct turn *hook = ride->hook;
    bool possible = hook->channel->answer && hook->reply->status == 0 && !ride->body;
    ride->address = possible ? event->address : NULL;
    ride->origin = event->origin;
}

static bool is_offered(const struct flow *flow, const char *channel, const char *address)
{
    const struct ride *ride = flow->ride;
    return ride && ride->address && !ride->body && text_is(ride->address, address) && text_is(ride->hook->channel->id, channel);
}

/* The codec may say no, and so may the order of the chat and the messenger's pace. */
static bool get_on(struct flow *flow, struct viche_message *message, uint64_t event)
{
    struct ride *ride = flow->ride;
    message->address = ride->address;
    message->at = clock_now();
    struct turn *turn = turn_plain(flow, ride->hook->plugin);
    turn->channel = ride->hook->channel;
    flow_begin(flow, event, turn->plugin->plugin->name);
    const char *body = turn->channel->answer(&turn->base, message);
    bool says = body && !turn->failed;
    turn_end(turn);
    if (!says || !outbox_passes(flow, turn->plugin, turn->channel, ride->address))
        return false;
    ride->body = body;
    return true;
}

/* A town in which nobody writes is not woken for it. */
static void plan_forgetting(struct flow *flow)
{
    if (!flow->answers.planned)
        flow->answers.planned = schedule_plan(flow, &flow->town->plugins[0], "answers", clock_now() + RIDE_KEPT_S);
}

bool ride_take(struct turn *turn, const struct citizen *citizen, const struct draft *draft)
{
    struct flow *flow = turn->flow;
    if (!is_offered(flow, citizen->channel, citizen->address) || draft->bulk || draft->tag || draft->replaces)
        return false;
    const struct viche_channel *channel = flow->ride->hook->channel;
    const struct draft *part = outbox_fit(flow, channel, draft);
    struct viche_message message = {0};
    message_of(part, &message);
    if (part->next || !get_on(flow, &message, turn->event))
        return false;
    inbox_keep_answer(turn->town->db, channel->id, flow->ride->origin, citizen->address, message_write(part, flow->arena));
    plan_forgetting(flow);
    return true;
}

void ride_again(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event)
{
    struct db *db = flow->town->db;
    const char *body = inbox_answer(db, flow->arena, channel->id, event->origin);
    struct viche_message message = {0};
    if (!body || !message_read(body, flow->arena, &message))
        return;
    if (is_offered(flow, channel->id, event->address) && get_on(flow, &message, flow->ride->hook->event))
        return;
    inbox_keep_answer(db, channel->id, event->origin, NULL, NULL);
    outbox_put_stored(flow, channel, event->address, body);
}
