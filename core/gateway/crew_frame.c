/* SPDX-License-Identifier: MPL-2.0
 * What workers say, and what follows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "gateway/crew_inner.h"
#include "gateway/parts.h"
#include "gateway/refuse.h"
#include "town/anchor.h"

enum { PARTS = 16, PAIRS = 48 };

const char *crew_town_id(const char *file, char out[CREW_TOWN_BYTES])
{
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    snprintf(out, CREW_TOWN_BYTES, "%.*s", (int)strcspn(name, "."), name);
    return out;
}

/* ---- READY ---- */

static void read_secrets(struct crew *crew, struct frame *frame, const char *town)
{
    uint32_t count = frame_read_u32(frame);
    for (uint32_t i = 0; i < count && !frame->broken; i++) {
        const char *name = frame_read_text(frame);
        const char *path = frame_read_text(frame);
        if (!secret_load(crew->setup.secrets, town, name, path))
            log_line(LOG_WARN, "secret", "cannot be read", "town=%s secret=%s", town, name);
    }
}

static void read_town(struct crew_seat *seat, struct frame *frame)
{
    const char *town = frame_read_text(frame);
    read_secrets(seat->crew, frame, town);
    uint32_t count = frame_read_u32(frame), known = 0;
    struct crew_route *routes = NULL; /* all of them: a route left out would stand open */
    for (uint32_t i = 0; i < count && !frame->broken; i++) {
        struct crew_route route = {.pattern = frame_read_text(frame)};
        route.body_max = frame_read_u64(frame);
        route.to_file = frame_read_u32(frame);
        route.proof = frame_read_u32(frame);
        route.proof_header = frame_read_text(frame);
        route.proof_secret = frame_read_text(frame);
        if (known % 64 == 0)
            routes = mem_grow(routes, (known + 64) * sizeof *routes);
        routes[known++] = route;
    }
    if (!frame->broken)
        crew_serves(seat->crew, seat, town, routes, known);
    free(routes);
}

static void on_ready(struct crew_seat *seat, struct frame *frame)
{
    frame_read_u32(frame); /* its own number, which we know */
    uint32_t towns = frame_read_u32(frame);
    for (uint32_t i = 0; i < towns && !frame->broken; i++)
        read_town(seat, frame);
    log_line(LOG_NOTE, "crew", "worker ready", "worker=%u towns=%u", seat->worker, towns);
    seat->crew->setup.ready(seat->crew->setup.context, seat->worker);
}

/* ---- REPLY ---- */

/* Files of a town only: a worker gone bad must not make us read out a secret. */
static bool in_data(const struct crew *crew, const char *path)
{
    const char *data = crew->setup.host->data;
    size_t length = strlen(data);
    return strncmp(path, data, length) == 0 && path[length] == '/' && path[length + 1] != '.' && !strstr(path, "/../") &&
           strstr(path, "/files/");
}

/* A new request to the worker, which may be another one by now; a crash over an earlier part does not count against it. */
static bool ask_for_more(void *context, struct exchange *exchange)
{
    struct crew *crew = context;
    if (crew->stopping || !crew_knows(crew, exchange->target->town))
        return false;
    exchange->id = 0;
    exchange->tries = 0;
    return crew_give(crew, exchange);
}

static void on_reply(struct crew_seat *seat, struct frame *frame)
{
    struct crew *crew = seat->crew;
    struct pair headers[PAIRS];
    uint64_t id = frame_read_u64(frame);
    uint32_t status = frame_read_u32(frame);
    frame_read_pairs(frame, headers, PAIRS);
    bool trusted = frame_read_u32(frame) != 0;
    const char *file = frame_read_text(frame);
    const char *topic = frame_read_text(frame);
    uint64_t last_id = frame_read_u64(frame);
    const char *more = frame_read_text(frame);
    size_t size = 0;
    const char *body = frame_read_bytes(frame, &size);
    struct exchange *exchange = frame->broken ? NULL : crew_take(crew, seat, id);
    if (!exchange)
        return;
    if (trusted)
        crew->setup.trust(crew->setup.context, exchange);
    if (exchange->parts)
        parts_add(exchange, status, body, size, more);
    else if (*more)
        parts_begin(exchange, status, headers, body, size, more, ask_for_more, crew);
    else if (*topic)
        push_stream(crew->setup.push, exchange, headers, topic, last_id, body, size);
    else if (!*file)
        exchange_answer(exchange, status, headers, body, size);
    else if (!in_data(crew, file) || !exchange_answer_file(exchange, status, headers, file))
        refuse(exchange, REFUSE_UNKNOWN, 0);
}

/* ---- FETCH ---- */

struct filled { /* a request with its secrets in it; wiped afterwards */
    struct buf url, body, values;
    struct pair headers[PAIRS];
};

static void wipe(struct buf *buf)
{
    if (buf->data)
        explicit_bzero(buf->data, buf->room);
    buf_free(buf);
}

static bool fill(const struct secrets *secrets, const struct secret_owner *owner, struct fetch_request *request, bool fill_body,
                 struct filled *filled)
{
    bool ok = secret_fill(secrets, owner, request->url, strlen(request->url), &filled->url) &&
              (!fill_body || secret_fill(secrets, owner, request->body, request->body_bytes, &filled->body));
    size_t starts[PAIRS], count = 0;
    for (; ok && filled->headers[count].name; count++) {
        starts[count] = filled->values.size;
        const char *value = filled->headers[count].value;
        ok = secret_fill(secrets, owner, value, strlen(value), &filled->values) && buf_byte(&filled->values, '\0');
    }
    for (size_t i = 0; ok && i < count; i++)
        filled->headers[i].value = filled->values.data + starts[i];
    request->url = buf_str(&filled->url);
    request->headers = filled->headers;
    if (fill_body) {
        request->body = buf_str(&filled->body);
        request->body_bytes = filled->body.size;
    }
    return ok;
}

static size_t read_parts(struct frame *frame, struct fetch_part *parts)
{
    size_t count = frame_read_u32(frame);
    for (size_t i = 0; i < count && i < PARTS; i++) {
        parts[i].name = frame_read_text(frame);
        parts[i].value = frame_read_text(frame);
        parts[i].path = frame_read_text(frame);
        parts[i].file_name = frame_read_text(frame);
        parts[i].file_type = frame_read_text(frame);
    }
    frame->broken = frame->broken || count > PARTS;
    return count;
}

static void on_fetch(struct crew *crew, struct frame *frame)
{
    struct filled filled = {0};
    struct fetch_request request = {.id = frame_read_u64(frame)};
    request.town = frame_read_text(frame);
    const struct secret_owner owner = {request.town, frame_read_text(frame)};
    request.lane = frame_read_text(frame);
    request.method = frame_read_text(frame);
    request.url = frame_read_text(frame);
    frame_read_pairs(frame, filled.headers, PAIRS);
    request.timeout_s = frame_read_u32(frame);
    uint32_t how = frame_read_u32(frame);
    request.to_file = how & FETCH_TO_FILE;
    struct fetch_part parts[PARTS];
    request.parts = parts;
    request.part_count = read_parts(frame, parts);
    request.body = frame_read_bytes(frame, &request.body_bytes);
    if (frame->broken)
        return;
    if (fill(crew->setup.secrets, &owner, &request, how & FETCH_FILL_BODY, &filled))
        crew->setup.fetch(crew->setup.context, &request);
    else
        crew_answer(crew, &(struct fetch_answer){
                              .id = request.id, .town = request.town, .error = "names a secret this plugin does not have"});
    wipe(&filled.url);
    wipe(&filled.body);
    wipe(&filled.values);
}

/* ---- PUSH and the rest ---- */

static void on_push(struct crew *crew, struct frame *frame)
{
    const char *topic = frame_read_text(frame);
    uint64_t id = frame_read_u64(frame);
    size_t size = 0;
    const char *data = frame_read_bytes(frame, &size);
    if (!frame->broken)
        push_send(crew->setup.push, topic, id, data, size);
}

static void on_end(struct crew *crew, struct frame *frame)
{
    const char *topic = frame_read_text(frame);
    if (!frame->broken)
        push_end_topic(crew->setup.push, topic);
}

/* One line that leaves this machine with the log: who changes the chain afterwards cannot change the line, too. */
static void on_anchor(struct crew *crew, struct frame *frame)
{
    struct anchor anchor = {0};
    snprintf(anchor.town, sizeof anchor.town, "%s", frame_read_text(frame));
    anchor.head.rows = (int64_t)frame_read_u64(frame);
    anchor.head.at = (int64_t)frame_read_u64(frame);
    size_t size = 0;
    const char *hash = frame_read_bytes(frame, &size);
    if (frame->broken || size != sizeof anchor.head.head)
        return;
    memcpy(anchor.head.head, hash, size);
    anchor_sign(&anchor, secret_get(crew->setup.secrets, anchor.town, "town/list-key"));
    struct buf line = {0};
    anchor_write(&anchor, &line);
    log_line(LOG_NOTE, "audit", "anchor", "%s", buf_str(&line));
    buf_free(&line);
}

static void on_frame(void *context, struct frame *frame)
{
    struct crew_seat *seat = context;
    if (frame->kind == FRAME_READY)
        on_ready(seat, frame);
    else if (frame->kind == FRAME_REPLY)
        on_reply(seat, frame);
    else if (frame->kind == FRAME_FETCH)
        on_fetch(seat->crew, frame);
    else if (frame->kind == FRAME_PUSH)
        on_push(seat->crew, frame);
    else if (frame->kind == FRAME_END)
        on_end(seat->crew, frame);
    else if (frame->kind == FRAME_ANCHOR)
        on_anchor(seat->crew, frame);
    else if (frame->kind == FRAME_STOPPED)
        crew_seat_leaves(seat);
}

static void on_link_closed(void *context, const char *why)
{
    struct crew_seat *seat = context;
    log_line(LOG_DEBUG_, "crew", "link ended", "worker=%u why=%s", seat->worker, why);
    crew_seat_close(seat);
}

const struct link_events crew_link_events = {on_frame, on_link_closed};
