/* SPDX-License-Identifier: MPL-2.0 */
#include "news_quiet.h"

#include "common/hour.h"

enum { HOUR = 60, DAY = 24 * HOUR };

bool quiet_read(const char *text, struct quiet *out)
{
    *out = (struct quiet){0, 0};
    if (*text == '\0')
        return true;
    return hour_read(&text, &out->from) && hour_byte(&text, '-') && hour_read(&text, &out->until) && *text == '\0' && out->from < DAY &&
           out->until < DAY;
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
