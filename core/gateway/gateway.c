/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/gateway.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <viche/plugin.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "gateway/gateway_inner.h"
#include "gateway/parts.h"
#include "gateway/proof.h"
#include "gateway/refuse.h"
#include "link/post.h"

enum { BEAT_MS = 1000, STOP_TICK_MS = 20, STOP_ANSWERS_MS = 3000, STOP_MS_MAX = 4000 };

/* ---- requests ---- */

static bool is_own(const struct exchange *exchange)
{
    static const char own[] = " static healthz readyz metrics ";
    return !*exchange->target->town || text_in_list(own, exchange->target->town);
}

static void lead_into_town(struct exchange *exchange)
{
    const struct pair headers[] = {{"Location", arena_print(exchange->arena, "/%s/", exchange->target->town)}, {NULL, NULL}};
    exchange_answer(exchange, 308, headers, NULL, 0);
}

static bool begins_chat(const struct exchange *exchange)
{
    static const char chats[] = "/chats";
    size_t length = strlen(exchange->target->rest), tail = strlen(chats);
    return text_is(exchange->method, "POST") && length > tail && text_is(exchange->target->rest + length - tail, chats);
}

static const struct crew_route *route_of(const struct gateway *gateway, const struct exchange *exchange)
{
    return crew_route(gateway->crew, exchange->target->town, exchange->target->rest);
}

/* All citizens of a messenger come from a few addresses. Where proofs failed too often, only a secret that is right there counts. */
static bool may_be_messenger(struct gateway *gateway, struct exchange *exchange)
{
    const struct crew_route *route = route_of(gateway, exchange);
    exchange->claims = route && route->proof && route->proof != VICHE_PROOF_OPERATOR;
    return exchange->claims &&
           (limits_believed(gateway->limits, exchange->peer) || proof_shown(&gateway->secrets, route, exchange));
}

static bool is_unproven(const struct exchange *exchange)
{
    return exchange->claims && (exchange->status == 403 || exchange->status == 404);
}

/* false: refused. */
static bool within_limits(struct gateway *gateway, struct exchange *exchange)
{
    if (exchange->admin)
        return true;
    bool messenger = may_be_messenger(gateway, exchange);
    uint32_t wait_s = messenger ? 0 : limits_request(gateway->limits, exchange->peer);
    if (!wait_s && begins_chat(exchange))
        wait_s = limits_chat(gateway->limits, exchange->peer);
    if (!wait_s)
        exchange->entered = limits_enter(gateway->limits, exchange->peer, messenger);
    if (!exchange->entered)
        refuse(exchange, REFUSE_TOO_OFTEN, wait_s ? wait_s : 10);
    return exchange->entered;
}

static void expect_body(struct gateway *gateway, struct exchange *exchange)
{
    const struct host_limits *limits = &gateway->host.limits;
    const struct crew_route *route = route_of(gateway, exchange);
    bool file = (route && route->to_file) || (exchange->admin && text_starts(exchange->target->rest, "/admin/import/"));
    uint64_t most = (uint64_t)(file ? limits->upload_bytes : limits->body_bytes);
    exchange->to_file = file && !text_is(exchange->method, "GET");
    exchange->body_max = route && route->body_max && route->body_max < most ? route->body_max : most;
}

static void on_head(void *context, struct exchange *exchange)
{
    struct gateway *gateway = context;
    gateway->requests++;
    if (gateway->stopping_ms)
        refuse(exchange, REFUSE_STOPPING, 5);
    else if (!within_limits(gateway, exchange) || is_own(exchange))
        return;
    else if (!crew_knows(gateway->crew, exchange->target->town))
        refuse(exchange, REFUSE_UNKNOWN, 0);
    else if (!*exchange->target->rest)
        lead_into_town(exchange);
    else
        expect_body(gateway, exchange);
}

static void answer_own(struct gateway *gateway, struct exchange *exchange)
{
    if (!text_is(exchange->method, "GET"))
        refuse(exchange, REFUSE_METHOD, 0);
    else if (!*exchange->target->town)
        front_answer(gateway->front, exchange);
    else if (text_is(exchange->target->town, "static"))
        static_answer(gateway->statics, exchange);
    else if (!health_answer(gateway, exchange))
        refuse(exchange, REFUSE_UNKNOWN, 0);
}

static void on_whole(void *context, struct exchange *exchange)
{
    struct gateway *gateway = context;
    if (is_own(exchange))
        answer_own(gateway, exchange);
    else if (!crew_knows(gateway->crew, exchange->target->town)) /* a reload took it away meanwhile */
        refuse(exchange, REFUSE_UNKNOWN, 0);
    else if (!crew_give(gateway->crew, exchange))
        refuse(exchange, REFUSE_BUSY, 5);
}

static void on_gone(void *context, struct exchange *exchange)
{
    struct gateway *gateway = context;
    if (exchange->read && !exchange->parts)
        push_gone(gateway->push, exchange);
    else
        crew_gone(gateway->crew, exchange);
    parts_free(exchange);
    if (exchange->entered)
        limits_leave(gateway->limits, exchange->peer);
    if (is_unproven(exchange))
        limits_failed(gateway->limits, exchange->peer);
}

static const struct serve_events serve_events = {on_head, on_whole, on_gone};

/* ---- between the parts ---- */

/* A town hall works from behind one address: what its signed-in people ask for is not counted, and keeps nobody out. */
static void on_trust(void *context, struct exchange *exchange)
{
    struct gateway *gateway = context;
    if (!exchange->entered)
        return;
    exchange->entered = false;
    limits_leave(gateway->limits, exchange->peer);
    limits_give_back(gateway->limits, exchange->peer);
}

static bool on_fetched(void *context, const struct fetch_answer *answer)
{
    struct gateway *gateway = context;
    return crew_answer(gateway->crew, answer);
}

static void on_fetch(void *context, const struct fetch_request *request)
{
    struct gateway *gateway = context;
    fetch_begin(gateway->fetch, request);
}

static void on_ready(void *context, uint32_t worker)
{
    struct gateway *gateway = context;
    post_send(gateway->args->post_fd, &(struct post){.kind = POST_READY, .worker = worker}, -1);
}

/* ---- the supervisor ---- */

static void take_config(struct gateway *gateway, const char *folder)
{
    char file[sizeof((struct post *)0)->path + 16], towns[sizeof file];
    snprintf(file, sizeof file, "%s/viche.ini", folder);
    snprintf(towns, sizeof towns, "%s/towns", folder);
    struct host_overrides over = *gateway->args->over;
    over.towns = towns;
    struct host_config next;
    struct fail fail;
    if (!host_read(&next, file, &over, &fail)) {
        log_line(LOG_ALARM, "gateway", "keeps the old configuration", "why=%s", fail.words);
        return;
    }
    struct host_config old = gateway->host;
    gateway->host = next;
    crew_towns(gateway->crew);
    front_close(gateway->front);
    gateway->front = front_open(&gateway->host);
    static_close(gateway->statics);
    gateway->statics = static_open(gateway->host.share);
    host_close(&old);
}

static void stop(struct gateway *gateway);

static void on_post(uv_poll_t *poll, int status, int events)
{
    (void)status, (void)events;
    struct gateway *gateway = poll->data;
    struct post post;
    int fd = -1;
    int got = post_receive(gateway->args->post_fd, &post, &fd);
    for (; got > 0; got = post_receive(gateway->args->post_fd, &post, &fd)) {
        if (post.kind == POST_WORKER && fd >= 0)
            crew_worker(gateway->crew, post.worker, post.pid, fd);
        else if (post.kind == POST_CONFIG)
            take_config(gateway, post.path);
    }
    if (got < 0) { /* the supervisor is gone: end, too */
        uv_poll_stop(poll);
        stop(gateway);
    }
}

static void on_beat(uv_timer_t *timer)
{
    struct gateway *gateway = timer->data;
    post_send(gateway->args->post_fd, &(struct post){.kind = POST_BEAT}, -1);
    limits_sweep(gateway->limits);
}

/* ---- stopping: no new requests, workers finish, streams end, then the loop is left ---- */

static void on_stop_tick(uv_timer_t *timer)
{
    struct gateway *gateway = timer->data;
    int64_t since_ms = clock_mono_ms() - gateway->stopping_ms;
    bool idle = crew_counts(gateway->crew).held == 0;
    if (!idle && since_ms > STOP_ANSWERS_MS)
        crew_refuse_all(gateway->crew);
    bool sent = idle && push_count(gateway->push) == 0 && since_ms > 2 * STOP_TICK_MS;
    if (sent || since_ms > STOP_MS_MAX)
        uv_stop(&gateway->loop);
}

static void stop(struct gateway *gateway)
{
    if (gateway->stopping_ms)
        return;
    gateway->stopping_ms = clock_mono_ms();
    crew_stop(gateway->crew);
    push_end(gateway->push);
    uv_timer_start(&gateway->stop, on_stop_tick, STOP_TICK_MS, STOP_TICK_MS);
}

static void on_sigterm(uv_signal_t *handle, int number)
{
    (void)number;
    stop(handle->data);
}

/* ---- life ---- */

static bool open_servers(struct gateway *gateway, struct fail *fail)
{
    struct serve_options options = {.host = &gateway->host, .spool = gateway->spool};
    snprintf(gateway->spool, sizeof gateway->spool, "%s/.spool", gateway->host.data);
    if (!spool_open(gateway->spool, fail))
        return false;
    gateway->clients = serve_open(&gateway->loop, gateway->args->listen_fd, &options, &serve_events, gateway, fail);
    options.admin = true;
    gateway->operators = gateway->clients ? serve_open(&gateway->loop, gateway->args->control_fd, &options, &serve_events,
                                                       gateway, fail)
                                          : NULL;
    return gateway->operators;
}

static void open_parts(struct gateway *gateway)
{
    uv_loop_t *loop = &gateway->loop;
    gateway->limits = limits_open(&gateway->host.limits);
    gateway->push = push_open(loop);
    gateway->fetch = fetch_open(loop, &gateway->host, on_fetched, gateway);
    gateway->statics = static_open(gateway->host.share);
    gateway->front = front_open(&gateway->host);
    gateway->crew = crew_open(&(struct crew_setup){.loop = loop, .host = &gateway->host, .push = gateway->push,
                                                   .secrets = &gateway->secrets, .ready = on_ready, .fetch = on_fetch, .trust = on_trust,
                                                   .context = gateway});
}

static void listen_to_supervisor(struct gateway *gateway)
{
    uv_loop_t *loop = &gateway->loop;
    gateway->post.data = gateway->beat.data = gateway->stop.data = gateway->sigterm.data = gateway;
    uv_poll_init(loop, &gateway->post, gateway->args->post_fd);
    uv_poll_start(&gateway->post, UV_READABLE, on_post);
    uv_timer_init(loop, &gateway->beat);
    uv_timer_start(&gateway->beat, on_beat, 0, BEAT_MS);
    uv_timer_init(loop, &gateway->stop);
    uv_signal_init(loop, &gateway->sigterm);
    uv_signal_start(&gateway->sigterm, on_sigterm, SIGTERM);
}

static void close_all(struct gateway *gateway)
{
    serve_close(gateway->clients);
    serve_close(gateway->operators);
    crew_close(gateway->crew);
    push_close(gateway->push);
    fetch_close(gateway->fetch);
    limits_close(gateway->limits);
    static_close(gateway->statics);
    front_close(gateway->front);
    secret_close(&gateway->secrets);
    host_close(&gateway->host);
    uv_close((uv_handle_t *)&gateway->post, NULL);
    uv_close((uv_handle_t *)&gateway->beat, NULL);
    uv_close((uv_handle_t *)&gateway->stop, NULL);
    uv_close((uv_handle_t *)&gateway->sigterm, NULL);
    uv_run(&gateway->loop, UV_RUN_DEFAULT);
    uv_loop_close(&gateway->loop);
}

int gateway_main(const struct gateway_args *args)
{
    static struct gateway gateway;
    struct fail fail;
    gateway.args = args;
    gateway.host = *args->host;
    log_key(args->page->log_key);
    uv_loop_init(&gateway.loop);
    open_parts(&gateway);
    if (!open_servers(&gateway, &fail)) {
        log_line(LOG_ALARM, "gateway", "does not start", "why=%s", fail.words);
        return 1;
    }
    listen_to_supervisor(&gateway);
    uv_run(&gateway.loop, UV_RUN_DEFAULT);
    close_all(&gateway);
    return 0;
}
