/* SPDX-License-Identifier: MPL-2.0 */
#include "store/guard.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/db_inner.h"

/* Whose SQL is being prepared; the host's when db->guard is NULL. */
struct guard {
    const char *plugin;
    bool migrating; /* may also change what tables there are */
    struct fail denied; /* the first thing refused */
};

/* ---- what is a plugin's own ---- */

static bool is_own(const struct guard *guard, const char *name)
{
    size_t size = strlen(guard->plugin);
    return name && strncmp(name, guard->plugin, size) == 0 && (name[size] == '\0' || name[size] == '_');
}

/* Where SQLite notes what tables there are; it refuses a plain write to most of them by itself. */
static bool is_schema(const char *name)
{
    return name && text_in_list("sqlite_master sqlite_temp_master sqlite_sequence", name);
}

static int by_name(const void *a, const void *b) { return sqlite3_stricmp(*(const char *const *)a, *(const char *const *)b); }

/* Everything that only computes from its arguments or rows. Random numbers and the time come from the host, so that dialogs can be
 * replayed. */
static bool is_pure(const char *function)
{
    static const char *const pure[] = {
        "->", "->>", "abs", "acos", "asin", "atan", "atan2", "avg", "bm25", "ceil", "ceiling", "char", "coalesce", "cos", "count",
        "cume_dist", "date", "datetime", "degrees", "dense_rank", "exp", "first_value", "floor", "format", "glob", "group_concat",
        "hex", "highlight", "ifnull", "iif", "instr", "json", "json_array", "json_array_length", "json_extract", "json_group_array",
        "json_group_object", "json_insert", "json_object", "json_patch", "json_quote", "json_remove", "json_replace", "json_set",
        "json_type", "json_valid", "julianday", "lag", "last_value", "lead", "length", "like", "likelihood", "likely", "ln", "log",
        "log10", "log2", "lower", "ltrim", "match", "max", "min", "mod", "nth_value", "ntile", "nullif", "percent_rank", "pi", "pow",
        "power", "printf", "quote", "radians", "rank", "replace", "round", "row_number", "rtrim", "sign", "sin", "snippet", "sqrt",
        "strftime", "substr", "substring", "sum", "tan", "time", "total", "trim", "trunc", "typeof", "unicode", "unixepoch",
        "unlikely", "upper",
    };
    return bsearch(&function, pure, sizeof pure / sizeof *pure, sizeof *pure, by_name) != NULL;
}

/* ALTER TABLE is written with functions that SQLite lets nobody else call. */
static bool is_alters_own(const char *function)
{
    return text_starts(function, "sqlite_rename_") || text_is(function, "sqlite_drop_column");
}

/* ---- the authorizer ---- */

static bool may_touch(const struct guard *guard, const char *table)
{
    return is_own(guard, table) || text_is(table, "json_each") || text_is(table, "json_tree") ||
           (guard->migrating && is_schema(table));
}

/* The first use of a virtual table asks for this; SQLite itself refuses a plain UPDATE, and ROWID tells nothing. */
static bool is_waking(int action, const char *table, const char *column)
{
    return text_is(table, "sqlite_master") && (action == SQLITE_UPDATE || text_is(column, "ROWID"));
}

/* a and b as https://sqlite.org/c3ref/c_alter_table.html lists them for each action. */
static bool may(const struct guard *guard, int action, const char *a, const char *b)
{
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE: return true;
    case SQLITE_READ:
    case SQLITE_UPDATE: return may_touch(guard, a) || is_waking(action, a, b);
    case SQLITE_INSERT:
    case SQLITE_DELETE: return may_touch(guard, a);
    case SQLITE_FUNCTION: return is_pure(b) || (guard->migrating && is_alters_own(b));
    case SQLITE_PRAGMA: return text_is(a, "data_version") && !b; /* FTS5 asks it for itself */
    case SQLITE_CREATE_TABLE: return guard->migrating && (is_own(guard, a) || is_schema(a)); /* AUTOINCREMENT makes its own */
    case SQLITE_DROP_TABLE:
    case SQLITE_CREATE_VIEW:
    case SQLITE_DROP_VIEW:
    case SQLITE_REINDEX: return guard->migrating && is_own(guard, a);
    case SQLITE_CREATE_INDEX:
    case SQLITE_DROP_INDEX:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_DROP_TRIGGER: return guard->migrating && is_own(guard, b) && (is_own(guard, a) || !strncmp(a, "sqlite_autoindex_", 17));
    case SQLITE_ALTER_TABLE: return guard->migrating && text_is(a, "main") && is_own(guard, b);
    case SQLITE_CREATE_VTABLE:
    case SQLITE_DROP_VTABLE: return guard->migrating && is_own(guard, a) && text_is(b, "fts5");
    default: return false; /* ATTACH, DETACH, PRAGMA, TRANSACTION, SAVEPOINT, ANALYZE, everything of TEMP, and what is yet to come */
    }
}

static const char *word_for(int action)
{
    static const char *const words[] = {
        [SQLITE_READ] = "reading", [SQLITE_INSERT] = "INSERT into", [SQLITE_UPDATE] = "UPDATE of", [SQLITE_DELETE] = "DELETE from",
        [SQLITE_FUNCTION] = "the function", [SQLITE_ATTACH] = "ATTACH", [SQLITE_DETACH] = "DETACH", [SQLITE_PRAGMA] = "PRAGMA",
        [SQLITE_TRANSACTION] = "a transaction:", [SQLITE_SAVEPOINT] = "SAVEPOINT",
    };
    bool known = action > 0 && action < (int)(sizeof words / sizeof *words) && words[action];
    return known ? words[action] : "CREATE, ALTER or DROP of";
}

static int authorize(void *context, int action, const char *a, const char *b, const char *database, const char *inside)
{
    (void)database, (void)inside;
    struct guard *guard = ((struct db *)context)->guard;
    if (!guard || may(guard, action, a, b))
        return SQLITE_OK;
    if (guard->denied.words[0] == '\0')
        fail_set(&guard->denied, "%s '%.60s' is not allowed. A plugin reaches only tables named %s or %s_…", word_for(action),
                 action == SQLITE_FUNCTION && b ? b : a ? a : "", guard->plugin, guard->plugin);
    return SQLITE_DENY;
}

void guard_install(struct db *db) { sqlite3_set_authorizer(db->sqlite, authorize, db); }

/* ---- statements ---- */

sqlite3_stmt *guard_prepare(struct db *db, const char *plugin, const char *sql, struct fail *fail)
{
    struct guard guard = {.plugin = plugin};
    db->guard = &guard;
    sqlite3_stmt *statement = db_prepare(db, plugin, sql);
    db->guard = NULL;
    bool wrong = sqlite3_errcode(db->sqlite) != SQLITE_OK;
    if (!statement)
        fail_set(fail, "%s: %s: %.200s", plugin,
                 guard.denied.words[0] ? guard.denied.words : wrong ? sqlite3_errmsg(db->sqlite) : "write exactly one statement",
                 sql);
    return statement;
}

/* What the authorizer does not see: a table renamed into somebody else's name, a key into somebody else's table. */
static int64_t count_foreign(struct db *db, const char *plugin)
{
    return db_number(db,
                     "SELECT (SELECT count(*) FROM sqlite_master WHERE name <> ?1 AND name NOT GLOB ?1 || '_*'"
                     "   AND name NOT GLOB 'sqlite_*')"
                     " + (SELECT count(*) FROM sqlite_master AS own, pragma_foreign_key_list(own.name) AS key"
                     "   WHERE (own.name = ?1 OR own.name GLOB ?1 || '_*') AND key.\"table\" <> ?1 AND key.\"table\" NOT GLOB ?1 || '_*')",
                     "s", plugin);
}

bool guard_script(struct db *db, const char *plugin, const char *sql)
{
    struct guard guard = {.plugin = plugin, .migrating = true};
    int64_t foreign = count_foreign(db, plugin);
    db->guard = &guard;
    bool done = db_script(db, sql);
    db->guard = NULL;
    if (!done && guard.denied.words[0])
        db_refuse(db, guard.denied.words);
    if (done && count_foreign(db, plugin) != foreign)
        db_refuse(db, "a table takes or refers to a name that is not the plugin's own");
    return !db_failed(db);
}
