/* SPDX-License-Identifier: MPL-2.0
 * Scopes: a type of cards in an organisation of the town, by which it is said who sees what and summed what came. A card never changes
 * its own. Owns `cases_scope`. */
#include "cases.h"

int64_t scope_id(struct viche_turn *t, const char *type, const char *organisation)
{
    struct viche_rows *rows = viche_sql(t,
                                        "INSERT INTO cases_scope(type, organisation) VALUES(?, ?)"
                                        " ON CONFLICT(type, organisation) DO UPDATE SET type = excluded.type RETURNING id",
                                        VICHE_TEXT_VALUE(type), VICHE_TEXT_VALUE(organisation));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

#define SCOPES "SELECT id, type, organisation FROM cases_scope"

bool scope_next(struct viche_turn *t, struct viche_rows *rows, struct scope *out)
{
    if (!viche_row(t, rows))
        return false;
    *out = (struct scope){viche_row_integer(t, rows, 0), viche_row_text(t, rows, 1), viche_row_text(t, rows, 2)};
    return true;
}

bool scope_find(struct viche_turn *t, int64_t id, struct scope *out)
{
    return scope_next(t, viche_sql(t, SCOPES " WHERE id = ?", VICHE_INT_VALUE(id)), out);
}

struct viche_rows *scope_of_type(struct viche_turn *t, const char *type)
{
    return viche_sql(t, SCOPES " WHERE type = ?", VICHE_TEXT_VALUE(type));
}

const char *scope_list(struct viche_turn *t, const char *types)
{
    struct viche_rows *rows = viche_sql(t, "SELECT json_group_array(id) FROM cases_scope WHERE type IN (SELECT value FROM json_each(?))",
                                        VICHE_TEXT_VALUE(types));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "[]";
}
