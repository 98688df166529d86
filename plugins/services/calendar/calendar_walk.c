/* SPDX-License-Identifier: MPL-2.0
 * From moment to moment along the working hours. Hours are those of the wall; seconds between two of them are real ones, also in the
 * nights when clocks change. */
#include "calendar.h"

struct stretch {
    int64_t from, until; /* UTC seconds */
};

static struct stretch stretch_of(struct viche_turn *t, const struct day *day, uint32_t index)
{
    const struct hours_span *span = &day->hours.spans[index];
    return (struct stretch){day_moment(t, day->date, span->from), day_moment(t, day->date, span->to)};
}

/* The stretch of work in which `at` is, or the next one. */
static bool stretch_from(struct viche_turn *t, const struct calendar *calendar, int64_t at, struct stretch *out)
{
    struct viche_local date = day_date(t, at);
    for (uint32_t days = 0; days <= WALK_DAYS; days++, date = day_plus(t, date, 1)) {
        struct day day = day_on(t, calendar, date);
        for (uint32_t i = 0; i < day.hours.count; i++) {
            *out = stretch_of(t, &day, i);
            if (at < out->until)
                return true;
        }
    }
    return false;
}

bool walk_is_open(struct viche_turn *t, const struct calendar *calendar, int64_t at)
{
    struct stretch stretch;
    return stretch_from(t, calendar, at, &stretch) && stretch.from <= at;
}

int64_t walk_next_open(struct viche_turn *t, const struct calendar *calendar, int64_t at)
{
    struct stretch stretch;
    return stretch_from(t, calendar, at, &stretch) && stretch.from > at ? stretch.from : at;
}

int64_t walk_worked(struct viche_turn *t, const struct calendar *calendar, int64_t from, int64_t until)
{
    int64_t seconds = 0;
    struct stretch stretch;
    for (; from < until && stretch_from(t, calendar, from, &stretch) && stretch.from < until; from = stretch.until)
        seconds += (stretch.until < until ? stretch.until : until) - (stretch.from > from ? stretch.from : from);
    return seconds;
}

int64_t walk_work(struct viche_turn *t, const struct calendar *calendar, int64_t from, int64_t seconds)
{
    struct stretch stretch;
    for (; stretch_from(t, calendar, from, &stretch); from = stretch.until) {
        int64_t begin = stretch.from > from ? stretch.from : from;
        if (begin + seconds <= stretch.until)
            return begin + seconds;
        seconds -= stretch.until - begin;
    }
    return from + seconds;
}

struct day walk_working(struct viche_turn *t, const struct calendar *calendar, struct viche_local date)
{
    struct day first = day_on(t, calendar, date), day = first;
    for (uint32_t days = 0; days < WALK_DAYS && !day_works(&day); days++)
        day = day_on(t, calendar, date = day_plus(t, date, 1));
    return day_works(&day) ? day : first;
}

struct viche_local walk_working_days(struct viche_turn *t, const struct calendar *calendar, struct viche_local date, int64_t days)
{
    for (; days > 0; days--)
        date = walk_working(t, calendar, day_plus(t, date, 1)).date;
    return date;
}

int64_t walk_days_between(struct viche_turn *t, int64_t from, int64_t until)
{
    struct viche_local first = day_date(t, from), last = day_date(t, until);
    enum { DAY_S = 24 * 60 * 60 };
    return (viche_moment(t, &last) - viche_moment(t, &first) + DAY_S / 2) / DAY_S; /* from noon to noon are 23 to 25 hours a day */
}

int64_t walk_working_days_between(struct viche_turn *t, const struct calendar *calendar, int64_t from, int64_t until)
{
    int64_t working = 0;
    struct viche_local date = day_date(t, from);
    for (int64_t days = walk_days_between(t, from, until); days > 0; days--) {
        struct day day = day_on(t, calendar, date = day_plus(t, date, 1));
        working += day_works(&day);
    }
    return working;
}
