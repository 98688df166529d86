/* SPDX-License-Identifier: MPL-2.0 */
#include "directory_hours.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "common/hour.h"

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

static bool read_span(const char **text, struct hours_span *out)
{
    if (!hour_read(text, &out->from) || !hour_byte(text, '-') || !hour_read(text, &out->to) || out->from == HOURS_DAY)
        return false;
    if (out->to < out->from)
        out->to += HOURS_DAY;
    return out->to != out->from;
}

static const char *read_spans(const char *text, struct hours_day *out)
{
    do {
        if (out->count == HOURS_SPANS)
            return "bad-hours-many";
        struct hours_span *span = &out->spans[out->count];
        if (!read_span(&text, span))
            return "bad-hours";
        if (out->count > 0 && span->from < span[-1].to)
            return "bad-hours-order";
        out->count++;
    } while (hour_byte(&text, ','));
    return *text ? "bad-hours" : NULL;
}

const char *hours_read_day(const char *text, struct hours_day *out)
{
    *out = (struct hours_day){.count = 0};
    if (*text == '\0')
        return NULL;
    if (strcmp(text, "24h") == 0) {
        *out = (struct hours_day){.count = 1, .spans = {{0, HOURS_DAY}}};
        return NULL;
    }
    return read_spans(text, out);
}

/* "2026-12-25:" */
static bool read_date(const char **text, int32_t *date)
{
    int32_t year = 0, month = 0, day = 0;
    if (!hour_digits(text, 4, &year) || !hour_byte(text, '-') || !hour_digits(text, 2, &month) || !hour_byte(text, '-') ||
        !hour_digits(text, 2, &day) || !hour_byte(text, ':') || month < 1 || month > 12 || day < 1)
        return false;
    *date = hours_date(year, month, day);
    int32_t y = 0, m = 0, d = 0;
    hours_civil(*date, &y, &m, &d);
    return y == year && m == month && d == day; /* not 31 June */
}

static const char *read_exception(const char *text, size_t length, struct hours *out)
{
    char item[80];
    if (length >= sizeof item)
        return "bad-exception";
    if (out->exception_count == HOURS_EXCEPTIONS)
        return "bad-exception-many";
    memcpy(item, text, length);
    item[length] = '\0';
    struct hours_exception *exception = &out->exceptions[out->exception_count];
    const char *rest = item;
    if (!read_date(&rest, &exception->date) || *rest == '\0')
        return "bad-exception";
    if (out->exception_count > 0 && exception->date <= exception[-1].date)
        return "bad-exception-order";
    out->exception_count++;
    return hours_read_day(strcmp(rest, "closed") == 0 ? "" : rest, &exception->day);
}

const char *hours_read_exceptions(const char *text, struct hours *out)
{
    out->exception_count = 0;
    while (*text) {
        size_t length = strcspn(text, ";");
        const char *bad = read_exception(text, length, out);
        if (bad)
            return bad;
        text += length;
        if (hour_byte(&text, ';') && *text == '\0')
            return "bad-exception";
    }
    return NULL;
}

/* ---- the calendar, by H. Hinnant's days_from_civil: years begin in March, eras last 400 years ---------------------------- */

int32_t hours_date(int32_t year, int32_t month, int32_t day)
{
    year -= month <= 2;
    int32_t era = year / 400;
    int32_t year_of_era = year - era * 400;
    int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

void hours_civil(int32_t date, int32_t *year, int32_t *month, int32_t *day)
{
    date += 719468;
    int32_t era = date / 146097;
    int32_t day_of_era = date - era * 146097;
    int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t shifted = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = era * 400 + year_of_era + (*month <= 2);
}

uint32_t hours_weekday(int32_t date) { return (uint32_t)((date + 3) % 7); } /* 1970-01-01 was a Thursday */

/* ---- meaning ---------------------------------------------------------------------------------------------------------- */

const struct hours_day *hours_on(const struct hours *hours, int32_t date, uint32_t *special)
{
    *special = 0;
    for (uint32_t i = 0; i < hours->exception_count; i++) {
        if (hours->exceptions[i].date != date)
            continue;
        *special = 1;
        return &hours->exceptions[i].day;
    }
    return &hours->week[hours_weekday(date)];
}

static bool known(const struct hours *hours)
{
    for (size_t i = 0; i < 7; i++)
        if (hours->week[i].count)
            return true;
    return hours->exception_count > 0;
}

static int64_t moment(const struct hours_clock *clock, int32_t date, int32_t minute)
{
    return clock->moment(clock->context, date + minute / HOURS_DAY, minute % HOURS_DAY);
}

/* The span we are in, of yesterday's night or of today. */
static const struct hours_span *span_now(const struct hours *hours, const struct hours_clock *clock, int32_t *date)
{
    for (*date = clock->today - 1; *date <= clock->today; (*date)++) {
        uint32_t special = 0;
        const struct hours_day *day = hours_on(hours, *date, &special);
        for (uint32_t i = 0; i < day->count; i++) {
            const struct hours_span *span = &day->spans[i];
            if (moment(clock, *date, span->from) <= clock->now && clock->now < moment(clock, *date, span->to))
                return span;
        }
    }
    return NULL;
}

/* The span that begins exactly when another ends: 24:00 and 00:00 are one moment. */
static const struct hours_span *span_from(const struct hours *hours, int32_t date, int32_t minute)
{
    uint32_t special = 0;
    const struct hours_day *day = hours_on(hours, date, &special);
    for (uint32_t i = 0; i < day->count; i++)
        if (day->spans[i].from == minute)
            return &day->spans[i];
    return NULL;
}

static struct hours_state open_until(const struct hours *hours, const struct hours_clock *clock, const struct hours_span *span,
                                     int32_t date)
{
    struct hours_state state = {HOURS_OPEN, date, 0};
    for (; span; span = span_from(hours, state.date, state.minute)) {
        state.date += span->to / HOURS_DAY;
        state.minute = span->to % HOURS_DAY;
        if (state.date > clock->today + 7)
            return (struct hours_state){HOURS_ALWAYS, 0, 0};
    }
    return state;
}

static struct hours_state closed_until(const struct hours *hours, const struct hours_clock *clock)
{
    for (int32_t date = clock->today; date <= clock->today + 31; date++) {
        uint32_t special = 0;
        const struct hours_day *day = hours_on(hours, date, &special);
        for (uint32_t i = 0; i < day->count; i++) {
            bool between = date == clock->today && i > 0;
            if (moment(clock, date, day->spans[i].from) > clock->now)
                return (struct hours_state){between ? HOURS_BREAK : HOURS_CLOSED, date, day->spans[i].from};
        }
    }
    return (struct hours_state){HOURS_FAR, 0, 0};
}

struct hours_state hours_state(const struct hours *hours, const struct hours_clock *clock)
{
    if (!known(hours))
        return (struct hours_state){HOURS_UNKNOWN, 0, 0};
    int32_t date = 0;
    const struct hours_span *span = span_now(hours, clock, &date);
    return span ? open_until(hours, clock, span, date) : closed_until(hours, clock);
}
