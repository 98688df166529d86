/* SPDX-License-Identifier: MPL-2.0 */
#include "config/value.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

/* One value on its way from the file to the one who asked. */
struct checking {
    struct arena *arena;
    const struct viche_option *option;
    const char *text, *where;
    const char **out;
    struct fail *fail;
};

static bool in_range(const struct viche_option *option, int64_t number)
{
    bool any = option->min == 0 && option->max == 0;
    return any || (number >= option->min && number <= option->max);
}

static bool keep_number(const struct checking *value, int64_t number)
{
    *value->out = arena_print(value->arena, "%" PRId64, number);
    return true;
}

/* ---- one function a kind, in the order of VICHE_OPTION_… ---- */

static bool check_text(const struct checking *value)
{
    const struct viche_option *option = value->option;
    if (!in_range(option, (int64_t)text_length(value->text)))
        return fail_set(value->fail, "%s: write %" PRId64 " to %" PRId64 " characters", value->where, option->min, option->max);
    *value->out = arena_copy(value->arena, value->text);
    return true;
}

static bool check_number(const struct checking *value)
{
    const struct viche_option *option = value->option;
    int64_t number = 0;
    if (!text_number(value->text, &number))
        return fail_set(value->fail, "%s: '%s' is no whole number. Write digits only, such as %s", value->where, value->text,
                        option->fallback ? option->fallback : "10");
    if (!in_range(option, number))
        return fail_set(value->fail, "%s: %" PRId64 " is out of range. Write a number from %" PRId64 " to %" PRId64,
                        value->where, number, option->min, option->max);
    return keep_number(value, number);
}

static bool check_flag(const struct checking *value)
{
    bool yes = text_is(value->text, "yes");
    if (!yes && !text_is(value->text, "no"))
        return fail_set(value->fail, "%s: '%s' is neither yes nor no. Write yes or no", value->where, value->text);
    return keep_number(value, yes);
}

static bool check_choice(const struct checking *value)
{
    const char *choices = value->option->choices;
    if (strpbrk(value->text, " \t\n") || !text_in_list(choices, value->text))
        return fail_set(value->fail, "%s: '%s' is not among the choices. Write one of: %s", value->where, value->text, choices);
    *value->out = arena_copy(value->arena, value->text);
    return true;
}

static bool check_url(const struct checking *value)
{
    const char *text = value->text;
    size_t scheme = text_starts(text, "https://") ? strlen("https://") : text_starts(text, "http://") ? strlen("http://") : 0;
    if (scheme == 0 || strchr("/?#:", text[scheme]) || strpbrk(text, " \t\n\"<>\\"))
        return fail_set(value->fail, "%s: '%s' is no web address. Write it whole, such as https://example.ua/page", value->where,
                        text);
    *value->out = arena_copy(value->arena, text);
    return true;
}

static bool check_seconds(const struct checking *value)
{
    static const struct {
        const char *letter;
        int64_t seconds;
    } units[] = {{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}, {"", 1}};
    const struct viche_option *option = value->option;
    char *end = NULL;
    errno = 0;
    long long number = strtoll(value->text, &end, 10);
    size_t unit = 0;
    while (unit < sizeof units / sizeof *units && strcmp(end, units[unit].letter) != 0)
        unit++;
    int64_t seconds = 0;
    if (strchr("0123456789", *value->text) == NULL || end == value->text || errno || unit == sizeof units / sizeof *units ||
        __builtin_mul_overflow(number, units[unit].seconds, &seconds))
        return fail_set(value->fail, "%s: '%s' is no duration. Write 90s, 15m, 2h or 7d", value->where, value->text);
    if (!in_range(option, seconds))
        return fail_set(value->fail, "%s: '%s' is out of range. Write %" PRId64 "s to %" PRId64 "s", value->where, value->text,
                        option->min, option->max);
    return keep_number(value, seconds);
}

/* The words never show the value: somebody may have written the secret itself. */
static bool check_secret(const struct checking *value)
{
    struct stat about;
    if (stat(value->text, &about) != 0 || !S_ISREG(about.st_mode))
        return fail_set(value->fail,
                        "%s: there is no such file. Put the secret into a file with mode 0600 and write the path of that file "
                        "here, never the secret itself", value->where);
    if (about.st_mode & (S_IRWXG | S_IRWXO))
        return fail_set(value->fail, "%s: others may read %s (mode %04o). Run: chmod 600 %s", value->where, value->text,
                        about.st_mode & 07777, value->text);
    if (about.st_size == 0)
        return fail_set(value->fail, "%s: %s is empty. Put the secret into it", value->where, value->text);
    *value->out = arena_copy(value->arena, value->text);
    return true;
}

bool value_check(struct arena *arena, const struct viche_option *option, const char *text, const char *where, const char **out,
                 struct fail *fail)
{
    static bool (*const checks[])(const struct checking *) = {
        [VICHE_OPTION_TEXT] = check_text, [VICHE_OPTION_NUMBER] = check_number, [VICHE_OPTION_FLAG] = check_flag,
        [VICHE_OPTION_CHOICE] = check_choice, [VICHE_OPTION_URL] = check_url, [VICHE_OPTION_SECONDS] = check_seconds,
        [VICHE_OPTION_FILE] = check_text, /* the file itself is looked at by town/option_file.c */
    };
    const struct checking value = {arena, option, text, where, out, fail};
    if (*text == '\0' && option->fallback && *option->fallback == '\0') {
        *out = "";
        return true;
    }
    if (*text == '\0' && !option->fallback)
        return fail_set(fail, "%s: is empty. Write a value (%s)", where, option->help ? option->help : "mandatory");
    if (option->flags & VICHE_SECRET)
        return check_secret(&value);
    if (option->kind >= sizeof checks / sizeof *checks)
        return fail_set(fail, "%s: declared with the unknown kind %u", where, option->kind);
    return checks[option->kind](&value);
}

/* ---- a section ---- */

bool value_is_named(const struct viche_option *option, const char *key)
{
    const char *open = strchr(option->name, '<');
    if (!open)
        return strcmp(option->name, key) == 0;
    size_t stem = (size_t)(open - option->name);
    return strncmp(option->name, key, stem) == 0 && key[stem] != '\0';
}

static const struct ini_key *find_key(const struct ini *ini, const char *section, const struct viche_option *option)
{
    for (size_t i = 0; i < ini->key_count; i++)
        if (strcmp(ini->keys[i].section, section) == 0 && value_is_named(option, ini->keys[i].name))
            return &ini->keys[i];
    return NULL;
}

static bool refuse_unknown(const struct ini *ini, const struct ini_key *key, const struct viche_option *options, size_t count,
                           struct fail *fail)
{
    const char *nearest = NULL;
    size_t least = strlen(key->name) / 2 + 1; /* farther away it would be another word */
    for (size_t i = 0; i < count; i++) {
        size_t distance = text_distance(options[i].name, key->name);
        if (distance < least) {
            least = distance;
            nearest = options[i].name;
        }
    }
    if (nearest)
        return fail_set(fail, "%s:%d: [%s] has no key '%s'. Did you mean '%s'?", ini->path, key->line, key->section, key->name,
                        nearest);
    return fail_set(fail, "%s:%d: [%s] has no key '%s'. Take it out, or see `viche options %s` for those it has", ini->path,
                    key->line, key->section, key->name, key->section);
}

static bool only_declared(const struct ini *ini, const char *section, const struct viche_option *options, size_t count,
                          struct fail *fail)
{
    for (size_t k = 0; k < ini->key_count; k++) {
        const struct ini_key *key = &ini->keys[k];
        if (strcmp(key->section, section) != 0)
            continue;
        size_t i = 0;
        while (i < count && !value_is_named(&options[i], key->name))
            i++;
        if (i == count)
            return refuse_unknown(ini, key, options, count, fail);
    }
    return true;
}

/* "@cred:name" is a credential that systemd hands to the service; it minds who may read it. */
static bool read_credential(const struct ini *ini, const char *name, const char *where, const char **out, struct fail *fail)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    if (!folder || strchr(name, '/') || *name == '\0')
        return fail_set(fail, "%s: no credential '%s' here. Add LoadCredential=%s:/path to the systemd unit", where, name, name);
    *out = arena_print(ini->arena, "%s/%s", folder, name);
    struct stat about;
    if (stat(*out, &about) == 0)
        return true;
    return fail_set(fail, "%s: systemd gave no credential '%s'. Add LoadCredential=%s:/path to the unit", where, name, name);
}

static bool read_key(const struct ini *ini, const struct ini_key *key, const struct viche_option *option, const char **out,
                     struct fail *fail)
{
    static const char credential[] = "@cred:";
    const char *where = arena_print(ini->arena, "%s:%d: [%s] %s", ini->path, key->line, key->section, key->name);
    const char *text = key->value;
    if (!(option->flags & VICHE_SECRET) || *text == '\0')
        return value_check(ini->arena, option, text, where, out, fail);
    if (text_starts(text, credential))
        return read_credential(ini, text + strlen(credential), where, out, fail);
    return value_check(ini->arena, option, ini_path(ini, text), where, out, fail);
}

static bool read_option(const struct ini *ini, const char *section, const struct viche_option *option, const char **out,
                        struct fail *fail)
{
    const struct ini_key *key = find_key(ini, section, option);
    bool many = strchr(option->name, '<') != NULL;
    *out = NULL;
    if (!key && !option->fallback)
        return fail_set(fail, "%s: [%s] lacks the key '%s' (%s). Add it: %s = …", ini->path, section, option->name,
                        option->help ? option->help : "mandatory", option->name);
    if (many)
        return true;
    if (key)
        return read_key(ini, key, option, out, fail);
    const char *where = arena_print(ini->arena, "%s: the default of [%s] %s", ini->path, section, option->name);
    return value_check(ini->arena, option, option->fallback, where, out, fail);
}

bool value_section(const struct ini *ini, const char *section, const struct viche_option *options, size_t count,
                   const char **values, struct fail *fail)
{
    if (!only_declared(ini, section, options, count, fail))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!read_option(ini, section, &options[i], &values[i], fail))
            return false;
    return true;
}
