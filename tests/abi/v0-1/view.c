/* SPDX-License-Identifier: MPL-2.0
 * A plugin of ABI 0.1 that shows its notes to officials. */
#include <viche/viche.h>

static void list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct viche_rows *rows = viche_sql(t, "SELECT rowid, words FROM view LIMIT ?", VICHE_INT_VALUE(query->limit));
    while (viche_row(t, rows)) {
        viche_sheet_row(sheet, viche_row_text(t, rows, 0));
        viche_sheet_value(sheet, "words", viche_row_text(t, rows, 1));
    }
    viche_sheet_more(sheet, "", -1);
}

static uint32_t sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    (void)t, (void)id;
    return clerk->id != 0;
}

static void show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    static const struct viche_action put = {.id = "put", .label = "kept"};
    (void)clerk;
    viche_let(t, "count", id);
    viche_sheet_value(sheet, "words", viche_text(t, "n"));
    viche_sheet_action(sheet, &put);
}

static const char *act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    if (*stamp)
        return viche_text(t, "retry");
    viche_sql(t, "INSERT INTO view(words) VALUES(?)", VICHE_TEXT_VALUE(viche_get(t, "name")));
    viche_audit(t, clerk->id, action, viche_print(t, "notes/%s", id));
    return NULL;
}

static void nothing(struct viche_turn *t) { (void)t; }

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.view", .name = "View", .version = "1.0",
    .migrations = VICHE_LIST(const char *, "CREATE TABLE view(words TEXT NOT NULL)"),
    .export_citizen = nothing, .erase_citizen = nothing,
    .views = VICHE_LIST(struct viche_view, {
        .id = "notes", .title = "title", .see = "clerk", .list = list, .sees = sees, .show = show, .act = act,
        .fields = VICHE_LIST(struct viche_field, { .name = "words", .label = "title", .flags = VICHE_FIELD_LISTED }),
    }),
};
