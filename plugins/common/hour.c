/* SPDX-License-Identifier: MPL-2.0 */
#include "common/hour.h"

#include <ctype.h>

enum { DAY_MINUTES = 24 * 60 };

bool hour_digits(const char **text, int count, int32_t *out)
{
    *out = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (!isdigit((unsigned char)**text))
            return false;
        *out = *out * 10 + (**text - '0');
    }
    return true;
}

bool hour_byte(const char **text, char byte)
{
    if (**text != byte)
        return false;
    (*text)++;
    return true;
}

bool hour_read(const char **text, int32_t *minute)
{
    int32_t hour = 0, rest = 0;
    if (!hour_digits(text, 2, &hour) || !hour_byte(text, ':') || !hour_digits(text, 2, &rest) || rest > 59)
        return false;
    *minute = hour * 60 + rest;
    return *minute <= DAY_MINUTES;
}
