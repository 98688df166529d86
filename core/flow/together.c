/* SPDX-License-Identifier: MPL-2.0
 * Broadcasts that say the same to several chats, in one call where the messenger has such a call. Each message keeps its own row and its
 * own fate; one that is tried again goes alone. */
#include "base/text.h"
#include "flow/outbox_inner.h"
#include "flow/turn.h"

static bool is_alike(const struct flow *flow, const struct item *first, const struct item *item)
{
    bool waits = item->state == ITEM_READY && item->bulk && item->tries == 0 && item->part == 0 && item->due_ms <= flow->outbox->looked_ms;
    return waits && text_is(item->channel, first->channel) && text_is(item->body, first->body) && !outbox_must_wait(flow->outbox, item);
}

/* What says the same to other chats, `first` in front. */
static uint32_t gather(struct flow *flow, const struct town_plugin *plugin, const struct viche_channel *channel, struct item *first,
                       struct item **out)
{
    uint32_t count = 1;
    out[0] = first;
    for (struct item *item = first->next; item && count < channel->together_max; item = item->next)
        if (is_alike(flow, first, item) && courier_may_join(flow, plugin, channel, item->address))
            out[count++] = item;
    return count;
}

bool together_send(struct flow *flow, struct item *first)
{
    const struct town_plugin *plugin = NULL;
    const struct viche_channel *channel = town_channel(flow->town, first->channel, &plugin);
    struct viche_message message = {.size = sizeof message};
    if (!channel || !channel->send_together || !channel->sent_together || channel->together_max < 2 || first->tries > 0 ||
        first->part > 0)
        return false;
    struct item **items = arena_alloc(flow->arena, channel->together_max * sizeof *items);
    const char **addresses = arena_alloc(flow->arena, channel->together_max * sizeof *addresses);
    uint32_t count = gather(flow, plugin, channel, first, items);
    if (count < 2 || !message_read(first->body, flow->arena, &message))
        return false;
    for (uint32_t i = 0; i < count; i++)
        addresses[i] = items[i]->address;
    message.at = first->at;
    struct turn *turn = turn_plain(flow, plugin);
    turn->channel = channel;
    flow_begin(flow, 0, plugin->plugin->name);
    bool said = channel->send_together(&turn->base, &message, addresses, count) && turn->request_count == 1;
    flow_end(flow);
    for (uint32_t i = count; said && i-- > 0;) {
        courier_fly(items[i]);
        items[i]->parts = 1;
        items[i]->together = first->id;
    }
    if (said)
        courier_write(flow, first, turn);
    turn_end(turn);
    return said;
}
