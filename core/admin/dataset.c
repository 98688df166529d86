/* SPDX-License-Identifier: MPL-2.0
 * Tables that staff bring in and take out as CSV, by the plugins' datasets. An import happens as a whole or not at all. */
#include <errno.h>
#include <string.h>

#include "admin/call.h"
#include "admin/csv.h"
#include "base/text.h"
#include "flow/verb.h"

enum { IMPORT_BYTES_MAX = 64 * 1024 * 1024, BAD_SHOWN_MAX = 100, EXPORT_BYTES_MAX = FRAME_MAX_BYTES - 65536 };

struct found {
    const struct town_plugin *plugin;
    const struct viche_dataset *dataset;
};

/* ---- which ---- */

static void list_names(const struct town *town, struct buf *out)
{
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct viche_list *list = &town->plugins[i].plugin->decl->datasets;
        const struct viche_dataset *datasets = PLUGIN_ITEMS(struct viche_dataset, *list);
        for (uint32_t k = 0; k < list->count && !town->plugins[i].off; k++)
            buf_print(out, "%s%s", out->size ? " " : "", datasets[k].name);
    }
}

static bool find(struct admin_call *call, struct found *out)
{
    const char *name = call_part(call, "name");
    for (size_t i = 0; i < call->town->plugin_count; i++) {
        const struct town_plugin *plugin = &call->town->plugins[i];
        const struct viche_dataset *datasets = PLUGIN_ITEMS(struct viche_dataset, plugin->plugin->decl->datasets);
        for (uint32_t k = 0; k < plugin->plugin->decl->datasets.count && !plugin->off; k++) {
            if (!text_is(datasets[k].name, name))
                continue;
            *out = (struct found){plugin, &datasets[k]};
            return true;
        }
    }
    struct buf names = {0};
    list_names(call->town, &names);
    call_say(call, 404, "%s has no dataset %s; there are: %s", call->town->id, name, names.size ? buf_str(&names) : "none");
    buf_free(&names);
    return false;
}

void dataset_list(struct admin_call *call)
{
    struct buf names = {0};
    list_names(call->town, &names);
    call_say(call, 200, "%s", buf_str(&names));
    buf_free(&names);
}

/* ---- import ---- */

struct import {
    struct admin_call *call;
    struct found what;
    struct turn *turn;
    struct csv csv;
    struct buf report;
    size_t rows, bad;
};

static void complain(struct import *import, const char *words)
{
    import->bad++;
    if (import->bad <= BAD_SHOWN_MAX)
        buf_print(&import->report, "%s\n", words);
}

static const struct viche_column *find_column(const struct viche_dataset *dataset, const char *name)
{
    const struct viche_column *columns = PLUGIN_ITEMS(struct viche_column, dataset->columns);
    for (uint32_t i = 0; i < dataset->columns.count; i++) {
        if (text_is(columns[i].name, name))
            return &columns[i];
    }
    return NULL;
}

static bool csv_has(const struct csv *csv, const char *name)
{
    for (size_t i = 0; i < csv->column_count; i++) {
        if (text_is(csv->columns[i], name))
            return true;
    }
    return false;
}

static void check_header(struct import *import)
{
    const struct viche_dataset *dataset = import->what.dataset;
    const struct viche_column *columns = PLUGIN_ITEMS(struct viche_column, dataset->columns);
    struct arena *arena = import->call->arena;
    struct buf names = {0};
    for (uint32_t i = 0; i < dataset->columns.count; i++) {
        buf_print(&names, "%s%s", i ? " " : "", columns[i].name);
        if (columns[i].required && !csv_has(&import->csv, columns[i].name))
            complain(import, arena_print(arena, "line 1: column %s is missing (%s); add it", columns[i].name, columns[i].help));
    }
    for (size_t i = 0; i < import->csv.column_count; i++) {
        if (!find_column(dataset, import->csv.columns[i]))
            complain(import, arena_print(arena, "line 1, column %s: there is no such column; there are: %s", import->csv.columns[i],
                                         buf_str(&names)));
    }
    buf_free(&names);
}

/* What the plugin did not like about the row, in the order in which it said so. */
static void take_bad(struct import *import, const struct turn_bad *bad)
{
    if (!bad)
        return;
    take_bad(import, bad->next);
    complain(import, arena_print(import->call->arena, "line %d, column %s: %s", import->csv.row_line, bad->column, bad->reason));
}

/* Each row has the time of a whole handler: it is the plugin that must not hang, not the table that must be short. */
static void call_hook(struct import *import, void (*hook)(struct viche_turn *))
{
    flow_begin_long(import->call->flow, import->call->key, import->what.plugin->plugin->name);
    hook(&import->turn->base);
    verb_reset_rows(import->turn);
    take_bad(import, import->turn->bad);
    import->turn->bad = NULL;
}

static void import_row(struct import *import)
{
    struct arena *arena = import->call->arena;
    struct turn_pair *cells = NULL;
    for (size_t i = 0; i < import->csv.column_count; i++) {
        const char *name = import->csv.columns[i];
        const struct viche_column *column = find_column(import->what.dataset, name);
        if (column->required && !*import->csv.cells[i])
            complain(import, arena_print(arena, "line %d, column %s: it is empty; %s", import->csv.row_line, name, column->help));
        struct turn_pair *cell = arena_alloc(arena, sizeof *cell);
        *cell = (struct turn_pair){.next = cells, .name = name, .value = import->csv.cells[i]};
        cells = cell;
    }
    import->turn->cells = cells;
    call_hook(import, import->what.dataset->row);
    import->rows++;
}

static void import_rows(struct import *import)
{
    struct fail fail = {0};
    if (import->what.dataset->begin)
        call_hook(import, import->what.dataset->begin);
    for (enum csv_found found = csv_next(&import->csv, &fail); found != CSV_END; found = csv_next(&import->csv, &fail)) {
        if (found == CSV_BAD)
            complain(import, fail.words);
        else if (!import->turn->failed)
            import_row(import);
    }
    import->turn->cells = NULL;
    if (import->what.dataset->finish && import->bad == 0 && !import->turn->failed)
        call_hook(import, import->what.dataset->finish);
}

static void tell(struct import *import, bool kept)
{
    struct admin_call *call = import->call;
    if (kept) {
        call_say(call, 200, "%zu rows are in", import->rows);
    } else if (import->bad == 0) {
        call_say(call, 422, "nothing was imported: plugin %s failed: %s", import->what.plugin->plugin->name,
                 import->turn->failed ? import->turn->failed : db_words(call->town->db));
    } else {
        if (import->bad > BAD_SHOWN_MAX)
            buf_print(&import->report, "… and %zu more\n", import->bad - BAD_SHOWN_MAX);
        call_say(call, 422, "%snothing was imported; correct what is said above (%zu) and import the file again",
                 buf_str(&import->report), import->bad);
    }
}

static void run_import(struct import *import)
{
    struct flow *flow = import->call->flow;
    struct flow_mark mark = flow_save(flow);
    import->turn = turn_plain(flow, import->what.plugin);
    check_header(import);
    if (import->bad == 0)
        import_rows(import);
    bool keep = import->bad == 0 && !import->turn->failed && !db_failed(import->call->town->db);
    if (keep)
        turn_send(import->turn);
    turn_end(import->turn);
    tell(import, keep);
    if (keep)
        flow_keep(flow);
    else
        flow_undo(flow, mark);
}

void dataset_import(struct admin_call *call)
{
    struct import import = {.call = call};
    struct fail fail = {0};
    if (!find(call, &import.what))
        return;
    if (!import.what.dataset->row) {
        call_say(call, 405, "%s can only be exported", import.what.dataset->name);
        return;
    }
    struct buf file = {.cap = IMPORT_BYTES_MAX};
    const bool spooled = *call->request->upload != '\0';
    if (spooled && !buf_read_file(&file, call->request->upload))
        call_say(call, 500, "the file cannot be read: %s", strerrordesc_np(errno));
    else if (!csv_open(&import.csv, call->arena, spooled ? buf_str(&file) : call->request->body,
                       spooled ? file.size : call->request->body_bytes, &fail))
        call_say(call, 422, "%s\nnothing was imported", fail.words);
    else
        run_import(&import);
    buf_free(&import.report);
    buf_free(&file);
}

/* ---- export ---- */

struct export {
    const struct viche_dataset *dataset;
    struct buf out;
};

static const char *cell_of(const struct turn_pair *cells, const char *name)
{
    for (; cells; cells = cells->next) {
        if (text_is(cells->name, name))
            return cells->value ? cells->value : "";
    }
    return "";
}

static void write_row(void *context, const char *section, const struct turn_pair *cells)
{
    (void)section;
    struct export *export = context;
    const struct viche_column *columns = PLUGIN_ITEMS(struct viche_column, export->dataset->columns);
    for (uint32_t i = 0; i < export->dataset->columns.count; i++)
        csv_put(&export->out, i == 0, cells ? cell_of(cells, columns[i].name) : columns[i].name);
    csv_end_row(&export->out);
}

void dataset_export(struct admin_call *call)
{
    struct found what;
    if (!find(call, &what))
        return;
    if (!what.dataset->write) {
        call_say(call, 405, "%s can only be imported", what.dataset->name);
        return;
    }
    struct export export = {.dataset = what.dataset, .out = {.cap = EXPORT_BYTES_MAX}};
    write_row(&export, NULL, NULL); /* the header */
    struct turn *turn = turn_plain(call->flow, what.plugin);
    turn->emitted = write_row;
    turn->emitted_context = &export;
    flow_begin_long(call->flow, call->key, what.plugin->plugin->name);
    what.dataset->write(&turn->base);
    if (turn->failed)
        call_say(call, 500, "plugin %s failed: %s", what.plugin->plugin->name, turn->failed);
    else if (export.out.overflow)
        call_say(call, 413, "there are more than %d MB; take a backup instead", EXPORT_BYTES_MAX / 1000000);
    else
        reply_set(call->reply, 200, "text/csv; charset=utf-8", buf_str(&export.out), export.out.size);
    turn_end(turn);
    buf_free(&export.out);
}
