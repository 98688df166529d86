/* SPDX-License-Identifier: MPL-2.0
 * A workbook of one sheet, written part by part, each in another turn: what a part must know of those before is in a few numbers. */
#ifndef CASES_BOOK_H
#define CASES_BOOK_H

#include <stdint.h>

#include "common/paper.h"

/* Of the sheet, so far. */
struct book {
    uint32_t crc, raw, packed; /* bytes, and bytes in the file */
};

void book_begin(struct book *book, struct paper *sheet); /* the XML before the first row */
/* Cells of a row, between book_row and book_row_end. */
void book_row(struct paper *sheet);
void book_text(struct paper *sheet, const char *words, bool heading);
void book_number(struct paper *sheet, double number);
void book_row_end(struct paper *sheet);
/* The XML that this part has added, as bytes of the file. first: with what stands before the sheet; last: with what ends it. */
void book_pack(struct book *book, struct paper *sheet, bool first, bool last, struct paper *file);

#endif
