/* SPDX-License-Identifier: MPL-2.0 */
#include "worker/machine.h"

#include <stdlib.h>
#include <string.h>

#include "admin/admin.h"
#include "base/clock.h"
#include "base/log.h"
#include "flow/event.h"
#include "flow/hook.h"
#include "flow/outbox.h"
#include "flow/limit.h"
#include "flow/schedule.h"
#include "flow/wait.h"
#include "store/file.h"
#include "worker/ready.h"
#include "worker/start.h"

enum { JOBS_MAX = 256, FETCHED_PAIRS = 48, RETRY_FETCH_MS = 5000 };

/* A frame that waits for its turn. */
struct job {
    struct job *next;
    enum frame_kind kind;
    uint64_t request; /* id, to answer if the commit fails */
    size_t size;
    char payload[];
};

/* One of our towns. */
struct machine_batch {
    struct machine *machine;
    struct town *town;
    struct flow flow;
    struct job *jobs, **jobs_end; /* waiting */
    struct job *done;             /* in the transaction under way */
    bool committing;
    int64_t due_ms; /* of timers and schedules */
};

struct machine {
    struct machine_setup setup;
    struct machine_batch *towns;
    size_t count;
};

/* ---- opening and closing ---- */

static void hand_over(struct machine_batch *run)
{
    struct flow *flow = &run->flow;
    buf_add(run->machine->setup.out, buf_str(&flow->frames), flow->frames.size);
    buf_clear(&flow->frames);
}

static void town_down(struct machine_batch *run)
{
    while (run->jobs) {
        struct job *job = run->jobs;
        run->jobs = job->next;
        free(job);
    }
    outbox_close(run->flow.outbox);
    limit_close(run->flow.limits);
    buf_free(&run->flow.frames);
    arena_free(run->flow.arena);
    town_close(run->town);
}

static bool town_up(struct machine *machine, const char *ini_path, struct fail *fail)
{
    struct town *town = town_load(machine->setup.host, ini_path, machine->setup.plugins, fail);
    if (!town)
        return false;
    struct machine_batch *run = &machine->towns[machine->count++];
    *run = (struct machine_batch){.machine = machine, .town = town};
    run->jobs_end = &run->jobs;
    run->flow = (struct flow){
        .town = town,
        .arena = arena_new(),
        .outbox = outbox_open(),
        .limits = limit_open(),
        .page = machine->setup.page,
        .beat = machine->setup.page ? &machine->setup.page->workers[machine->setup.index] : NULL,
    };
    town->flow = &run->flow;
    return town_open(town, flow_migrate, fail) && start_town(&run->flow, fail);
}

struct machine *machine_open(const struct machine_setup *setup, struct fail *fail)
{
    struct machine *machine = mem_alloc(sizeof *machine);
    machine->setup = *setup;
    machine->towns = mem_alloc(setup->host->town_count * sizeof *machine->towns);
    for (size_t i = setup->index; i < setup->host->town_count; i += setup->count) {
        if (!town_up(machine, setup->host->town_files[i], fail)) {
            machine_close(machine);
            return NULL;
        }
    }
    struct town **towns = mem_alloc((machine->count + 1) * sizeof *towns);
    for (size_t i = 0; i < machine->count; i++)
        towns[i] = machine->towns[i].town;
    ready_write(setup->out, setup->index, towns, machine->count);
    free(towns);
    for (size_t i = 0; i < machine->count; i++)
        hand_over(&machine->towns[i]);
    return machine;
}

void machine_close(struct machine *machine)
{
    for (size_t i = 0; i < machine->count; i++)
        town_down(&machine->towns[i]);
    free(machine->towns);
    free(machine);
}

struct town *machine_town(struct machine *machine, const char *id)
{
    for (size_t i = 0; i < machine->count; i++)
        if (strcmp(machine->towns[i].town->id, id) == 0)
            return machine->towns[i].town;
    return NULL;
}

/* ---- frames in ---- */

static void refuse(struct machine *machine, uint64_t request, uint32_t status, const char *code, const char *words)
{
    struct arena *arena = arena_new();
    struct http_reply reply = {.arena = arena};
    reply_refuse(&reply, status, code, words);
    if (status == 503)
        reply_header(&reply, "retry-after", "2");
    reply_write(machine->setup.out, request, &reply);
    arena_free(arena);
}

void machine_frame(struct machine *machine, struct frame *frame)
{
    struct frame peek = *frame;
    uint64_t id = frame_read_u64(&peek);
    const char *name = frame_read_text(&peek);
    struct town *town = machine_town(machine, name);
    if (peek.broken)
        return;
    if (!town) {
        if (frame->kind == FRAME_REQUEST)
            refuse(machine, id, 404, "no-town", "There is no such town here.");
        return;
    }
    struct machine_batch *run = (struct machine_batch *)((char *)town->flow - offsetof(struct machine_batch, flow));
    size_t size = (size_t)(frame->end - frame->at);
    struct job *job = mem_alloc(sizeof *job + size);
    job->kind = frame->kind;
    job->request = frame->kind == FRAME_REQUEST ? id : 0;
    job->size = size;
    memcpy(job->payload, frame->at, size);
    *run->jobs_end = job;
    run->jobs_end = &job->next;
}

/* ---- jobs ---- */

static struct frame frame_of(struct job *job)
{
    return (struct frame){.kind = job->kind, .at = job->payload, .end = job->payload + job->size};
}

static void run_request(struct machine_batch *run, struct job *job)
{
    struct frame frame = frame_of(job);
    struct http_request request;
    request_read(&request, run->flow.arena, &frame);
    struct http_reply reply = {.arena = run->flow.arena};
    if (request.admin && strncmp(request.path, "/admin/", 7) == 0)
        admin_serve(run->town, run->flow.arena, &request, &reply);
    else
        hook_serve(&run->flow, &request, &reply);
    reply_write(&run->flow.frames, request.id, &reply);
}

static void run_fetched(struct machine_batch *run, struct job *job)
{
    struct frame frame = frame_of(job);
    uint64_t id = frame_read_u64(&frame);
    frame_read_text(&frame);
    struct pair headers[FETCHED_PAIRS];
    struct viche_result result = {.size = sizeof result, .status = (int32_t)frame_read_u32(&frame)};
    const char *error = frame_read_text(&frame);
    result.error = *error ? arena_copy(run->flow.arena, error) : NULL;
    frame_read_pairs(&frame, headers, FETCHED_PAIRS);
    size_t size = 0;
    const char *body = frame_read_bytes(&frame, &size);
    if (frame.broken)
        return;
    result.headers = (const struct viche_pair *)headers;
    result.body = arena_copy_bytes(run->flow.arena, body, size);
    result.body_size = (uint32_t)size;
    if (id & 1)
        outbox_fetched(&run->flow, id >> 1, &result);
    else
        event_fetched(&run->flow, (int64_t)(id >> 1), &result);
}

static void run_job(struct machine_batch *run, struct job *job)
{
    if (job->kind == FRAME_REQUEST)
        run_request(run, job);
    else if (job->kind == FRAME_FETCHED)
        run_fetched(run, job);
    flow_end(&run->flow);
}

/* ---- batches ---- */

static void commit(struct machine_batch *run)
{
    struct machine *machine = run->machine;
    run->committing = true;
    if (machine->setup.commit && db_written(run->town->db))
        machine->setup.commit(machine->setup.context, run);
    else
        machine_committed(run, db_commit(run->town->db));
}

static bool is_alone(struct job *job, struct arena *arena)
{
    if (job->kind != FRAME_REQUEST)
        return false;
    struct frame frame = frame_of(job);
    struct http_request request;
    request_read(&request, arena, &frame);
    return request.admin && admin_alone(&request);
}

static struct job *take_job(struct machine_batch *run)
{
    struct job *job = run->jobs;
    run->jobs = job->next;
    if (!run->jobs)
        run->jobs_end = &run->jobs;
    job->next = run->done;
    run->done = job;
    return job;
}

static bool is_due(const struct machine_batch *run)
{
    int64_t now_ms = clock_now_ms();
    return run->due_ms <= now_ms || outbox_due_ms(&run->flow) <= now_ms;
}

/* An operator has put another database in the place of the town's. */
static void open_again(struct machine_batch *run)
{
    struct fail fail = {0};
    outbox_close(run->flow.outbox);
    limit_close(run->flow.limits);
    run->flow.outbox = outbox_open();
    if (town_open(run->town, flow_migrate, &fail) && start_town(&run->flow, &fail))
        return;
    log_line(LOG_ALARM, "machine", "a restored town does not open", "town=%s why=\"%s\"", run->town->id, fail.words);
    abort(); /* the next worker says it again, or opens it */
}

static void run_batch(struct machine_batch *run)
{
    struct flow *flow = &run->flow;
    if (run->jobs && is_alone(run->jobs, flow->arena)) {
        run_job(run, take_job(run));
        if (!run->town->db)
            open_again(run);
        run->committing = true;
        machine_committed(run, true);
        return;
    }
    db_begin(run->town->db);
    if (is_due(run)) {
        event_timers(flow);
        schedule_run(flow);
        flow_end(flow);
    }
    outbox_collect(flow);
    for (int i = 0; i < JOBS_MAX && run->jobs && !is_alone(run->jobs, flow->arena); i++)
        run_job(run, take_job(run));
    int64_t timers_ms = event_due_ms(flow);
    int64_t schedules_ms = schedule_due_ms(flow);
    run->due_ms = timers_ms < schedules_ms ? timers_ms : schedules_ms;
    commit(run);
}

void machine_run(struct machine *machine)
{
    for (size_t i = 0; i < machine->count; i++) {
        struct machine_batch *run = &machine->towns[i];
        if (!run->committing && (run->jobs || is_due(run)))
            run_batch(run);
    }
}

/* Nothing of the batch happened: clients may try again, the network is asked again. */
static void take_back(struct machine_batch *run)
{
    log_line(LOG_ALARM, "machine", "a commit failed", "town=%s why=\"%s\"", run->town->id, db_words(run->town->db));
    if (db_fatal(run->town->db))
        abort(); /* a failed fsync is never retried: the next worker reads what the disk really has */
    buf_clear(&run->flow.frames);
    outbox_forget(&run->flow);
    for (const struct job *job = run->done; job; job = job->next)
        if (job->kind == FRAME_REQUEST)
            refuse(run->machine, job->request, 503, "busy",
                   "Зараз не вдається зберегти. Спробуйте за хвилину. / Cannot save now. Please try again in a minute.");
    run->due_ms = clock_now_ms() + RETRY_FETCH_MS;
}

void machine_committed(struct machine_batch *run, bool ok)
{
    run->committing = false;
    if (ok) {
        hand_over(run);
        outbox_send(&run->flow);
        hand_over(run);
        if (run->flow.sweep)
            file_sweep(run->town->db, run->town->folder);
        run->flow.sweep = false;
    } else {
        take_back(run);
    }
    if (run->flow.beat)
        atomic_fetch_add(&run->flow.beat->commits, 1);
    while (run->done) {
        struct job *job = run->done;
        run->done = job->next;
        free(job);
    }
    arena_reset(run->flow.arena);
}

struct db *machine_batch_db(struct machine_batch *batch) { return batch->town->db; }

bool machine_idle(const struct machine *machine)
{
    for (size_t i = 0; i < machine->count; i++)
        if (machine->towns[i].committing || machine->towns[i].jobs)
            return false;
    return true;
}

int64_t machine_due_ms(const struct machine *machine)
{
    int64_t due = INT64_MAX;
    for (size_t i = 0; i < machine->count; i++) {
        const struct machine_batch *run = &machine->towns[i];
        int64_t own = outbox_due_ms(&run->flow);
        if (run->committing)
            continue;
        if (run->due_ms < own)
            own = run->due_ms;
        if (own < due)
            due = own;
    }
    return due;
}
