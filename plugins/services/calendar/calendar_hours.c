/* SPDX-License-Identifier: MPL-2.0 */
#include "calendar_hours.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "common/hour.h"

static const char *skip_spaces(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    return text;
}

/* ---- hours ------------------------------------------------------------------------------------------------------------ */

static bool read_span(const char **text, struct hours_span *out)
{
    return hour_read(text, &out->from) && hour_byte(text, '-') && hour_read(text, &out->to) && out->from < out->to;
}

static const char *add_span(struct hours_day *day, struct hours_span span)
{
    if (day->count == HOURS_SPANS)
        return "bad-hours-many";
    if (day->count > 0 && span.from < day->spans[day->count - 1].to)
        return "bad-hours-order";
    day->spans[day->count++] = span;
    return NULL;
}

const char *hours_read_day(const char *text, struct hours_day *out)
{
    *out = (struct hours_day){.count = 0};
    text = skip_spaces(text);
    if (!*text)
        return NULL;
    do {
        struct hours_span span;
        text = skip_spaces(text);
        if (!read_span(&text, &span))
            return "bad-hours";
        const char *wrong = add_span(out, span);
        if (wrong)
            return wrong;
        text = skip_spaces(text);
    } while (hour_byte(&text, ','));
    return *text ? "bad-hours" : NULL;
}

/* ---- the week --------------------------------------------------------------------------------------------------------- */

static bool read_weekday(const char **text, int32_t *day)
{
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (*day = 0; *day < 7; (*day)++) {
        if (strncmp(*text, names[*day], 3) != 0)
            continue;
        *text += 3;
        return true;
    }
    return false;
}

/* Cuts the break out of what stands there; a day that does not last so long has none. */
static const char *cut(struct hours_day *day, struct hours_span pause)
{
    for (uint32_t i = 0; i < day->count; i++) {
        struct hours_span *span = &day->spans[i];
        if (pause.from <= span->from || span->to <= pause.to)
            continue;
        if (day->count == HOURS_SPANS)
            return "bad-hours-many";
        memmove(span + 1, span, (day->count - i) * sizeof *span);
        day->count++;
        span[0].to = pause.from;
        span[1].from = pause.to;
        return NULL;
    }
    return NULL;
}

static const char *read_break(const char **text, struct hours_day week[7])
{
    struct hours_span pause;
    *text = skip_spaces(*text + strlen("break"));
    if (!read_span(text, &pause))
        return "bad-hours";
    const char *wrong = NULL;
    for (int day = 0; day < 7 && !wrong; day++)
        wrong = cut(&week[day], pause);
    return wrong;
}

static const char *read_days(const char **text, struct hours_day week[7])
{
    int32_t first = 0, last = 0;
    struct hours_span span;
    if (!read_weekday(text, &first))
        return "bad-hours";
    last = first;
    if (hour_byte(text, '-') && (!read_weekday(text, &last) || last < first))
        return "bad-hours";
    *text = skip_spaces(*text);
    if (!read_span(text, &span))
        return "bad-hours";
    const char *wrong = NULL;
    for (int32_t day = first; day <= last && !wrong; day++)
        wrong = add_span(&week[day], span);
    return wrong;
}

const char *hours_read_week(const char *text, struct hours_day week[7])
{
    memset(week, 0, 7 * sizeof *week);
    do {
        text = skip_spaces(text);
        const char *wrong = strncmp(text, "break", 5) == 0 ? read_break(&text, week) : read_days(&text, week);
        if (wrong)
            return wrong;
        text = skip_spaces(text);
    } while (hour_byte(&text, ','));
    return *text ? "bad-hours" : NULL;
}

/* ---- holidays --------------------------------------------------------------------------------------------------------- */

/* "easter", "easter+49", "easter-2" */
static bool read_from_easter(const char **text, struct hours_holiday *out)
{
    *text += strlen("easter");
    *out = (struct hours_holiday){0, 0};
    int32_t sign = **text == '+' ? 1 : **text == '-' ? -1 : 0;
    if (sign == 0)
        return true;
    (*text)++;
    int32_t days = 0;
    if (!isdigit((unsigned char)**text))
        return false;
    for (; isdigit((unsigned char)**text) && days < 100; (*text)++)
        days = days * 10 + (**text - '0');
    out->day = sign * days;
    return days < 100;
}

static bool read_date(const char **text, struct hours_holiday *out)
{
    static const int32_t longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return hour_digits(text, 2, &out->month) && hour_byte(text, '-') && hour_digits(text, 2, &out->day) && out->month >= 1 &&
           out->month <= 12 && out->day >= 1 && out->day <= longest[out->month - 1];
}

const char *hours_read_holidays(const char *text, struct hours_holidays *out)
{
    out->count = 0;
    for (text = skip_spaces(text); *text; text = skip_spaces(text)) {
        if (out->count == HOURS_HOLIDAYS)
            return "bad-holidays";
        struct hours_holiday *item = &out->items[out->count++];
        bool read = strncmp(text, "easter", 6) == 0 ? read_from_easter(&text, item) : read_date(&text, item);
        if (!read || (*text && !isspace((unsigned char)*text)))
            return "bad-holidays";
    }
    return NULL;
}

/* J. Meeus' algorithm for the Julian calendar; between 1900 and 2099 the Gregorian one is 13 days ahead. */
int32_t hours_easter(int32_t year)
{
    int32_t moon = (19 * (year % 19) + 15) % 30;
    int32_t week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    return moon + week + 22 + 13;
}
