/* SPDX-License-Identifier: MPL-2.0
 * Files on their way into a form: each belongs to the official who brought it, so that a session that ends in mid-form
 * loses none, and goes into one form. Owns the table `desk_upload`. */
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
    if (!http->file || http->file_size == 0) {
        refuse(t, 422, "empty-file", NULL);
        return;
    }
    const char *type = gate_header(http, "content-type"), *name = bare_name(gate_query(http, "name")), *kept = NULL;
    const char *file = viche_keep_file(t, http->file, name, *type ? type : "application/octet-stream");
    if (!file || !viche_file_path(t, file, &name, &kept)) {
        refuse(t, 415, "bad-file", NULL);
        return;
    }
    viche_sql(t, "INSERT INTO desk_upload(file, staff, at) VALUES(?, ?, ?)", VICHE_TEXT_VALUE(file),
              VICHE_INT_VALUE((int64_t)session.staff.id), VICHE_INT_VALUE(viche_now(t)));
    reply_json(t, 201, json_pack("{s:s, s:s, s:s, s:I}", "id", file, "name", name, "type", kept, "bytes", (json_int_t)http->file_size));
}

bool upload_own(struct viche_turn *t, const struct session *session, const char *file)
{
    return viche_row(t, viche_sql(t, "SELECT 1 FROM desk_upload WHERE file = ? AND staff = ?", VICHE_TEXT_VALUE(file),
                                  VICHE_INT_VALUE((int64_t)session->staff.id)));
}

void upload_use(struct viche_turn *t, const char *file) { viche_sql(t, "DELETE FROM desk_upload WHERE file = ?", VICHE_TEXT_VALUE(file)); }

void upload_sweep(struct viche_turn *t)
{
    viche_sql(t, "DELETE FROM desk_upload WHERE at < ?", VICHE_INT_VALUE(viche_now(t) - KEPT_S));
}
