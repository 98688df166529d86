/* SPDX-License-Identifier: MPL-2.0
 * Files on their way into a form: each belongs to the official who brought it, so that a session that ends in mid-form
 * loses none, and goes into one form. What no form took within a day goes in the next night. Owns the table `desk_upload`. */
#include <string.h>

#include "desk.h"

enum { KEPT_S = 24 * 3600 };

/* A browser gives a bare name; another client may give a path. */
static const char *bare_name(const char *name)
{
    for (const char *at = name; *at; at++)
        if (*at == '/' || *at == '\\')
            name = at + 1;
    return *name ? name : "file";
}

void upload_serve(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    if (!gate_in(t, http, &session))
        return;
    if (!role_writes(session.roles)) {
        refuse(t, 403, "not-allowed", NULL);
        return;
    }
    if (!http->file || http->file_size == 0) {
        refuse(t, 422, "empty-file", NULL);
        return;
    }
    struct viche_file_about about;
    const char *file = viche_keep_file(t, http->file, bare_name(gate_query(http, "name")), gate_header(http, "content-type"));
    if (!file || !viche_file_about(t, file, &about)) {
        refuse(t, 415, "bad-file", NULL);
        return;
    }
    viche_sql(t, "INSERT INTO desk_upload(file, staff, at) VALUES(?, ?, ?)", VICHE_TEXT_VALUE(file),
              VICHE_INT_VALUE((int64_t)session.staff.id), VICHE_INT_VALUE(viche_now(t)));
    reply_json(t, 201, json_pack("{s:s, s:s, s:s, s:s, s:I}", "id", file, "name", about.name, "type", about.type, "kind", about.kind,
                                  "bytes", (json_int_t)about.bytes));
}

bool upload_own(struct viche_turn *t, const struct session *session, const char *file)
{
    return viche_row(t, viche_sql(t, "SELECT 1 FROM desk_upload WHERE file = ? AND staff = ?", VICHE_TEXT_VALUE(file),
                                  VICHE_INT_VALUE((int64_t)session->staff.id)));
}

void upload_use(struct viche_turn *t, const char *file) { viche_sql(t, "DELETE FROM desk_upload WHERE file = ?", VICHE_TEXT_VALUE(file)); }

/* The schedule "uploads". */
void upload_sweep(struct viche_turn *t, int64_t planned_at)
{
    struct viche_rows *rows = viche_sql(t, "DELETE FROM desk_upload WHERE at < ? RETURNING file", VICHE_INT_VALUE(planned_at - KEPT_S));
    while (viche_row(t, rows))
        viche_drop_file(t, viche_row_text(t, rows, 0));
}
