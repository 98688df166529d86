/* SPDX-License-Identifier: MPL-2.0
 * What was typed into a form, checked as its fields declare and handed to the plugin: nothing that is not declared, nothing that does not
 * fit. The words say what to do; the field they belong to is named. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

enum { TEXT_MAX = 2000, LONG_MAX_CHARACTERS = 10000, FILES_MAX = 20 };

struct input {
    struct viche_turn *t;
    const struct session *session;
    const struct sheet *page; /* NULL: no thing yet */
    const json_t *field;
    const char *value;        /* normalised by the check */
};

static const char *member(const struct input *in, const char *name)
{
    const char *text = json_string_value(json_object_get(in->field, name));
    return text ? text : "";
}

static int64_t number(const struct input *in, const char *name) { return json_integer_value(json_object_get(in->field, name)); }

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static bool all_digits(const char *text) { return *text && text[strspn(text, "0123456789")] == '\0'; }

/* ---- one kind each: the key of what is wrong, or NULL --------------------------------------------------------------------- */

static const char *text_fault(struct input *in, int64_t usual)
{
    int64_t length = (int64_t)characters(in->value), min = number(in, "min"), max = number(in, "max") ? number(in, "max") : usual;
    viche_let_number(in->t, "min", min);
    viche_let_number(in->t, "max", max);
    return length > max ? "form-long" : length < min ? "form-short" : NULL;
}

static const char *number_fault(struct input *in)
{
    char *end = NULL;
    int64_t value = strtoll(in->value, &end, 10), min = number(in, "min"), max = number(in, "max");
    if (*end || strlen(in->value) > 18)
        return "form-number";
    viche_let_number(in->t, "min", min);
    viche_let_number(in->t, "max", max);
    return (min || max) && (value < min || value > max) ? "form-range" : NULL;
}

static int digits_at(const char *text, size_t from, size_t count)
{
    int value = 0;
    for (size_t i = from; i < from + count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + text[i] - '0';
    }
    return value;
}

static const char *date_fault(struct input *in)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const char *text = in->value;
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return "form-date";
    int year = digits_at(text, 0, 4), month = digits_at(text, 5, 2), day = digits_at(text, 8, 2);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    bool fits = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] && !(month == 2 && day == 29 && !leap);
    return fits ? NULL : "form-date";
}

/* As people write it: 067 123 45 67, +380671234567, and with their + and code those of other countries. */
static const char *phone_fault(struct input *in)
{
    char *digits = viche_memory(in->t, strlen(in->value) + 1), *to = digits;
    for (const char *at = in->value; *at; at++) {
        if (*at >= '0' && *at <= '9')
            *to++ = *at;
        else if (!strchr("+ -().", *at))
            return "form-phone";
    }
    size_t count = strlen(digits);
    if (count == 10 && digits[0] == '0')
        in->value = viche_print(in->t, "+38%s", digits);
    else if ((count == 12 && strncmp(digits, "380", 3) == 0) || (in->value[0] == '+' && count >= 8 && count <= 15))
        in->value = viche_print(in->t, "+%s", digits);
    else
        return "form-phone";
    return NULL;
}

static const char *place_fault(struct input *in)
{
    char *end = NULL;
    double latitude = strtod(in->value, &end);
    if (end == in->value || *end != ',')
        return "form-place";
    const char *second = end + 1;
    double longitude = strtod(second, &end);
    bool on_earth = latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180;
    return end != second && !*end && on_earth ? NULL : "form-place";
}

static bool is_choice(const struct input *in, const char *value)
{
    size_t i = 0;
    json_t *choice = NULL;
    json_array_foreach(json_object_get(in->field, "choices"), i, choice)
        if (strcmp(json_string_value(json_object_get(choice, "value")), value) == 0)
            return true;
    return false;
}

/* Why somebody cannot be chosen who could be when the form was opened. */
static const char *staff_fault(struct input *in, const char *value)
{
    struct staff staff;
    if (is_choice(in, value))
        return NULL;
    if (!staff_find(in->t, strtoull(value, NULL, 10), &staff))
        return "form-choice";
    viche_let(in->t, "who", staff.name);
    if (staff.dismissed)
        return "form-dismissed";
    return organisation_open(in->t, staff.organisation) ? "form-no-role" : "form-closed";
}

static const char *choice_fault(struct input *in, const char *value)
{
    if (strncmp(member(in, "kind"), "staff", 5) == 0)
        return staff_fault(in, value);
    if (is_choice(in, value))
        return NULL;
    return strcmp(member(in, "kind"), "organisation") == 0 ? "form-closed" : "form-choice";
}

static const char *choices_fault(struct input *in)
{
    const char *lines = in->value, *fault = NULL;
    for (const char *line = line_next(in->t, &lines); line && !fault; line = line_next(in->t, &lines))
        fault = choice_fault(in, line);
    return fault;
}

/* «фото, відео» */
static const char *choice_words(const struct input *in)
{
    const char *out = "";
    size_t i = 0;
    json_t *choice = NULL;
    json_array_foreach(json_object_get(in->field, "choices"), i, choice)
        out = viche_print(in->t, "%s%s%s", out, *out ? ", " : "", json_string_value(json_object_get(choice, "label")));
    return out;
}

/* The choices of a field with files are the kinds it takes. */
static const char *kind_fault(struct input *in, const char *file)
{
    struct viche_file_about about;
    if (!viche_file_about(in->t, file, &about))
        return "form-file";
    if (json_array_size(json_object_get(in->field, "choices")) == 0 || is_choice(in, about.kind))
        return NULL;
    viche_let(in->t, "file", about.name);
    viche_let(in->t, "kinds", choice_words(in));
    return "form-kind";
}

static const char *files_fault(struct input *in)
{
    const char *lines = in->value;
    size_t count = 0;
    for (const char *file = line_next(in->t, &lines); file; file = line_next(in->t, &lines)) {
        bool shown = in->page && line_among(in->page->named, file);
        const char *fault = shown || upload_own(in->t, in->session, file) ? kind_fault(in, file) : "form-file";
        if (fault)
            return fault;
        count++;
    }
    return count > FILES_MAX ? "form-files" : NULL;
}

static const char *flag_fault(struct input *in) { return strcmp(in->value, "yes") == 0 || strcmp(in->value, "no") == 0 ? NULL : "form-choice"; }
static const char *moment_fault(struct input *in) { return all_digits(in->value) && strlen(in->value) <= 12 ? NULL : "form-date"; }
static const char *short_fault(struct input *in) { return text_fault(in, TEXT_MAX); }
static const char *long_fault(struct input *in) { return text_fault(in, LONG_MAX_CHARACTERS); }

static const struct {
    const char *kind;
    const char *(*fault)(struct input *);
} checks[] = {
    {"text", short_fault}, {"long", long_fault},       {"number", number_fault},   {"flag", flag_fault},     {"date", date_fault},
    {"moment", moment_fault}, {"due", moment_fault},   {"choice", choices_fault},  {"choices", choices_fault}, {"state", choices_fault},
    {"staff", choices_fault}, {"staffs", choices_fault}, {"organisation", choices_fault}, {"files", files_fault}, {"place", place_fault},
    {"phone", phone_fault},
};

static const char *fault_of(struct input *in)
{
    if (!*in->value)
        return json_is_true(json_object_get(in->field, "required")) ? "form-required" : NULL;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (strcmp(checks[i].kind, member(in, "kind")) == 0)
            return checks[i].fault(in);
    return NULL;
}

/* ---- the whole form ------------------------------------------------------------------------------------------------------ */

/* Without spaces around, lines ended by '\n' alone. */
static const char *cleaned(struct viche_turn *t, const char *text)
{
    text += strspn(text, " \t\r\n");
    char *out = viche_memory(t, strlen(text) + 1), *to = out;
    for (; *text; text++)
        if (*text != '\r' && ((unsigned char)*text >= ' ' || *text == '\n' || *text == '\t'))
            *to++ = *text;
    while (to > out && strchr(" \t\n", to[-1]))
        to--;
    *to = '\0';
    return out;
}

bool form_take(struct viche_turn *t, const struct session *session, const json_t *fields, const json_t *values, const struct sheet *page,
               struct form_fault *fault)
{
    size_t i = 0;
    json_t *field = NULL;
    *fault = (struct form_fault){NULL, NULL};
    json_array_foreach(fields, i, field) {
        const char *name = json_string_value(json_object_get(field, "name"));
        struct input in = {.t = t, .session = session, .page = page, .field = field, .value = cleaned(t, body_text(values, name))};
        const char *key = fault_of(&in);
        if (key) {
            *fault = (struct form_fault){name, viche_text(t, key)};
            return false;
        }
        viche_set(t, name, in.value);
        viche_let(t, name, in.value); /* what a page has let before does not stand in front of it */
    }
    return true;
}

void form_use_files(struct viche_turn *t, const json_t *fields)
{
    size_t i = 0;
    json_t *field = NULL;
    json_array_foreach(fields, i, field) {
        if (strcmp(json_string_value(json_object_get(field, "kind")), "files") != 0)
            continue;
        const char *lines = viche_get(t, json_string_value(json_object_get(field, "name")));
        for (const char *file = line_next(t, &lines); file; file = line_next(t, &lines))
            upload_use(t, file);
    }
}
