/* SPDX-License-Identifier: MPL-2.0
 * A plugin's SQL reaches only tables named <plugin> or <plugin>_…, as sqlite3_set_authorizer sees them while it is prepared: the
 * host's tables, other plugins', ATTACH, PRAGMA, transactions and functions that do more than compute are refused. */
#ifndef STORE_GUARD_H
#define STORE_GUARD_H

#include "store/db.h"

/* Once for each database; stays on, because SQLite prepares everything anew whenever it is put on. */
void guard_install(struct db *db);
/* One statement of a plugin, kept per (plugin, sql). NULL: refused or wrong, words in fail. */
sqlite3_stmt *guard_prepare(struct db *db, const char *plugin, const char *sql, struct fail *fail);
/* A plugin's migration: may also create, alter and drop what is its own. false: refused or wrong, see db_words; the transaction
 * it must run in cannot be committed any more. */
bool guard_script(struct db *db, const char *plugin, const char *sql);

#endif
