/* SPDX-License-Identifier: MPL-2.0
 * One-time codes that let somebody set a password and bind a telephone: for a new official, for a lost telephone, for the first
 * administrator. Owns the table `desk_invite`. */
#include "desk.h"

const char *invite_link(struct viche_turn *t, uint64_t staff, int64_t seconds)
{
    const char *code = secret_random(t);
    viche_sql(t, "INSERT INTO desk_invite(staff, hash, until_at) VALUES(?, ?, ?) ON CONFLICT(staff) DO UPDATE SET hash = excluded.hash,"
                 " until_at = excluded.until_at",
              VICHE_INT_VALUE(staff), VICHE_TEXT_VALUE(viche_hash(t, code)), VICHE_INT_VALUE(viche_now(t) + seconds));
    return viche_print(t, "%s/%s/desk/#/welcome/%s", viche_town(t, "origin"), viche_town(t, "id"), code);
}

uint64_t invite_staff(struct viche_turn *t, const char *code)
{
    struct viche_rows *row = viche_sql(t, "SELECT staff FROM desk_invite WHERE hash = ? AND until_at > ?",
                                       VICHE_TEXT_VALUE(viche_hash(t, code)), VICHE_INT_VALUE(viche_now(t)));
    return viche_row(t, row) ? (uint64_t)viche_row_integer(t, row, 0) : 0;
}

void invite_use(struct viche_turn *t, uint64_t staff)
{
    viche_sql(t, "DELETE FROM desk_invite WHERE staff = ?", VICHE_INT_VALUE(staff));
}
