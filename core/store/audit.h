/* SPDX-License-Identifier: MPL-2.0
 * The town's audit chain: who did what to which object, in rows that only grow. Each row's hash seals the row and all before it;
 * what the last hash was at some moment, written down elsewhere (an anchor), proves all that happened up to then. Owns the table
 * `audit`. */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "base/arena.h"
#include "store/db.h"

enum { AUDIT_HASH_BYTES = 32, AUDIT_HASH_CHARS = 2 * AUDIT_HASH_BYTES + 1 };

extern const char *const audit_migrations[];
extern const size_t audit_migration_count;

struct audit_row {
    int64_t id, at, clerk; /* ids rise by one; at: UTC seconds; clerk 0: nobody */
    const char *plugin, *what, *object;
    unsigned char hash[AUDIT_HASH_BYTES];
};

/* Appends, inside the transaction: id and hash are made here. */
void audit_put(struct db *db, const struct audit_row *row);
/* Hands out the rows from this id on, each until `take` returns, until it says false or there are no more. */
void audit_each(struct db *db, int64_t from, bool (*take)(void *context, const struct audit_row *row), void *context);
/* The first row whose id is `from` or larger; INT64_MAX: the last one. false: there is none. */
bool audit_read(struct db *db, struct arena *arena, int64_t from, struct audit_row *out);
/* BLAKE2b of the hash before (zeros before the first row) and the row, each text with its length. */
void audit_seal(const unsigned char before[AUDIT_HASH_BYTES], const struct audit_row *row, unsigned char hash[AUDIT_HASH_BYTES]);

#endif
