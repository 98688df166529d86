/* SPDX-License-Identifier: MPL-2.0
 * One item told to one person, and what became of it. */
#include <stdlib.h>

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
    recipient_receipt(t, item, citizen, state_of(what));
    send_finish(t, item);
}

/* ---- one citizen ------------------------------------------------------------------------------------------------------ */

void notice_erase(struct viche_turn *t)
{
    recipient_fold(t, viche_citizen(t));
    send_soon(t); /* it may have been the last one */
}

void notice_join(struct viche_turn *t, uint64_t from)
{
    recipient_join(t, from);
    send_soon(t);
}
