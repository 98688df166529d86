/* SPDX-License-Identifier: MPL-2.0 */
#ifndef CASES_FIGURES_H
#define CASES_FIGURES_H

#include "cases_fold.h"
#include "cases_report.h"

enum { FIGURES_GROUPS = 4 };

struct group {
    const char *title; /* "category" */
    struct cell *cells;
    uint32_t count;
};

struct figures {
    struct span span;
    struct sum all;
    struct group groups[FIGURES_GROUPS];
    struct group months; /* "2026-11"; every one of them: a month is no person */
};

void figures_speak(struct viche_turn *t, const struct viche_http *http);
struct figures figures_reckon(struct viche_turn *t, const struct viche_http *http);
double figures_days(int64_t seconds, int64_t closed); /* on the average, to a tenth */
int64_t figures_percent(int64_t part, int64_t whole);

#endif
