/* SPDX-License-Identifier: MPL-2.0
 * Refusals of the gateway itself, in words for a person: JSON {"error":{"code":…,"message":…}}, or the bare sentence for a
 * browser's address bar. Ukrainian unless English is asked for first. */
#ifndef GATEWAY_REFUSE_H
#define GATEWAY_REFUSE_H

#include <stdint.h>

#include "gateway/serve.h"

enum refusal {
    REFUSE_TARGET,    /* 400: the address is no address */
    REFUSE_AMBIGUOUS, /* 400: more than one length */
    REFUSE_UNPROVEN,  /* 403: a messenger's hook, and not the messenger */
    REFUSE_UNKNOWN,   /* 404 */
    REFUSE_METHOD,    /* 405 */
    REFUSE_TOO_LARGE, /* 413 */
    REFUSE_TOO_LONG,  /* 414 */
    REFUSE_ENCODING,  /* 415 */
    REFUSE_TOO_OFTEN, /* 429 */
    REFUSE_HEADERS,   /* 431 */
    REFUSE_SPOOL,     /* 503: nowhere to keep an upload */
    REFUSE_BUSY,      /* 503: too many wait already */
    REFUSE_LATER,     /* 503: no answer in time */
    REFUSE_STOPPING   /* 503: the host goes down */
};

/* retry_after_s 0: without Retry-After. An answer that has begun is broken off instead. */
void refuse(struct exchange *exchange, enum refusal refusal, uint32_t retry_after_s);

#endif
