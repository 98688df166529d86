/* SPDX-License-Identifier: MPL-2.0
 * How fast a messenger lets us write: evenly over the whole channel, and with a gap within each chat. The messenger counts what
 * reaches it, and the way there takes now longer, now shorter: so a message counts until a second after its answer has come. Then
 * no second of the messenger's can see more than it may. */
#ifndef FLOW_PACE_H
#define FLOW_PACE_H

#include <viche/channel.h>

#include "base/arena.h"

struct pace_book;

struct pace_book *pace_open(void);
void pace_close(struct pace_book *book);
/* When this chat may be written to, UTC milliseconds; now_ms: now, and it counts as written. */
int64_t pace_take(struct pace_book *book, const char *channel, const char *address, const struct viche_pace *pace, int64_t now_ms);
/* One of the messages that were taken left by a way on which nobody answers. */
void pace_unheard(struct pace_book *book, const char *channel);
/* The messenger has answered one of the messages that were taken. */
void pace_done(struct pace_book *book, const char *channel);

#endif
