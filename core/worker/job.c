/* SPDX-License-Identifier: MPL-2.0 */
#include "worker/job.h"

#include <string.h>

#include "admin/admin.h"
#include "flow/event.h"
#include "flow/hook.h"
#include "flow/incoming.h"
#include "flow/outbox.h"
#include "flow/poll.h"
#include "flow/wait.h"

enum { FETCHED_PAIRS = 48 };

struct job *job_new(const struct town *town, const struct frame *frame)
{
    size_t size = (size_t)(frame->end - frame->at);
    struct job *job = mem_alloc(sizeof *job + size);
    job->kind = frame->kind;
    job->size = size;
    memcpy(job->payload, frame->at, size);
    if (job->kind == FRAME_REQUEST) {
        struct frame peek = *frame;
        struct http_request request;
        request_read(&request, &peek);
        job->request = request.id;
        job->patient = request.admin || !hook_of_channel(town, request.path);
        job->alone = request.admin && admin_alone(&request);
    }
    return job;
}

static struct frame frame_of(struct job *job)
{
    return (struct frame){.kind = job->kind, .at = job->payload, .end = job->payload + job->size};
}

static void run_request(struct flow *flow, struct job *job)
{
    struct frame frame = frame_of(job);
    struct http_request request;
    request_read(&request, &frame);
    struct http_reply reply = {.arena = flow->arena};
    if (request.admin && strncmp(request.path, "/admin/", 7) == 0)
        admin_serve(flow->town, flow->arena, &request, &reply);
    else
        hook_serve(flow, &request, &reply);
    reply_write(&flow->frames, request.id, &reply);
}

static void run_fetched(struct flow *flow, struct job *job)
{
    struct frame frame = frame_of(job);
    uint64_t id = frame_read_u64(&frame);
    frame_read_text(&frame); /* the town: it brought us here */
    struct pair headers[FETCHED_PAIRS];
    struct viche_result result = {.size = sizeof result, .status = (int32_t)frame_read_u32(&frame)};
    const char *error = frame_read_text(&frame);
    result.error = *error ? arena_copy(flow->arena, error) : NULL;
    frame_read_pairs(&frame, headers, FETCHED_PAIRS);
    const char *upload = frame_read_text(&frame);
    size_t size = 0;
    const char *body = frame_read_bytes(&frame, &size);
    if (frame.broken)
        return;
    job->upload = *upload ? upload : NULL;
    result.headers = (const struct viche_pair *)headers;
    result.body = arena_copy_bytes(flow->arena, body, size);
    result.body_size = (uint32_t)size;
    enum fetch_kind kind = id & 3;
    if (kind == FETCH_OUTBOX)
        outbox_fetched(flow, id >> 2, &result);
    else if (kind == FETCH_POLL)
        poll_fetched(flow, id >> 2, &result);
    else if (kind == FETCH_FILE)
        incoming_fetched(flow, (int64_t)(id >> 2), &result, upload);
    else
        event_fetched(flow, (int64_t)(id >> 2), &result);
}

void job_run(struct flow *flow, struct job *job)
{
    if (job->kind == FRAME_REQUEST)
        run_request(flow, job);
    else if (job->kind == FRAME_FETCHED)
        run_fetched(flow, job);
    flow_end(flow);
}

bool job_must_repeat(const struct job *job)
{
    if (job->kind != FRAME_FETCHED)
        return false;
    struct frame peek = {.kind = job->kind, .at = job->payload, .end = job->payload + job->size};
    enum fetch_kind kind = frame_read_u64(&peek) & 3;
    return kind == FETCH_REQUEST || kind == FETCH_FILE;
}

void job_refuse(struct buf *out, uint64_t request, uint32_t status, const char *code, const char *words)
{
    struct arena *arena = arena_new();
    struct http_reply reply = {.arena = arena};
    reply_refuse(&reply, status, code, words);
    if (status == 503)
        reply_header(&reply, "retry-after", "2");
    reply_write(out, request, &reply);
    arena_free(arena);
}
