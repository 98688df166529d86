/* SPDX-License-Identifier: MPL-2.0
 * Officials: who they are, by which name they sign in, where they belong. Owns the table `desk_staff`. Nobody is ever deleted: old
 * records name them; whoever left is dismissed. */
#include <string.h>

#include "desk.h"

enum { LOGIN_MIN = 3, LOGIN_MAX = 40 };

bool staff_row(struct viche_turn *t, struct viche_rows *rows, struct staff *out)
{
    *out = (struct staff){0};
    if (!viche_row(t, rows))
        return false;
    uint32_t column = 0;
    out->id = (uint64_t)viche_row_integer(t, rows, column++);
    const char **texts[] = {&out->name, &out->post, &out->login, &out->organisation, &out->language};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = viche_row_text(t, rows, column++);
    out->dismissed = viche_row_integer(t, rows, column) != 0;
    return true;
}

bool staff_find(struct viche_turn *t, uint64_t id, struct staff *out)
{
    return staff_row(t, viche_sql(t, "SELECT " STAFF_COLUMNS " FROM desk_staff WHERE id = ?", VICHE_INT_VALUE(id)), out);
}

bool staff_named(struct viche_turn *t, const char *login, struct staff *out)
{
    return staff_row(t, viche_sql(t, "SELECT " STAFF_COLUMNS " FROM desk_staff WHERE login = ?", VICHE_TEXT_VALUE(login)), out);
}

bool staff_next(struct viche_turn *t, uint64_t from, struct staff *out)
{
    return staff_row(t, viche_sql(t, "SELECT " STAFF_COLUMNS " FROM desk_staff WHERE id >= ? AND dismissed = 0 ORDER BY id LIMIT 1",
                                  VICHE_INT_VALUE(from)), out);
}

static bool login_valid(const char *login)
{
    size_t length = strlen(login);
    return length >= LOGIN_MIN && length <= LOGIN_MAX && strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == length;
}

const char *staff_login_fault(struct viche_turn *t, const char *login, uint64_t whose)
{
    struct staff other;
    if (!login_valid(login))
        return viche_text(t, "bad-login");
    return staff_named(t, login, &other) && other.id != whose ? viche_text(t, "login-taken") : NULL;
}

uint64_t staff_add(struct viche_turn *t, const struct staff *staff)
{
    struct viche_rows *rows = viche_sql(
        t, "INSERT INTO desk_staff(name, sort, post, login, organisation, language, dismissed) VALUES(?, ?, ?, ?, ?, '', 0) RETURNING id",
        VICHE_TEXT_VALUE(staff->name), VICHE_TEXT_VALUE(viche_collation_key(t, staff->name)), VICHE_TEXT_VALUE(staff->post),
        VICHE_TEXT_VALUE(staff->login), VICHE_TEXT_VALUE(staff->organisation));
    return viche_row(t, rows) ? (uint64_t)viche_row_integer(t, rows, 0) : 0;
}

void staff_change(struct viche_turn *t, const struct staff *staff)
{
    viche_sql(t, "UPDATE desk_staff SET name = ?, sort = ?, post = ?, login = ?, organisation = ? WHERE id = ?", VICHE_TEXT_VALUE(staff->name),
              VICHE_TEXT_VALUE(viche_collation_key(t, staff->name)), VICHE_TEXT_VALUE(staff->post), VICHE_TEXT_VALUE(staff->login),
              VICHE_TEXT_VALUE(staff->organisation), VICHE_INT_VALUE(staff->id));
}

void staff_speak(struct viche_turn *t, uint64_t id, const char *language)
{
    viche_sql(t, "UPDATE desk_staff SET language = ? WHERE id = ?", VICHE_TEXT_VALUE(language), VICHE_INT_VALUE(id));
}

void staff_dismiss(struct viche_turn *t, uint64_t id, bool dismissed)
{
    viche_sql(t, "UPDATE desk_staff SET dismissed = ? WHERE id = ?", VICHE_INT_VALUE(dismissed), VICHE_INT_VALUE(id));
    if (!dismissed)
        return;
    invite_use(t, id);
    session_end_all(t, id, "");
}

struct viche_rows *staff_all(struct viche_turn *t)
{
    return viche_sql(t, "SELECT " STAFF_COLUMNS " FROM desk_staff ORDER BY dismissed, sort, id");
}
