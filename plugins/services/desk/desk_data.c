/* SPDX-License-Identifier: MPL-2.0
 * Officials and organisations as CSV: `viche import TOWN staff FILE.csv`. Never a password: who was imported is invited from the desk, or
 * by `viche call TOWN desk/invite login=…`. */
#include <string.h>

#include "desk.h"

enum { NAME_BYTES = 300 };

static bool read_flag(struct viche_turn *t, const char *column)
{
    const char *text = viche_get(t, column);
    if (*text && strcmp(text, "yes") != 0)
        viche_bad(t, column, viche_text(t, "bad-flag"));
    return *text != '\0';
}

static bool name_fits(struct viche_turn *t)
{
    const char *name = viche_get(t, "name");
    bool fits = *name && strlen(name) <= NAME_BYTES;
    if (!fits)
        viche_bad(t, "name", viche_text(t, "form-required"));
    return fits;
}

/* ---- organisations ------------------------------------------------------------------------------------------------------- */

void data_organisation_row(struct viche_turn *t)
{
    struct organisation row = {viche_get(t, "id"), viche_get(t, "name"), read_flag(t, "closed")};
    if (!organisation_id_valid(row.id))
        viche_bad(t, "id", viche_text(t, "bad-organisation-id"));
    else if (name_fits(t))
        organisation_put(t, &row);
}

void data_organisation_write(struct viche_turn *t)
{
    struct organisation row;
    for (const char *after = ""; organisation_next(t, after, &row); after = row.id) {
        viche_set(t, "id", row.id);
        viche_set(t, "name", row.name);
        viche_set(t, "closed", row.closed ? "yes" : "");
        viche_emit(t, "organisations");
    }
}

/* ---- officials ----------------------------------------------------------------------------------------------------------- */

/* "responsible pr", "decider:appeal", "executor:appeal@water": role, type of card, organisation; what is left out is all. */
static const char *give(struct viche_turn *t, uint64_t staff, const char *word, size_t length)
{
    const char *text = viche_print(t, "%.*s", (int)length, word);
    size_t role = strcspn(text, ":@"), type = text[role] == ':' ? strcspn(text + role + 1, "@") : 0;
    const char *organisation = strchr(text, '@');
    const char *of_type = type ? viche_print(t, "%.*s", (int)type, text + role + 1) : GRANT_ALL;
    return grant_give(t, staff, viche_print(t, "%.*s", (int)role, text), of_type, organisation ? organisation + 1 : GRANT_ALL);
}

static void give_all(struct viche_turn *t, uint64_t staff, const char *list)
{
    grant_drop_all(t, staff);
    for (list += strspn(list, " "); *list; list += strspn(list, " ")) {
        size_t length = strcspn(list, " ");
        const char *fault = give(t, staff, list, length);
        if (fault)
            viche_bad(t, "roles", fault);
        list += length;
    }
}

void data_staff_row(struct viche_turn *t)
{
    struct staff row = {.login = viche_get(t, "login"), .name = viche_get(t, "name"), .post = viche_get(t, "post"),
                        .organisation = viche_get(t, "organisation")};
    struct staff known = {0};
    row.id = staff_named(t, row.login, &known) ? known.id : 0;
    const char *fault = staff_login_fault(t, row.login, row.id);
    struct organisation found;
    bool dismissed = read_flag(t, "dismissed");
    if (fault)
        viche_bad(t, "login", fault);
    if (*row.organisation && !organisation_find(t, row.organisation, &found))
        viche_bad(t, "organisation", viche_text(t, "no-organisation"));
    if (!name_fits(t) || fault)
        return;
    if (row.id)
        staff_change(t, &row);
    else
        row.id = staff_add(t, &row);
    staff_dismiss(t, row.id, false);
    give_all(t, row.id, viche_get(t, "roles"));
    staff_dismiss(t, row.id, dismissed);
    if (dismissed && known.id == row.id && !known.dismissed)
        view_tell_staffed(t);
}

static const char *grants_text(struct viche_turn *t, uint64_t staff)
{
    const char *out = "";
    struct grant grant;
    for (int64_t from = 1; grant_of(t, staff, from, &grant); from = grant.id + 1) {
        bool all_types = strcmp(grant.type, GRANT_ALL) == 0, everywhere = strcmp(grant.organisation, GRANT_ALL) == 0;
        out = viche_print(t, "%s%s%s%s%s%s%s", out, *out ? " " : "", grant.role, all_types ? "" : ":", all_types ? "" : grant.type,
                          everywhere ? "" : "@", everywhere ? "" : grant.organisation);
    }
    return out;
}

void data_staff_write(struct viche_turn *t)
{
    struct viche_rows *rows = staff_all(t);
    struct staff row;
    while (staff_row(t, rows, &row)) {
        const struct viche_pair cells[] = {{"login", row.login}, {"name", row.name}, {"post", row.post}, {"organisation", row.organisation},
                                           {"roles", grants_text(t, row.id)}, {"dismissed", row.dismissed ? "yes" : ""}};
        for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
            viche_set(t, cells[i].name, cells[i].value);
        viche_emit(t, "staff");
    }
}
