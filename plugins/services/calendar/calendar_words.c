/* SPDX-License-Identifier: MPL-2.0
 * A reckoning in words, for whoever asks why a term ends when it does. */
#include <string.h>

#include "calendar.h"

enum { SPECIAL_DAYS = 6 }; /* so many are named; more would be a list, not a sentence */

static void let_day(struct viche_turn *t, const char *name, const struct viche_local *date)
{
    viche_let(t, name, viche_print(t, "%04d-%02d-%02d", date->year, date->month, date->day));
}

static const char *weekday(struct viche_turn *t, const struct viche_local *date)
{
    return viche_text(t, viche_print(t, "weekday-%d", date->weekday));
}

static const char *why(struct viche_turn *t, const struct day *day)
{
    static const char *const keys[] = {[DAY_WORKS] = "why-works", [DAY_WEEKEND] = "why-weekend", [DAY_HOLIDAY] = "why-holiday",
                                       [DAY_MOVED] = "why-moved", [DAY_OFF] = "why-off",         [DAY_EXTRA] = "why-extra",
                                       [DAY_SHORT] = "why-short"};
    viche_let(t, "weekday", weekday(t, &day->date));
    const char *words = viche_text(t, keys[day->kind]);
    return *day->reason ? viche_print(t, "%s (%s)", words, day->reason) : words;
}

/* ---- sentences -------------------------------------------------------------------------------------------------------- */

static const char *came(struct viche_turn *t, const struct calendar *calendar, struct term term, const struct reckoned *reckoned)
{
    viche_let_number(t, "came_on", reckoned->from);
    if (term.unit == VICHE_TERM_HOURS || term.unit == VICHE_TERM_WORKING_HOURS)
        return viche_text(t, "came");
    struct viche_local date = day_date(t, reckoned->from);
    if (day_key(&date) == day_key(&reckoned->counted))
        return viche_text(t, "came");
    struct day day = day_on(t, calendar, date);
    let_day(t, "counted_on", &reckoned->counted);
    if (day_works(&day))
        return viche_text(t, "came-late");
    viche_let(t, "day_why", why(t, &day));
    return viche_text(t, "came-off");
}

static const char *counted(struct viche_turn *t, const char *key, int64_t count)
{
    viche_let_number(t, "count", count);
    return viche_text(t, key);
}

static const char *paused(struct viche_turn *t, struct term term, int64_t paused)
{
    if (term.unit != VICHE_TERM_HOURS && term.unit != VICHE_TERM_WORKING_HOURS)
        return counted(t, term.unit == VICHE_TERM_WORKING_DAYS ? "term-3" : "term-2", paused);
    return paused < 3600 ? counted(t, "minutes", (paused + 59) / 60) : counted(t, "term-0", (paused + 1800) / 3600);
}

static void let_term(struct viche_turn *t, struct term term, const struct reckoned *reckoned)
{
    const char *words = counted(t, viche_print(t, "term-%u", term.unit), term.amount);
    viche_let(t, "term_words", term.unit == VICHE_TERM_MONTHS && term.amount == 1 ? viche_text(t, "term-month") : words);
    if (!reckoned->paused)
        return;
    viche_let(t, "paused_words", paused(t, term, reckoned->paused));
    viche_let(t, "term_words", viche_text(t, "term-paused"));
}

/* The days between that are not what their weekday says. */
static const char *special_days(struct viche_turn *t, const struct calendar *calendar, const struct reckoned *reckoned)
{
    const char *list = "";
    uint32_t named = 0;
    struct viche_local date = reckoned->counted;
    for (uint32_t days = 0; days < WALK_DAYS && day_key(&date) < day_key(&reckoned->last); days++) {
        struct day day = day_on(t, calendar, date = day_plus(t, date, 1));
        if (day.kind == DAY_WORKS || day.kind == DAY_WEEKEND || day.kind == DAY_SHORT || named == SPECIAL_DAYS)
            continue;
        let_day(t, "special_on", &date);
        viche_let(t, "day_why", why(t, &day));
        list = viche_print(t, "%s%s%s", list, named++ ? "; " : "", viche_text(t, "special-day"));
    }
    viche_let(t, "special_days", list);
    return *list ? viche_print(t, " %s", viche_text(t, "special")) : "";
}

static const char *ends_in_hours(struct viche_turn *t, struct term term, const struct reckoned *reckoned)
{
    viche_let_number(t, "due_on", reckoned->due);
    return viche_text(t, term.unit == VICHE_TERM_HOURS ? "ends-hours" : "ends-working-hours");
}

static const char *ends_in_days(struct viche_turn *t, const struct calendar *calendar, struct term term, const struct reckoned *reckoned)
{
    const char *special = term.unit == VICHE_TERM_WORKING_DAYS ? special_days(t, calendar, reckoned) : "";
    struct day end = day_on(t, calendar, reckoned->end);
    let_day(t, "ends_on", &reckoned->end);
    if (day_works(&end) || day_key(&reckoned->end) == day_key(&reckoned->last))
        return viche_print(t, "%s%s", viche_text(t, "ends"), special);
    let_day(t, "due_on", &reckoned->last);
    viche_let(t, "day_why", why(t, &end));
    return viche_text(t, "ends-off");
}

const char *words_of(struct viche_turn *t, const struct calendar *calendar, struct term term, const struct reckoned *reckoned)
{
    const char *first = came(t, calendar, term, reckoned);
    let_term(t, term, reckoned);
    bool hours = term.unit == VICHE_TERM_HOURS || term.unit == VICHE_TERM_WORKING_HOURS;
    return viche_print(t, "%s %s", first, hours ? ends_in_hours(t, term, reckoned) : ends_in_days(t, calendar, term, reckoned));
}
