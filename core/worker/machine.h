/* SPDX-License-Identifier: MPL-2.0
 * The worker without its loop: a pure machine from frames to frames. The worker drives it from a socket, `viche talk` and the
 * tests drive it by hand, with a stopped clock and without a network.
 *
 * Jobs of one town run one after another inside one transaction (each in its savepoint) until the transaction is handed to
 * `commit`; what arrives meanwhile waits for the next. Frames of a batch leave only after its commit. */
#ifndef WORKER_MACHINE_H
#define WORKER_MACHINE_H

#include "config/host.h"
#include "link/frame.h"
#include "link/page.h"
#include "town/town.h"

struct machine;
struct machine_batch; /* one town's transaction under way */

struct machine_setup {
    const struct host_config *host;
    struct town_plugins *plugins;
    struct page *page; /* NULL: no supervisor watches */
    uint32_t index, count;
    struct buf *out; /* frames for the gateway */
    /* Commits machine_batch_db(batch), at once or on another thread, then calls machine_committed on the machine's thread. NULL:
     * at once. */
    void (*commit)(void *context, struct machine_batch *batch);
    void *context;
};

/* Loads and opens the towns of this worker, starts their plugins, writes READY. NULL with words. */
struct machine *machine_open(const struct machine_setup *setup, struct fail *fail);
void machine_close(struct machine *machine); /* uncommitted work is undone */

void machine_frame(struct machine *machine, struct frame *frame); /* copies what it needs, runs nothing */
void machine_run(struct machine *machine); /* runs what waits, for every town whose last commit is done; call until idle */
bool machine_idle(const struct machine *machine); /* nothing waits, nothing is being committed */
int64_t machine_due_ms(const struct machine *machine); /* when machine_run has something to do by the clock; INT64_MAX: never */

struct db *machine_batch_db(struct machine_batch *batch);
void machine_committed(struct machine_batch *batch, bool ok);
struct town *machine_town(struct machine *machine, const char *id); /* NULL: not ours */

#endif
