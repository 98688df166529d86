/* SPDX-License-Identifier: MPL-2.0
 * Who holds which role, for which type of card, in which organisation. Owns the table `desk_grant`. What no row allows is denied. */
#include <string.h>

#include "desk.h"

static bool works_here(struct viche_turn *t, uint64_t staff)
{
    struct staff found;
    return staff_find(t, staff, &found) && !found.dismissed;
}

const char *grant_roles(struct viche_turn *t, uint64_t staff)
{
    const char *all = "";
    if (!works_here(t, staff))
        return all;
    struct viche_rows *rows = viche_sql(t, "SELECT DISTINCT role FROM desk_grant WHERE staff = ? ORDER BY role", VICHE_INT_VALUE(staff));
    while (viche_row(t, rows))
        all = viche_print(t, "%s%s%s", all, *all ? " " : "", viche_row_text(t, rows, 0));
    return all;
}

bool grant_holds(struct viche_turn *t, uint64_t staff, const char *role, const char *type, const char *organisation)
{
    struct viche_rows *rows = viche_sql(
        t, "SELECT 1 FROM desk_grant WHERE staff = ? AND role = ? AND type IN (?, '*') AND organisation IN (?, '*') LIMIT 1",
        VICHE_INT_VALUE(staff), VICHE_TEXT_VALUE(role), VICHE_TEXT_VALUE(type), VICHE_TEXT_VALUE(organisation));
    return viche_row(t, rows) && works_here(t, staff);
}

static bool read(struct viche_turn *t, struct viche_rows *rows, struct grant *out)
{
    *out = (struct grant){0};
    if (!viche_row(t, rows))
        return false;
    *out = (struct grant){viche_row_integer(t, rows, 0), (uint64_t)viche_row_integer(t, rows, 1), viche_row_text(t, rows, 2),
                          viche_row_text(t, rows, 3), viche_row_text(t, rows, 4)};
    return true;
}

bool grant_next(struct viche_turn *t, int64_t from, struct grant *out)
{
    return read(t, viche_sql(t, "SELECT id, staff, role, type, organisation FROM desk_grant WHERE id >= ? ORDER BY id LIMIT 1",
                             VICHE_INT_VALUE(from)), out);
}

bool grant_of(struct viche_turn *t, uint64_t staff, int64_t from, struct grant *out)
{
    return read(t, viche_sql(t, "SELECT id, staff, role, type, organisation FROM desk_grant WHERE staff = ? AND id >= ? ORDER BY id LIMIT 1",
                             VICHE_INT_VALUE(staff), VICHE_INT_VALUE(from)), out);
}

void grant_take(struct viche_turn *t, const struct grant *grant)
{
    viche_sql(t, "DELETE FROM desk_grant WHERE id = ?", VICHE_INT_VALUE(grant->id));
    session_end_all(t, grant->staff, "");
}

/* An auditor who also acts would audit themselves; an administrator with another role would read personal data. */
static const char *fault(struct viche_turn *t, uint64_t staff, const char *role, const char *type, const char *organisation)
{
    if (!role_known(role))
        return viche_text(t, "bad-role");
    if (role_lonely(role) && (strcmp(type, GRANT_ALL) != 0 || strcmp(organisation, GRANT_ALL) != 0))
        return viche_text(t, "role-whole");
    if (*organisation && strcmp(organisation, GRANT_ALL) != 0 && !organisation_open(t, organisation))
        return viche_text(t, "organisation-closed");
    const char *held = grant_roles(t, staff);
    bool other = *held && strcmp(held, role) != 0;
    return other && (role_lonely(role) || role_among(held, "auditor admin")) ? viche_text(t, "role-lonely") : NULL;
}

const char *grant_give(struct viche_turn *t, uint64_t staff, const char *role, const char *type, const char *organisation)
{
    const char *wrong = fault(t, staff, role, type, organisation);
    if (wrong)
        return wrong;
    viche_sql(t, "INSERT INTO desk_grant(staff, role, type, organisation) VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING", VICHE_INT_VALUE(staff),
              VICHE_TEXT_VALUE(role), VICHE_TEXT_VALUE(type), VICHE_TEXT_VALUE(organisation));
    session_end_all(t, staff, "");
    return NULL;
}

void grant_drop_all(struct viche_turn *t, uint64_t staff)
{
    viche_sql(t, "DELETE FROM desk_grant WHERE staff = ?", VICHE_INT_VALUE(staff));
    session_end_all(t, staff, "");
}
