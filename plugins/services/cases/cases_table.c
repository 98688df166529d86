/* SPDX-License-Identifier: MPL-2.0
 * A table that officials take away: CSV as spreadsheets of the town hall read it, or XLSX. A long one is made in parts, each in a turn of
 * its own; what the next must know stands in one word between them: rows, the workbook's numbers, and where the caller goes on. */
#include <stdio.h>

#include "cases_book.h"
#include "cases_report.h"

enum { PART_BYTES = 256 * 1024, REPLY_BYTES_MAX = 3 * 1024 * 1024 };

struct table {
    struct viche_turn *t;
    struct paper text; /* of this part: CSV, or the XML of a sheet */
    struct book book;
    const char *after;
    uint32_t rows, column;
    bool is_book, is_first;
};

struct table *table_open(struct viche_turn *t, const char *format, const char *from)
{
    struct table *table = viche_memory(t, sizeof *table);
    *table = (struct table){.t = t, .text = {.t = t}, .after = "", .is_book = strcmp(format, "xlsx") == 0, .is_first = !*from};
    int read = 0;
    if (sscanf(from, "%u %u %u %u %n", &table->rows, &table->book.crc, &table->book.raw, &table->book.packed, &read) == 4)
        table->after = from + read;
    else if (table->is_book)
        book_begin(&table->book, &table->text);
    else
        paper_put(&table->text, "\xEF\xBB\xBF"); /* without it Excel reads UTF-8 as the ANSI of the machine */
    return table;
}

/* ---- cells ------------------------------------------------------------------------------------------------------------ */

static void begin_cell(struct table *table)
{
    if (table->is_book && table->column == 0)
        book_row(&table->text);
    else if (!table->is_book && table->column > 0)
        paper_put(&table->text, ",");
    table->column++;
}

/* A cell that a spreadsheet would take for a formula begins with an apostrophe: what citizens write must never be run. */
static void put_quoted(struct paper *text, const char *words)
{
    paper_put(text, "\"");
    if (*words && strchr("=+-@\t\r", *words))
        paper_put(text, "'");
    for (const char *quote; (quote = strchr(words, '"')); words = quote + 1) {
        paper_bytes(text, words, (size_t)(quote - words) + 1);
        paper_put(text, "\"");
    }
    paper_put(text, words);
    paper_put(text, "\"");
}

void table_text(struct table *table, const char *words)
{
    begin_cell(table);
    if (table->is_book)
        book_text(&table->text, words, table->rows == 0);
    else
        put_quoted(&table->text, words);
}

void table_number(struct table *table, double number)
{
    begin_cell(table);
    if (table->is_book)
        book_number(&table->text, number);
    else
        paper_put(&table->text, viche_print(table->t, "%.15g", number));
}

void table_row(struct table *table)
{
    if (table->is_book)
        book_row_end(&table->text);
    else
        paper_put(&table->text, "\r\n");
    table->rows++;
    table->column = 0;
}

/* ---- parts ------------------------------------------------------------------------------------------------------------ */

uint32_t table_rows(const struct table *table) { return table->rows; }
const char *table_after(const struct table *table) { return table->after; }
bool table_full(const struct table *table) { return table->text.size > PART_BYTES; }

static void reply(struct table *table, bool last)
{
    struct viche_turn *t = table->t;
    struct paper file = table->text;
    if (table->is_book) {
        file = (struct paper){.t = t};
        book_pack(&table->book, &table->text, table->is_first, last, &file);
    }
    if (file.size > REPLY_BYTES_MAX) {
        const char *words = viche_text(t, "file-too-long");
        viche_reply(t, 413, "text/plain; charset=utf-8", words, strlen(words));
        return;
    }
    viche_reply(t, 200, table->is_book ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8",
                file.text ? file.text : "", file.size);
}

void table_part(struct table *table, const char *after)
{
    reply(table, false);
    viche_more(table->t, viche_print(table->t, "%u %u %u %u %s", table->rows, table->book.crc, table->book.raw, table->book.packed, after));
}

void table_reply(struct table *table) { reply(table, true); }
