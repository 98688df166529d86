/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/dialog.h"

#include "base/clock.h"
#include "base/quote.h"

enum { EARLY_S = 300 };

const char *const dialog_migrations[] = {
    "CREATE TABLE dialog ("
    "  citizen INTEGER PRIMARY KEY,"
    "  plugin TEXT NOT NULL,"
    "  dialog TEXT NOT NULL,"
    "  version INTEGER NOT NULL,"
    "  step TEXT NOT NULL,"
    "  args TEXT NOT NULL,"
    "  state TEXT NOT NULL,"
    "  pending TEXT NOT NULL,"
    "  page INTEGER NOT NULL,"
    "  request INTEGER NOT NULL,"
    "  expires_at INTEGER NOT NULL);"
    "CREATE INDEX dialog_expires ON dialog(expires_at);",
};
const size_t dialog_migration_count = sizeof dialog_migrations / sizeof *dialog_migrations;

struct dialog *dialog_new(struct arena *arena, uint64_t citizen, const struct town_command *command, const char *args)
{
    struct dialog *dialog = arena_alloc(arena, sizeof *dialog);
    *dialog = (struct dialog){
        .citizen = citizen,
        .plugin = command->plugin,
        .decl = command->dialog,
        .step = PLUGIN_ITEMS(struct viche_step, command->dialog->steps),
        .args = arena_copy(arena, args),
        .vars = json_object(),
        .offers = json_array(),
        .trail = json_array(),
        .picked = json_array(),
        .pending = "",
    };
    return dialog;
}

void dialog_close(struct dialog *dialog)
{
    if (!dialog)
        return;
    json_decref(dialog->vars);
    json_decref(dialog->offers);
    json_decref(dialog->trail);
    json_decref(dialog->picked);
}

static json_t *part(json_t *state, const char *key, json_t *otherwise)
{
    json_t *value = json_object_get(state, key);
    if (!value)
        return otherwise;
    json_decref(otherwise);
    return json_incref(value);
}

static struct dialog *read_row(const struct town *town, struct arena *arena, sqlite3_stmt *row, uint32_t *version)
{
    const struct town_plugin *plugin = town_plugin(town, db_text(row, 0));
    const struct viche_dialog *decl = plugin ? plugin_dialog(plugin->plugin, db_text(row, 1)) : NULL;
    const struct viche_step *step = decl ? plugin_step(decl, db_text(row, 3)) : NULL;
    if (!step)
        return NULL;
    *version = (uint32_t)db_int(row, 2);
    struct dialog *dialog = dialog_new(arena, 0, &(struct town_command){plugin, decl}, db_text(row, 4));
    dialog->step = step;
    json_t *state = json_loads(db_text(row, 5), 0, NULL);
    dialog->vars = part(state, "vars", dialog->vars);
    dialog->offers = part(state, "offers", dialog->offers);
    dialog->trail = part(state, "trail", dialog->trail);
    dialog->picked = part(state, "picked", dialog->picked);
    json_decref(state);
    dialog->pending = arena_copy(arena, db_text(row, 6));
    dialog->page = db_int(row, 7);
    dialog->request = db_int(row, 8);
    dialog->expires_at = dialog->dated_at = db_int(row, 9);
    return dialog;
}

struct dialog *dialog_load(const struct town *town, struct arena *arena, uint64_t citizen, bool *lost, uint32_t *migrated_from)
{
    *lost = false;
    *migrated_from = 0;
    sqlite3_stmt *row = db_query(town->db,
                                 "SELECT plugin, dialog, version, step, args, state, pending, page, request, expires_at"
                                 " FROM dialog WHERE citizen = ?",
                                 "i", (int64_t)citizen);
    bool found = db_row(town->db, row);
    uint32_t version = 0;
    struct dialog *dialog = found ? read_row(town, arena, row, &version) : NULL;
    db_done(row);
    if (!dialog) {
        *lost = found;
        if (found)
            dialog_drop(town->db, citizen);
        return NULL;
    }
    dialog->citizen = citizen;
    if (version < dialog->decl->version)
        *migrated_from = version;
    return dialog;
}

/* Texts in lists and objects: nothing else is kept. */
static void write_part(struct buf *out, json_t *part)
{
    const char *key = NULL;
    json_t *value = NULL;
    size_t i = 0;
    if (json_is_string(part)) {
        quote_json(out, json_string_value(part));
        return;
    }
    buf_byte(out, json_is_array(part) ? '[' : '{');
    json_array_foreach(part, i, value) {
        buf_text(out, i ? "," : "");
        write_part(out, value);
    }
    json_object_foreach(part, key, value) {
        buf_text(out, i++ ? "," : "");
        quote_json(out, key);
        buf_byte(out, ':');
        write_part(out, value);
    }
    buf_byte(out, json_is_array(part) ? ']' : '}');
}

static void write_state(struct buf *out, const struct dialog *dialog)
{
    buf_text(out, "{\"vars\":");
    write_part(out, dialog->vars);
    buf_text(out, ",\"offers\":");
    write_part(out, dialog->offers);
    buf_text(out, ",\"trail\":");
    write_part(out, dialog->trail);
    buf_text(out, ",\"picked\":");
    write_part(out, dialog->picked);
    buf_byte(out, '}');
}

/* Its date stands in an index, which is two pages more to write. */
static bool is_dated(const struct dialog *dialog)
{
    int64_t short_s = (dialog->expires_at - clock_now()) / 32;
    int64_t late_s = dialog->expires_at - dialog->dated_at;
    return dialog->dated_at && late_s >= 0 && late_s <= (short_s < EARLY_S ? short_s : EARLY_S);
}

static bool go_on(struct db *db, const struct dialog *dialog, const char *state)
{
    db_run(db,
           "UPDATE dialog SET version = ?, step = ?, state = ?, pending = ?, page = ?, request = ?"
           " WHERE citizen = ? AND plugin = ? AND dialog = ?",
           "isssiiiss", (int64_t)dialog->decl->version, dialog->step->name, state, dialog->pending, dialog->page, dialog->request,
           (int64_t)dialog->citizen, dialog->plugin->plugin->name, dialog->decl->id);
    return db_changes(db) > 0;
}

void dialog_save(struct db *db, const struct dialog *dialog)
{
    struct buf state = {0};
    write_state(&state, dialog);
    if (!is_dated(dialog) || !go_on(db, dialog, state.data))
        db_run(db,
               "INSERT INTO dialog(citizen, plugin, dialog, version, step, args, state, pending, page, request, expires_at)"
               " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(citizen) DO UPDATE SET plugin = excluded.plugin,"
               " dialog = excluded.dialog, version = excluded.version, step = excluded.step, args = excluded.args,"
               " state = excluded.state, pending = excluded.pending, page = excluded.page, request = excluded.request,"
               " expires_at = excluded.expires_at",
               "ississssiii", (int64_t)dialog->citizen, dialog->plugin->plugin->name, dialog->decl->id,
               (int64_t)dialog->decl->version, dialog->step->name, dialog->args, state.data, dialog->pending, dialog->page,
               dialog->request, dialog->expires_at);
    buf_free(&state);
}

void dialog_drop(struct db *db, uint64_t citizen) { db_run(db, "DELETE FROM dialog WHERE citizen = ?", "i", (int64_t)citizen); }

void dialog_move(struct db *db, uint64_t from, uint64_t to)
{
    db_run(db, "UPDATE dialog SET citizen = ?1 WHERE citizen = ?2 AND NOT EXISTS (SELECT 1 FROM dialog WHERE citizen = ?1)", "ii",
           (int64_t)to, (int64_t)from);
    dialog_drop(db, from);
}

const char *dialog_get(const struct dialog *dialog, const char *name)
{
    const char *value = json_string_value(json_object_get(dialog->vars, name));
    return value ? value : "";
}

void dialog_set(struct dialog *dialog, const char *name, const char *value)
{
    json_object_set_new(dialog->vars, name, json_string(value ? value : ""));
}

bool dialog_keeps_answers(const struct viche_dialog *decl)
{
    const struct viche_step *steps = PLUGIN_ITEMS(struct viche_step, decl->steps);
    for (uint32_t i = 0; i < decl->steps.count; i++)
        if (steps[i].save)
            return true;
    return false;
}

bool dialog_is_form(const struct dialog *dialog) { return dialog_keeps_answers(dialog->decl); }

bool dialog_begun(const struct dialog *dialog)
{
    return dialog_is_form(dialog) && (json_array_size(dialog->trail) > 0 || json_array_size(dialog->picked) > 0);
}

bool dialog_next_expiry(struct db *db, uint64_t *citizen, int64_t *at)
{
    sqlite3_stmt *row = db_query(db, "SELECT citizen, expires_at FROM dialog ORDER BY expires_at LIMIT 1", "");
    bool found = db_row(db, row);
    if (found) {
        *citizen = (uint64_t)db_int(row, 0);
        *at = db_int(row, 1);
    }
    db_done(row);
    return found;
}
