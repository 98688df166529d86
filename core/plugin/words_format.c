/* SPDX-License-Identifier: MPL-2.0
 * Dates, numbers and money as the citizen's language writes them. */
#include <stdio.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>
#include <viche/turn.h>

#include "base/clock.h"
#include "base/text.h"
#include "plugin/words_catalogue.h"

enum { PATTERN_MAX = 128, TEXT_MAX = 256 };

/* detail: "EEEEMMMMd Europe/Kyiv", what the text shall hold and where. */
static void *open_date(const char *locale, const char *detail, UErrorCode *status)
{
    char parts[PATTERN_MAX];
    snprintf(parts, sizeof parts, "%s", detail);
    char *zone = strchr(parts, ' ');
    *zone++ = '\0';
    UChar skeleton[PATTERN_MAX], pattern[PATTERN_MAX], zone_id[PATTERN_MAX];
    u_uastrcpy(skeleton, parts);
    u_uastrcpy(zone_id, zone);
    UDateTimePatternGenerator *generator = udatpg_open(locale, status);
    int32_t length = udatpg_getBestPattern(generator, skeleton, -1, pattern, PATTERN_MAX, status);
    UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, zone_id, -1, pattern, length, status);
    udatpg_close(generator);
    return format;
}

static const char *date_text(struct arena *arena, int64_t at, const char *skeleton, const char *language,
                             const char *zone)
{
    char detail[PATTERN_MAX];
    snprintf(detail, sizeof detail, "%s %.80s", skeleton, zone);
    const UDateFormat *format = words_icu(open_date, language, detail);
    UChar out[TEXT_MAX];
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = format ? udat_format(format, (double)at * 1000, out, TEXT_MAX, NULL, &status) : 0;
    if (!format || U_FAILURE(status))
        return NULL;
    for (int32_t i = 0; i < length; i++)
        if (out[i] == 0x02BC) /* ICU's apostrophe in «п’ятниця»; all our texts have U+2019 */
            out[i] = 0x2019;
    return words_utf8(arena, out, length);
}

/* The year only if it is not this one. */
static const char *day_text(struct arena *arena, int64_t at, bool weekday, const char *language, const char *zone)
{
    struct viche_local day = {.size = sizeof day}, today = {.size = sizeof today};
    words_local(zone, at, &day);
    words_local(zone, clock_now(), &today);
    const char *skeleton = weekday ? "yEEEEMMMMd" : "yMMMMd";
    return date_text(arena, at, skeleton + (day.year == today.year), language, zone);
}

/* For the middle and the end of a sentence: «2 січня 2027 р.» and "2. januar 2027." bring a full stop of their own. */
static const char *without_stop(struct arena *arena, const char *day)
{
    size_t size = day ? strlen(day) : 0;
    if (size == 0 || day[size - 1] != '.')
        return day;
    const char *year = strstr(day, "р.");
    size = year ? (size_t)(year - day) : size - 1;
    while (size > 0 && ((unsigned char)day[size - 1] >= 0x80 || day[size - 1] == ' '))
        size--; /* the space may be a narrow one that does not break */
    return arena_copy_bytes(arena, day, size);
}

/* UTC seconds, or a day as 2026-11-25, which is taken at its noon. */
static bool read_moment(const char *value, const char *zone, int64_t *at)
{
    struct viche_local day = {.size = sizeof day, .hour = 12};
    int used = 0;
    if (sscanf(value, "%4d-%2d-%2d%n", &day.year, &day.month, &day.day, &used) == 3 && value[used] == '\0') {
        *at = words_moment(zone, &day);
        return true;
    }
    return text_number(value, at);
}

static const char *moment_text(struct arena *arena, const char *value, const char *format, const char *language,
                               const char *zone)
{
    int64_t at = 0;
    if (!read_moment(value, zone, &at))
        return NULL;
    if (text_is(format, "date"))
        return day_text(arena, at, true, language, zone);
    if (text_is(format, "day"))
        return without_stop(arena, day_text(arena, at, false, language, zone));
    const char *hour = date_text(arena, at, "Hm", language, zone);
    if (text_is(format, "time"))
        return hour;
    const char *day = day_text(arena, at, true, language, zone);
    return day && hour ? arena_print(arena, "%s, %s", day, hour) : NULL;
}

/* detail: ICU's number skeleton. */
static void *open_number(const char *locale, const char *detail, UErrorCode *status)
{
    UChar skeleton[PATTERN_MAX];
    u_uastrcpy(skeleton, detail);
    return unumf_openForSkeletonAndLocale(skeleton, -1, locale, status);
}

static const char *number_text(struct arena *arena, const char *value, const char *skeleton, const char *language)
{
    int64_t number = 0;
    const UNumberFormatter *format = words_icu(open_number, language, skeleton);
    if (!format || !text_number(value, &number))
        return NULL;
    UErrorCode status = U_ZERO_ERROR;
    UFormattedNumber *result = unumf_openResult(&status);
    unumf_formatInt(format, number, result, &status);
    UChar out[TEXT_MAX];
    int32_t length = unumf_resultToString(result, out, TEXT_MAX, &status);
    unumf_closeResult(result);
    return U_SUCCESS(status) ? words_utf8(arena, out, length) : NULL;
}

const char *words_format(struct arena *arena, const char *value, const char *format, const char *language,
                         const char *zone)
{
    const char *text = NULL;
    if (text_in_list("date day time datetime", format))
        text = moment_text(arena, value, format, language, zone);
    else if (text_is(format, "number"))
        text = number_text(arena, value, "group-auto", language);
    else if (text_is(format, "money")) /* the variant's width is «грн» where ₴ would be the short one */
        text = number_text(arena, value, "currency/UAH unit-width-variant scale/0.01", language);
    return text ? text : value;
}
