/* SPDX-License-Identifier: MPL-2.0
 * Does a channel work? Every poll and every message sent tells; the heartbeat page shows it to officials, and an alarm is logged once
 * when it stops. */
#ifndef FLOW_PULSE_H
#define FLOW_PULSE_H

#include "flow/flow.h"

enum pulse {
    PULSE_FINE,
    PULSE_TROUBLE, /* no answer, or not the one that was hoped for: down after a minute of nothing else */
    PULSE_REFUSED  /* our token counts no longer: down at once */
};

/* One book a town, over the page's entries of its channels. */
struct pulse_book *pulse_open(struct page *page, const struct town *town);
void pulse_close(struct pulse_book *book);

/* true: it was down, and works again. */
bool pulse_note(struct flow *flow, const char *channel, enum pulse pulse);
bool pulse_down(const struct flow *flow, const char *channel);
/* Down for so long that messages had better go elsewhere. */
bool pulse_lost(const struct flow *flow, const char *channel);
/* It is not loaded, yet messages since then (UTC s) wait for it. */
void pulse_missing(struct flow *flow, const char *channel, int64_t oldest_at);
/* How long messages wait: from the beginning, and one by one (made at UTC s). */
void pulse_none_waits(struct flow *flow);
void pulse_waits(struct flow *flow, const char *channel, int64_t at);

#endif
