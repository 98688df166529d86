/* SPDX-License-Identifier: MPL-2.0
 * A worker without plugins, database or towns' settings: it echoes, streams, crashes and hangs as it is asked to, so that the
 * gateway and the supervisor can be tested alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <viche/plugin.h>

#include "base/clock.h"
#include "base/text.h"
#include "link/link.h"
#include "worker/worker.h"

enum { PAIRS = 48, HANG_MS = 300 };

struct fake {
    uv_loop_t loop;
    uv_signal_t sigterm;
    uv_timer_t beat;
    struct link *link;
    struct page_worker *line;
};

struct request {
    uint64_t id, upload_bytes;
    const char *town, *method, *path, *origin, *peer, *upload, *body;
    struct pair query[PAIRS], headers[PAIRS];
    uint32_t admin;
    size_t body_bytes;
};

static const char *pair(const struct pair *pairs, const char *name)
{
    for (; pairs->name; pairs++)
        if (strcmp(pairs->name, name) == 0)
            return pairs->value;
    return "";
}

static void reply(struct fake *fake, uint64_t id, const char *topic, uint64_t last_id, const char *body, size_t size_bytes)
{
    static const struct pair plain[] = {{"Content-Type", "text/plain"}, {NULL, NULL}};
    static const struct pair events[] = {{"Content-Type", "text/event-stream"}, {NULL, NULL}};
    struct buf *out = link_out(fake->link);
    size_t mark = frame_begin(out, FRAME_REPLY);
    frame_u64(out, id);
    frame_u32(out, 200);
    frame_pairs(out, *topic ? events : plain);
    frame_u32(out, 0);
    frame_text(out, "");
    frame_text(out, topic);
    frame_u64(out, last_id);
    frame_text(out, "");
    frame_bytes(out, body, size_bytes);
    frame_end(out, mark);
}

static void tell(struct fake *fake, const struct request *request)
{
    struct buf text = {0};
    buf_print(&text,
              "town=%s method=%s path=%s origin=%s peer=%s admin=%u upload=%s upload_bytes=%llu body_bytes=%zu proof=\"%s\"",
              request->town, request->method, request->path, request->origin, request->peer, request->admin, *request->upload ? "yes" : "no",
              (unsigned long long)request->upload_bytes, request->body_bytes, pair(request->headers, "x-proof"));
    for (size_t i = 0; request->query[i].name; i++)
        buf_print(&text, " %s=%s", request->query[i].name, request->query[i].value);
    buf_print(&text, "\n%s", request->body);
    reply(fake, request->id, "", 0, text.data, text.size);
    buf_free(&text);
}

static void push(struct fake *fake, const struct request *request)
{
    uint64_t id = strtoull(pair(request->query, "id"), NULL, 10);
    size_t size = strtoul(pair(request->query, "size"), NULL, 10);
    struct buf data = {0};
    buf_print(&data, "id: %llu\ndata: ", (unsigned long long)id);
    for (size_t i = 0; i < size; i++)
        buf_byte(&data, 'x');
    buf_text(&data, "\n\n");
    struct buf *out = link_out(fake->link);
    size_t mark = frame_begin(out, FRAME_PUSH);
    frame_text(out, pair(request->query, "topic"));
    frame_u64(out, id);
    frame_bytes(out, data.data, data.size);
    frame_end(out, mark);
    buf_free(&data);
    reply(fake, request->id, "", 0, "pushed", 6);
}

static void fetch(struct fake *fake, const struct request *request)
{
    static const struct pair headers[] = {{"X-Token", "Bearer {secret:token}"}, {NULL, NULL}};
    struct buf *out = link_out(fake->link);
    size_t mark = frame_begin(out, FRAME_FETCH);
    frame_u64(out, request->id);
    frame_text(out, request->town);
    frame_text(out, "own");
    frame_text(out, pair(request->query, "lane"));
    frame_text(out, *request->body ? "POST" : "GET");
    frame_text(out, pair(request->query, "url"));
    frame_pairs(out, headers);
    frame_u32(out, (uint32_t)strtoul(pair(request->query, "timeout"), NULL, 10));
    frame_u32(out, *pair(request->query, "words") ? 0 : FETCH_FILL_BODY);
    frame_u32(out, 0); /* no parts */
    frame_bytes(out, request->body, request->body_bytes);
    frame_end(out, mark);
}

/* A crash as the real worker's would look from outside. */
static void misbehave(struct fake *fake, const struct request *request)
{
    snprintf(fake->line->town, sizeof fake->line->town, "%s", request->town);
    snprintf(fake->line->plugin, sizeof fake->line->plugin, "evil");
    atomic_store(&fake->line->event, page_event(request->town, "web", pair(request->query, "origin")));
    atomic_store(&fake->line->deadline_ms, clock_mono_ms() + HANG_MS);
    for (volatile int forever = text_is(request->path, "/hang"); forever;)
        continue;
    abort();
}

static void serve(struct fake *fake, const struct request *request)
{
    const char *path = request->path;
    if (text_is(path, "/crash") || text_is(path, "/hang")) {
        const char *flag = pair(request->query, "once"); /* a file: crash only while it is there */
        if (!*flag || unlink(flag) == 0)
            misbehave(fake, request);
        reply(fake, request->id, "", 0, "survived", 8);
    } else if (text_is(path, "/stream")) {
        const char *last = pair(request->headers, "last-event-id");
        reply(fake, request->id, pair(request->query, "topic"), strtoull(last, NULL, 10), ": hello\n\n", 9);
    } else if (text_is(path, "/push")) {
        push(fake, request);
    } else if (text_is(path, "/fetch")) {
        fetch(fake, request);
    } else if (!text_is(path, "/silent")) {
        tell(fake, request);
    }
}

static void on_request(struct fake *fake, struct frame *frame)
{
    struct request request = {.id = frame_read_u64(frame)};
    request.town = frame_read_text(frame);
    request.method = frame_read_text(frame);
    request.path = frame_read_text(frame);
    frame_read_pairs(frame, request.query, PAIRS);
    frame_read_pairs(frame, request.headers, PAIRS);
    request.origin = frame_read_text(frame);
    request.peer = frame_read_text(frame);
    request.upload = frame_read_text(frame);
    request.upload_bytes = frame_read_u64(frame);
    request.admin = frame_read_u32(frame);
    frame_read_text(frame); /* a first part */
    request.body = frame_read_bytes(frame, &request.body_bytes);
    if (!frame->broken)
        serve(fake, &request);
}

static void on_fetched(struct fake *fake, struct frame *frame)
{
    struct pair headers[PAIRS];
    uint64_t id = frame_read_u64(frame);
    frame_read_text(frame);
    int status = (int)frame_read_u32(frame);
    const char *error = frame_read_text(frame);
    frame_read_pairs(frame, headers, PAIRS);
    frame_read_text(frame); /* no upload */
    size_t size = 0;
    const char *body = frame_read_bytes(frame, &size);
    struct buf text = {0};
    buf_print(&text, "status=%d error=%s type=%s size=%zu\n", status, error, pair(headers, "content-type"), size);
    buf_add(&text, body, size < 200 ? size : 200);
    reply(fake, id, "", 0, text.data, text.size);
    buf_free(&text);
}

static void on_frame(void *context, struct frame *frame)
{
    struct fake *fake = context;
    if (frame->kind == FRAME_REQUEST)
        on_request(fake, frame);
    else if (frame->kind == FRAME_FETCHED)
        on_fetched(fake, frame);
    else if (frame->kind == FRAME_STOP)
        uv_stop(&fake->loop);
}

static void on_closed(void *context, const char *why)
{
    (void)why;
    struct fake *fake = context;
    uv_stop(&fake->loop);
}

static void on_sigterm(uv_signal_t *handle, int number)
{
    (void)number;
    uv_stop(handle->loop);
}

static void on_beat(uv_timer_t *timer)
{
    struct fake *fake = timer->data;
    atomic_store(&fake->line->beat_ms, clock_mono_ms());
}

static void say_route(struct buf *out, const char *pattern, uint64_t body_max, bool upload, uint32_t proof, const char *secret)
{
    frame_text(out, pattern);
    frame_u64(out, body_max);
    frame_u32(out, upload);
    frame_u32(out, proof);
    frame_text(out, "x-proof");
    frame_text(out, secret);
}

static void say_ready(struct fake *fake, const struct worker_args *args)
{
    struct buf *out = link_out(fake->link);
    size_t mark = frame_begin(out, FRAME_READY);
    uint32_t towns = 0;
    for (size_t i = 0; i < args->host->town_count; i++)
        towns += i % args->count == args->index;
    frame_u32(out, args->index);
    frame_u32(out, towns);
    for (size_t i = args->index; i < args->host->town_count; i += args->count) {
        const char *name = strrchr(args->host->town_files[i], '/') + 1;
        char id[48], secret[4096];
        snprintf(id, sizeof id, "%.*s", (int)strcspn(name, "."), name);
        snprintf(secret, sizeof secret, "%.3000s/token", args->host->base);
        frame_text(out, id);
        frame_u32(out, 1);
        frame_text(out, "own/token");
        frame_text(out, secret);
        frame_u32(out, 5);
        say_route(out, "/upload/{chat}/files", 0, true, 0, "own/token");
        say_route(out, "/small", 100, false, 0, "own/token");
        say_route(out, "/secret", 0, false, VICHE_PROOF_SECRET, "own/token");
        say_route(out, "/signed", 0, false, VICHE_PROOF_HMAC, "own/token");
        say_route(out, "/closed", 0, false, VICHE_PROOF_SECRET, "own/not-set");
    }
    frame_end(out, mark);
    atomic_store(&fake->line->state, 2);
}

int worker_main(const struct worker_args *args)
{
    static const struct link_events events = {on_frame, on_closed};
    static struct fake fake;
    fake.line = &args->page->workers[args->index];
    uv_loop_init(&fake.loop);
    fake.link = link_open(&fake.loop, args->link_fd, &events, &fake);
    uv_signal_init(&fake.loop, &fake.sigterm);
    uv_signal_start(&fake.sigterm, on_sigterm, SIGTERM);
    uv_timer_init(&fake.loop, &fake.beat);
    fake.beat.data = &fake;
    uv_timer_start(&fake.beat, on_beat, 0, 500);
    say_ready(&fake, args);
    uv_run(&fake.loop, UV_RUN_DEFAULT);
    link_flush(fake.link);
    return 0;
}

/* A town whose file says "refuse me" is refused. */
bool worker_check(const struct host_config *host, struct fail *fail)
{
    for (size_t i = 0; i < host->town_count; i++) {
        struct buf text = {0};
        bool bad = !buf_read_file(&text, host->town_files[i]) || strstr(buf_str(&text), "refuse me");
        buf_free(&text);
        if (bad)
            return fail_set(fail, "%s:1: refuse me", host->town_files[i]);
    }
    return true;
}
