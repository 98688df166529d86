/* SPDX-License-Identifier: MPL-2.0
 * Terms: read as an INI says them, and reckoned to their last second. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"

enum { AMOUNT_MAX = 1000, LAST_MINUTE = 24 * 60 - 1 };

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *one, *many;
    uint32_t unit;
} units[] = {
    {"hour", "hours", VICHE_TERM_HOURS},
    {"working hour", "working hours", VICHE_TERM_WORKING_HOURS},
    {"day", "days", VICHE_TERM_DAYS},
    {"working day", "working days", VICHE_TERM_WORKING_DAYS},
    {"month", "months", VICHE_TERM_MONTHS},
};

const char *reckon_read(const char *text, struct term *out)
{
    char *rest = NULL;
    if (!isdigit((unsigned char)*text))
        return "bad-term";
    unsigned long amount = strtoul(text, &rest, 10);
    if (amount == 0 || amount > AMOUNT_MAX || *rest != ' ')
        return "bad-term";
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(rest + 1, units[i].one) != 0 && strcmp(rest + 1, units[i].many) != 0)
            continue;
        *out = (struct term){(uint32_t)amount, units[i].unit};
        return NULL;
    }
    return "bad-term";
}

/* ---- days ------------------------------------------------------------------------------------------------------------- */

/* The day that counts as that of receipt: what comes when the working day is over is received on the next one. */
static struct viche_local counted_day(struct viche_turn *t, const struct calendar *calendar, int64_t from)
{
    struct viche_local date = day_date(t, from);
    struct day day = day_on(t, calendar, date);
    if (!calendar->late_next_day)
        return date;
    if (day_works(&day) && from < day_moment(t, date, day.hours.spans[day.hours.count - 1].to))
        return date;
    return walk_working(t, calendar, day_plus(t, date, 1)).date;
}

/* The same day of a later month, or its last: 31 January and a month is 28 February. */
static struct viche_local plus_months(struct viche_turn *t, struct viche_local date, int32_t months)
{
    struct viche_local first = date;
    first.day = 1;
    first.month += months;
    struct viche_local last = first;
    last.month += 1;
    last = day_plus(t, last, -1);
    first.day = date.day < last.day ? date.day : last.day;
    return day_plus(t, first, 0);
}

static struct viche_local end_of(struct viche_turn *t, const struct calendar *calendar, struct viche_local counted,
                                 struct term term, int64_t paused)
{
    switch (term.unit) {
    case VICHE_TERM_MONTHS: return day_plus(t, plus_months(t, counted, (int32_t)term.amount), (int32_t)paused);
    case VICHE_TERM_WORKING_DAYS: return walk_working_days(t, calendar, counted, term.amount + paused);
    default: return day_plus(t, counted, (int32_t)(term.amount + paused));
    }
}

static int64_t paused_of(struct viche_turn *t, const struct calendar *calendar, uint32_t unit, const struct viche_pause *pause)
{
    switch (unit) {
    case VICHE_TERM_HOURS: return pause->until - pause->from;
    case VICHE_TERM_WORKING_HOURS: return walk_worked(t, calendar, pause->from, pause->until);
    case VICHE_TERM_WORKING_DAYS: return walk_working_days_between(t, calendar, pause->from, pause->until);
    default: return walk_days_between(t, pause->from, pause->until);
    }
}

static void reckon_days(struct viche_turn *t, const struct calendar *calendar, struct term term, struct reckoned *out)
{
    out->counted = counted_day(t, calendar, out->from);
    out->end = end_of(t, calendar, out->counted, term, out->paused);
    out->last = calendar->next_day ? walk_working(t, calendar, out->end).date : out->end;
    out->due = day_moment(t, out->last, LAST_MINUTE) + 59;
}

struct reckoned reckon_term(struct viche_turn *t, const struct calendar *calendar, int64_t from, struct term term,
                            const struct viche_pause *pauses, uint32_t count)
{
    enum { HOUR_S = 3600 };
    struct reckoned out = {.from = from};
    for (uint32_t i = 0; i < count; i++)
        if (pauses[i].from < pauses[i].until)
            out.paused += paused_of(t, calendar, term.unit, &pauses[i]);
    if (term.unit == VICHE_TERM_HOURS)
        out.due = from + (int64_t)term.amount * HOUR_S + out.paused;
    else if (term.unit == VICHE_TERM_WORKING_HOURS)
        out.due = walk_work(t, calendar, from, (int64_t)term.amount * HOUR_S + out.paused);
    else
        reckon_days(t, calendar, term, &out);
    return out;
}
