/* SPDX-License-Identifier: MPL-2.0
 * Lists as an official likes them: what was searched, filtered and sorted, under a name. Each sees their own. Owns the table `desk_saved`. */
#include <string.h>

#include "desk.h"

enum { NAME_BYTES = 200, QUERY_BYTES = 2000, SAVED_MAX = 100 };

void saved_list(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    if (!gate_in(t, http, &session))
        return;
    json_t *saved = json_array();
    struct viche_rows *rows = viche_sql(t, "SELECT id, plugin, view, name, query FROM desk_saved WHERE staff = ? ORDER BY sort, id",
                                        VICHE_INT_VALUE(session.staff.id));
    while (viche_row(t, rows))
        json_array_append_new(saved, json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", viche_row_text(t, rows, 0), "plugin",
                                               viche_row_text(t, rows, 1), "view", viche_row_text(t, rows, 2), "name",
                                               viche_row_text(t, rows, 3), "query", viche_row_text(t, rows, 4)));
    reply_json(t, 200, json_pack("{s:o}", "saved", saved));
}

static bool is_full(struct viche_turn *t, uint64_t staff)
{
    struct viche_rows *row = viche_sql(t, "SELECT count(*) FROM desk_saved WHERE staff = ?", VICHE_INT_VALUE(staff));
    return viche_row(t, row) && viche_row_integer(t, row, 0) >= SAVED_MAX;
}

static void keep(struct viche_turn *t, uint64_t staff, const json_t *body)
{
    const char *name = body_text(body, "name"), *query = body_text(body, "query");
    if (!*name || strlen(name) > NAME_BYTES || strlen(query) > QUERY_BYTES || is_full(t, staff)) {
        refuse_words(t, 422, "form", "name", viche_text(t, is_full(t, staff) ? "saved-full" : "form-required"));
        return;
    }
    struct viche_rows *row = viche_sql(
        t, "INSERT INTO desk_saved(staff, plugin, view, name, sort, query) VALUES(?, ?, ?, ?, ?, ?) RETURNING id",
        VICHE_INT_VALUE(staff), VICHE_TEXT_VALUE(body_text(body, "plugin")), VICHE_TEXT_VALUE(body_text(body, "view")),
        VICHE_TEXT_VALUE(name), VICHE_TEXT_VALUE(viche_collation_key(t, name)), VICHE_TEXT_VALUE(query));
    if (viche_row(t, row))
        reply_json(t, 201, json_pack("{s:s}", "id", viche_row_text(t, row, 0)));
}

void saved_keep(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    json_t *body = gate_in(t, http, &session) ? body_json(t, http) : NULL;
    if (body)
        keep(t, session.staff.id, body);
    json_decref(body);
}

void saved_drop(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    if (!gate_in(t, http, &session))
        return;
    bool gone = viche_row(t, viche_sql(t, "DELETE FROM desk_saved WHERE staff = ? AND id = ? RETURNING id", VICHE_INT_VALUE(session.staff.id),
                                       VICHE_TEXT_VALUE(viche_get(t, "saved"))));
    if (gone)
        reply_json(t, 200, json_pack("{s:b}", "done", 1));
    else
        refuse(t, 404, "not-here", NULL);
}
