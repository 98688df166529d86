/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/serve.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/clock.h"
#include "gateway/exchange.h"
#include "gateway/limits.h"

enum {
    POOL_BYTES = 12 * 1024, /* a connection; heads over 8 kB are refused, the rest is room for the answer's head */
    SILENCE_S = 30,
    ROUNDS = 2,
    SWEEP_MS = 1000,
    BODY_GRACE_S = 30,
    BODY_BYTES_S = 2048 /* a body that comes slower than this is given up after the grace */
};

/* ---- the daemon in the loop ---- */

static int64_t now_us(void) { return (int64_t)(uv_hrtime() / 1000); }

/* Connections that were woken want a second round, which need not wait for the loop's. */
static void run(struct serve *serve)
{
    MHD_UNSIGNED_LONG_LONG wait_ms = 0;
    serve->woken = false;
    for (int round = 0; round < ROUNDS && wait_ms == 0; round++) {
        MHD_run(serve->daemon);
        if (MHD_get_timeout(serve->daemon, &wait_ms) != MHD_YES)
            return;
    }
}

/* How many messengers called. */
static unsigned look(struct serve *serve, bool waited)
{
    run(serve);
    unsigned calls = serve->calls;
    coalesce_found(&serve->coalesce, now_us(), calls, waited);
    serve->calls = 0;
    return calls;
}

static void on_ready(uv_poll_t *poll, int status, int events);

static void on_together(uv_timer_t *timer)
{
    struct serve *serve = timer->data;
    unsigned calls = look(serve, true);
    int64_t wait_ms = coalesce_wait_ms(&serve->coalesce, now_us());
    if (calls > 0 && wait_ms > 0)
        uv_timer_start(timer, on_together, (uint64_t)wait_ms, 0);
    else
        uv_poll_start(&serve->poll, UV_READABLE, on_ready);
}

/* While calls wait for each other the socket stays unwatched: each would wake us. Answers are not held up. */
static void on_ready(uv_poll_t *poll, int status, int events)
{
    (void)status, (void)events;
    struct serve *serve = poll->data;
    int64_t wait_ms = coalesce_wait_ms(&serve->coalesce, now_us());
    if (wait_ms == 0) {
        look(serve, false);
        return;
    }
    uv_poll_stop(poll);
    uv_timer_start(&serve->together, on_together, (uint64_t)wait_ms, 0);
}

static void on_timeout(uv_timer_t *timer) { run(timer->data); }

/* After whoever woke connections in this turn of the loop. */
static void on_check(uv_check_t *check)
{
    struct serve *serve = check->data;
    if (!serve->woken)
        return;
    uv_timer_stop(&serve->timeout);
    run(serve);
}

void serve_wake(struct serve *serve)
{
    serve->woken = true;
    uv_timer_start(&serve->timeout, on_timeout, 0, 0); /* woken elsewhere, the loop must not sleep */
}

/* Before the loop sleeps: libmicrohttpd says how long it may. */
static void on_prepare(uv_prepare_t *prepare)
{
    struct serve *serve = prepare->data;
    MHD_UNSIGNED_LONG_LONG wait_ms = 0;
    if (serve->woken)
        return;
    if (MHD_get_timeout(serve->daemon, &wait_ms) == MHD_YES)
        uv_timer_start(&serve->timeout, on_timeout, wait_ms, 0);
    else
        uv_timer_stop(&serve->timeout);
}

/* ---- slow clients ---- */

static bool too_slow(const struct serve_peer *peer, int64_t now_ms, int64_t head_s)
{
    if (peer->head_ms)
        return now_ms - peer->head_ms > head_s * 1000;
    if (!peer->begun)
        return false;
    int64_t body_s = (now_ms - peer->begun->since_ms) / 1000;
    return body_s > BODY_GRACE_S && peer->begun->body_seen / (uint64_t)body_s < BODY_BYTES_S;
}

static void on_sweep(uv_timer_t *timer)
{
    struct serve *serve = timer->data;
    int64_t now_ms = clock_mono_ms();
    for (struct serve_peer *peer = serve->peers; peer; peer = peer->next)
        if (too_slow(peer, now_ms, serve->options.host->limits.header_timeout_s))
            shutdown(peer->fd, SHUT_RDWR);
}

static struct serve_peer *peer_new(struct serve *serve, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct serve_peer *peer = mem_alloc(sizeof *peer);
    *peer = (struct serve_peer){.next = serve->peers, .fd = info->connect_fd, .head_ms = clock_mono_ms()};
    if (peer->next)
        peer->next->before = peer;
    serve->peers = peer;
    return peer;
}

static void peer_free(struct serve *serve, struct serve_peer *peer)
{
    *(peer->before ? &peer->before->next : &serve->peers) = peer->next;
    if (peer->next)
        peer->next->before = peer->before;
    free(peer);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        *socket_context = peer_new(context, connection);
    else
        peer_free(context, *socket_context);
}

/* ---- life ---- */

static struct MHD_Daemon *start(struct serve *serve, int listen_fd)
{
    const struct host_limits *limits = &serve->options.host->limits;
    /* Behind a proxy all clients come from one address; limits.c then counts them by X-Forwarded-For. Who is a messenger is only seen
     * in what it asks for. */
    unsigned per_address = (unsigned)limits->connections_ip * LIMITS_MESSENGER_TIMES;
    if (serve->options.host->proxy || serve->options.admin)
        per_address = 0;
    return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, exchange_on_access, serve,
                            MHD_OPTION_LISTEN_SOCKET, listen_fd,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES,
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned)limits->connections,
                            MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address,
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_S,
                            MHD_OPTION_STRICT_FOR_CLIENT, 1,
                            MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
                            MHD_OPTION_URI_LOG_CALLBACK, exchange_on_target, serve,
                            MHD_OPTION_NOTIFY_COMPLETED, exchange_on_completed, serve,
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, serve, MHD_OPTION_END);
}

struct serve *serve_open(uv_loop_t *loop, int listen_fd, const struct serve_options *options,
                         const struct serve_events *events, void *context, struct fail *fail)
{
    struct serve *serve = mem_alloc(sizeof *serve);
    *serve = (struct serve){.loop = loop, .options = *options, .events = events, .context = context, .handles = 6,
                            .coalesce = coalesce_new(options->admin ? 0 : options->host->coalesce_ms)};
    serve->daemon = start(serve, listen_fd);
    if (!serve->daemon) {
        free(serve);
        fail_set(fail, "the HTTP server does not start; is the limit of open files (ulimit -n) high enough?");
        return NULL;
    }
    serve->poll.data = serve->prepare.data = serve->check.data = serve->timeout.data = serve->sweep.data = serve->together.data = serve;
    uv_poll_init(loop, &serve->poll, MHD_get_daemon_info(serve->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd);
    uv_poll_start(&serve->poll, UV_READABLE, on_ready);
    uv_prepare_init(loop, &serve->prepare);
    uv_prepare_start(&serve->prepare, on_prepare);
    uv_check_init(loop, &serve->check);
    uv_check_start(&serve->check, on_check);
    uv_timer_init(loop, &serve->timeout);
    uv_timer_init(loop, &serve->sweep);
    uv_timer_init(loop, &serve->together);
    uv_timer_start(&serve->sweep, on_sweep, SWEEP_MS, SWEEP_MS);
    return serve;
}

static void on_closed(uv_handle_t *handle)
{
    struct serve *serve = handle->data;
    serve->handles--;
    if (serve->handles == 0)
        free(serve);
}

void serve_close(struct serve *serve)
{
    uv_poll_stop(&serve->poll);
    MHD_stop_daemon(serve->daemon);
    uv_close((uv_handle_t *)&serve->poll, on_closed);
    uv_close((uv_handle_t *)&serve->prepare, on_closed);
    uv_close((uv_handle_t *)&serve->check, on_closed);
    uv_close((uv_handle_t *)&serve->timeout, on_closed);
    uv_close((uv_handle_t *)&serve->sweep, on_closed);
    uv_close((uv_handle_t *)&serve->together, on_closed);
}

unsigned serve_connections(const struct serve *serve)
{
    return MHD_get_daemon_info(serve->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS)->num_connections;
}
