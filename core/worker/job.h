/* SPDX-License-Identifier: MPL-2.0
 * A frame from the gateway that waits for its turn, and what is done with it. */
#ifndef WORKER_JOB_H
#define WORKER_JOB_H

#include "flow/flow.h"
#include "link/frame.h"

struct job {
    struct job *next;
    enum frame_kind kind;
    uint64_t request; /* its id, to answer it if the commit fails; 0: no request */
    const char *upload; /* a spooled file to be removed after the commit; NULL: none */
    bool patient;     /* what people look at or operators ask for: citizens who talk go first */
    bool alone;       /* must run outside a transaction, with nothing else under way */
    size_t size;
    char payload[];   /* lives until the batch is committed: requests point into it */
};

struct job *job_new(const struct town *town, const struct frame *frame); /* a copy; free() it */
/* Runs it inside the town's open transaction; the answer goes to flow->frames. */
void job_run(struct flow *flow, struct job *job);
/* After a commit that failed: must it be done again? What a dialog waits for comes only once. */
bool job_must_repeat(const struct job *job);
/* Answers a request that was not done. */
void job_refuse(struct buf *out, uint64_t request, uint32_t status, const char *code, const char *words);

#endif
