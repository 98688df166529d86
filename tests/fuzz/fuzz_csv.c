/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as a CSV file: read to the end; what could be read is written and reads back the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "admin/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_row(struct buf *out, const struct csv *csv)
{
    for (size_t i = 0; i < csv->cell_count; i++)
        csv_put(out, i == 0, csv->cells[i]);
    csv_end_row(out);
}

static void check_copy(struct arena *arena, const struct csv *row)
{
    struct buf copy = {0};
    struct csv again;
    for (size_t i = 0; i < row->column_count; i++)
        csv_put(&copy, i == 0, row->columns[i]);
    csv_end_row(&copy);
    write_row(&copy, row);
    if (!csv_open(&again, arena, buf_str(&copy), copy.size, NULL) || csv_next(&again, NULL) != CSV_ROW)
        abort();
    for (size_t i = 0; i < row->cell_count; i++)
        if (strcmp(row->cells[i], again.cells[i]) != 0)
            abort();
    buf_free(&copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct csv csv;
    struct fail fail;
    if (csv_open(&csv, arena, (const char *)data, size, &fail)) {
        enum csv_found found = csv_next(&csv, &fail);
        for (int rows = 0; found != CSV_END; rows++, found = csv_next(&csv, &fail))
            if (found == CSV_ROW && rows < 4)
                check_copy(arena, &csv);
    }
    arena_free(arena);
    return 0;
}
