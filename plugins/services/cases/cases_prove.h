/* SPDX-License-Identifier: MPL-2.0
 * What the parts of the prover of regulations share. */
#ifndef CASES_PROVE_H
#define CASES_PROVE_H

#include "cases.h"

struct proof {
    struct viche_turn *t;
    const struct regulation *r;
    const char *first; /* finding; NULL: none */
};

void prove_found(struct proof *p, int line, const char *words);
#define FOUND(p, part, entry, ...) prove_found(p, part_line(part, entry), viche_print((p)->t, __VA_ARGS__))

/* cases_prove_value.c: whole values that nothing would understand, and names that somebody would have to read as an id. */
void prove_values(struct proof *p, const struct part *part);
void prove_names(struct proof *p, const struct part *part);

#endif
