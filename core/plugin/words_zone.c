/* SPDX-License-Identifier: MPL-2.0
 * Wall time in a town's zone. ICU's calendar, because glibc knows one zone a process and picks the second of doubled
 * times. */
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>
#include <viche/turn.h>

#include "plugin/words_catalogue.h"

enum { ZONE_MAX = 80 };

static void *open_calendar(const char *locale, const char *zone, UErrorCode *status)
{
    (void)locale;
    UChar id[ZONE_MAX];
    u_uastrncpy(id, zone, ZONE_MAX);
    UCalendar *calendar = ucal_open(id, -1, "root", UCAL_GREGORIAN, status);
    if (U_FAILURE(*status))
        return NULL;
    ucal_setAttribute(calendar, UCAL_REPEATED_WALL_TIME, UCAL_WALLTIME_FIRST);
    ucal_setAttribute(calendar, UCAL_SKIPPED_WALL_TIME, UCAL_WALLTIME_LAST);
    return calendar;
}

static UCalendar *calendar_of(const char *zone)
{
    return words_icu(open_calendar, "", words_zone_known(zone) ? zone : "UTC");
}

bool words_zone_known(const char *zone)
{
    if (!zone || strlen(zone) >= ZONE_MAX)
        return false;
    UChar id[ZONE_MAX], canonical[ZONE_MAX];
    UBool listed = false;
    UErrorCode status = U_ZERO_ERROR;
    u_uastrncpy(id, zone, ZONE_MAX);
    ucal_getCanonicalTimeZoneID(id, -1, canonical, ZONE_MAX, &listed, &status);
    return U_SUCCESS(status) && listed;
}

void words_local(const char *zone, int64_t at, struct viche_local *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar = calendar_of(zone);
    ucal_setMillis(calendar, (double)at * 1000, &status);
    out->year = ucal_get(calendar, UCAL_EXTENDED_YEAR, &status);
    out->month = ucal_get(calendar, UCAL_MONTH, &status) + 1;
    out->day = ucal_get(calendar, UCAL_DATE, &status);
    out->hour = ucal_get(calendar, UCAL_HOUR_OF_DAY, &status);
    out->minute = ucal_get(calendar, UCAL_MINUTE, &status);
    out->second = ucal_get(calendar, UCAL_SECOND, &status);
    out->weekday = (ucal_get(calendar, UCAL_DAY_OF_WEEK, &status) + 5) % 7 + 1; /* ICU: Sunday is 1 */
}

int64_t words_moment(const char *zone, const struct viche_local *local)
{
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar = calendar_of(zone);
    ucal_clear(calendar);
    ucal_setDateTime(calendar, local->year, local->month - 1, local->day, local->hour, local->minute, local->second,
                     &status);
    return (int64_t)(ucal_getMillis(calendar, &status) / 1000);
}
