/* SPDX-License-Identifier: MPL-2.0 */
#include "news_quiet.h"

#include <ctype.h>
#include <string.h>

enum { HOUR = 60, DAY = 24 * HOUR };

static int32_t two_digits(const char *text)
{
    bool digits = isdigit((unsigned char)text[0]) && isdigit((unsigned char)text[1]);
    return digits ? (text[0] - '0') * 10 + text[1] - '0' : -1;
}

/* "08:00" at the beginning of the text; -1: it is no time. */
static int32_t read_time(const char *text)
{
    int32_t hour = two_digits(text);
    if (hour < 0 || hour > 23 || text[2] != ':')
        return -1;
    int32_t minute = two_digits(text + 3);
    return minute < 0 || minute > 59 ? -1 : hour * HOUR + minute;
}

bool quiet_read(const char *text, struct quiet *out)
{
    *out = (struct quiet){0, 0};
    if (*text == '\0')
        return true;
    if (strlen(text) != strlen("21:00-08:00") || text[5] != '-')
        return false;
    *out = (struct quiet){read_time(text), read_time(text + 6)};
    return out->from >= 0 && out->until >= 0;
}

bool quiet_now(struct quiet quiet, const struct viche_local *now, struct viche_local *end)
{
    int32_t minute = now->hour * HOUR + now->minute;
    bool over_midnight = quiet.from > quiet.until;
    bool evening = minute >= quiet.from, morning = minute < quiet.until;
    if (quiet.from == quiet.until || !(over_midnight ? evening || morning : evening && morning))
        return false;
    *end = (struct viche_local){.size = sizeof *end, .year = now->year, .month = now->month, .day = now->day + (over_midnight && evening),
                                .hour = quiet.until / HOUR, .minute = quiet.until % HOUR};
    return true;
}
