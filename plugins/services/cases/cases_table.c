/* SPDX-License-Identifier: MPL-2.0
 * A table that officials take away: CSV as spreadsheets of the town hall read it, or XLSX. The XLSX is written to anonymous memory:
 * libxlsxwriter knows only files, a plugin opens none. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "cases_report.h"

enum { FILE_BYTES = 3 * 1024 * 1024, COLUMN_WIDTH = 24 };

struct table {
    struct viche_turn *t;
    const char *format;
    lxw_workbook *book; /* NULL: CSV */
    lxw_worksheet *sheet;
    int memory; /* file descriptor of the workbook */
    uint32_t row, column;
    char *text; /* CSV */
    size_t size, room;
};

/* ---- CSV -------------------------------------------------------------------------------------------------------------- */

static void put(struct table *table, const char *bytes, size_t size)
{
    if (table->size + size > table->room) {
        table->room = (table->size + size) * 2;
        char *more = viche_memory(table->t, table->room);
        memcpy(more, table->text ? table->text : "", table->size);
        table->text = more;
    }
    memcpy(table->text + table->size, bytes, size);
    table->size += size;
}

/* A cell that a spreadsheet would take for a formula begins with an apostrophe: what citizens write must never be run. */
static void put_cell(struct table *table, const char *words)
{
    if (table->column)
        put(table, ",", 1);
    put(table, "\"", 1);
    if (*words && strchr("=+-@\t\r", *words))
        put(table, "'", 1);
    for (const char *quote; (quote = strchr(words, '"')); words = quote + 1) {
        put(table, words, (size_t)(quote - words) + 1);
        put(table, "\"", 1);
    }
    put(table, words, strlen(words));
    put(table, "\"", 1);
}

/* ---- XLSX ------------------------------------------------------------------------------------------------------------- */

static void open_book(struct table *table, const char *title)
{
    struct viche_turn *t = table->t;
    table->memory = memfd_create("table", MFD_CLOEXEC);
    static char memory[] = "/dev/shm"; /* parts of it lie there meanwhile, unlinked */
    lxw_workbook_options options = {.tmpdir = memory};
    table->book = workbook_new_opt(viche_print(t, "/proc/self/fd/%d", table->memory), &options);
    char *name = viche_memory(t, strlen(title) + 1);
    memcpy(name, title, strlen(title));
    lxw_doc_properties properties = {.title = name, .created = (time_t)viche_now(t)};
    workbook_set_properties(table->book, &properties);
    table->sheet = workbook_add_worksheet(table->book, NULL);
    lxw_format *bold = workbook_add_format(table->book);
    format_set_bold(bold);
    worksheet_set_row(table->sheet, 0, LXW_DEF_ROW_HEIGHT, bold);
    worksheet_set_column(table->sheet, 0, 40, COLUMN_WIDTH, NULL);
    worksheet_freeze_panes(table->sheet, 1, 0);
}

static void close_book(struct table *table)
{
    workbook_close(table->book);
    off_t size = lseek(table->memory, 0, SEEK_END);
    table->size = size > 0 ? (size_t)size : 0;
    table->text = viche_memory(table->t, table->size + 1);
    if (pread(table->memory, table->text, table->size, 0) != size)
        table->size = 0;
    close(table->memory);
}

/* ---- either ----------------------------------------------------------------------------------------------------------- */

struct table *table_open(struct viche_turn *t, const char *format, const char *title)
{
    struct table *table = viche_memory(t, sizeof *table);
    *table = (struct table){.t = t, .format = format};
    if (strcmp(format, "xlsx") == 0)
        open_book(table, title);
    else
        put(table, "\xEF\xBB\xBF", 3); /* without it Excel reads UTF-8 as the ANSI of the machine */
    return table;
}

void table_text(struct table *table, const char *words)
{
    if (table->book)
        worksheet_write_string(table->sheet, table->row, (lxw_col_t)table->column, words, NULL);
    else
        put_cell(table, words);
    table->column++;
}

void table_number(struct table *table, double number)
{
    if (table->book) {
        worksheet_write_number(table->sheet, table->row, (lxw_col_t)table->column, number, NULL);
    } else {
        const char *digits = viche_print(table->t, "%s%.15g", table->column ? "," : "", number);
        put(table, digits, strlen(digits));
    }
    table->column++;
}

void table_row(struct table *table)
{
    if (!table->book)
        put(table, "\r\n", 2);
    table->row++;
    table->column = 0;
}

void table_reply(struct table *table)
{
    struct viche_turn *t = table->t;
    bool book = table->book != NULL;
    if (book)
        close_book(table);
    if (table->size == 0 || table->size > FILE_BYTES) {
        const char *words = viche_text(t, "file-too-long");
        viche_reply(t, 413, "text/plain; charset=utf-8", words, strlen(words));
        return;
    }
    viche_reply(t, 200, book ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8", table->text,
                table->size);
}
