/* SPDX-License-Identifier: MPL-2.0
 * What a message would be in the citizen's messenger: it goes the way of every message as far as the codec's requests, which are counted
 * and thrown away. */
#include <string.h>

#include "flow/outbox.h"
#include "flow/verb.h"

static uint32_t calls_of(struct flow *flow, const struct town_plugin *plugin, const struct viche_channel *channel, const char *address,
                         const struct draft *part)
{
    struct viche_message message;
    memset(&message, 0, sizeof message);
    message_of(part, &message);
    message.address = address;
    struct turn *turn = turn_plain(flow, plugin);
    turn->channel = channel;
    channel->send(&turn->base, &message);
    uint32_t calls = turn->request_count ? turn->request_count : 1;
    turn_end(turn);
    return calls;
}

/* Nothing of it stays: neither a frame nor a button's value in its table. */
static uint32_t calls_of_all(struct flow *flow, const struct citizen *to, const struct draft *drafts)
{
    uint32_t calls = 0;
    const struct town_plugin *plugin = NULL;
    const struct viche_channel *channel = town_channel(flow->town, to->channel, &plugin);
    struct flow_mark mark = flow_save(flow);
    for (const struct draft *draft = channel ? drafts : NULL; draft; draft = draft->next)
        for (const struct draft *part = outbox_fit(flow, channel, draft); part; part = part->next)
            calls += calls_of(flow, plugin, channel, to->address, part);
    flow_undo(flow, mark);
    return calls;
}

uint32_t verb_rehearse(struct viche_turn *t)
{
    struct turn *turn = (struct turn *)t;
    if (!turn->said) {
        turn_fail(turn, "viche_rehearse needs viche_to before it");
        return 0;
    }
    const struct draft *drafts = *turn->said;
    *turn->said = NULL;
    turn->drafts_end = turn->said;
    turn->draft = NULL;
    struct citizen to = citizen_find(turn->town->db, turn->arena, turn->to ? turn->to : turn->citizen.id);
    return to.id ? calls_of_all(turn->flow, &to, drafts) : 0;
}
