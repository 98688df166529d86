/* SPDX-License-Identifier: MPL-2.0
 * The town's working hours and holidays as an INI says them. Pure: no host, no clock. */
#ifndef CALENDAR_HOURS_H
#define CALENDAR_HOURS_H

#include <stdint.h>

enum { HOURS_SPANS = 4, HOURS_HOLIDAYS = 40, HOURS_DAY = 24 * 60 };

struct hours_span {
    int32_t from, to; /* minutes of the day, to 24:00 at most */
};

struct hours_day {
    uint32_t count; /* 0: a day off */
    struct hours_span spans[HOURS_SPANS];
};

/* A date of every year, or so many days from Easter. */
struct hours_holiday {
    int32_t month, day; /* month 0: `day` counts from Easter Sunday */
};

struct hours_holidays {
    uint32_t count;
    struct hours_holiday items[HOURS_HOLIDAYS];
};

/* Each returns NULL, or a text key that says what is wrong. */

/* "08:00-12:00, 13:00-17:15"; "": off. */
const char *hours_read_day(const char *text, struct hours_day *out);
/* "mon-thu 08:00-17:15, fri 08:00-16:00, break 12:00-12:45": days from Monday; the break is cut out of each of them. */
const char *hours_read_week(const char *text, struct hours_day week[7]);
/* "01-01 easter easter+49 12-25" */
const char *hours_read_holidays(const char *text, struct hours_holidays *out);
/* The Sunday of the Eastern churches, as a day of March (35 is 4 April) of the Gregorian calendar; 1900–2099. */
int32_t hours_easter(int32_t year);

#endif
