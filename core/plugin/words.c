/* SPDX-License-Identifier: MPL-2.0
 * The catalogue: reads texts/<language>.json, answers which keys there are. */
#include "plugin/words.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

#include "base/buf.h"
#include "base/text.h"
#include "plugin/words_catalogue.h"

enum { FILE_BYTES_MAX = 1024 * 1024, KEY_BYTES_MAX = 120 };

/* "uk.json" → 2; 0: the name of no language's file. */
static size_t language_length(const char *file_name)
{
    const char *dot = strrchr(file_name, '.');
    return dot && dot != file_name && text_is(dot, ".json") ? (size_t)(dot - file_name) : 0;
}

static int wanted(const struct dirent *entry) { return language_length(entry->d_name) > 0; }

static bool known_language(const char *name)
{
    char locale[ULOC_FULLNAME_CAPACITY], tag[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    int32_t used = 0;
    uloc_forLanguageTag(name, locale, sizeof locale, &used, &status);
    uloc_toLanguageTag(locale, tag, sizeof tag, true, &status);
    return U_SUCCESS(status) && (size_t)used == strlen(name) && text_is(tag, name);
}

static bool texts_fit(const char *path, json_t *texts, struct fail *fail)
{
    if (!json_is_object(texts))
        return fail_set(fail, "%s: must be one object { \"key\": \"text\", … }", path);
    const char *key = NULL;
    json_t *text = NULL;
    json_object_foreach(texts, key, text) {
        if (*key == '\0' || strlen(key) > KEY_BYTES_MAX)
            return fail_set(fail, "%s: key \"%.40s\": a key has 1 to %d bytes", path, key, KEY_BYTES_MAX);
        if (!json_is_string(text))
            return fail_set(fail, "%s: key \"%s\" must be a text in quotes; keys are flat, nothing is nested", path,
                            key);
        if (json_string_length(text) == 0)
            return fail_set(fail, "%s: key \"%s\" is empty; write the text or drop the key in every language", path,
                            key);
    }
    return true;
}

bool words_add(struct words *words, const char *name, const char *path, const char *data, size_t size_bytes,
               struct fail *fail)
{
    if (!known_language(name))
        return fail_set(fail, "%s: \"%s\" is no language tag; name the file as uk.json, en.json or sr-Latn.json", path,
                        name);
    json_error_t error;
    json_t *texts = json_loadb(data, size_bytes, JSON_REJECT_DUPLICATES, &error);
    if (!texts)
        return fail_set(fail, "%s:%d:%d: %s", path, error.line, error.column, error.text);
    if (!texts_fit(path, texts, fail)) {
        json_decref(texts);
        return false;
    }
    words->languages = mem_grow(words->languages, (words->count + 1) * sizeof *words->languages);
    words->languages[words->count++] = (struct words_language){mem_copy(name), mem_copy(path), texts};
    return true;
}

static bool add_file(struct words *words, const char *folder, const char *file_name, struct fail *fail)
{
    struct arena *arena = arena_new();
    const char *path = arena_print(arena, "%s/%s", folder, file_name);
    const char *name = arena_copy_bytes(arena, file_name, language_length(file_name));
    struct buf data = {.cap = FILE_BYTES_MAX};
    bool ok = buf_read_file(&data, path);
    if (ok)
        ok = words_add(words, name, path, buf_str(&data), data.size, fail);
    else
        fail_set(fail, "%s: cannot be read: %s", path, strerrordesc_np(errno));
    buf_free(&data);
    arena_free(arena);
    return ok;
}

struct words *words_read(const char *folder, struct fail *fail)
{
    struct words *words = mem_alloc(sizeof *words);
    struct dirent **files = NULL;
    int count = scandir(folder, &files, wanted, alphasort);
    if (count < 0 && errno == ENOENT) /* a plugin that says nothing has no texts */
        return words;

    bool ok = count >= 0 || fail_set(fail, "%s: cannot be read: %s", folder, strerrordesc_np(errno));
    for (int i = 0; i < count; i++) {
        ok = ok && add_file(words, folder, files[i]->d_name, fail);
        free(files[i]);
    }
    free(files);
    if (ok && words_check(words, fail))
        return words;
    words_close(words);
    return NULL;
}

void words_close(struct words *words)
{
    if (!words)
        return;
    for (size_t i = 0; i < words->count; i++) {
        free(words->languages[i].name);
        free(words->languages[i].path);
        json_decref(words->languages[i].texts);
    }
    free(words->languages);
    free(words);
}

const struct words_language *words_language(const struct words *words, const char *name)
{
    for (size_t i = 0; i < words->count; i++)
        if (text_is(words->languages[i].name, name))
            return &words->languages[i];
    return NULL;
}

const char *words_text(const struct words_language *language, const char *key)
{
    return json_string_value(json_object_get(language->texts, key));
}

const char *words_languages(const struct words *words, struct arena *arena)
{
    const char *list = "";
    for (size_t i = 0; i < words->count; i++)
        list = arena_print(arena, "%s%s%s", list, i ? " " : "", words->languages[i].name);
    return list;
}

bool words_has_language(const struct words *words, const char *language)
{
    return words_language(words, language) != NULL;
}

bool words_has(const struct words *words, const char *language, const char *key)
{
    const struct words_language *texts = words_language(words, language);
    if (!texts || strlen(key) > KEY_BYTES_MAX)
        return false;
    char plural[KEY_BYTES_MAX + 8];
    snprintf(plural, sizeof plural, "%s_other", key);
    return words_text(texts, key) || words_text(texts, plural);
}

/* Every key of `from` is in `to`; of a plural any form will do: which ones must be there is the language's own
 * affair. */
static bool covers(const struct words *words, const struct words_language *from, const struct words_language *to,
                   struct fail *fail)
{
    const char *key = NULL;
    json_t *text = NULL;
    json_object_foreach(from->texts, key, text) {
        const char *form = NULL;
        size_t stem = words_plural_stem(key, &form);
        char plain[KEY_BYTES_MAX + 1];
        snprintf(plain, sizeof plain, "%.*s", (int)(stem ? stem : strlen(key)), key);
        if (!words_has(words, to->name, plain))
            return fail_set(fail, "%s: key \"%s\" is missing; %s has it", to->path, plain, from->path);
    }
    return true;
}

/* The language of the first word of the list, which is moved on. NULL with words when there is no such file. */
static const struct words_language *next_language(const struct words *words, const char **list, struct fail *fail)
{
    size_t length = 0;
    const char *word = text_word(list, &length);
    char name[ULOC_FULLNAME_CAPACITY];
    snprintf(name, sizeof name, "%.*s", (int)length, word ? word : "");
    const struct words_language *language = words_language(words, name);
    const char *path = words->languages[0].path;
    int folder = (int)(strrchr(path, '/') - path);
    if (!language)
        fail_set(fail, "%.*s/%s.json is missing, but the town speaks %s; translate %s", folder, path, name, name, path);
    return language;
}

bool words_complete(const struct words *words, const char *languages, struct fail *fail)
{
    if (words->count == 0 || *languages == '\0')
        return true;
    const struct words_language *first = next_language(words, &languages, fail);
    if (!first)
        return false;
    while (languages[strspn(languages, " ")]) {
        const struct words_language *language = next_language(words, &languages, fail);
        if (!language || !covers(words, first, language, fail) || !covers(words, language, first, fail))
            return false;
    }
    return true;
}
