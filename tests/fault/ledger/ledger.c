/* SPDX-License-Identifier: MPL-2.0
 * Writes down every text it is given and answers with it: what the kill loop counts. A row twice is an effect twice. */
#include <string.h>

#include <viche/viche.h>

static viche_next note(struct viche_turn *t, const char *text)
{
    viche_sql(t, "INSERT INTO ledger(citizen, text) VALUES(?, ?)", VICHE_INT_VALUE(viche_citizen(t)), VICHE_TEXT_VALUE(text));
    viche_let(t, "text", text);
    return viche_again(t, "noted");
}

static void export_citizen(struct viche_turn *t)
{
    struct viche_rows *rows = viche_sql(t, "SELECT text FROM ledger WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
    while (viche_row(t, rows)) {
        viche_set(t, "text", viche_row_text(t, rows, 0));
        viche_emit(t, "ledger");
    }
}

/* Shows back what came, as one album. */
static viche_next count(struct viche_turn *t, const char *files)
{
    int64_t number = 1;
    for (const char *at = files; *at; at++)
        number += *at == '\n';
    viche_let_number(t, "number", number);
    for (const char *key = "counted"; *files; key = NULL) {
        size_t length = strcspn(files, "\n");
        viche_show_file(t, viche_print(t, "%.*s", (int)length, files), key);
        files += length + (files[length] == '\n');
    }
    return viche_done(t);
}

static void erase_citizen(struct viche_turn *t)
{
    viche_sql(t, "DELETE FROM ledger WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.ledger", .name = "Ledger", .version = "1.0", .licence = "MPL-2.0",
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "ledger", .opens = "/ledger", .title = "title", .version = 1,
        .steps = VICHE_LIST(struct viche_step, { .name = "note", .kind = VICHE_TEXT, .ask = "ask", .answer = note }),
    }, {
        .id = "files", .opens = "/files", .version = 1,
        .steps = VICHE_LIST(struct viche_step, { .name = "files", .kind = VICHE_FILE, .max = 2, .ask = "ask-files", .answer = count }),
    }),
    .migrations = VICHE_LIST(const char *, "CREATE TABLE ledger(citizen INTEGER NOT NULL, text TEXT NOT NULL)"),
    .export_citizen = export_citizen, .erase_citizen = erase_citizen,
};
