/* SPDX-License-Identifier: MPL-2.0
 * A plugin that shows something to officials and has rules in a file: what the office looks at. */
#include <string.h>
#include <viche/viche.h>

static void list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    (void)query;
    struct viche_rows *rows = viche_sql(t, "SELECT id, name FROM shelf ORDER BY id");
    while (viche_row(t, rows)) {
        viche_sheet_row(sheet, viche_row_text(t, rows, 0));
        viche_sheet_value(sheet, "name", viche_row_text(t, rows, 1));
    }
    viche_sheet_more(sheet, "", -1);
}

static uint32_t sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    (void)t;
    return clerk->id == 1 && *id != '\0';
}

static void show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    (void)clerk;
    viche_let(t, "name", id);
    viche_let_number(t, "count", viche_option_number(t, "labels"));
    viche_sheet_value(sheet, "name", viche_text(t, "named"));
    viche_sheet_action(sheet, &(struct viche_action){.id = "put", .label = "put"});
}

static const char *act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    (void)action;
    if (*stamp)
        return viche_text(t, "busy");
    viche_sql(t, "INSERT INTO shelf(name) VALUES(?)", VICHE_TEXT_VALUE(viche_get(t, "name")));
    viche_audit(t, clerk->id, "put", viche_print(t, "shelf/%s", id));
    return NULL;
}

/* Every line of the rules begins with «так». */
static void check(struct viche_turn *t)
{
    const char *at = viche_option_file(t, "rules");
    for (int line = 1; *at; line++) {
        if (strncmp(at, "так", strlen("так")) != 0)
            viche_bad(t, viche_print(t, "%s:%d", viche_option(t, "rules"), line), viche_text(t, "bad-rule"));
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    viche_sql(t, "INSERT INTO shelf(name) VALUES('nobody will see this')");
}

static void rules(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    const char *text = viche_option_file(t, "rules");
    viche_reply(t, 200, "text/plain; charset=utf-8", text, strlen(text));
}

static void give(struct viche_turn *t) { (void)t; }

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.shelf", .name = "Shelf", .version = "1.0", .licence = "MPL-2.0",
    .options = VICHE_LIST(struct viche_option,
        { .name = "labels", .help = "How many.", .fallback = "3", .kind = VICHE_OPTION_NUMBER },
        { .name = "rules", .help = "What may be put there.", .fallback = "", .kind = VICHE_OPTION_FILE }),
    .routes = VICHE_LIST(struct viche_route, { .method = "GET", .path = "/rules", .serve = rules }),
    .migrations = VICHE_LIST(const char *, "CREATE TABLE shelf(id INTEGER PRIMARY KEY, name TEXT NOT NULL)"),
    .export_citizen = give, .erase_citizen = give,
    .views = VICHE_LIST(struct viche_view, {
        .id = "things", .title = "title", .see = "clerk", .list = list, .sees = sees, .show = show, .act = act,
        .fields = VICHE_LIST(struct viche_field,
            { .name = "name", .label = "name", .flags = VICHE_FIELD_LISTED },
            { .name = "state", .label = "title", .kind = VICHE_FIELD_STATE,
              .choices = VICHE_LIST(struct viche_choice, { "put", "put" }) }),
    }),
    .check = check,
};
