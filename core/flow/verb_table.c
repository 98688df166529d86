/* SPDX-License-Identifier: MPL-2.0
 * viche_sql: a plugin's statements on its own tables, behind the guard. */
#include "flow/verb.h"

#include <stdlib.h>

#include "store/guard.h"

/* A row that a writing statement returned. */
struct returned {
    struct returned *next;
    const char **cells;
};

/* A statement that writes runs to its end at once and its rows (RETURNING) are kept: one left in the middle, while others write,
 * takes the whole transaction with it. One that reads is walked row by row. */
struct viche_rows {
    struct viche_rows *next;
    struct turn *turn;
    sqlite3_stmt *statement; /* NULL: refused, or read to the end */
    bool waiting;            /* the first row was fetched, nobody has read it */
    struct returned before, *at; /* of one that writes: before the first, and the current */
    uint32_t columns;
};

static void finish(struct viche_rows *rows)
{
    if (rows->statement)
        sqlite3_reset(rows->statement);
    rows->statement = NULL;
}

void verb_reset_rows(struct turn *turn)
{
    for (struct viche_rows *rows = turn->rows; rows; rows = rows->next)
        finish(rows);
    turn->rows = NULL;
}

/* A statement that is free again has been read: whoever still holds its rows has seen the last. What is read to its end leaves
 * the list, so that a handler may ask a hundred thousand times. */
static void finish_same(struct turn *turn, sqlite3_stmt *statement)
{
    for (struct viche_rows **at = &turn->rows; *at;) {
        if ((*at)->statement == statement)
            finish(*at);
        if ((*at)->statement)
            at = &(*at)->next;
        else
            *at = (*at)->next;
    }
}

static int bind(sqlite3_stmt *statement, int at, const struct viche_value *value)
{
    switch (value->kind) {
    case VICHE_INTEGER:
        return sqlite3_bind_int64(statement, at, value->integer);
    case VICHE_REAL:
        return sqlite3_bind_double(statement, at, value->real);
    case VICHE_STRING:
        return value->data ? sqlite3_bind_text(statement, at, value->data, -1, SQLITE_TRANSIENT)
                           : sqlite3_bind_null(statement, at);
    case VICHE_BLOB:
        return sqlite3_bind_blob(statement, at, value->data, (int)value->size, SQLITE_TRANSIENT);
    default:
        return sqlite3_bind_null(statement, at);
    }
}

static void step(struct viche_rows *rows)
{
    int code = sqlite3_step(rows->statement);
    if (code == SQLITE_ROW)
        return;
    if (code != SQLITE_DONE)
        turn_fail(rows->turn, "SQL: %s in: %s", sqlite3_errmsg(sqlite3_db_handle(rows->statement)),
                  sqlite3_sql(rows->statement));
    finish(rows);
}

static void keep_returned(struct viche_rows *rows)
{
    struct arena *arena = rows->turn->arena;
    rows->columns = (uint32_t)sqlite3_column_count(rows->statement);
    struct returned *last = rows->at = &rows->before;
    for (; rows->statement; step(rows)) {
        last = last->next = arena_alloc(arena, sizeof *last);
        last->cells = arena_alloc(arena, rows->columns * sizeof *last->cells);
        for (uint32_t i = 0; i < rows->columns; i++)
            last->cells[i] = arena_copy(arena, (const char *)sqlite3_column_text(rows->statement, (int)i));
    }
}

static const char *returned_cell(const struct viche_rows *rows, uint32_t column)
{
    const char *cell = rows->at->cells && column < rows->columns ? rows->at->cells[column] : NULL;
    return cell ? cell : "";
}

struct viche_rows *verb_query(struct viche_turn *t, const char *sql, const struct viche_value *values, uint32_t count)
{
    struct turn *turn = (struct turn *)t;
    struct viche_rows *rows = arena_alloc(turn->arena, sizeof *rows);
    *rows = (struct viche_rows){.turn = turn};
    if (turn->failed)
        return rows;
    struct fail fail;
    sqlite3_stmt *statement = guard_prepare(turn->town->db, turn->plugin->plugin->name, sql, &fail);
    if (!statement) {
        turn_fail(turn, "%s", fail.words);
        return rows;
    }
    finish_same(turn, statement);
    rows->next = turn->rows;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if ((int)count != sqlite3_bind_parameter_count(statement))
        turn_fail(turn, "SQL: %u values for %d places in: %s", count, sqlite3_bind_parameter_count(statement), sql);
    for (uint32_t i = 0; !turn->failed && i < count; i++)
        if (bind(statement, (int)i + 1, &values[i]) != SQLITE_OK)
            turn_fail(turn, "SQL: value %u cannot be bound in: %s", i + 1, sql);
    if (turn->failed)
        return rows;
    rows->statement = statement;
    turn->rows = rows;
    step(rows);
    if (rows->statement && !sqlite3_stmt_readonly(statement))
        keep_returned(rows);
    rows->waiting = rows->statement != NULL;
    return rows;
}

uint32_t verb_next_row(struct viche_rows *rows)
{
    if (rows->at) {
        bool more = rows->at->next != NULL;
        rows->at = more ? rows->at->next : &rows->before;
        rows->before.next = NULL;
        return more;
    }
    if (!rows->statement)
        return 0;
    if (rows->waiting)
        rows->waiting = false;
    else
        step(rows);
    return rows->statement != NULL;
}

const char *verb_row_text(struct viche_rows *rows, uint32_t column)
{
    if (rows->at)
        return returned_cell(rows, column);
    const unsigned char *text = rows->statement ? sqlite3_column_text(rows->statement, (int)column) : NULL;
    return text ? arena_copy(rows->turn->arena, (const char *)text) : "";
}

int64_t verb_row_integer(struct viche_rows *rows, uint32_t column)
{
    if (rows->at)
        return strtoll(returned_cell(rows, column), NULL, 10);
    return rows->statement ? sqlite3_column_int64(rows->statement, (int)column) : 0;
}

double verb_row_real(struct viche_rows *rows, uint32_t column)
{
    if (rows->at)
        return strtod(returned_cell(rows, column), NULL);
    return rows->statement ? sqlite3_column_double(rows->statement, (int)column) : 0;
}
