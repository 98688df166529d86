/* SPDX-License-Identifier: MPL-2.0
 * While a plugin's SQL is prepared, sqlite3_set_authorizer lets it touch only tables named <plugin> or <plugin>_…: the host's
 * tables, other plugins', ATTACH, PRAGMA, transactions and functions with side effects are refused. */
#ifndef STORE_GUARD_H
#define STORE_GUARD_H

#include "store/db.h"

enum guard_mode { GUARD_OFF, GUARD_USE, GUARD_MIGRATE }; /* MIGRATE: may also create, alter and drop its own */

void guard_set(struct db *db, enum guard_mode mode, const char *plugin);
/* Prepares a plugin's statement under the guard, kept per (plugin, sql). NULL: refused or wrong, words in fail. */
sqlite3_stmt *guard_prepare(struct db *db, const char *plugin, const char *sql, struct fail *fail);

#endif
