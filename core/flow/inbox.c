/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/inbox.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/text.h"

const char *const inbox_migrations[] = {
    "CREATE TABLE inbox ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  channel TEXT NOT NULL,"
    "  origin TEXT NOT NULL,"
    "  at INTEGER NOT NULL,"
    "  why TEXT,"
    "  body TEXT,"
    "  UNIQUE (channel, origin));"
    "CREATE INDEX inbox_parked ON inbox(id) WHERE body IS NOT NULL;"
    "CREATE INDEX inbox_at ON inbox(at) WHERE body IS NULL;",
    "DROP INDEX inbox_at", /* every event paid for what is asked once a day; ids rise with time, too */
    /* What rode in answer to it (ride.h), and where to. */
    "ALTER TABLE inbox ADD COLUMN address TEXT;"
    "ALTER TABLE inbox ADD COLUMN answer TEXT",
    /* Ids rise without AUTOINCREMENT, too, as long as the last row is not the one that goes; that was one more page for each event. */
    "CREATE TABLE inbox_next ("
    "  id INTEGER PRIMARY KEY,"
    "  channel TEXT NOT NULL,"
    "  origin TEXT NOT NULL,"
    "  at INTEGER NOT NULL,"
    "  why TEXT,"
    "  body TEXT,"
    "  address TEXT,"
    "  answer TEXT,"
    "  UNIQUE (channel, origin));"
    "INSERT INTO inbox_next SELECT id, channel, origin, at, why, body, address, answer FROM inbox;"
    "DROP TABLE inbox;"
    "ALTER TABLE inbox_next RENAME TO inbox;"
    "CREATE INDEX inbox_parked ON inbox(id) WHERE body IS NOT NULL",
};
const size_t inbox_migration_count = sizeof inbox_migrations / sizeof *inbox_migrations;

bool inbox_take(struct db *db, const char *channel, const char *origin)
{
    db_run(db, "INSERT INTO inbox(channel, origin, at) VALUES(?, ?, ?) ON CONFLICT DO NOTHING", "ssi", channel, origin,
           clock_now());
    return db_changes(db) > 0;
}

void inbox_keep_answer(struct db *db, const char *channel, const char *origin, const char *address, const char *answer)
{
    db_run(db, "UPDATE inbox SET address = ?, answer = ? WHERE channel = ? AND origin = ?", "ssss", address, answer, channel,
           origin);
}

const char *inbox_answer(struct db *db, struct arena *arena, const char *channel, const char *origin)
{
    sqlite3_stmt *row = db_query(db, "SELECT answer FROM inbox WHERE channel = ? AND origin = ? AND answer IS NOT NULL", "ss",
                                 channel, origin);
    const char *answer = db_row(db, row) ? arena_copy(arena, db_text(row, 0)) : NULL;
    db_done(row);
    return answer;
}

void inbox_trim_answers(struct db *db, struct inbox_span *age)
{
    db_run(db, "UPDATE inbox SET address = NULL, answer = NULL WHERE id > ? AND id <= ? AND answer IS NOT NULL", "ii", age->after,
           age->until);
    age->after = age->until;
    age->until = db_number(db, "SELECT COALESCE(MAX(id), 0) FROM inbox", "");
}

char *inbox_write_event(struct arena *arena, const struct viche_event *event)
{
    json_t *body = json_pack("{s:i, s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:f, s:f}", "kind", (int)event->kind, "address", event->address,
                             "text", event->text, "value", event->value, "file", event->file, "message", event->message,
                             "language", event->language, "latitude", event->latitude, "longitude", event->longitude);
    char *text = json_dumps(body, JSON_COMPACT);
    char *copy = arena_copy(arena, text ? text : "{}");
    json_decref(body);
    free(text);
    return copy;
}

void inbox_park(struct db *db, struct arena *arena, const char *channel, const struct viche_event *event, const char *why)
{
    db_run(db, "UPDATE inbox SET why = ?, body = ? WHERE channel = ? AND origin = ?", "ssss", why,
           inbox_write_event(arena, event), channel, event->origin);
}

void inbox_trim(struct db *db, int64_t before)
{
    int64_t kept = db_number(db, "SELECT id FROM inbox WHERE at >= ? ORDER BY id LIMIT 1", "i", before);
    db_run(db, "DELETE FROM inbox WHERE body IS NULL AND id < ?", "i", kept ? kept : INT64_MAX);
}

static const char *copied(struct arena *arena, const json_t *body, const char *key)
{
    return arena_copy(arena, json_string_value(json_object_get(body, key)));
}

void inbox_read_event(struct arena *arena, const char *text, struct viche_event *event)
{
    json_t *body = json_loads(text, 0, NULL);
    event->size = sizeof *event;
    event->kind = (uint32_t)json_integer_value(json_object_get(body, "kind"));
    event->address = copied(arena, body, "address");
    event->text = copied(arena, body, "text");
    event->value = copied(arena, body, "value");
    event->file = copied(arena, body, "file");
    event->message = copied(arena, body, "message");
    event->language = copied(arena, body, "language");
    event->latitude = json_number_value(json_object_get(body, "latitude"));
    event->longitude = json_number_value(json_object_get(body, "longitude"));
    json_decref(body);
}

size_t inbox_parked(struct db *db, struct arena *arena, int64_t after_id, struct inbox_parked *out, size_t room)
{
    size_t count = 0;
    sqlite3_stmt *row = db_query(db,
                                 "SELECT id, at, channel, why, body, origin FROM inbox WHERE body IS NOT NULL AND id > ?"
                                 " ORDER BY id LIMIT ?",
                                 "ii", after_id, (int64_t)room);
    while (db_row(db, row)) {
        struct inbox_parked *parked = &out[count++];
        *parked = (struct inbox_parked){
            .id = db_int(row, 0),
            .at = db_int(row, 1),
            .channel = arena_copy(arena, db_text(row, 2)),
            .why = arena_copy(arena, db_text(row, 3)),
        };
        inbox_read_event(arena, db_text(row, 4), &parked->event);
        parked->event.origin = arena_copy(arena, db_text(row, 5));
    }
    return count;
}

bool inbox_bury(struct db *db, int64_t id)
{
    db_run(db, "UPDATE inbox SET body = NULL, why = NULL WHERE id = ? AND body IS NOT NULL", "i", id);
    return db_changes(db) > 0;
}

void inbox_erase(struct db *db, struct arena *arena, const char *channel, const char *address)
{
    struct inbox_parked one;
    for (int64_t id = 0; inbox_parked(db, arena, id, &one, 1) == 1; id = one.id)
        if (text_is(one.channel, channel) && text_is(one.event.address, address))
            inbox_bury(db, one.id);
    db_run(db, "UPDATE inbox SET address = NULL, answer = NULL WHERE channel = ? AND address = ?", "ss", channel, address);
}
