/* SPDX-License-Identifier: MPL-2.0
 * Reply templates: words that are often needed, for everybody's forms. The view «Шаблони відповідей» edits them. Owns the table
 * `desk_template`. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

#define TITLE_FIELD                                                                                                    \
    {                                                                                                                  \
        .name = "title", .label = "field-title", .kind = VICHE_FIELD_TEXT,                                             \
        .flags = VICHE_FIELD_REQUIRED | VICHE_FIELD_KEPT, .max = 120                                                   \
    }
#define WORDS_FIELD                                                                                                    \
    {                                                                                                                  \
        .name = "words", .label = "field-words", .kind = VICHE_FIELD_LONG,                                             \
        .flags = VICHE_FIELD_REQUIRED | VICHE_FIELD_KEPT, .max = 4000                                                  \
    }

static const struct viche_action add = {.id = "add", .label = "template-add", .flags = VICHE_ACTION_NEW,
                                        .fields = VICHE_LIST(struct viche_field, TITLE_FIELD, WORDS_FIELD)};
static const struct viche_action change = {.id = "change", .label = "template-change",
                                           .fields = VICHE_LIST(struct viche_field, TITLE_FIELD, WORDS_FIELD)};
static const struct viche_action drop = {.id = "drop", .label = "template-drop", .flags = VICHE_ACTION_BULK | VICHE_ACTION_DANGER};

static struct viche_rows *all(struct viche_turn *t) { return viche_sql(t, "SELECT id, title, words FROM desk_template ORDER BY sort, id"); }

static struct viche_rows *one(struct viche_turn *t, const char *id)
{
    return viche_sql(t, "SELECT id, title, words FROM desk_template WHERE id = ?", VICHE_INT_VALUE(strtoll(id, NULL, 10)));
}

/* They are the town's: whose role is for one organisation uses them as they are. */
static bool writes(struct viche_turn *t, const struct viche_clerk *clerk)
{
    static const char *const writers[] = {"responsible", "decider", "pr", "operator"};
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++)
        if (grant_holds(t, clerk->id, writers[i], "", ""))
            return true;
    return false;
}

void template_serve(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    if (!gate_in(t, http, &session))
        return;
    json_t *templates = json_array();
    struct viche_rows *rows = all(t);
    while (viche_row(t, rows))
        json_array_append_new(templates, json_pack("{s:s, s:s, s:s}", "id", viche_row_text(t, rows, 0), "title", viche_row_text(t, rows, 1),
                                                   "words", viche_row_text(t, rows, 2)));
    reply_json(t, 200, json_pack("{s:o}", "templates", templates));
}

/* ---- the view ------------------------------------------------------------------------------------------------------------ */

static void put(struct viche_turn *t, struct viche_rows *row, struct viche_sheet *sheet)
{
    viche_sheet_value(sheet, "title", viche_row_text(t, row, 1));
    viche_sheet_value(sheet, "words", viche_row_text(t, row, 2));
}

void template_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct viche_rows *rows = all(t);
    while (!query->tasks && viche_row(t, rows)) {
        if (!fold_has(viche_row_text(t, rows, 1), query->search) && !fold_has(viche_row_text(t, rows, 2), query->search))
            continue;
        viche_sheet_row(sheet, viche_row_text(t, rows, 0));
        put(t, rows, sheet);
    }
    if (!writes(t, query->clerk))
        return;
    viche_sheet_action(sheet, &add);
    viche_sheet_action(sheet, &drop);
}

uint32_t template_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    return role_among(clerk->roles, "responsible decider pr operator executor auditor") && viche_row(t, one(t, id));
}

void template_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct viche_rows *row = one(t, id);
    if (!viche_row(t, row))
        return;
    viche_sheet_value(sheet, "stamp", viche_hash(t, viche_print(t, "%s\n%s", viche_row_text(t, row, 1), viche_row_text(t, row, 2))));
    put(t, row, sheet);
    if (!writes(t, clerk))
        return;
    viche_sheet_action(sheet, &change);
    viche_sheet_action(sheet, &drop);
}

static const char *stamp_of(struct viche_turn *t, const char *id)
{
    struct viche_rows *row = one(t, id);
    return viche_row(t, row) ? viche_hash(t, viche_print(t, "%s\n%s", viche_row_text(t, row, 1), viche_row_text(t, row, 2))) : "";
}

const char *template_view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    const char *title = viche_get(t, "title"), *words = viche_get(t, "words");
    (void)clerk;
    if (strcmp(action, "change") == 0 && *stamp && strcmp(stamp, stamp_of(t, id)) != 0)
        return viche_text(t, "refused-changed");
    if (strcmp(action, "drop") == 0)
        viche_sql(t, "DELETE FROM desk_template WHERE id = ?", VICHE_INT_VALUE(strtoll(id, NULL, 10)));
    else if (strcmp(action, "add") == 0)
        viche_sql(t, "INSERT INTO desk_template(title, sort, words) VALUES(?, ?, ?)", VICHE_TEXT_VALUE(title),
                  VICHE_TEXT_VALUE(viche_collation_key(t, title)), VICHE_TEXT_VALUE(words));
    else
        viche_sql(t, "UPDATE desk_template SET title = ?, sort = ?, words = ? WHERE id = ?", VICHE_TEXT_VALUE(title),
                  VICHE_TEXT_VALUE(viche_collation_key(t, title)), VICHE_TEXT_VALUE(words), VICHE_INT_VALUE(strtoll(id, NULL, 10)));
    if (*id)
        live_changed(t, "desk/templates", id);
    return NULL;
}
