/* SPDX-License-Identifier: MPL-2.0
 * Words for a person when something cannot be done: where, what, what to do. */
#ifndef BASE_FAIL_H
#define BASE_FAIL_H

#include <stdbool.h>

struct fail {
    char words[4096]; /* a line each, where several things are wrong */
    bool again; /* it may be done later: somebody else holds it now */
};

/* Writes the words and returns false, so that `return fail_set(fail, …);` reads as it acts. fail may be NULL. */
bool fail_set(struct fail *fail, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
