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

enum { JOBS_MAX = 256, RETRY_MS = 5000, TIDY_MS = 30000, SLICE_MS = 10, SLOW_MS = 100 };

struct queue {
    struct job *first, **end;
};

struct batch {
    const struct machine_setup *setup;
    struct town *town;
    struct flow flow;
    struct queue turns;   /* what citizens and messengers said */
    struct queue patient; /* what pages, desks and operators ask for */
    struct job *done;     /* in the transaction under way */
    bool committing;
    bool passed_over; /* who waits patiently has let a batch of turns pass: now it is their turn */
    int64_t due_ms;  /* of timers and schedules */
    int64_t hold_ms; /* after a commit that failed: nothing runs before */
    int64_t tidy_ms; /* of the database's log */
    int64_t commit_ms; /* when it began, on the clock of durations */
    bool busy;       /* something was committed since that was looked at last */
    bool erased;     /* a citizen's data were: no trace of them stays in the log */
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
    batch->turns.end = &batch->turns.first;
    batch->patient.end = &batch->patient.first;
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
    free_jobs(batch->turns.first);
    free_jobs(batch->patient.first);
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
    struct job *job = job_new(batch->town, frame);
    struct queue *queue = job->patient ? &batch->patient : &batch->turns;
    *queue->end = job;
    queue->end = &job->next;
}

static struct job *take_job(struct batch *batch, struct queue *queue)
{
    struct job *job = queue->first;
    queue->first = job->next;
    if (!queue->first)
        queue->end = &queue->first;
    job->next = batch->done;
    batch->done = job;
    return job;
}

/* ---- one transaction ---- */

static int64_t earlier(int64_t a, int64_t b) { return a < b ? a : b; }

static int64_t turns_due_ms(const struct batch *batch)
{
    int64_t own_ms = earlier(batch->due_ms, batch->tidy_ms);
    return earlier(own_ms, earlier(outbox_due_ms(&batch->flow), poll_due_ms(&batch->flow)));
}

int64_t batch_due_ms(const struct batch *batch)
{
    if (batch->committing)
        return INT64_MAX;
    if (batch->hold_ms > clock_now_ms())
        return batch->hold_ms;
    if (batch->turns.first || batch->patient.first)
        return clock_now_ms();
    return turns_due_ms(batch);
}

bool batch_can_run(const struct batch *batch)
{
    bool held = batch->committing || batch->hold_ms > clock_now_ms();
    return !held && batch_due_ms(batch) <= clock_now_ms();
}

bool batch_idle(const struct batch *batch) { return !batch->committing && !batch->turns.first && !batch->patient.first; }

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
    batch->commit_ms = clock_mono_ms();
    job_run(&batch->flow, take_job(batch, &batch->patient));
    if (!batch->town->db)
        open_again(batch);
    batch_committed(batch, true);
}

/* Everybody in this town waited meanwhile. */
static void note_slow(const struct batch *batch, const char *what, int64_t since_ms)
{
    int64_t took_ms = clock_mono_ms() - since_ms;
    if (took_ms >= SLOW_MS)
        log_line(LOG_NOTE, "batch", "slow", "town=%s what=%s ms=%lld", batch->town->id, what, (long long)took_ms);
}

static void commit(struct batch *batch)
{
    batch->committing = true;
    batch->commit_ms = clock_mono_ms();
    if (batch->setup->commit && db_written(batch->town->db))
        batch->setup->commit(batch->setup->context, batch);
    else
        batch_committed(batch, db_commit(batch->town->db));
}

/* Every half a minute while there is something to do, then the log is emptied. */
static void tidy(struct batch *batch)
{
    int64_t since_ms = clock_mono_ms();
    bool again = batch->busy && !batch->erased;
    if (again)
        db_checkpoint(batch->town->db);
    else
        db_empty_log(batch->town->db);
    batch->tidy_ms = again ? clock_now_ms() + TIDY_MS : INT64_MAX;
    batch->busy = batch->erased = false;
    note_slow(batch, "checkpoint", since_ms);
    if (db_failed(batch->town->db))
        log_line(LOG_ALARM, "batch", "a checkpoint failed", "town=%s why=\"%s\"", batch->town->id, db_words(batch->town->db));
    if (db_fatal(batch->town->db))
        abort(); /* as after a commit */
}

static void end(struct batch *batch, bool look_at_clock)
{
    if (look_at_clock || db_written(batch->town->db))
        batch->due_ms = earlier(event_due_ms(&batch->flow), schedule_due_ms(&batch->flow));
    commit(batch);
}

static void run_turns(struct batch *batch)
{
    struct flow *flow = &batch->flow;
    int64_t since_ms = clock_mono_ms();
    db_begin(batch->town->db);
    bool due = batch->due_ms <= clock_now_ms();
    if (due) {
        event_timers(flow);
        schedule_run(flow);
        flow_end(flow);
        note_slow(batch, "clock", since_ms);
    }
    outbox_collect(flow);
    poll_run(flow);
    for (int i = 0; i < JOBS_MAX && batch->turns.first; i++)
        job_run(flow, take_job(batch, &batch->turns));
    note_slow(batch, "turns", since_ms);
    end(batch, due);
}

/* One at least; no more once they have taken their time, so that whoever talks waits for one of them at most. */
static void run_patient(struct batch *batch)
{
    db_begin(batch->town->db);
    outbox_collect(&batch->flow); /* pages tell what has become of messages */
    int64_t since_ms = clock_mono_ms();
    do
        job_run(&batch->flow, take_job(batch, &batch->patient));
    while (batch->patient.first && !batch->patient.first->alone && clock_mono_ms() < since_ms + SLICE_MS);
    note_slow(batch, "pages", since_ms);
    end(batch, false);
}

void batch_run(struct batch *batch)
{
    if (batch->tidy_ms <= clock_now_ms())
        tidy(batch);
    bool turns = batch->turns.first || turns_due_ms(batch) <= clock_now_ms();
    bool first = turns && !(batch->patient.first && batch->passed_over);
    batch->passed_over = first && batch->patient.first;
    if (first)
        run_turns(batch);
    else if (batch->patient.first && batch->patient.first->alone)
        run_alone(batch);
    else if (batch->patient.first)
        run_patient(batch);
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
        job->next = batch->turns.first;
        job->upload = NULL;
        batch->turns.first = job;
        if (!job->next)
            batch->turns.end = &job->next;
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
    batch->erased = batch->erased || flow->sweep;
    flow->sweep = false;
    if (db_log_bytes(batch->town->db) > 0 || batch->erased) {
        batch->busy = true;
        if (batch->tidy_ms == INT64_MAX)
            batch->tidy_ms = clock_now_ms() + TIDY_MS;
    }
    if (flow->beat)
        atomic_fetch_add(&flow->beat->commits, 1);
}

void batch_committed(struct batch *batch, bool ok)
{
    batch->committing = false;
    note_slow(batch, "commit", batch->commit_ms);
    if (ok)
        send_on(batch);
    else
        take_back(batch);
    free_jobs(batch->done);
    batch->done = NULL;
    arena_reset(batch->flow.arena);
}
