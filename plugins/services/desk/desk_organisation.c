/* SPDX-License-Identifier: MPL-2.0
 * Organisations registered in the service: only their people can be executors. Owns the table `desk_organisation`. One that closed
 * keeps its name and takes nothing new. */
#include <string.h>

#include "desk.h"

enum { ID_MAX = 40 };

static bool read(struct viche_turn *t, struct viche_rows *rows, struct organisation *out)
{
    *out = (struct organisation){"", "", false};
    if (!viche_row(t, rows))
        return false;
    *out = (struct organisation){viche_row_text(t, rows, 0), viche_row_text(t, rows, 1), viche_row_integer(t, rows, 2) != 0};
    return true;
}

bool organisation_id_valid(const char *id)
{
    size_t length = strlen(id);
    return length >= 1 && length <= ID_MAX && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

bool organisation_find(struct viche_turn *t, const char *id, struct organisation *out)
{
    return read(t, viche_sql(t, "SELECT id, name, closed FROM desk_organisation WHERE id = ?", VICHE_TEXT_VALUE(id)), out);
}

bool organisation_next(struct viche_turn *t, const char *after, struct organisation *out)
{
    if (!*after)
        return read(t, viche_sql(t, "SELECT id, name, closed FROM desk_organisation ORDER BY sort, id LIMIT 1"), out);
    return read(t, viche_sql(t, "SELECT id, name, closed FROM desk_organisation"
                                " WHERE (sort, id) > (SELECT sort, id FROM desk_organisation WHERE id = ?) ORDER BY sort, id LIMIT 1",
                             VICHE_TEXT_VALUE(after)), out);
}

const char *organisation_name(struct viche_turn *t, const char *id)
{
    struct organisation found;
    if (!*id)
        return viche_town(t, "name");
    return organisation_find(t, id, &found) ? found.name : id;
}

bool organisation_open(struct viche_turn *t, const char *id)
{
    struct organisation found;
    return !*id || (organisation_find(t, id, &found) && !found.closed);
}

void organisation_put(struct viche_turn *t, const struct organisation *organisation)
{
    viche_sql(t, "INSERT INTO desk_organisation(id, name, sort, closed) VALUES(?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET name = excluded.name,"
                 " sort = excluded.sort, closed = excluded.closed",
              VICHE_TEXT_VALUE(organisation->id), VICHE_TEXT_VALUE(organisation->name),
              VICHE_TEXT_VALUE(viche_collation_key(t, organisation->name)), VICHE_INT_VALUE(organisation->closed));
}
