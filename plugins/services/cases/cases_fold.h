/* SPDX-License-Identifier: MPL-2.0
 * Small counts are folded together before figures are made public: three complaints in one village about one kind of thing may point to
 * a person. Pure. */
#ifndef CASES_FOLD_H
#define CASES_FOLD_H

#include <stdint.h>

enum { FOLD_LEAST = 5 };

struct cell {
    const char *name; /* NULL: what was folded together */
    int64_t received, closed, on_time, seconds;
};

/* Folds what has fewer than FOLD_LEAST cards into one last cell, and more of the smallest until that one has enough, too; else whoever
 * knows the sum could reckon it. Returns how many cells are left. */
uint32_t fold(struct cell *cells, uint32_t count);

#endif
