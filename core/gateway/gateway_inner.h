/* SPDX-License-Identifier: MPL-2.0
 * The gateway's parts, for the files that wire them (gateway.c), tell of them (health.c) and greet (front.c). */
#ifndef GATEWAY_GATEWAY_INNER_H
#define GATEWAY_GATEWAY_INNER_H

#include "gateway/crew.h"
#include "gateway/gateway.h"
#include "gateway/limits.h"
#include "gateway/static.h"

struct front;

struct gateway {
    uv_loop_t loop;
    const struct gateway_args *args;
    struct host_config host; /* replaced in place by a reload */
    char spool[4096];
    struct serve *clients, *operators;
    struct crew *crew;
    struct push *push;
    struct fetch *fetch;
    struct limits *limits;
    struct secrets secrets;
    struct statics *statics;
    struct front *front;
    uv_poll_t post;
    uv_timer_t beat, stop;
    uv_signal_t sigterm;
    int64_t stopping_ms; /* since when; 0: serving */
    uint64_t requests;
};

/* health.c: /healthz, /readyz and /metrics. false: none of them. */
bool health_answer(const struct gateway *gateway, struct exchange *exchange);

/* front.c: "/" lists the towns, or leads to the only one. */
struct front *front_open(const struct host_config *host);
void front_close(struct front *front);
void front_answer(const struct front *front, struct exchange *exchange);

#endif
