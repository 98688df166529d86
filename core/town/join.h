/* SPDX-License-Identifier: MPL-2.0
 * The codes by which one person joins two addresses: made at one, typed at the other, used once. Only their hashes are kept. Owns
 * the tables `join_code` and `join_try`. */
#ifndef TOWN_JOIN_H
#define TOWN_JOIN_H

#include "town/citizen.h"

extern const char *const join_migrations[];
extern const size_t join_migration_count;

enum {
    JOIN_NOW_LETTERS = 8, JOIN_NOW_S = 600,                      /* typed at once */
    JOIN_LATER_LETTERS = 12, JOIN_LATER_S = 365 * 24 * 3600,     /* put away for the day on which a messenger is lost */
    JOIN_TRIES = 5, JOIN_TRIES_S = 600
};

/* A new code of this citizen, as it is shown: "A3CD-9KMN". The one of the same kind shown before is void. */
const char *join_make(struct db *db, struct arena *arena, const struct citizen *citizen, bool later);
/* Whose code was typed: id, channel and address of where it was shown; id 0: no such code, or too late. Case, blanks, hyphens and
 * Cyrillic look-alikes do not matter. */
struct citizen join_find(struct db *db, struct arena *arena, const char *typed);
void join_use(struct db *db, struct arena *arena, const char *typed);

/* A wrong code was typed at this address. */
void join_wrong(struct db *db, const char *channel, const char *address);
/* Until when (UTC seconds) no code is listened to here; 0: go on. */
int64_t join_pause(struct db *db, const char *channel, const char *address);

/* What belongs to nobody any more. */
void join_drop(struct db *db, uint64_t citizen);
void join_trim(struct db *db);

#endif
