/* SPDX-License-Identifier: MPL-2.0
 * Waiting is a row: for a timer (`wait`) or for the network (`request`). Nothing runs meanwhile; a restart changes nothing. */
#ifndef FLOW_WAIT_H
#define FLOW_WAIT_H

#include "flow/turn.h"

extern const char *const wait_migrations[];
extern const size_t wait_migration_count;

/* viche_wait: one timer a dialog; a new one replaces it. */
void wait_put(struct turn *turn, uint32_t seconds, const char *step);
void wait_drop(struct db *db, uint64_t citizen);
void wait_move(struct db *db, uint64_t from, uint64_t to); /* unless `to` has one */
/* The timer due first; step is copied into the arena. false: none. */
bool wait_next(struct db *db, struct arena *arena, uint64_t *citizen, int64_t *at, const char **step);

/* viche_fetch: the request's row; its frame leaves after the commit. Returns the id. */
int64_t request_put(struct turn *turn, const struct viche_request *request);
/* Who waits for it; false: nobody any more. Deletes the row. */
bool request_take(struct db *db, int64_t id, uint64_t *citizen);
void request_move(struct db *db, uint64_t from, uint64_t to);
void request_erase(struct db *db, uint64_t citizen);
/* After a restart: frames for every request that nobody has answered. */
void request_again(struct flow *flow);

/* Whose FETCH it is, in the two lowest bits of its id; above them the row of `request`, `outbox` or `incoming`, or the
 * number of the poller. */
enum fetch_kind { FETCH_REQUEST = 0, FETCH_OUTBOX = 1, FETCH_POLL = 2, FETCH_FILE = 3 };

static inline uint64_t fetch_id(int64_t number, enum fetch_kind kind) { return (uint64_t)number << 2 | kind; }

/* The requests that a hook or a poll made for their own sake: sent once, nobody hears what they brought. */
void fetch_forget(struct turn *turn);
/* plugin: whose secrets may be filled in; how: enum frame_fetch. */
void fetch_write(struct flow *flow, uint64_t id, const char *plugin, const char *lane, const struct viche_request *request,
                 uint32_t how);

#endif
