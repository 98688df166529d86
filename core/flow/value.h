/* SPDX-License-Identifier: MPL-2.0
 * Values of buttons that are too long for a messenger (Telegram takes 64 bytes): kept here, the button carries a reference.
 * Owns the table `value`. */
#ifndef FLOW_VALUE_H
#define FLOW_VALUE_H

#include "base/arena.h"
#include "store/db.h"

extern const char *const value_migrations[];
extern const size_t value_migration_count;

const char *value_short(struct db *db, struct arena *arena, const char *value); /* "#17" */
/* What a reference stands for; the value itself if it is none; NULL: forgotten meanwhile. */
const char *value_whole(struct db *db, struct arena *arena, const char *value);
void value_trim(struct db *db, int64_t before); /* not used since, UTC seconds */

#endif
