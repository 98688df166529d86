/* SPDX-License-Identifier: MPL-2.0 */
#include "directory_place.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static bool read_degrees(const char *text, size_t length, double limit, double *out)
{
    char digits[24];
    if (length == 0 || length >= sizeof digits || strspn(text, "-.0123456789") < length)
        return false;
    memcpy(digits, text, length);
    digits[length] = '\0';
    char *end = NULL;
    *out = strtod(digits, &end);
    return *end == '\0' && fabs(*out) <= limit;
}

bool place_degrees(const char *text, double limit, double *out) { return read_degrees(text, strlen(text), limit, out); }

bool place_read(const char *text, struct place *out)
{
    size_t comma = strcspn(text, ",");
    return text[comma] == ',' && read_degrees(text, comma, 90, &out->latitude) && place_degrees(text + comma + 1, 180, &out->longitude);
}

/* The haversine formula on a sphere of the Earth's mean radius: within 0.5 %. */
double place_metres(struct place a, struct place b)
{
    const double radius = 6371008.8, radian = 3.14159265358979323846 / 180;
    double up = sin((b.latitude - a.latitude) * radian / 2);
    double across = sin((b.longitude - a.longitude) * radian / 2);
    double h = up * up + cos(a.latitude * radian) * cos(b.latitude * radian) * across * across;
    return 2 * radius * asin(sqrt(fmin(1, h)));
}
