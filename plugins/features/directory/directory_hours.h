/* SPDX-License-Identifier: MPL-2.0
 * Working hours: how they are written in a table, and what they mean at a moment. Knows no plugin API, so that it can be tested with
 * nothing but numbers. */
#ifndef DIRECTORY_HOURS_H
#define DIRECTORY_HOURS_H

#include <stdint.h>

enum { HOURS_SPANS = 4, HOURS_EXCEPTIONS = 60, HOURS_DAY = 24 * 60 };

/* Minutes from 00:00 of a day; `to` is over HOURS_DAY when it closes after midnight. */
struct hours_span {
    int32_t from, to;
};

struct hours_day {
    uint32_t count; /* 0: closed */
    struct hours_span spans[HOURS_SPANS];
};

/* A holiday, or a working day moved: on this date these hours instead of the week's. */
struct hours_exception {
    int32_t date; /* days since 1970-01-01 */
    struct hours_day day;
};

struct hours {
    struct hours_day week[7]; /* Monday first */
    uint32_t exception_count;
    struct hours_exception exceptions[HOURS_EXCEPTIONS]; /* by date */
};

/* "08:00-17:15", "08:00-12:00,13:00-17:15", "20:00-02:00", "24h", "" (closed). NULL: read; else the text key of what is wrong. */
const char *hours_read_day(const char *text, struct hours_day *out);
/* "2026-12-25:closed;2026-12-31:08:00-15:00". The same. */
const char *hours_read_exceptions(const char *text, struct hours *out);

int32_t hours_date(int32_t year, int32_t month, int32_t day); /* days since 1970-01-01 */
void hours_civil(int32_t date, int32_t *year, int32_t *month, int32_t *day);
uint32_t hours_weekday(int32_t date); /* 0 Monday … 6 Sunday */
/* What holds on this date; *special: it is an exception. */
const struct hours_day *hours_on(const struct hours *hours, int32_t date, uint32_t *special);

/* The UTC seconds of a wall time: only the town's zone knows, and twice a year it surprises. */
struct hours_clock {
    int64_t (*moment)(void *context, int32_t date, int32_t minute); /* minute: 0..HOURS_DAY - 1 */
    void *context;
    int64_t now;   /* UTC seconds */
    int32_t today; /* the date it is now */
};

enum hours_status {
    HOURS_UNKNOWN, /* no hours were written down */
    HOURS_ALWAYS,  /* round the clock, for a week at least */
    HOURS_OPEN,    /* until date and minute */
    HOURS_BREAK,   /* until minute, today */
    HOURS_CLOSED,  /* until date and minute */
    HOURS_FAR      /* closed, for longer than a month or for good */
};

struct hours_state {
    enum hours_status status;
    int32_t date, minute;
};

struct hours_state hours_state(const struct hours *hours, const struct hours_clock *clock);

#endif
