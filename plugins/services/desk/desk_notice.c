/* SPDX-License-Identifier: MPL-2.0
 * What officials are told: kept until read and for a month after, shown at once where the desk is open. Owns the table `desk_notice`. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

enum { PAGE = 50, KEPT_S = 31 * 24 * 3600 };

int64_t notice_unread(struct viche_turn *t, uint64_t staff)
{
    struct viche_rows *row = viche_sql(t, "SELECT count(*) FROM desk_notice WHERE staff = ? AND read_at = 0", VICHE_INT_VALUE(staff));
    return viche_row(t, row) ? viche_row_integer(t, row, 0) : 0;
}

static json_t *row_json(struct viche_turn *t, struct viche_rows *row)
{
    return json_pack("{s:s, s:I, s:s, s:s, s:s, s:b}", "id", viche_row_text(t, row, 0), "at", (json_int_t)viche_row_integer(t, row, 1), "view",
                     viche_row_text(t, row, 2), "thing", viche_row_text(t, row, 3), "words", viche_row_text(t, row, 4), "read",
                     viche_row_integer(t, row, 5) != 0);
}

void notice_tell(struct viche_turn *t, uint64_t staff, const char *view, const char *thing, const char *key, const char *words)
{
    viche_sql(t, "DELETE FROM desk_notice WHERE staff = ? AND read_at > 0 AND read_at < ?", VICHE_INT_VALUE(staff),
              VICHE_INT_VALUE(viche_now(t) - KEPT_S));
    struct viche_rows *row = viche_sql(
        t, "INSERT INTO desk_notice(staff, view, thing, key, words, at, read_at) VALUES(?, ?, ?, ?, ?, ?, 0)"
           " ON CONFLICT(staff, view, thing, key) WHERE read_at = 0 DO NOTHING RETURNING id, at, view, thing, words, read_at",
        VICHE_INT_VALUE(staff), VICHE_TEXT_VALUE(view), VICHE_TEXT_VALUE(thing), VICHE_TEXT_VALUE(key), VICHE_TEXT_VALUE(words),
        VICHE_INT_VALUE(viche_now(t)));
    if (!viche_row(t, row))
        return;
    json_t *notice = row_json(t, row);
    json_object_set_new(notice, "unread", json_integer(notice_unread(t, staff)));
    live_notice(t, staff, notice);
}

void notice_list(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    if (!gate_in(t, http, &session))
        return;
    int64_t after = strtoll(gate_query(http, "after"), NULL, 10);
    json_t *notices = json_array(), *more = json_null();
    struct viche_rows *rows = viche_sql(
        t, "SELECT id, at, view, thing, words, read_at FROM desk_notice WHERE staff = ? AND (?2 = 0 OR id < ?2) ORDER BY id DESC LIMIT 51",
        VICHE_INT_VALUE(session.staff.id), VICHE_INT_VALUE(after));
    while (viche_row(t, rows)) {
        if (json_array_size(notices) == PAGE)
            more = json_copy(json_object_get(json_array_get(notices, PAGE - 1), "id"));
        else
            json_array_append_new(notices, row_json(t, rows));
    }
    reply_json(t, 200,
               json_pack("{s:I, s:o, s:o}", "unread", (json_int_t)notice_unread(t, session.staff.id), "more", more,
                         "notices", notices));
}

static void mark(struct viche_turn *t, uint64_t staff, int64_t from, int64_t until)
{
    viche_sql(t, "UPDATE desk_notice SET read_at = ? WHERE staff = ? AND id >= ? AND id <= ? AND read_at = 0", VICHE_INT_VALUE(viche_now(t)),
              VICHE_INT_VALUE(staff), VICHE_INT_VALUE(from), VICHE_INT_VALUE(until));
}

void notice_read(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    json_t *body = gate_in(t, http, &session) ? body_json(t, http) : NULL;
    if (!body)
        return;
    int64_t one = strtoll(body_text(body, "read"), NULL, 10), until = strtoll(body_text(body, "read_until"), NULL, 10);
    mark(t, session.staff.id, until ? 0 : one, until ? until : one);
    json_decref(body);
    reply_json(t, 200, json_pack("{s:I}", "unread", (json_int_t)notice_unread(t, session.staff.id)));
}
