/* SPDX-License-Identifier: MPL-2.0
 * How often people came to talk: only numbers by the hour, nobody can be told from them. Owns the table `conversation`. */
#ifndef TOWN_CONVERSATION_H
#define TOWN_CONVERSATION_H

#include <stddef.h>
#include <stdint.h>

#include "store/db.h"

extern const char *const conversation_migrations[];
extern const size_t conversation_migration_count;

/* Somebody begins one now; when that is, citizen_at knows. */
void conversation_begin(struct db *db);
/* How many began from `from` on and before `until`, UTC seconds, both at the full hour. */
int64_t conversation_count(struct db *db, int64_t from, int64_t until);

#endif
