/* SPDX-License-Identifier: MPL-2.0
 * What a button's label says already and need not be said again. */
#ifndef COMMON_LABEL_H
#define COMMON_LABEL_H

#include <stdbool.h>

/* "☎️ +380 (4340) 0-00-01" says +380434000001. */
bool label_says_number(const char *label, const char *number);

#endif
