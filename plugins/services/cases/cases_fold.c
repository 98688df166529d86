/* SPDX-License-Identifier: MPL-2.0 */
#include "cases_fold.h"

#include <stdlib.h>

static int64_t size_of(const struct cell *cell) { return cell->received > cell->closed ? cell->received : cell->closed; }

static int larger_first(const void *a, const void *b)
{
    int64_t first = size_of(a), second = size_of(b);
    return (first < second) - (first > second);
}

static void add(struct cell *to, const struct cell *cell)
{
    to->received += cell->received;
    to->closed += cell->closed;
    to->on_time += cell->on_time;
    to->seconds += cell->seconds;
}

uint32_t fold(struct cell *cells, uint32_t count)
{
    qsort(cells, count, sizeof *cells, larger_first);
    struct cell rest = {0};
    uint32_t folded = 0;
    while (count && (size_of(&cells[count - 1]) < FOLD_LEAST || (folded && size_of(&rest) < FOLD_LEAST))) {
        add(&rest, &cells[--count]);
        folded++;
    }
    if (folded && size_of(&rest) >= FOLD_LEAST)
        cells[count++] = rest;
    return count;
}
