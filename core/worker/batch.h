/* SPDX-License-Identifier: MPL-2.0
 * One town at work. Its jobs run one after another inside one transaction, each in its savepoint, until there is none left; then
 * the transaction is committed, and what arrives meanwhile waits for the next: group commit without a timer. Frames of a batch
 * leave only after its commit. What citizens said goes before what pages and desks ask for, and never waits for the commit of a long
 * report: the two have batches of their own, which take turns. */
#ifndef WORKER_BATCH_H
#define WORKER_BATCH_H

#include "worker/machine.h"

/* Loads and opens the town, starts its plugins. NULL with words. setup is kept. */
struct batch *batch_open(const struct machine_setup *setup, const char *ini_path, struct fail *fail);
void batch_close(struct batch *batch); /* uncommitted work is undone */
struct town *batch_town(struct batch *batch);
void batch_hand_over(struct batch *batch); /* the frames made so far go to setup->out */

void batch_put(struct batch *batch, const struct frame *frame); /* copied; runs nothing */
bool batch_can_run(const struct batch *batch); /* something waits or is due, and nothing is being committed */
void batch_run(struct batch *batch);
bool batch_idle(const struct batch *batch);
int64_t batch_due_ms(const struct batch *batch); /* when it can run by the clock; INT64_MAX: not before a job or a commit */

#endif
