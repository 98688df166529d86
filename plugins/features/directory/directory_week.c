/* SPDX-License-Identifier: MPL-2.0
 * Hours as a person says them: «Пн–Пт: 08:00–17:15, перерва 12:00–13:00». */
#include <string.h>

#include "directory.h"

enum { SOON_DAYS = 14 }; /* exceptions are told two weeks before */

int32_t week_today(struct viche_turn *t)
{
    struct viche_local local = viche_local(t, viche_now(t));
    return hours_date(local.year, local.month, local.day);
}

static const char *time_of(struct viche_turn *t, int32_t minute)
{
    minute %= HOURS_DAY;
    return viche_print(t, "%02d:%02d", minute / 60, minute % 60);
}

static const char *date_of(struct viche_turn *t, int32_t date)
{
    int32_t year = 0, month = 0, day = 0;
    hours_civil(date, &year, &month, &day);
    return viche_print(t, "%04d-%02d-%02d", year, month, day);
}

/* ---- now -------------------------------------------------------------------------------------------------------------- */

static const char *opens_when(struct viche_turn *t, const struct hours_state *state)
{
    int32_t days = state->date - week_today(t);
    viche_let(t, "time", time_of(t, state->minute));
    if (days == 0)
        return viche_text(t, "opens-today");
    if (days == 1)
        return viche_text(t, "opens-tomorrow");
    if (days < 7)
        return viche_text(t, viche_print(t, "opens-day-%u", hours_weekday(state->date) + 1));
    viche_let(t, "date", date_of(t, state->date));
    return viche_text(t, "opens-date");
}

const char *week_state(struct viche_turn *t, const struct hours_state *state)
{
    viche_let(t, "time", time_of(t, state->minute));
    switch (state->status) {
    case HOURS_ALWAYS: return viche_text(t, "state-always");
    case HOURS_OPEN: return viche_text(t, state->date > week_today(t) + 1 ? "state-open" : "state-open-until");
    case HOURS_BREAK: return viche_text(t, "state-break");
    case HOURS_CLOSED: return opens_when(t, state);
    case HOURS_FAR: return viche_text(t, "state-far");
    default: return viche_text(t, "state-unknown");
    }
}

const char *week_brief(struct viche_turn *t, const struct hours_state *state)
{
    viche_let(t, "time", time_of(t, state->minute));
    switch (state->status) {
    case HOURS_ALWAYS: return viche_text(t, "brief-always");
    case HOURS_OPEN: return viche_text(t, "brief-open");
    case HOURS_BREAK: return viche_text(t, "brief-break");
    case HOURS_UNKNOWN: return "";
    default: return viche_text(t, "brief-closed");
    }
}

/* ---- the week --------------------------------------------------------------------------------------------------------- */

static bool same_day(const struct hours_day *a, const struct hours_day *b)
{
    return a->count == b->count && memcmp(a->spans, b->spans, a->count * sizeof *a->spans) == 0;
}

static bool round_the_clock(const struct hours_day *day)
{
    return day->count == 1 && day->spans[0].from == 0 && day->spans[0].to == HOURS_DAY;
}

static const char *span_words(struct viche_turn *t, const struct hours_span *span)
{
    return viche_print(t, "%s–%s", time_of(t, span->from), time_of(t, span->to));
}

static const char *day_words(struct viche_turn *t, const struct hours_day *day)
{
    if (day->count == 0)
        return viche_text(t, "day-closed");
    if (round_the_clock(day))
        return viche_text(t, "day-always");
    if (day->count == 2) {
        struct hours_span whole = {day->spans[0].from, day->spans[1].to}, pause = {day->spans[0].to, day->spans[1].from};
        viche_let(t, "hours", span_words(t, &whole));
        viche_let(t, "pause", span_words(t, &pause));
        return viche_text(t, "day-with-break");
    }
    const char *words = span_words(t, &day->spans[0]);
    for (uint32_t i = 1; i < day->count; i++)
        words = viche_print(t, "%s, %s", words, span_words(t, &day->spans[i]));
    return words;
}

static const char *days_words(struct viche_turn *t, uint32_t first, uint32_t last)
{
    const char *from = viche_text(t, viche_print(t, "day-%u", first + 1));
    if (first == last)
        return from;
    const char *to = viche_text(t, viche_print(t, "day-%u", last + 1));
    return viche_print(t, last == first + 1 ? "%s, %s" : "%s–%s", from, to);
}

static const char *exceptions_words(struct viche_turn *t, const struct hours *hours)
{
    int32_t today = week_today(t);
    const char *lines = "";
    for (uint32_t i = 0; i < hours->exception_count; i++) {
        const struct hours_exception *exception = &hours->exceptions[i];
        if (exception->date < today || exception->date > today + SOON_DAYS)
            continue;
        viche_let(t, "words", day_words(t, &exception->day));
        viche_let(t, "date", date_of(t, exception->date));
        lines = viche_print(t, "%s\n%s", lines, viche_text(t, "exception"));
    }
    return lines;
}

const char *week_lines(struct viche_turn *t, const struct hours *hours)
{
    const char *lines = "";
    for (uint32_t first = 0, last = 0; first < 7; first = last + 1) {
        last = first;
        while (last < 6 && same_day(&hours->week[first], &hours->week[last + 1]))
            last++;
        const char *line = viche_print(t, "%s: %s", days_words(t, first, last), day_words(t, &hours->week[first]));
        lines = first == 0 ? line : viche_print(t, "%s\n%s", lines, line);
    }
    return viche_print(t, "%s%s", lines, exceptions_words(t, hours));
}
