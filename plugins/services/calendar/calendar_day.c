/* SPDX-License-Identifier: MPL-2.0
 * What a day is: first by the town's own list, then by the holidays, then by the week. */
#include <string.h>

#include "calendar.h"

enum { AROUND_DAYS = 10 }; /* no row of weekends and holidays that push a day off before them is longer */

/* ---- dates ------------------------------------------------------------------------------------------------------------ */

static struct viche_local noon_of(struct viche_turn *t, struct viche_local date)
{
    date.hour = 12;
    date.minute = date.second = 0;
    return viche_local(t, viche_moment(t, &date));
}

struct viche_local day_date(struct viche_turn *t, int64_t at) { return noon_of(t, viche_local(t, at)); }

struct viche_local day_plus(struct viche_turn *t, struct viche_local date, int32_t days)
{
    date.day += days;
    return noon_of(t, date);
}

int64_t day_key(const struct viche_local *date) { return ((int64_t)date->year * 100 + date->month) * 100 + date->day; }

int64_t day_moment(struct viche_turn *t, struct viche_local date, int32_t minute)
{
    date.hour = minute / 60;
    date.minute = minute % 60;
    date.second = 0;
    return viche_moment(t, &date);
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

static void read_exceptions(struct viche_turn *t, struct calendar *out)
{
    int64_t count = data_count(t);
    out->exceptions = viche_memory(t, (size_t)(count + 1) * sizeof *out->exceptions);
    bool uk = strcmp(viche_language(t), "uk") == 0;
    struct viche_rows *rows = data_days(t);
    while (out->exception_count < count && viche_row(t, rows)) {
        struct day_exception *item = &out->exceptions[out->exception_count++];
        const char *kind = viche_row_text(t, rows, 1), *reason_en = viche_row_text(t, rows, 4);
        item->key = viche_row_integer(t, rows, 0);
        item->day.kind = strcmp(kind, "off") == 0 ? DAY_OFF : strcmp(kind, "short") == 0 ? DAY_SHORT : DAY_EXTRA;
        item->day.reason = uk || !*reason_en ? viche_row_text(t, rows, 3) : reason_en;
        hours_read_day(viche_row_text(t, rows, 2), &item->day.hours);
    }
}

void day_check(struct viche_turn *t)
{
    struct calendar calendar;
    const char *hours = hours_read_week(viche_option(t, "hours"), calendar.week);
    const char *holidays = hours_read_holidays(viche_option(t, "holidays"), &calendar.holidays);
    if (hours)
        viche_bad(t, "[calendar] hours", viche_text(t, hours));
    if (holidays)
        viche_bad(t, "[calendar] holidays", viche_text(t, holidays));
}

const struct calendar *day_calendar(struct viche_turn *t)
{
    struct calendar *out = viche_memory(t, sizeof *out);
    hours_read_week(viche_option(t, "hours"), out->week);
    if (!viche_option_number(t, "martial_law"))
        hours_read_holidays(viche_option(t, "holidays"), &out->holidays);
    out->next_day = strcmp(viche_option(t, "last_day_off"), "next") == 0;
    out->late_next_day = strcmp(viche_option(t, "after_hours"), "next") == 0;
    read_exceptions(t, out);
    return out;
}

/* ---- judging ---------------------------------------------------------------------------------------------------------- */

static bool is_holiday(struct viche_turn *t, const struct calendar *calendar, const struct viche_local *date)
{
    for (uint32_t i = 0; i < calendar->holidays.count; i++) {
        const struct hours_holiday *holiday = &calendar->holidays.items[i];
        if (holiday->month) {
            if (holiday->month == date->month && holiday->day == date->day)
                return true;
            continue;
        }
        struct viche_local easter = *date;
        easter.month = 3;
        easter.day = hours_easter(date->year) + holiday->day;
        easter = noon_of(t, easter);
        if (day_key(&easter) == day_key(date))
            return true;
    }
    return false;
}

static bool is_weekend(const struct calendar *calendar, const struct viche_local *date)
{
    return calendar->week[date->weekday - 1].count == 0;
}

/* A holiday that falls on a weekend takes the next working day instead (Labour Code, art. 67). */
static bool is_moved(struct viche_turn *t, const struct calendar *calendar, struct viche_local date)
{
    uint32_t owed = 0;
    for (int32_t back = AROUND_DAYS; back > 0 && calendar->holidays.count; back--) {
        struct viche_local before = day_plus(t, date, -back);
        bool weekend = is_weekend(calendar, &before), holiday = is_holiday(t, calendar, &before);
        if (weekend && holiday)
            owed++;
        else if (!weekend && !holiday && owed)
            owed--;
    }
    return owed > 0;
}

/* A day off that the town works on, with no hours said: those of the first day of the week that works. */
static void usual_hours(const struct calendar *calendar, struct day *day)
{
    const struct hours_day *hours = &calendar->week[day->date.weekday - 1];
    for (uint32_t i = 0; i < 7 && !hours->count; i++)
        hours = &calendar->week[i];
    day->hours = *hours;
}

static const struct day_exception *exception_of(const struct calendar *calendar, int64_t key)
{
    for (uint32_t i = 0; i < calendar->exception_count; i++)
        if (calendar->exceptions[i].key == key)
            return &calendar->exceptions[i];
    return NULL;
}

static enum day_kind kind_of(struct viche_turn *t, const struct calendar *calendar, struct viche_local date)
{
    if (is_holiday(t, calendar, &date))
        return DAY_HOLIDAY;
    if (is_weekend(calendar, &date))
        return DAY_WEEKEND;
    return is_moved(t, calendar, date) ? DAY_MOVED : DAY_WORKS;
}

struct day day_on(struct viche_turn *t, const struct calendar *calendar, struct viche_local date)
{
    const struct day_exception *exception = exception_of(calendar, day_key(&date));
    struct day day = {.date = date, .reason = ""};
    if (exception) {
        day = exception->day;
        day.date = date;
    } else {
        day.kind = kind_of(t, calendar, date);
    }
    if (day_works(&day) && !day.hours.count)
        usual_hours(calendar, &day);
    return day;
}

bool day_works(const struct day *day) { return day->kind == DAY_WORKS || day->kind == DAY_EXTRA || day->kind == DAY_SHORT; }
