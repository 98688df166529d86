/* SPDX-License-Identifier: MPL-2.0 */
#include "admin/csv.h"

#include <string.h>

#include "base/text.h"

static const char BOM[] = "\xEF\xBB\xBF";

/* The separator is whichever of these the header has most of, outside quotes. */
static char find_separator(const char *header)
{
    static const char candidates[] = {',', ';', '\t'};
    char best = ',';
    size_t most = 0;
    for (size_t i = 0; i < sizeof candidates; i++) {
        size_t seen = 0;
        bool quoted = false;
        for (const char *c = header; *c && (quoted || *c != '\n'); c++) {
            quoted ^= *c == '"';
            seen += !quoted && *c == candidates[i];
        }
        if (seen > most) {
            most = seen;
            best = candidates[i];
        }
    }
    return best;
}

/* Moves the text of a quoted cell down onto its opening quote. Returns what stands behind the closing one; NULL: never closed. */
static char *unquote(struct csv *csv, char *in)
{
    char *out = in;
    for (in++; in < csv->end; in++) {
        if (*in == '"' && in[1] != '"') {
            *out = '\0';
            return in + 1;
        }
        if (*in == '"')
            in++;
        csv->line += *in == '\n';
        *out++ = *in;
    }
    return NULL;
}

static bool is_formula(const char *cell)
{
    if (*cell == '+' || *cell == '-')
        return cell[1] != '\0' && !(cell[1] >= '0' && cell[1] <= '9');
    return *cell == '=' || *cell == '@' || *cell == '\t' || *cell == '\r';
}

/* A formula, or what would be read as a guarded one. */
static bool needs_guard(const char *cell) { return is_formula(cell + strspn(cell, "'")); }

static const char *column_name(const struct csv *csv, size_t i) { return i < csv->column_count ? csv->columns[i] : "?"; }

/* Reads one cell; *last: it ends its row. */
static bool read_cell(struct csv *csv, const char **cell, bool *last, struct fail *fail)
{
    char *start = csv->at;
    bool quoted = *start == '"';
    char *stop = quoted ? unquote(csv, start) : start + strcspn(start, (char[]){csv->separator, '\n', '\0'});
    if (!stop) {
        csv->at = csv->end;
        return fail_set(fail, "a quote is opened and never closed; put a second quote after each quote inside a cell");
    }
    bool returned = !quoted && stop > start && stop[-1] == '\r' && (*stop == '\n' || stop == csv->end);
    char *tail = quoted && *stop == '\r' && (stop[1] == '\n' || stop + 1 == csv->end) ? stop + 1 : stop;
    bool clean = tail == csv->end || *tail == csv->separator || *tail == '\n';
    *last = tail == csv->end || *tail == '\n';
    csv->line += *tail == '\n';
    csv->at = tail == csv->end ? tail : tail + 1;
    if (!clean)
        return fail_set(fail, "something stands behind the closing quote; put a second quote after each quote inside a cell");
    if (!quoted)
        stop[returned ? -1 : 0] = '\0';
    *cell = *start == '\'' && needs_guard(start + 1) ? start + 1 : start;
    return strlen(start) <= CSV_CELL_BYTES ||
           fail_set(fail, "the cell is longer than %d kB; shorten it", CSV_CELL_BYTES / 1024);
}

static void skip_line(struct csv *csv)
{
    csv->at += strcspn(csv->at, "\n");
    if (csv->at < csv->end) {
        csv->at++;
        csv->line++;
    }
}

/* Every cell of one row into csv->cells. */
static bool read_row(struct csv *csv, struct fail *fail)
{
    csv->row_line = csv->line;
    csv->cell_count = 0;
    for (bool last = false; !last;) {
        struct fail why = {0};
        if (csv->cell_count == CSV_COLUMNS) {
            skip_line(csv);
            return fail_set(fail, "line %d: there are more than %d cells; split the file", csv->row_line, CSV_COLUMNS);
        }
        if (!read_cell(csv, &csv->cells[csv->cell_count], &last, &why)) {
            if (!last)
                skip_line(csv);
            return fail_set(fail, "line %d, column %s: %s", csv->row_line, column_name(csv, csv->cell_count), why.words);
        }
        csv->cell_count++;
    }
    return true;
}

static bool is_empty_row(const struct csv *csv)
{
    for (size_t i = 0; i < csv->cell_count; i++) {
        if (*csv->cells[i])
            return false;
    }
    return true;
}

static const char *trim(char *text)
{
    text += strspn(text, " ");
    size_t length = strlen(text);
    while (length && text[length - 1] == ' ')
        text[--length] = '\0';
    return text;
}

static bool take_header(struct csv *csv, struct arena *arena, struct fail *fail)
{
    for (size_t i = 0; i < csv->cell_count; i++) {
        const char *name = trim(arena_copy(arena, csv->cells[i]));
        if (!*name)
            return fail_set(fail, "line %d: column %zu has no name; name it or delete it", csv->row_line, i + 1);
        for (size_t k = 0; k < i; k++) {
            if (text_is(csv->columns[k], name))
                return fail_set(fail, "line %d: column %s is there twice; keep one", csv->row_line, name);
        }
        csv->columns[i] = name;
    }
    csv->column_count = csv->cell_count;
    return true;
}

static int bad_line(const char *text, size_t size_bytes)
{
    int line = 1;
    for (const char *at = text, *end = text + size_bytes; at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            stop = end;
        if (!text_valid(at, (size_t)(stop - at)))
            break;
        at = stop < end ? stop + 1 : end;
    }
    return line;
}

bool csv_open(struct csv *csv, struct arena *arena, const char *text, size_t size_bytes, struct fail *fail)
{
    if (size_bytes >= 3 && memcmp(text, BOM, 3) == 0) {
        text += 3;
        size_bytes -= 3;
    }
    if (!text_valid(text, size_bytes))
        return fail_set(fail, "line %d is no UTF-8; save the file as “CSV UTF-8”", bad_line(text, size_bytes));
    char *copy = arena_copy_bytes(arena, text, size_bytes);
    *csv = (struct csv){.at = copy, .end = copy + size_bytes, .separator = find_separator(copy), .line = 1};
    while (csv->at < csv->end) {
        if (!read_row(csv, fail))
            return false;
        if (!is_empty_row(csv))
            return take_header(csv, arena, fail);
    }
    return fail_set(fail, "the file is empty; its first line must name the columns");
}

enum csv_found csv_next(struct csv *csv, struct fail *fail)
{
    while (csv->at < csv->end) {
        if (!read_row(csv, fail))
            return CSV_BAD;
        if (is_empty_row(csv))
            continue;
        if (csv->cell_count == csv->column_count)
            return CSV_ROW;
        fail_set(fail, "line %d has %zu cells, the header names %zu columns; check the separators and quotes", csv->row_line,
                 csv->cell_count, csv->column_count);
        return CSV_BAD;
    }
    return CSV_END;
}

void csv_put(struct buf *out, bool first, const char *cell)
{
    if (!first)
        buf_byte(out, ',');
    bool quoted = strpbrk(cell, ",;\t\"\r\n") || *cell == ' ' || text_starts(cell, BOM);
    if (quoted)
        buf_byte(out, '"');
    if (needs_guard(cell))
        buf_byte(out, '\'');
    for (const char *c = cell; *c; c++) {
        if (*c == '"')
            buf_byte(out, '"');
        buf_byte(out, *c);
    }
    if (quoted)
        buf_byte(out, '"');
}

void csv_end_row(struct buf *out) { buf_byte(out, '\n'); }
