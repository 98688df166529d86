/* SPDX-License-Identifier: MPL-2.0
 * A town's database with the host's tables, in a folder of its own, inside a transaction. */
#ifndef UNIT_WITH_DB_H
#define UNIT_WITH_DB_H

#include "base/arena.h"
#include "base/clock.h"
#include "flow/flow.h"
#include "store/db.h"

#include "folder.h"

static struct db *db;
static struct arena *arena;

static inline int with_db_open(void **state)
{
    struct fail fail = {0};
    clock_set(INT64_C(1795593600) * 1000); /* 2026-11-25 10:00 in Kyiv */
    folder_make(state);
    arena = arena_new();
    db = db_open(folder, &fail);
    return db && flow_migrate(db, &fail) && db_begin(db) ? 0 : -1;
}

static inline int with_db_close(void **state)
{
    clock_set(0);
    db_rollback(db);
    db_close(db);
    arena_free(arena);
    return folder_drop(state);
}

#define WITH_DB(test) cmocka_unit_test_setup_teardown(test, with_db_open, with_db_close)

#endif
