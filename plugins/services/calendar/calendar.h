/* SPDX-License-Identifier: MPL-2.0
 * What the files of this plugin know of each other. A date is a struct viche_local at noon: the host's clock adds days to it, so that
 * no file here counts the days of a month or knows when clocks change. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <viche/services/calendar.h>
#include <viche/viche.h>

#include "calendar_hours.h"

extern const struct viche_plugin viche_plugin_v0;

/* ---- calendar_day.c: what a day is -------------------------------------------------------------------------------------- */

enum day_kind {
    DAY_WORKS,
    DAY_WEEKEND,
    DAY_HOLIDAY,
    DAY_MOVED,     /* off, because a holiday fell on a weekend */
    DAY_OFF,       /* by the town's list of days */
    DAY_EXTRA,     /* works by that list, although it would not */
    DAY_SHORT      /* works by that list, other hours than usual */
};

struct day {
    struct viche_local date; /* noon */
    enum day_kind kind;
    struct hours_day hours;
    const char *reason; /* the town's words; "" */
};

struct day_exception {
    int64_t key; /* 20261125 */
    struct day day;
};

/* One town's calendar for the length of a turn. */
struct calendar {
    struct hours_day week[7];
    struct hours_holidays holidays; /* none while holidays are worked through */
    bool next_day;                  /* a term whose last day is off ends on the next working day */
    bool late_next_day;             /* what comes after hours counts as received on the next working day */
    struct day_exception *exceptions;
    uint32_t exception_count;
};

const struct calendar *day_calendar(struct viche_turn *t);
void day_check(struct viche_turn *t); /* what stands wrong in the options */
struct viche_local day_date(struct viche_turn *t, int64_t at);
struct viche_local day_plus(struct viche_turn *t, struct viche_local date, int32_t days);
struct day day_on(struct viche_turn *t, const struct calendar *calendar, struct viche_local date);
bool day_works(const struct day *day);
int64_t day_key(const struct viche_local *date);
int64_t day_moment(struct viche_turn *t, struct viche_local date, int32_t minute);

/* ---- calendar_walk.c: from moment to moment ------------------------------------------------------------------------------- */

enum { WALK_DAYS = 400 }; /* a town that does not work for longer does not work */

bool walk_is_open(struct viche_turn *t, const struct calendar *calendar, int64_t at);
int64_t walk_next_open(struct viche_turn *t, const struct calendar *calendar, int64_t at);
/* The working seconds between two moments, and the moment when so many have passed. */
int64_t walk_worked(struct viche_turn *t, const struct calendar *calendar, int64_t from, int64_t until);
int64_t walk_work(struct viche_turn *t, const struct calendar *calendar, int64_t from, int64_t seconds);
/* The first working day from `date` on; `date` itself if there is none. */
struct day walk_working(struct viche_turn *t, const struct calendar *calendar, struct viche_local date);
/* The working day so many after `date`. */
struct viche_local walk_working_days(struct viche_turn *t, const struct calendar *calendar, struct viche_local date, int64_t days);
/* How many days, or working days, begin between two moments. */
int64_t walk_days_between(struct viche_turn *t, int64_t from, int64_t until);
int64_t walk_working_days_between(struct viche_turn *t, const struct calendar *calendar, int64_t from, int64_t until);

/* ---- calendar_reckon.c: terms --------------------------------------------------------------------------------------------- */

struct term {
    uint32_t amount, unit;
};

struct reckoned {
    int64_t from, due;
    struct viche_local counted; /* the day from which days and months count */
    struct viche_local end;     /* the last day by counting, pauses included */
    struct viche_local last;    /* the last day */
    int64_t paused;             /* days, or seconds of a term in hours */
};

/* "15 days"; NULL or a text key. */
const char *reckon_read(const char *text, struct term *out);
struct reckoned reckon_term(struct viche_turn *t, const struct calendar *calendar, int64_t from, struct term term,
                            const struct viche_pause *pauses, uint32_t count);

/* ---- the rest ------------------------------------------------------------------------------------------------------------- */

const char *words_of(struct viche_turn *t, const struct calendar *calendar, struct term term, const struct reckoned *reckoned);
void operator_term(struct viche_turn *t, const struct viche_http *http);
/* calendar_data.c owns `calendar`: the town's own days in order, (key, kind, hours, reason, reason in English). */
struct viche_rows *data_days(struct viche_turn *t);
int64_t data_count(struct viche_turn *t);
void data_begin(struct viche_turn *t);
void data_row(struct viche_turn *t);
void data_write(struct viche_turn *t);

#endif
