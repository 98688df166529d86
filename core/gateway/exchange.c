/* SPDX-License-Identifier: MPL-2.0
 * One request from its first line to the last byte of its answer. libmicrohttpd calls exchange_on_access again and again: once
 * with the head, once for each piece of the body, once when all is there, and after each time we woke the connection. An
 * answer to a request without a body is queued on the second call: on the first, the connection would be closed after it. */
#include "gateway/exchange.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "gateway/peer.h"
#include "gateway/refuse.h"

enum {
    SKIPPED_BYTES_MAX = 64 * 1024,
    BODIES_BYTES_MAX = 64 * 1024 * 1024, /* of all requests together, in memory */
    STREAM_BLOCK_BYTES = 1024
};

static struct serve_peer *peer_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

/* ---- the head ---- */

struct gather {
    struct exchange *exchange;
    struct pair *pairs;
    size_t count, size_bytes;
};

static enum MHD_Result gather_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    struct gather *gather = context;
    struct arena *arena = gather->exchange->arena;
    gather->size_bytes += strlen(name) + strlen(value ? value : "");
    if (gather->count == SERVE_HEADERS - 1) { /* one that is not seen could be a second length, or the proxy's own */
        gather->size_bytes = SERVE_HEADERS_BYTES_MAX + 1;
        return MHD_NO;
    }
    if (!value || !text_valid(name, strlen(name)) || !text_valid(value, strlen(value)))
        return MHD_YES;
    char *low = arena_copy(arena, name);
    for (char *at = low; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    gather->pairs[gather->count++] = (struct pair){low, arena_copy(arena, value)};
    return MHD_YES;
}

static size_t read_headers(struct exchange *exchange)
{
    struct gather gather = {exchange, arena_alloc(exchange->arena, SERVE_HEADERS * sizeof(struct pair)), 0, 0};
    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, gather_header, &gather);
    exchange->headers = gather.pairs;
    return gather.size_bytes;
}

/* Our proxy's own line stands behind those that came with the request. */
static const char *last_header(const struct exchange *exchange, const char *name)
{
    const char *value = "";
    for (const struct pair *pair = exchange->headers; pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            value = pair->value;
    return value;
}

static void know_peer(struct exchange *exchange)
{
    const struct host_config *host = exchange->serve->options.host;
    const char *forwarded = last_header(exchange, "x-forwarded-for");
    exchange->proxied = *forwarded != '\0';
    if (!host->proxy || !peer_of_header(forwarded, exchange->peer, sizeof exchange->peer))
        peer_of_socket(MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr,
                       exchange->peer, sizeof exchange->peer);
    const char *scheme =
        host->proxy && text_is(last_header(exchange, "x-forwarded-proto"), "https") ? "https" : "http";
    exchange->origin = *host->origin ? arena_copy(exchange->arena, host->origin)
                                     : peer_origin(exchange->arena, scheme, exchange_header(exchange, "host"));
}

static const char *known_method(const char *method)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    if (text_is(method, "HEAD"))
        return "GET";
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (text_is(method, methods[i]))
            return methods[i];
    return NULL;
}

/* 0 when there is none; UINT64_MAX when its length is not known (chunked) or is no number. */
static uint64_t body_announced(const struct exchange *exchange)
{
    const char *length = exchange_header(exchange, "content-length");
    int64_t bytes = 0;
    if (*length)
        return text_number(length, &bytes) && bytes >= 0 ? (uint64_t)bytes : UINT64_MAX;
    return *exchange_header(exchange, "transfer-encoding") ? UINT64_MAX : 0;
}

/* Two lengths, or a length and chunks: a proxy may read such a request differently than we do (request smuggling). */
static bool is_ambiguous(const struct exchange *exchange)
{
    int lengths = 0;
    for (const struct pair *pair = exchange->headers; pair->name; pair++)
        lengths += text_is(pair->name, "content-length") || text_is(pair->name, "transfer-encoding");
    return lengths > 1;
}

static void check_head(struct exchange *exchange, const char *method)
{
    size_t header_bytes = read_headers(exchange);
    know_peer(exchange);
    exchange->method = known_method(method);
    const char *encoding = exchange_header(exchange, "content-encoding");
    if (exchange->response) /* the target was refused */
        return;
    if (!exchange->method)
        refuse(exchange, REFUSE_METHOD, 0);
    else if (is_ambiguous(exchange))
        refuse(exchange, REFUSE_AMBIGUOUS, 0);
    else if (header_bytes > SERVE_HEADERS_BYTES_MAX)
        refuse(exchange, REFUSE_HEADERS, 0);
    else if (*encoding && !text_is(encoding, "identity"))
        refuse(exchange, REFUSE_ENCODING, 0);
}

static void prepare_body(struct exchange *exchange, uint64_t announced)
{
    if (announced != UINT64_MAX && announced > exchange->body_max) {
        refuse(exchange, REFUSE_TOO_LARGE, 0);
        return;
    }
    if (!exchange->to_file)
        return;
    exchange->upload = spool_begin(exchange->serve->options.spool);
    if (!exchange->upload)
        refuse(exchange, REFUSE_SPOOL, 60);
}

static enum MHD_Result queue(struct exchange *exchange)
{
    exchange->queued = true;
    enum MHD_Result result = MHD_queue_response(exchange->connection, exchange->status, exchange->response);
    MHD_destroy_response(exchange->response);
    return result;
}

/* How much of a refused request's body is read and thrown away, so that the client hears the refusal. A browser that sends a
 * file a little too large would else only see its connection cut. */
static uint64_t skip_max(const struct exchange *exchange)
{
    bool too_large = exchange->body_max > 0;
    return too_large ? 2 * (uint64_t)exchange->serve->options.host->limits.upload_bytes : SKIPPED_BYTES_MAX;
}

static enum MHD_Result begin(struct exchange *exchange, const char *method)
{
    struct serve_peer *peer = peer_of(exchange->connection);
    peer->head_ms = 0;
    exchange->since_ms = clock_mono_ms();
    exchange->begun = true;
    check_head(exchange, method);
    uint64_t announced = body_announced(exchange);
    if (!exchange->response) {
        exchange->asked = true;
        exchange->serve->events->head(exchange->serve->context, exchange);
    }
    exchange->serve->calls += exchange->claims;
    if (!exchange->response)
        prepare_body(exchange, announced);
    if (exchange->response)
        return announced > skip_max(exchange) ? queue(exchange) : MHD_YES;
    peer->begun = announced ? exchange : NULL;
    return MHD_YES;
}

/* ---- the body ---- */

static void keep_body(struct exchange *exchange, const char *data, size_t size_bytes)
{
    buf_add(&exchange->body, data, size_bytes);
    exchange->serve->body_bytes += size_bytes;
}

static void drop_body(struct exchange *exchange)
{
    exchange->serve->body_bytes -= exchange->body.size;
    buf_free(&exchange->body);
}

static enum MHD_Result take(struct exchange *exchange, const char *data, size_t size_bytes)
{
    exchange->body_seen += size_bytes;
    if (exchange->response) /* refused */
        return exchange->body_seen > skip_max(exchange) ? MHD_NO : MHD_YES;
    if (exchange->body_seen > exchange->body_max)
        refuse(exchange, REFUSE_TOO_LARGE, 0);
    else if (!exchange->upload && exchange->serve->body_bytes + size_bytes > BODIES_BYTES_MAX)
        refuse(exchange, REFUSE_BUSY, 5);
    else if (!exchange->upload)
        keep_body(exchange, data, size_bytes);
    else if (!spool_write(exchange->upload, data, size_bytes))
        refuse(exchange, REFUSE_SPOOL, 60);
    return MHD_YES;
}

static void suspend(struct exchange *exchange)
{
    exchange->suspended = true;
    MHD_suspend_connection(exchange->connection);
}

static enum MHD_Result whole(struct exchange *exchange)
{
    peer_of(exchange->connection)->begun = NULL;
    if (!exchange->response) {
        if (exchange->upload)
            spool_whole(exchange->upload);
        exchange->serve->events->whole(exchange->serve->context, exchange);
    }
    if (exchange->response)
        return queue(exchange);
    suspend(exchange);
    return MHD_YES;
}

/* ---- what libmicrohttpd calls ---- */

void *exchange_on_target(void *context, const char *raw, struct MHD_Connection *connection)
{
    struct serve *serve = context;
    struct exchange *exchange = mem_alloc(sizeof *exchange);
    *exchange = (struct exchange){.serve = serve, .connection = connection, .arena = arena_new(), .admin = serve->options.admin};
    exchange->target = strlen(raw) <= TARGET_BYTES_MAX ? target_read(exchange->arena, raw) : NULL;
    if (!exchange->target)
        refuse(exchange, strlen(raw) > TARGET_BYTES_MAX ? REFUSE_TOO_LONG : REFUSE_TARGET, 0);
    return exchange;
}

enum MHD_Result exchange_on_access(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                   const char *version, const char *data, size_t *size_bytes, void **exchange_at)
{
    (void)context, (void)connection, (void)url, (void)version;
    struct exchange *exchange = *exchange_at;
    if (!exchange->begun)
        return begin(exchange, method);
    if (*size_bytes) {
        enum MHD_Result result = take(exchange, data, *size_bytes);
        *size_bytes = 0;
        return result;
    }
    return whole(exchange);
}

void exchange_on_completed(void *context, struct MHD_Connection *connection, void **exchange_at,
                           enum MHD_RequestTerminationCode how)
{
    (void)how;
    struct serve *serve = context;
    struct exchange *exchange = *exchange_at;
    struct serve_peer *peer = peer_of(connection);
    if (peer)
        *peer = (struct serve_peer){peer->next, peer->before, peer->fd, clock_mono_ms(), NULL};
    if (!exchange)
        return;
    if (exchange->asked)
        serve->events->gone(serve->context, exchange);
    if (exchange->response && !exchange->queued)
        MHD_destroy_response(exchange->response);
    spool_end(exchange->upload);
    drop_body(exchange);
    arena_free(exchange->arena);
    free(exchange);
}

/* ---- answering ---- */

const char *exchange_header(const struct exchange *exchange, const char *name)
{
    for (const struct pair *pair = exchange->headers; pair && pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return "";
}

void exchange_wake(struct exchange *exchange)
{
    if (!exchange->suspended)
        return;
    exchange->suspended = false;
    MHD_resume_connection(exchange->connection);
    serve_wake(exchange->serve);
}

static void answer(struct exchange *exchange, unsigned status, const struct pair *headers, struct MHD_Response *response)
{
    for (const struct pair *pair = headers; pair && pair->name; pair++)
        MHD_add_response_header(response, pair->name, pair->value);
    if (!MHD_get_response_header(response, "X-Content-Type-Options"))
        MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    if (!MHD_get_response_header(response, "Referrer-Policy"))
        MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    exchange->status = status;
    exchange->response = response;
    exchange_wake(exchange);
}

void exchange_answer(struct exchange *exchange, unsigned status, const struct pair *headers, const void *body, size_t size_bytes)
{
    static char nothing[1];
    void *bytes = size_bytes ? mem_alloc(size_bytes) : nothing;
    if (size_bytes)
        memcpy(bytes, body, size_bytes);
    answer(exchange, status, headers,
           MHD_create_response_from_buffer(size_bytes, bytes, size_bytes ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT));
}

bool exchange_answer_file(struct exchange *exchange, unsigned status, const struct pair *headers, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) < 0 || !S_ISREG(info.st_mode)) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    answer(exchange, status, headers, MHD_create_response_from_fd64((uint64_t)info.st_size, fd));
    return true;
}

static ssize_t on_read(void *context, uint64_t position, char *out, size_t room)
{
    (void)position;
    struct exchange *exchange = context;
    size_t got = exchange->read(exchange->read_context, out, room);
    if (got == EXCHANGE_END)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (got == EXCHANGE_BROKEN)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    if (got == 0)
        suspend(exchange);
    return (ssize_t)got;
}

void exchange_answer_stream(struct exchange *exchange, unsigned status, const struct pair *headers,
                            size_t (*read)(void *context, char *out, size_t room), void *context)
{
    exchange->read = read;
    exchange->read_context = context;
    answer(exchange, status, headers,
           MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, on_read, exchange, NULL));
}

void exchange_forget_request(struct exchange *exchange)
{
    arena_free(exchange->arena);
    exchange->arena = NULL;
    exchange->target = NULL;
    exchange->headers = NULL;
    exchange->method = exchange->origin = NULL;
    drop_body(exchange);
}
