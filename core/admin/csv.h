/* SPDX-License-Identifier: MPL-2.0
 * CSV as offices make it: RFC 4180, and also a BOM, CR LF, and `;` or tab where the header uses them. A cell that a spreadsheet
 * would run as a formula is written with ' in front; reading takes that away again. */
#ifndef ADMIN_CSV_H
#define ADMIN_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"

enum { CSV_COLUMNS = 128, CSV_CELL_BYTES = 64 * 1024 };

enum csv_found { CSV_END, CSV_ROW, CSV_BAD };

struct csv {
    char *at, *end; /* what is not read yet; NUL behind */
    char separator;
    int line;     /* being read, from 1 */
    int row_line; /* where the last row began */
    size_t column_count, cell_count;
    const char *columns[CSV_COLUMNS];
    const char *cells[CSV_COLUMNS]; /* of the last row */
};

/* Copies the file into the arena and reads its header. false with words: empty, no UTF-8, a column without or with a repeated name. */
bool csv_open(struct csv *csv, struct arena *arena, const char *text, size_t size_bytes, struct fail *fail);
/* The next row that is not empty. CSV_BAD: words say which line and column; the call after it goes on behind that row. */
enum csv_found csv_next(struct csv *csv, struct fail *fail);

/* Writing: cells in order, each row ended. Always commas and quotes where needed, LF. */
void csv_put(struct buf *out, bool first, const char *cell);
void csv_end_row(struct buf *out);

#endif
