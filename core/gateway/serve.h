/* SPDX-License-Identifier: MPL-2.0
 * The HTTP server: libmicrohttpd with its epoll fd in the gateway's loop. Nothing else in the gateway knows that library. A
 * request becomes an exchange; whoever is told of it answers at once or later, once. */
#ifndef GATEWAY_SERVE_H
#define GATEWAY_SERVE_H

#include <uv.h>

#include "config/host.h"
#include "gateway/target.h"
#include "gateway/spool.h"

enum { SERVE_HEADERS = 48, SERVE_HEADERS_BYTES_MAX = 8 * 1024 };

struct serve;
struct MHD_Connection;
struct MHD_Response;

struct exchange {
    struct exchange *next, *before; /* of the list of whoever holds it */
    struct arena *arena;            /* everything below until the answer begins */
    const char *method;             /* a HEAD comes as GET; the server leaves the body out */
    const struct target *target;
    const struct pair *headers;     /* names in lower case, ended by a NULL name */
    const char *origin;             /* "https://chat.example.ua", how the client reached us */
    char peer[48];                  /* the client's address, an IPv6 one by its /64; "local" over a unix socket */
    bool proxied;                   /* the request was forwarded by a proxy, trusted or not */
    bool admin;                     /* came over the control socket */
    struct buf body;
    struct upload *upload;          /* the body in a file instead; NULL: it is in `body` */
    size_t body_max;                /* set by `head` */
    bool to_file;                   /* set by `head`: spool the body */
    bool entered;                   /* of limits.c: counted as open */
    bool claims;                    /* to come from a messenger */
    uint64_t id;                    /* of crew.c */
    int64_t since_ms;
    unsigned tries;
    bool proven;                    /* may be handed over */
    struct parts *parts;            /* of parts.c: an answer that has begun and is not whole; NULL: none */
    void *holder;                   /* of whoever holds it: a town, a seat or a stream */
    /* the rest is serve.c's and exchange.c's */
    struct serve *serve;
    struct MHD_Connection *connection;
    struct MHD_Response *response;
    size_t (*read)(void *context, char *out, size_t room);
    void *read_context;
    uint64_t body_seen;
    unsigned status;
    bool begun, asked, suspended, queued;
};

struct serve_events {
    void (*head)(void *context, struct exchange *exchange);  /* before the body: set body_max, or answer */
    void (*whole)(void *context, struct exchange *exchange); /* answer now or later */
    void (*gone)(void *context, struct exchange *exchange);  /* sent, or the client left: forget it. Called once for each head */
};

struct serve_options {
    const struct host_config *host; /* read at each request: may change in place */
    const char *spool;              /* folder */
    bool admin;
};

struct serve *serve_open(uv_loop_t *loop, int listen_fd, const struct serve_options *options,
                         const struct serve_events *events, void *context, struct fail *fail);
/* Every exchange must have been answered. */
void serve_close(struct serve *serve);
unsigned serve_connections(const struct serve *serve);

/* ---- exchange.c: answering ---- */

const char *exchange_header(const struct exchange *exchange, const char *name); /* "" when absent */
void exchange_answer(struct exchange *exchange, unsigned status, const struct pair *headers, const void *body, size_t size_bytes);
/* false: the file cannot be read, nothing was answered. */
bool exchange_answer_file(struct exchange *exchange, unsigned status, const struct pair *headers, const char *path);

#define EXCHANGE_END ((size_t)-1)
#define EXCHANGE_BROKEN ((size_t)-2) /* ends as well, so that the client sees that it is not whole */
/* `read` gives the next bytes, 0 when there are none yet (then exchange_wake says that there are), or one of the above. */
void exchange_answer_stream(struct exchange *exchange, unsigned status, const struct pair *headers,
                            size_t (*read)(void *context, char *out, size_t room), void *context);
void exchange_wake(struct exchange *exchange);
/* What was asked is needed no more: thousands of streams may be open for hours. */
void exchange_forget_request(struct exchange *exchange);

#endif
