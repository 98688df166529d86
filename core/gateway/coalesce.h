/* SPDX-License-Identifier: MPL-2.0
 * How long the gateway lets calls of messengers come together before it looks at them (as network cards coalesce interrupts). A call by
 * itself pays alone for three wake-ups and for a commit that reaches the disk; five that came within 30 ms share them. Nobody waits where
 * waiting is likely to bring nothing: calls rarer than the longest wait, a client that calls again when it was answered, and calls that
 * come so fast that they are together anyway. See docs/decisions/017-coalescing.md. */
#ifndef GATEWAY_COALESCE_H
#define GATEWAY_COALESCE_H

#include <stdbool.h>
#include <stdint.h>

struct coalesce {
    int64_t longest_us; /* 0: never waits */
    int64_t gap_us;     /* between calls of late, a moving mean */
    int64_t last_us;    /* when some were found last */
    int64_t off_us;     /* no waiting before */
    int64_t company;    /* how many came together of late, a moving mean, in sixteenths */
};

struct coalesce coalesce_new(int64_t longest_ms);
/* Milliseconds; 0: look now. */
int64_t coalesce_wait_ms(const struct coalesce *coalesce, int64_t now_us);
/* So many calls were found, after a wait or without. */
void coalesce_found(struct coalesce *coalesce, int64_t now_us, unsigned calls, bool waited);

#endif
