/* SPDX-License-Identifier: MPL-2.0
 * What is too much: an event that is refused here was never taken, so that whoever sent it may send it again later. */
#ifndef FLOW_LIMIT_H
#define FLOW_LIMIT_H

#include "flow/flow.h"

enum limit {
    LIMIT_FINE,
    LIMIT_CHAT, /* this chat wrote more than messages-minute: 429 */
    LIMIT_DISK, /* less than disk-free-mb is left: 503; staff can still close what is open */
    LIMIT_OUTBOX /* outbox-rows wait for a messenger: 503 */
};

struct limit_book; /* who wrote how often in this minute */

struct limit_book *limit_open(void);
void limit_close(struct limit_book *book);
/* Must this chat be told that it writes too fast? Once a minute. */
bool limit_tell(struct flow *flow, uint64_t chat);
/* Counts the event if it is fine. */
enum limit limit_event(struct flow *flow, uint64_t chat);

#endif
