/* SPDX-License-Identifier: MPL-2.0
 * Places on the Earth: reading them, and how far apart they are. Knows no plugin API. */
#ifndef DIRECTORY_PLACE_H
#define DIRECTORY_PLACE_H

#include <stdbool.h>

struct place {
    double latitude, longitude; /* WGS 84 */
};

/* A plain decimal number within ±limit: "48.3836". */
bool place_degrees(const char *text, double limit, double *out);
/* "48.383600,28.864700" */
bool place_read(const char *text, struct place *out);
double place_metres(struct place a, struct place b);

#endif
