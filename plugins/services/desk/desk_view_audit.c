/* SPDX-License-Identifier: MPL-2.0
 * The view «Журнал дій»: the town's audit chain, newest first, for auditors alone. That nothing was taken out of it is for
 * `viche audit verify` to say. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

static const char *number(struct viche_turn *t, uint64_t id) { return viche_print(t, "%llu", (unsigned long long)id); }

static bool find(struct viche_turn *t, uint64_t id, struct viche_audit_row *out) { return viche_audit_row(t, id, out) && out->id == id; }

static void put(struct viche_turn *t, const struct viche_audit_row *row, struct viche_sheet *sheet)
{
    viche_sheet_value(sheet, "at", viche_print(t, "%lld", (long long)row->at));
    viche_sheet_value(sheet, "staff", row->clerk ? number(t, row->clerk) : "");
    viche_sheet_value(sheet, "plugin", row->plugin);
    viche_sheet_value(sheet, "what", row->what);
    viche_sheet_value(sheet, "object", row->object);
}

static bool wanted(const struct viche_query *query, const struct viche_audit_row *row)
{
    const char *staff = viche_filter(query, "staff");
    bool by = !*staff || strtoull(staff, NULL, 10) == row->clerk;
    return by && (!*query->search || strstr(row->what, query->search) || strstr(row->object, query->search));
}

void audit_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    enum { LOOKED_MAX = 20000 };
    struct viche_audit_row row = {.size = sizeof row};
    uint64_t id = strtoull(query->after, NULL, 10);
    if (!id)
        id = viche_audit_row(t, UINT64_MAX, &row) ? row.id + 1 : 1;
    uint32_t count = 0, looked = 0;
    while (!query->tasks && --id > 0 && count < query->limit && looked++ < LOOKED_MAX) {
        if (!find(t, id, &row) || !wanted(query, &row))
            continue;
        viche_sheet_row(sheet, number(t, id));
        put(t, &row, sheet);
        count++;
    }
    viche_sheet_more(sheet, id > 1 && !query->tasks ? number(t, id + (count == query->limit)) : "", -1);
}

uint32_t audit_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct viche_audit_row row;
    return role_among(clerk->roles, "auditor") && find(t, strtoull(id, NULL, 10), &row);
}

void audit_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct viche_audit_row row;
    (void)clerk;
    if (find(t, strtoull(id, NULL, 10), &row))
        put(t, &row, sheet);
}
