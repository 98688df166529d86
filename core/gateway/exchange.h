/* SPDX-License-Identifier: MPL-2.0
 * The callbacks through which libmicrohttpd hands requests over; only serve.c sees them. */
#ifndef GATEWAY_EXCHANGE_H
#define GATEWAY_EXCHANGE_H

#include <microhttpd.h>

#include "gateway/coalesce.h"
#include "gateway/serve.h"

/* One client connection, for the deadlines of heads and bodies: libmicrohttpd itself only limits silence. */
struct serve_peer {
    struct serve_peer *next, *before;
    int fd;
    int64_t head_ms;         /* since when a request head is awaited; 0: it is there */
    struct exchange *begun;  /* whose body is being received; NULL: none */
};

struct serve {
    uv_loop_t *loop;
    struct MHD_Daemon *daemon;
    uv_poll_t poll;
    uv_prepare_t prepare;
    uv_check_t check;
    uv_timer_t timeout, sweep, together;
    struct coalesce coalesce;
    unsigned calls; /* of messengers, since `coalesce` heard of them */
    struct serve_options options;
    const struct serve_events *events;
    void *context;
    struct serve_peer *peers;
    size_t body_bytes; /* held in memory, of all requests */
    bool woken; /* a connection was resumed: libmicrohttpd must run, and does not say so itself */
    int handles;
};

void serve_wake(struct serve *serve);

void *exchange_on_target(void *serve, const char *target, struct MHD_Connection *connection);
enum MHD_Result exchange_on_access(void *serve, struct MHD_Connection *connection, const char *url, const char *method,
                                   const char *version, const char *data, size_t *size_bytes, void **exchange);
void exchange_on_completed(void *serve, struct MHD_Connection *connection, void **exchange,
                           enum MHD_RequestTerminationCode how);

#endif
