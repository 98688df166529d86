/* SPDX-License-Identifier: MPL-2.0 */
#include "worker/batch.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "flow/event.h"
#include "flow/limit.h"
#include "flow/outbox.h"
#include "flow/poll.h"
#include "flow/pulse.h"
#include "flow/schedule.h"
#include "store/file.h"
#include "worker/job.h"
#include "worker/start.h"

enum { JOBS_MAX = 256, RETRY_MS = 5000, TIDY_MS = 30000 };

struct batch {
    const struct machine_setup *setup;
    struct town *town;
    struct flow flow;
    struct job *jobs, **jobs_end; /* waiting */
    struct job *done;             /* in the transaction under way */
    bool committing;
    int64_t due_ms;  /* of timers and schedules */
    int64_t hold_ms; /* after a commit that failed: nothing runs before */
    int64_t tidy_ms; /* of the database's log: it is emptied so long after the first commit that went into it */
};

/* ---- opening and closing ---- */

static bool take_up(struct batch *batch, struct fail *fail)
{
    batch->flow.outbox = outbox_open();
    batch->flow.limits = limit_open();
    batch->flow.pulses = pulse_open(batch->flow.page, batch->town);
    batch->due_ms = 0;
    batch->tidy_ms = INT64_MAX;
    bool taken = town_open(batch->town, flow_migrate, fail) && start_town(&batch->flow, fail);
    batch->flow.polls = poll_open(batch->town); /* now it is known which plugins are off */
    return taken;
}

static void put_down(struct batch *batch)
{
    outbox_close(batch->flow.outbox);
    limit_close(batch->flow.limits);
    poll_close(batch->flow.polls);
    pulse_close(batch->flow.pulses);
}

struct batch *batch_open(const struct machine_setup *setup, const char *ini_path, struct fail *fail)
{
    struct town *town = town_load(setup->host, ini_path, setup->plugins, fail);
    if (!town)
        return NULL;
    struct batch *batch = mem_alloc(sizeof *batch);
    batch->setup = setup;
    batch->town = town;
    batch->jobs_end = &batch->jobs;
    batch->flow = (struct flow){
        .town = town,
        .arena = arena_new(),
        .page = setup->page,
        .beat = setup->page ? &setup->page->workers[setup->index] : NULL,
    };
    town->flow = &batch->flow;
    if (take_up(batch, fail))
        return batch;
    batch_close(batch);
    return NULL;
}

static void free_jobs(struct job *job)
{
    while (job) {
        struct job *next = job->next;
        if (job->upload)
            unlink(job->upload); /* what was worth keeping is in the town's files */
        free(job);
        job = next;
    }
}

void batch_close(struct batch *batch)
{
    free_jobs(batch->jobs);
    free_jobs(batch->done);
    put_down(batch);
    buf_free(&batch->flow.frames);
    arena_free(batch->flow.arena);
    town_close(batch->town);
    free(batch);
}

struct town *batch_town(struct batch *batch) { return batch->town; }

struct db *batch_db(struct batch *batch) { return batch->town->db; }

bool batch_commit(struct batch *batch)
{
    flow_begin_long(&batch->flow, 0, "");
    bool ok = db_commit(batch->town->db);
    flow_end(&batch->flow);
    return ok;
}

/* ---- jobs in ---- */

void batch_put(struct batch *batch, const struct frame *frame)
{
    struct job *job = job_new(frame);
    *batch->jobs_end = job;
    batch->jobs_end = &job->next;
}

static struct job *take_job(struct batch *batch)
{
    struct job *job = batch->jobs;
    batch->jobs = job->next;
    if (!batch->jobs)
        batch->jobs_end = &batch->jobs;
    job->next = batch->done;
    batch->done = job;
    return job;
}

/* ---- one transaction ---- */

static int64_t earlier(int64_t a, int64_t b) { return a < b ? a : b; }

int64_t batch_due_ms(const struct batch *batch)
{
    if (batch->committing)
        return INT64_MAX;
    if (batch->hold_ms > clock_now_ms())
        return batch->hold_ms;
    int64_t own_ms = earlier(batch->due_ms, batch->tidy_ms);
    return earlier(own_ms, earlier(outbox_due_ms(&batch->flow), poll_due_ms(&batch->flow)));
}

bool batch_can_run(const struct batch *batch)
{
    bool held = batch->committing || batch->hold_ms > clock_now_ms();
    return !held && (batch->jobs || batch_due_ms(batch) <= clock_now_ms());
}

bool batch_idle(const struct batch *batch) { return !batch->committing && !batch->jobs; }

/* An operator has put another database in the place of the town's. */
static void open_again(struct batch *batch)
{
    struct fail fail = {0};
    put_down(batch);
    if (take_up(batch, &fail))
        return;
    log_line(LOG_ALARM, "batch", "a restored town does not open", "town=%s why=\"%s\"", batch->town->id, fail.words);
    abort(); /* the next worker says it again, or opens it */
}

static void run_alone(struct batch *batch)
{
    job_run(&batch->flow, take_job(batch));
    if (!batch->town->db)
        open_again(batch);
    batch_committed(batch, true);
}

static void commit(struct batch *batch)
{
    batch->committing = true;
    if (batch->setup->commit && db_written(batch->town->db))
        batch->setup->commit(batch->setup->context, batch);
    else
        batch_committed(batch, db_commit(batch->town->db));
}

static void tidy(struct batch *batch)
{
    db_checkpoint(batch->town->db);
    batch->tidy_ms = INT64_MAX;
    if (db_failed(batch->town->db))
        log_line(LOG_ALARM, "batch", "a checkpoint failed", "town=%s why=\"%s\"", batch->town->id, db_words(batch->town->db));
    if (db_fatal(batch->town->db))
        abort(); /* as after a commit */
}

void batch_run(struct batch *batch)
{
    struct flow *flow = &batch->flow;
    if (batch->tidy_ms <= clock_now_ms())
        tidy(batch);
    if (batch->jobs && batch->jobs->alone) {
        run_alone(batch);
        return;
    }
    db_begin(batch->town->db);
    bool due = batch->due_ms <= clock_now_ms();
    if (due) {
        event_timers(flow);
        schedule_run(flow);
        flow_end(flow);
    }
    outbox_collect(flow);
    poll_run(flow);
    for (int i = 0; i < JOBS_MAX && batch->jobs && !batch->jobs->alone; i++)
        job_run(flow, take_job(batch));
    if (due || db_written(batch->town->db))
        batch->due_ms = earlier(event_due_ms(flow), schedule_due_ms(flow));
    commit(batch);
}

/* ---- after the commit ---- */

void batch_hand_over(struct batch *batch)
{
    struct buf *frames = &batch->flow.frames;
    buf_add(batch->setup->out, buf_str(frames), frames->size);
    buf_clear(frames);
}

/* Those that nobody would bring again stand first once more. */
static void repeat_jobs(struct batch *batch)
{
    struct job **at = &batch->done;
    while (*at) {
        struct job *job = *at;
        if (!job_must_repeat(job)) {
            at = &job->next;
            continue;
        }
        *at = job->next;
        job->next = batch->jobs;
        job->upload = NULL;
        batch->jobs = job;
        if (!job->next)
            batch->jobs_end = &job->next;
    }
}

/* Nothing of the batch happened: clients may try again, the clock is looked at again. */
static void take_back(struct batch *batch)
{
    struct db *db = batch->town->db;
    log_line(LOG_ALARM, "batch", "a commit failed", "town=%s why=\"%s\"", batch->town->id, db_words(db));
    if (db_fatal(db))
        abort(); /* a failed fsync is never retried: the next worker reads what the disk really has */
    buf_clear(&batch->flow.frames);
    outbox_forget(&batch->flow);
    for (const struct job *job = batch->done; job; job = job->next)
        if (job->request)
            job_refuse(batch->setup->out, job->request, 503, "busy",
                       "Зараз не вдається зберегти. Спробуйте за хвилину. / Cannot save now. Please try again in a minute.");
    repeat_jobs(batch);
    batch->hold_ms = clock_now_ms() + RETRY_MS;
    batch->due_ms = 0;
}

static void send_on(struct batch *batch)
{
    struct flow *flow = &batch->flow;
    batch_hand_over(batch);
    outbox_send(flow);
    batch_hand_over(batch);
    if (flow->sweep)
        file_sweep(batch->town->db, batch->town->folder);
    flow->sweep = false;
    if (batch->tidy_ms == INT64_MAX && db_log_bytes(batch->town->db) > 0)
        batch->tidy_ms = clock_now_ms() + TIDY_MS;
    if (flow->beat)
        atomic_fetch_add(&flow->beat->commits, 1);
}

void batch_committed(struct batch *batch, bool ok)
{
    batch->committing = false;
    if (ok)
        send_on(batch);
    else
        take_back(batch);
    free_jobs(batch->done);
    batch->done = NULL;
    arena_reset(batch->flow.arena);
}
