/* SPDX-License-Identifier: MPL-2.0
 * How much one address may ask for: requests a minute, new chats an hour, answers open at once. Buckets that refill; an
 * address that has been quiet is forgotten. A messenger speaks for all of its citizens from a few addresses, so it is counted as one
 * only if what it says proves wrong too often. */
#ifndef GATEWAY_LIMITS_H
#define GATEWAY_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "config/host.h"

enum { LIMITS_MESSENGER_TIMES = 16 }; /* connections-ip, for a messenger */

struct limits;

struct limits *limits_open(const struct host_limits *config); /* kept: may change in place */
void limits_close(struct limits *limits);
/* Each takes one; when there is none left, the seconds until there is again (never 0). 0: go on. */
uint32_t limits_request(struct limits *limits, const char *peer);
void limits_give_back(struct limits *limits, const char *peer); /* what limits_request took */
uint32_t limits_chat(struct limits *limits, const char *peer);
/* May this address still be a messenger, or did too many of its proofs fail within a minute? */
bool limits_believed(struct limits *limits, const char *peer);
void limits_failed(struct limits *limits, const char *peer); /* a proof */
/* Answers under way or streams open; a messenger's may be more. false: too many. */
bool limits_enter(struct limits *limits, const char *peer, bool messenger);
void limits_leave(struct limits *limits, const char *peer);
void limits_sweep(struct limits *limits); /* now and then */

#endif
