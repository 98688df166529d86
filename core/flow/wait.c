/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/wait.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/file.h"

const char *const wait_migrations[] = {
    "CREATE TABLE wait ("
    "  citizen INTEGER PRIMARY KEY,"
    "  due_at INTEGER NOT NULL,"
    "  step TEXT NOT NULL);"
    "CREATE INDEX wait_due ON wait(due_at);"
    "CREATE TABLE request ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  citizen INTEGER NOT NULL,"
    "  plugin TEXT NOT NULL,"
    "  method TEXT,"
    "  url TEXT NOT NULL,"
    "  headers TEXT NOT NULL,"
    "  body BLOB NOT NULL,"
    "  timeout_s INTEGER NOT NULL);",
};
const size_t wait_migration_count = sizeof wait_migrations / sizeof *wait_migrations;

enum { TIMEOUT_S = 30 };

void wait_put(struct turn *turn, uint32_t seconds, const char *step)
{
    db_run(turn->town->db,
           "INSERT INTO wait(citizen, due_at, step) VALUES(?, ?, ?)"
           " ON CONFLICT(citizen) DO UPDATE SET due_at = excluded.due_at, step = excluded.step",
           "iis", (int64_t)turn->citizen.id, clock_now() + seconds, step);
}

void wait_drop(struct db *db, uint64_t citizen) { db_run(db, "DELETE FROM wait WHERE citizen = ?", "i", (int64_t)citizen); }

void wait_move(struct db *db, uint64_t from, uint64_t to)
{
    db_run(db, "UPDATE wait SET citizen = ?1 WHERE citizen = ?2 AND NOT EXISTS (SELECT 1 FROM wait WHERE citizen = ?1)", "ii",
           (int64_t)to, (int64_t)from);
    wait_drop(db, from);
}

bool wait_next(struct db *db, struct arena *arena, uint64_t *citizen, int64_t *at, const char **step)
{
    sqlite3_stmt *row = db_query(db, "SELECT citizen, due_at, step FROM wait ORDER BY due_at LIMIT 1", "");
    bool found = db_row(db, row);
    if (found) {
        *citizen = (uint64_t)db_int(row, 0);
        *at = db_int(row, 1);
        *step = arena_copy(arena, db_text(row, 2));
    }
    db_done(row);
    return found;
}

/* ---- requests ---- */

static void write_parts(struct flow *flow, const struct viche_list *parts)
{
    const struct viche_part *all = parts->items;
    frame_u32(&flow->frames, parts->count);
    for (uint32_t i = 0; i < parts->count; i++) {
        struct file_info info = {0};
        bool file = all[i].file && file_find(flow->town->db, flow->arena, all[i].file, &info);
        frame_text(&flow->frames, all[i].name);
        frame_text(&flow->frames, all[i].value);
        frame_text(&flow->frames, file ? file_path(flow->arena, flow->town->folder, info.id) : "");
        frame_text(&flow->frames, all[i].file_name ? all[i].file_name : info.name);
        frame_text(&flow->frames, all[i].file_type ? all[i].file_type : info.type);
    }
}

void fetch_write(struct flow *flow, uint64_t id, const char *plugin, const char *lane, const struct viche_request *request,
                 uint32_t how)
{
    struct buf *out = &flow->frames;
    bool posts = request->body || request->parts.count;
    size_t mark = frame_begin(out, FRAME_FETCH);
    frame_u64(out, id);
    frame_text(out, flow->town->id);
    frame_text(out, plugin);
    frame_text(out, lane);
    frame_text(out, request->method ? request->method : posts ? "POST" : "GET");
    frame_text(out, request->url);
    frame_pairs(out, (const struct pair *)request->headers);
    frame_u32(out, request->timeout_s ? request->timeout_s : TIMEOUT_S);
    frame_u32(out, how);
    write_parts(flow, &request->parts);
    frame_bytes(out, request->body ? request->body : "", request->body ? request->body_size : 0);
    frame_end(out, mark);
}

void fetch_forget(struct turn *turn)
{
    enum { BEYOND_EVERY_ROW = 1 << 30 };
    for (uint32_t i = 0; i < turn->request_count; i++) {
        int64_t number = (int64_t)BEYOND_EVERY_ROW << 20 | (int64_t)randombytes_uniform(UINT32_MAX);
        fetch_write(turn->flow, fetch_id(number, FETCH_OUTBOX), turn->plugin->plugin->name, "", &turn->requests[i], 0);
    }
}
_Static_assert(sizeof(struct pair) == sizeof(struct viche_pair), "pairs cross the boundary as they are");

static char *headers_write(const struct viche_pair *headers)
{
    json_t *list = json_array();
    for (; headers && headers->name; headers++)
        json_array_append_new(list, json_pack("[s,s]", headers->name, headers->value));
    char *text = json_dumps(list, JSON_COMPACT);
    json_decref(list);
    return text;
}

static struct viche_pair *headers_read(struct arena *arena, const char *text)
{
    json_t *list = json_loads(text, 0, NULL);
    struct viche_pair *headers = arena_alloc(arena, (json_array_size(list) + 1) * sizeof *headers);
    size_t i = 0;
    json_t *item = NULL;
    json_array_foreach(list, i, item)
    {
        headers[i].name = arena_copy(arena, json_string_value(json_array_get(item, 0)));
        headers[i].value = arena_copy(arena, json_string_value(json_array_get(item, 1)));
    }
    json_decref(list);
    return headers;
}

int64_t request_put(struct turn *turn, const struct viche_request *request)
{
    struct db *db = turn->town->db;
    char *headers = headers_write(request->headers);
    db_run(db, "INSERT INTO request(citizen, plugin, method, url, headers, body, timeout_s) VALUES(?, ?, ?, ?, ?, ?, ?)", "issssbi",
           (int64_t)turn->citizen.id, turn->plugin->plugin->name, request->method, request->url, headers, request->body ? request->body : "",
           (size_t)(request->body ? request->body_size : 0), (int64_t)request->timeout_s);
    free(headers);
    int64_t id = db_last_id(db);
    fetch_write(turn->flow, fetch_id(id, FETCH_REQUEST), turn->plugin->plugin->name, "", request, FETCH_FILL_BODY);
    return id;
}

bool request_take(struct db *db, int64_t id, uint64_t *citizen)
{
    sqlite3_stmt *row = db_query(db, "DELETE FROM request WHERE id = ? RETURNING citizen", "i", id);
    bool found = db_row(db, row);
    if (found)
        *citizen = (uint64_t)db_int(row, 0);
    while (found && db_row(db, row))
        continue;
    db_done(row);
    return found;
}

void request_move(struct db *db, uint64_t from, uint64_t to)
{
    db_run(db, "UPDATE request SET citizen = ? WHERE citizen = ?", "ii", (int64_t)to, (int64_t)from);
}

void request_erase(struct db *db, uint64_t citizen)
{
    db_run(db, "DELETE FROM request WHERE citizen = ?", "i", (int64_t)citizen);
}

void request_again(struct flow *flow)
{
    sqlite3_stmt *row = db_query(
        flow->town->db, "SELECT id, method, url, headers, body, timeout_s, plugin FROM request ORDER BY id", "");
    while (db_row(flow->town->db, row)) {
        const char *method = db_text(row, 1);
        struct viche_request request = {
            .size = sizeof request,
            .timeout_s = (uint32_t)db_int(row, 5),
            .method = *method ? method : NULL,
            .url = db_text(row, 2),
            .headers = headers_read(flow->arena, db_text(row, 3)),
            .body = sqlite3_column_bytes(row, 4) ? sqlite3_column_blob(row, 4) : NULL,
            .body_size = (uint32_t)sqlite3_column_bytes(row, 4),
        };
        fetch_write(flow, fetch_id(db_int(row, 0), FETCH_REQUEST), db_text(row, 6), "", &request, FETCH_FILL_BODY);
    }
}
