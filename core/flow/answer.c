/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "flow/story.h"
#include "store/file.h"
#include "town/search.h"

enum { TEXT_MAX = 2000, DAY_S = 24 * 3600 };

/* ---- one kind each ---- */

static bool within(const struct viche_step *step, int64_t value)
{
    return (step->min == 0 && step->max == 0) || (value >= step->min && value <= step->max);
}

static char *trimmed(struct arena *arena, const char *text)
{
    text += strspn(text, " \t\r\n");
    size_t size = strlen(text);
    while (size > 0 && strchr(" \t\r\n", text[size - 1]))
        size--;
    return arena_copy_bytes(arena, text, size);
}

static bool fits_text(struct turn *turn, const char *text, const char **value)
{
    const struct viche_step *step = turn->dialog->step;
    *value = trimmed(turn->arena, text);
    int64_t length = (int64_t)text_length(*value);
    return length >= (step->min > 0 ? step->min : 1) && length <= (step->max > 0 ? step->max : TEXT_MAX);
}

bool answer_number(const char *text, int64_t *out)
{
    char digits[24];
    size_t count = 0;
    for (uint32_t point = text_next(&text); point; point = text_next(&text)) {
        if (point == ' ' || point == 0xA0 || point == 0x202F || point == '\'' || point == 0x2019)
            continue;
        bool sign = count == 0 && (point == '-' || point == 0x2212);
        if ((!sign && (point < '0' || point > '9')) || count >= sizeof digits - 1)
            return false;
        digits[count++] = sign ? '-' : (char)point;
    }
    digits[count] = '\0';
    return text_number(digits, out);
}

static bool fits_number(struct turn *turn, const char *text, const char **value)
{
    int64_t number = 0;
    if (!answer_number(trimmed(turn->arena, text), &number) || !within(turn->dialog->step, number))
        return false;
    *value = arena_print(turn->arena, "%lld", (long long)number);
    return true;
}

/* Ukrainian numbers as people write them (067…, 8067…, 380…, +380…); others with their + and country code (E.164). */
bool answer_phone(struct arena *arena, const char *text, const char **out)
{
    char digits[17];
    size_t count = 0;
    bool plus = false;
    for (const char *at = text + strspn(text, " "); *at; at++) {
        if (*at == '+' && count == 0)
            plus = true;
        else if (*at >= '0' && *at <= '9' && count < sizeof digits - 1)
            digits[count++] = *at;
        else if (!strchr(" -().\t", *at))
            return false;
    }
    digits[count] = '\0';
    if (!plus && count == 10 && digits[0] == '0')
        *out = arena_print(arena, "+38%s", digits);
    else if (!plus && count == 11 && text_starts(digits, "80"))
        *out = arena_print(arena, "+3%s", digits);
    else if (count == 12 && text_starts(digits, "380"))
        *out = arena_print(arena, "+%s", digits);
    else if (plus && count >= 8 && count <= 15 && !text_starts(digits, "380"))
        *out = arena_print(arena, "+%s", digits);
    else
        return false;
    return true;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* The month whose name, as the language writes it in a date, begins like `word`; 0: none. */
static int month_by_name(struct arena *arena, const char *word, const char *language, const char *zone)
{
    word = search_fold(arena, word);
    if (text_length(word) < 3)
        return 0;
    for (int month = 1; month <= 12; month++) {
        const char *date = words_format(arena, arena_print(arena, "2026-%02d-15", month), "date", language, zone);
        size_t length = 0;
        for (const char *at = text_word(&date, &length); at; at = text_word(&date, &length)) {
            const char *name = search_fold(arena, arena_copy_bytes(arena, at, length));
            if (text_starts(name, arena_copy_bytes(arena, word, text_prefix(word, 4))) && text_length(name) > 2)
                return month;
        }
    }
    return 0;
}

static int32_t current_year(const char *zone)
{
    struct viche_local today = {.size = sizeof today};
    words_local(zone, clock_now(), &today);
    return today.year;
}

/* 25.11.2026, 25.11, 25/11/26, 2026-11-25, 25 листопада, 25 November 2026. A date without a year is the next such one. */
bool answer_date(struct arena *arena, const char *text, const char *language, const char *zone, const char **out)
{
    int64_t part[3] = {0};
    size_t parts = 0;
    bool year_first = false;
    char *rest = trimmed(arena, text);
    char *state = NULL;
    for (char *word = strtok_r(rest, " .,/-", &state); word; word = strtok_r(NULL, " .,/-", &state)) {
        if (parts == 3)
            return false;
        if (!text_number(word, &part[parts])) {
            if (parts == 1)
                part[parts] = month_by_name(arena, word, language, zone);
            if (parts != 1 || part[parts] == 0)
                return false;
        }
        year_first = year_first || (parts == 0 && part[0] > 31);
        parts++;
    }
    if (parts < 2 || (year_first && parts < 3))
        return false;
    int64_t year = year_first ? part[0] : parts == 3 ? part[2] : current_year(zone);
    int64_t month = part[1];
    int64_t day = year_first ? part[2] : part[0];
    if (year < 100)
        year += 2000;
    if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > days_in((int)year, (int)month))
        return false;
    *out = arena_print(arena, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
    struct viche_local when = {.size = sizeof when, .year = (int32_t)year, .month = (int32_t)month, .day = (int32_t)day, .hour = 23};
    if (parts == 2 && words_moment(zone, &when) < clock_now() && day <= days_in((int)year + 1, (int)month))
        *out = arena_print(arena, "%04d-%02d-%02d", (int)year + 1, (int)month, (int)day);
    return true;
}

static bool fits_date(struct turn *turn, const char *text, const char **value)
{
    const char *zone = turn->town->config.zone;
    const char *folded = search_fold(turn->arena, text);
    static const char *const relative[] = {"today", "tomorrow"};
    int64_t ahead = -1;
    for (int i = 0; i < 2; i++)
        if (search_is(folded, turn_word(turn, relative[i])))
            ahead = i;
    struct viche_local day = {.size = sizeof day};
    words_local(zone, clock_now(), &day);
    struct viche_local noon = {.size = sizeof noon, .year = day.year, .month = day.month, .day = day.day, .hour = 12};
    int64_t today = words_moment(zone, &noon);
    if (ahead >= 0) {
        words_local(zone, today + ahead * DAY_S, &day);
        *value = arena_print(turn->arena, "%04d-%02d-%02d", day.year, day.month, day.day);
    } else if (!answer_date(turn->arena, text, turn->language, zone, value)) {
        return false;
    }
    struct viche_local then = {.size = sizeof then, .hour = 12};
    then.year = (int32_t)strtol(*value, NULL, 10);
    then.month = (int32_t)strtol(*value + 5, NULL, 10);
    then.day = (int32_t)strtol(*value + 8, NULL, 10);
    return within(turn->dialog->step, lround((double)(words_moment(zone, &then) - today) / DAY_S));
}

bool answer_place(struct arena *arena, const char *text, const char **out)
{
    char *end = NULL;
    double latitude = strtod(text, &end);
    if (end == text)
        return false;
    end += strspn(end, " ,;");
    const char *second = end;
    double longitude = strtod(second, &end);
    if (end == second || end[strspn(end, " ")] != '\0' || !(fabs(latitude) <= 90) || !(fabs(longitude) <= 180))
        return false;
    *out = arena_print(arena, "%.6f,%.6f", latitude, longitude);
    return true;
}

/* ---- choices ---- */


bool answer_offered(struct turn *turn, const struct viche_event *event, const char **value)
{
    const json_t *offers = turn->dialog->offers;
    const char *typed = event->kind == VICHE_EVENT_TEXT ? search_fold(turn->arena, event->text) : NULL;
    int64_t number = 0;
    bool numbered = typed && text_number(typed, &number);
    size_t i = 0;
    json_t *offer = NULL;
    json_array_foreach(offers, i, offer)
    {
        const char *label = json_string_value(json_array_get(offer, 0));
        const char *kept = json_string_value(json_array_get(offer, 1));
        bool same = typed ? search_is(typed, label) || (numbered && number == (int64_t)i + 1)
                          : text_is(event->value, kept);
        if (same) {
            *value = arena_copy(turn->arena, kept);
            return true;
        }
    }
    return false;
}

static bool pick(struct dialog *dialog, const char *value)
{
    size_t i = 0;
    json_t *had = NULL;
    json_array_foreach(dialog->picked, i, had)
    {
        if (text_is(json_string_value(had), value)) {
            json_array_remove(dialog->picked, i);
            return false;
        }
    }
    json_array_append_new(dialog->picked, json_string(value));
    return true;
}

static size_t most_picks(const struct viche_step *step)
{
    if (step->max > 0)
        return (size_t)step->max;
    return step->kind == VICHE_CHOICES ? SIZE_MAX : 1;
}

enum answer answer_finish(struct turn *turn, const char **value)
{
    const struct viche_step *step = turn->dialog->step;
    if (step->kind == VICHE_STORY)
        return story_finish(turn, value);
    json_t *picked = turn->dialog->picked;
    size_t count = json_array_size(picked);
    if (count < (size_t)(step->min > 0 ? step->min : 1) || count > most_picks(step))
        return ANSWER_MISFIT;
    const char *all = "";
    for (size_t i = 0; i < count; i++)
        all = arena_print(turn->arena, "%s%s%s", all, i ? "\n" : "", json_string_value(json_array_get(picked, i)));
    *value = all;
    return ANSWER_FITS;
}

static bool fits_file(struct turn *turn, const char *id)
{
    struct file_info info;
    bool photo = turn->dialog->step->kind == VICHE_PHOTO;
    return file_find(turn->town->db, turn->arena, id, &info) && (!photo || text_starts(info.type, "image/"));
}

/* Of those that came together as many are taken as are asked for; the citizen is told if that is not all. */
static enum answer take_files(struct turn *turn, const struct viche_event *event, const char **value)
{
    const char *ids = event->kind == VICHE_EVENT_FILE ? event->file : NULL;
    json_t *picked = turn->dialog->picked;
    int64_t came = 0, taken = 0;
    size_t length = 0;
    for (const char *at = text_line(&ids, &length); at; at = text_line(&ids, &length), came++) {
        const char *id = arena_copy_bytes(turn->arena, at, length);
        if (json_array_size(picked) >= most_picks(turn->dialog->step) || !fits_file(turn, id))
            continue;
        pick(turn->dialog, id);
        taken++;
    }
    if (taken == 0)
        return ANSWER_MISFIT;
    if (taken < came) {
        turn->base.host->let(&turn->base, "count", arena_print(turn->arena, "%lld", (long long)taken));
        turn_say(turn, turn_word(turn, "files-some"));
        turn->draft = NULL;
    }
    if (json_array_size(picked) < most_picks(turn->dialog->step))
        return ANSWER_PICKED;
    return answer_finish(turn, value);
}

/* ---- by kind ---- */

static bool fits_place(struct turn *turn, const struct viche_event *event, const char **value)
{
    bool words = turn->dialog->step->flags & VICHE_OR_WORDS;
    if (event->kind == VICHE_EVENT_TEXT)
        return answer_place(turn->arena, event->text, value) || (words && fits_text(turn, event->text, value));
    if (event->kind != VICHE_EVENT_PLACE)
        return false;
    const char *pair = arena_print(turn->arena, "%.6f,%.6f", event->latitude, event->longitude);
    return answer_place(turn->arena, pair, value);
}

static bool fits_yes_no(struct turn *turn, const struct viche_event *event, const char **value)
{
    return answer_offered(turn, event, value) && (text_is(*value, "yes") || text_is(*value, "no"));
}

static bool fits_one(struct turn *turn, const struct viche_event *event, const char **value)
{
    const char *text = event->kind == VICHE_EVENT_TEXT ? event->text : NULL;
    switch (turn->dialog->step->kind) {
    case VICHE_TEXT:
        return text && fits_text(turn, text, value);
    case VICHE_NUMBER:
        return text && fits_number(turn, text, value);
    case VICHE_DATE:
        return text && fits_date(turn, text, value);
    case VICHE_PHONE:
        return (text || event->kind == VICHE_EVENT_PHONE) && answer_phone(turn->arena, event->text, value);
    case VICHE_PLACE:
        return fits_place(turn, event, value);
    case VICHE_YES_NO:
        return fits_yes_no(turn, event, value);
    default:
        return answer_offered(turn, event, value);
    }
}

enum answer answer_parse(struct turn *turn, const struct viche_event *event, const char **value)
{
    const struct viche_step *step = turn->dialog->step;
    if (step->kind == VICHE_PHOTO || step->kind == VICHE_FILE)
        return take_files(turn, event, value);
    if (step->kind == VICHE_STORY)
        return answer_offered(turn, event, value) ? ANSWER_FITS : story_take(turn, event);
    if (step->kind == VICHE_CHOICES) {
        if (!answer_offered(turn, event, value))
            return ANSWER_MISFIT;
        pick(turn->dialog, *value);
        return ANSWER_PICKED;
    }
    bool offered = event->kind == VICHE_EVENT_BUTTON && answer_offered(turn, event, value);
    return offered || fits_one(turn, event, value) ? ANSWER_FITS : ANSWER_MISFIT;
}
