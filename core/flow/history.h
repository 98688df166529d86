/* SPDX-License-Identifier: MPL-2.0
 * What was said in chats of channels that keep it (VICHE_KEEPS_HISTORY): ids rise, and are what a stream resumes by. Owns the
 * table `history`. */
#ifndef FLOW_HISTORY_H
#define FLOW_HISTORY_H

#include <viche/channel.h>

#include "base/arena.h"
#include "store/db.h"

extern const char *const history_migrations[];
extern const size_t history_migration_count;

/* Returns the id. origin: of an incoming message; NULL for ours. */
int64_t history_put(struct db *db, const char *channel, const char *address, const char *origin, const char *body);
int64_t history_id(struct db *db, const char *channel, const char *origin); /* 0: not there */
const struct viche_message *history_read(struct db *db, struct arena *arena, const char *channel, const char *address,
                                         uint64_t after_id, uint32_t *count);
void history_erase(struct db *db, const char *channel, const char *address);
void history_trim(struct db *db, int64_t before); /* UTC seconds */

#endif
