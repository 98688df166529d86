/* SPDX-License-Identifier: MPL-2.0
 * The worker without its loop: a pure machine from frames to frames. The worker drives it from a socket, `viche talk` and the
 * tests drive it by hand, with a stopped clock and without a network.
 * It knows its towns; what one town does with its frames is worker/batch.h. */
#ifndef WORKER_MACHINE_H
#define WORKER_MACHINE_H

#include "config/host.h"
#include "link/frame.h"
#include "link/page.h"
#include "town/town.h"

struct machine;
struct batch; /* one town's transaction under way, worker/batch.h */

struct machine_setup {
    const struct host_config *host;
    struct town_plugins *plugins;
    struct page *page; /* NULL: no supervisor watches */
    uint32_t index, count;
    struct buf *out; /* frames for the gateway */
    /* Commits batch_db(batch), at once or on another thread, then calls batch_committed on the machine's thread. NULL: at once. */
    void (*commit)(void *context, struct batch *batch);
    void *context;
};

/* Loads and opens the towns of this worker, starts their plugins, writes READY. NULL with words. */
struct machine *machine_open(const struct machine_setup *setup, struct fail *fail);
void machine_close(struct machine *machine); /* uncommitted work is undone */

void machine_frame(struct machine *machine, struct frame *frame); /* copies what it needs, runs nothing */
void machine_run(struct machine *machine); /* runs what waits, for every town whose last commit is done; call until idle */
bool machine_idle(const struct machine *machine); /* nothing waits, nothing is being committed */
size_t machine_busy(const struct machine *machine); /* how many towns have something waiting or being committed */
int64_t machine_due_ms(const struct machine *machine); /* when machine_run has something to do by the clock; INT64_MAX: never */

struct town *machine_town(struct machine *machine, const char *id); /* NULL: not ours */

struct db *batch_db(struct batch *batch);
bool batch_commit(struct batch *batch);               /* on the machine's thread; the watch knows that it may take long */
void batch_committed(struct batch *batch, bool ok); /* ok: as db_commit said */

#endif
