/* SPDX-License-Identifier: MPL-2.0
 * Numbered SQL that runs once each. Table `migration`(owner, number, sql hash): the host's owners are "viche.<stage>", a
 * plugin's its name. Each number runs in a transaction of its own; an edited one or a file that knows more than we do is
 * refused. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include <stddef.h>

#include "store/db.h"

bool migrate(struct db *db, const char *owner, const char *const *sql, size_t count, struct fail *fail);

#endif
