/* SPDX-License-Identifier: MPL-2.0
 * A plugin of ABI 0.1 that keeps rows: table, schedule, route, data set, export and erase. */
#include <viche/viche.h>

static viche_next keep(struct viche_turn *t, const char *text)
{
    viche_sql(t, "INSERT INTO tables(citizen, note, at) VALUES(?, ?, ?)", VICHE_INT_VALUE(viche_citizen(t)), VICHE_TEXT_VALUE(text),
              VICHE_INT_VALUE(viche_now(t)));
    viche_say(t, "kept");
    return viche_done(t);
}

static void list(struct viche_turn *t, const struct viche_http *request)
{
    const char *body = request->method;
    struct viche_rows *rows = viche_sql(t, "SELECT note, at, 0.5 FROM tables ORDER BY at");
    while (viche_row(t, rows))
        body = viche_print(t, "%s\n%s %lld %f", body, viche_row_text(t, rows, 0), (long long)viche_row_integer(t, rows, 1),
                           viche_row_real(t, rows, 2));
    viche_reply_header(t, "cache-control", "no-store");
    viche_reply(t, 200, "text/plain", body, __builtin_strlen(body));
}

static void forget(struct viche_turn *t, int64_t planned_at)
{
    viche_sql(t, "DELETE FROM tables WHERE at < ?", VICHE_INT_VALUE(planned_at - viche_option_number(t, "keep")));
}

static void take_row(struct viche_turn *t)
{
    if (viche_get(t, "note")[0] == '\0')
        viche_bad(t, "note", "is empty");
    else
        viche_sql(t, "INSERT INTO tables(citizen, note, at) VALUES(0, ?, ?)", VICHE_TEXT_VALUE(viche_get(t, "note")),
                  VICHE_INT_VALUE(viche_now(t)));
}

static void export_citizen(struct viche_turn *t)
{
    struct viche_rows *rows = viche_sql(t, "SELECT note FROM tables WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
    while (viche_row(t, rows)) {
        viche_set(t, "note", viche_row_text(t, rows, 0));
        viche_emit(t, "notes");
    }
}

static void erase_citizen(struct viche_turn *t)
{
    viche_sql(t, "DELETE FROM tables WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.tables", .name = "Tables", .version = "1.0",
    .options = VICHE_LIST(struct viche_option,
        { .name = "keep", .help = "How long notes are kept.", .fallback = "30d", .kind = VICHE_OPTION_SECONDS, .min = 60,
          .max = 31536000 }),
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "note", .opens = "/note", .title = "title", .version = 1,
        .steps = VICHE_LIST(struct viche_step, { .name = "note", .kind = VICHE_TEXT, .ask = "ask", .answer = keep }),
    }),
    .routes = VICHE_LIST(struct viche_route, { .method = "GET", .path = "/notes", .serve = list }),
    .schedules = VICHE_LIST(struct viche_schedule, { .name = "nightly", .at = "03:00", .run = forget }),
    .migrations = VICHE_LIST(const char *,
        "CREATE TABLE tables(id INTEGER PRIMARY KEY, citizen INTEGER NOT NULL, note TEXT NOT NULL, at INTEGER NOT NULL)",
        "CREATE INDEX tables_at ON tables(at)"),
    .datasets = VICHE_LIST(struct viche_dataset, {
        .name = "notes", .columns = VICHE_LIST(struct viche_column, { .name = "note", .help = "Text.", .required = 1 }),
        .row = take_row,
    }),
    .export_citizen = export_citizen,
    .erase_citizen = erase_citizen,
};
