/* SPDX-License-Identifier: MPL-2.0
 * What can be wrong with texts beyond their JSON: a broken {{, an unknown format, a plural form too few or too many,
 * variables that differ between languages. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "plugin/words_catalogue.h"

static const char formats[] = "date day time datetime number money none";

static bool holes_fit(const struct words_language *language, const char *key, const char *text, struct fail *fail)
{
    struct words_hole hole;
    int found = words_hole(text, &hole);
    for (; found == 1; found = words_hole(hole.end, &hole))
        if (*hole.format && !text_in_list(formats, hole.format))
            return fail_set(fail, "%s: key \"%s\": unknown format in {{%s, %s}}; there are: %s", language->path, key,
                            hole.name, hole.format, formats);
    if (found < 0)
        return fail_set(fail, "%s: key \"%s\": {{ without a name and }} behind it; write {{name}} or {{name, format}}",
                        language->path, key);
    return true;
}

/* Of a plural key: this form belongs to the language, and all others of the language are there too. */
static bool forms_fit(const struct words_language *language, const char *key, struct fail *fail)
{
    const char *form = NULL;
    size_t stem = words_plural_stem(key, &form);
    if (stem == 0)
        return true;
    const char *forms = words_plural_forms(language->name);
    if (!text_in_list(forms, form))
        return fail_set(fail, "%s: key \"%s\": %s has no plural form \"%s\"; its forms are: %s", language->path, key,
                        language->name, form, forms);
    size_t length = 0;
    for (const char *word = text_word(&forms, &length); word; word = text_word(&forms, &length)) {
        char other[160];
        snprintf(other, sizeof other, "%.*s_%.*s", (int)stem, key, (int)length, word);
        if (!words_text(language, other))
            return fail_set(fail, "%s: key \"%s\" is missing, but \"%s\" is there: %s has all of these forms: %s",
                            language->path, other, key, language->name, words_plural_forms(language->name));
    }
    return true;
}

static bool has_variable(const char *text, const char *name)
{
    struct words_hole hole;
    for (int found = words_hole(text, &hole); found == 1; found = words_hole(hole.end, &hole))
        if (text_is(hole.name, name))
            return true;
    return false;
}

/* A text of the same meaning in another language: the key itself, or the form every language has. */
static const char *counterpart(const struct words_language *language, const char *key)
{
    const char *form = NULL;
    size_t stem = words_plural_stem(key, &form);
    char other[160];
    snprintf(other, sizeof other, "%.*s_other", (int)(stem ? stem : strlen(key)), key);
    const char *text = stem ? NULL : words_text(language, key);
    return text ? text : words_text(language, other);
}

/* Every variable of `from` stands in `to` as well. The number itself may be missing from a plural form («одна
 * хвилина»). */
static bool variables_fit(const struct words_language *from, const struct words_language *to, struct fail *fail)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(from->texts, key, value) {
        const char *other = counterpart(to, key);
        struct words_hole hole;
        const char *at = json_string_value(value);
        for (; other && words_hole(at, &hole) == 1; at = hole.end)
            if (!text_is(hole.name, "count") && !has_variable(other, hole.name))
                return fail_set(fail, "%s: key \"%s\" lacks the variable {{%s}} that %s has", to->path, key, hole.name,
                                from->path);
    }
    return true;
}

bool words_check(const struct words *words, struct fail *fail)
{
    for (size_t i = 0; i < words->count; i++) {
        const struct words_language *language = &words->languages[i];
        const char *key = NULL;
        json_t *text = NULL;
        json_object_foreach(language->texts, key, text)
            if (!holes_fit(language, key, json_string_value(text), fail) || !forms_fit(language, key, fail))
                return false;
    }
    for (size_t i = 1; i < words->count; i++)
        if (!variables_fit(&words->languages[0], &words->languages[i], fail) ||
            !variables_fit(&words->languages[i], &words->languages[0], fail))
            return false;
    return true;
}
