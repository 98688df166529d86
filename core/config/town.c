/* SPDX-License-Identifier: MPL-2.0 */
#include "config/town.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "config/value.h"

enum { NAME, OF, INTRO, LANGUAGES, ZONE, SITE, PHONE, EMBLEM, LATITUDE, LONGITUDE, PILOT, LIST_KEY, TOWN_KEYS };

static const struct viche_option keys[TOWN_KEYS] = {
    [NAME] = {.name = "name.<language>", .help = "what the community is called, in each of its languages"},
    [OF] = {.name = "of.<language>", .fallback = "", .help = "its name as in “the chatbot of …”, where a language bends it"},
    [INTRO] = {.name = "intro.<language>", .fallback = "", .help = "a sentence for the town's page, in each of its languages"},
    [LANGUAGES] = {.name = "languages", .fallback = "uk en", .min = 2, .max = 200,
                   .help = "what citizens may choose, separated by spaces; the first is the main one"},
    [ZONE] = {.name = "zone", .fallback = "Europe/Kyiv", .help = "the town's clock, a name of the IANA list"},
    [SITE] = {.name = "site", .fallback = "", .kind = VICHE_OPTION_URL, .help = "the council's site"},
    [PHONE] = {.name = "phone", .fallback = "", .max = 40, .help = "who answers when the bot cannot: +380 4340 0 00 00"},
    [EMBLEM] = {.name = "emblem", .fallback = "", .max = 2, .help = "a letter or two for the page; empty: the name's first"},
    [LATITUDE] = {.name = "latitude", .fallback = "", .help = "of the town's centre, WGS 84: 48.3794"},
    [LONGITUDE] = {.name = "longitude", .fallback = "", .help = "of the town's centre, WGS 84: 28.8645"},
    [PILOT] = {.name = "pilot", .fallback = "no", .kind = VICHE_OPTION_FLAG, .help = "yes: the test-mode banner is shown"},
    [LIST_KEY] = {.name = "list-key", .fallback = "", .flags = VICHE_SECRET,
                  .help = "what signs the list of the town's own bots, made by viche keys"},
};

const struct viche_option *town_options(size_t *count)
{
    *count = TOWN_KEYS;
    return keys;
}

/* ---- words in the town's languages ---- */

/* The value of `<stem>.<language>`; NULL: none, or empty. */
static const char *word(const struct town_config *town, const char *section, const char *stem, const char *language, size_t size)
{
    char key[64];
    int wanted = snprintf(key, sizeof key, "%s.%.*s", stem, (int)size, language);
    const struct ini_key *found = wanted < (int)sizeof key ? ini_find(&town->ini, section, key) : NULL;
    return found && *found->value ? found->value : NULL;
}

static const char *word_or_main(const struct town_config *town, const char *section, const char *stem, const char *language)
{
    const char *found = word(town, section, stem, language, strlen(language));
    return found ? found : word(town, section, stem, town->languages, strcspn(town->languages, " "));
}

const char *town_word(const struct town_config *town, const char *what, const char *language)
{
    const char *found = word_or_main(town, "town", what, language);
    return found ? found : "";
}

const char *town_label(const struct town_config *town, const struct menu_block *block, const char *language)
{
    char stem[64];
    snprintf(stem, sizeof stem, "%s.label", block->name);
    return word_or_main(town, "menu", stem, language);
}

/* ---- names ---- */

static bool is_name(const char *text, size_t size)
{
    return size >= 1 && size <= 40 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == size;
}

static bool read_id(struct town_config *town, const char *path, struct fail *fail)
{
    static const char taken[] = "healthz readyz metrics static"; /* the host answers there itself */
    const char *slash = strrchr(path, '/');
    const char *file = slash ? slash + 1 : path;
    const char *dot = strrchr(file, '.');
    size_t size = dot ? (size_t)(dot - file) : strlen(file);
    char *id = arena_copy_bytes(town->ini.arena, file, size);
    if (!text_is(dot, ".ini") || !is_name(id, size) || text_in_list(taken, id))
        return fail_set(fail, "%s: a town's file is called <id>.ini, the id 1 to 40 of a-z, 0-9 and '-', but none of: %s. Rename it",
                        path, taken);
    town->id = id;
    return true;
}

/* Two to eleven letters and hyphens: uk, sr-Latn. */
static bool is_language(const char *text, size_t size)
{
    size_t letters = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");
    return size >= 2 && size <= 11 && letters >= size;
}

static bool read_languages(struct town_config *town, const char *languages, struct fail *fail)
{
    const char *rest = languages, *clean = "";
    size_t size = 0;
    for (const char *at = text_word(&rest, &size); at; at = text_word(&rest, &size)) {
        const char *language = arena_copy_bytes(town->ini.arena, at, size);
        if (!is_language(language, size) || text_in_list(clean, language))
            return fail_set(fail, "%s: [town] languages: '%s' is no language code, or stands there twice. Write such as: uk en",
                            town->ini.path, language);
        clean = *clean ? arena_print(town->ini.arena, "%s %s", clean, language) : language;
    }
    town->languages = clean;
    if (*clean == '\0' || *town_word(town, "name", "") == '\0')
        return fail_set(fail, "%s: [town] lacks the name in its main language. Add: name.%.*s = …", town->ini.path,
                        (int)strcspn(clean, " "), *clean ? clean : "uk");
    return true;
}

/* `name.ua` would never be read where the code is uk. */
static bool languages_are_known(const struct town_config *town, struct fail *fail)
{
    for (size_t i = 0; i < town->ini.key_count; i++) {
        const struct ini_key *key = &town->ini.keys[i];
        const char *dot = strrchr(key->name, '.');
        bool ours = text_is(key->section, "town") || text_is(key->section, "menu");
        if (ours && dot && !text_in_list(town->languages, dot + 1))
            return fail_set(fail, "%s:%d: [%s] %s: '%s' is no language of this town. Its languages are: %s", town->ini.path,
                            key->line, key->section, key->name, dot + 1, town->languages);
    }
    return true;
}

/* ---- the rest of [town] ---- */

static bool read_degrees(const struct town_config *town, const char *name, const char *text, double most, double *out,
                         struct fail *fail)
{
    char *end = NULL;
    *out = strtod(text, &end);
    bool plain = strspn(text, "-0123456789.") == strlen(text); /* no "inf", no "0x1p4" */
    if (plain && *end == '\0' && *out >= -most && *out <= most)
        return true;
    return fail_set(fail, "%s: [town] %s: '%s' is no degrees between -%.0f and %.0f. Write such as 48.3794", town->ini.path, name,
                    text, most, most);
}

static bool read_place(struct town_config *town, const char *latitude, const char *longitude, struct fail *fail)
{
    if ((*latitude == '\0') != (*longitude == '\0'))
        return fail_set(fail, "%s: [town] has only one of latitude and longitude. Write both or none", town->ini.path);
    return read_degrees(town, "latitude", latitude, 90, &town->latitude, fail) &&
           read_degrees(town, "longitude", longitude, 180, &town->longitude, fail);
}

static bool read_town(struct town_config *town, struct fail *fail)
{
    const char *values[TOWN_KEYS];
    if (!ini_section(&town->ini, "town"))
        return fail_set(fail, "%s: there is no section [town]. Add it, with at least name.uk = …", town->ini.path);
    if (!value_section(&town->ini, "town", keys, TOWN_KEYS, values, fail) || !read_languages(town, values[LANGUAGES], fail) ||
        !languages_are_known(town, fail) || !read_place(town, values[LATITUDE], values[LONGITUDE], fail))
        return false;
    town->zone = values[ZONE];
    town->site = values[SITE];
    town->phone = values[PHONE];
    town->emblem = values[EMBLEM];
    town->list_key = values[LIST_KEY];
    town->pilot = text_is(values[PILOT], "1");
    return true;
}

/* ---- [menu] and the plugins ---- */

static const struct menu_block *find_block(const struct town_config *town, const char *name, size_t size)
{
    for (size_t i = 0; i < town->block_count; i++)
        if (strlen(town->blocks[i].name) == size && memcmp(town->blocks[i].name, name, size) == 0)
            return &town->blocks[i];
    return NULL;
}

static bool read_block(struct town_config *town, const struct ini_key *key, struct fail *fail)
{
    static const char label[] = ".label.";
    const char *dot = strstr(key->name, label);
    if (dot && find_block(town, key->name, (size_t)(dot - key->name)))
        return true;
    if (dot)
        return fail_set(fail, "%s:%d: [menu] %s is the label of a block that is not there above it. Add: %.*s = /…",
                        town->ini.path, key->line, key->name, (int)(dot - key->name), key->name);
    if (!is_name(key->name, strlen(key->name)) || *key->value == '\0')
        return fail_set(fail, "%s:%d: [menu] %s: a block is a name of a-z, 0-9 and '-', and what it opens: services = /directory",
                        town->ini.path, key->line, key->name);
    town->blocks[town->block_count++] = (struct menu_block){.name = key->name, .items = key->value};
    return true;
}

static bool read_menu(struct town_config *town, struct fail *fail)
{
    town->blocks = arena_alloc(town->ini.arena, town->ini.key_count * sizeof *town->blocks);
    for (size_t i = 0; i < town->ini.key_count; i++)
        if (text_is(town->ini.keys[i].section, "menu") && !read_block(town, &town->ini.keys[i], fail))
            return false;
    return true;
}

static bool list_plugins(struct town_config *town, struct fail *fail)
{
    town->plugins = arena_alloc(town->ini.arena, town->ini.section_count * sizeof *town->plugins);
    for (size_t i = 0; i < town->ini.section_count; i++) {
        const struct ini_section *section = &town->ini.sections[i];
        if (text_is(section->name, "town") || text_is(section->name, "menu"))
            continue;
        if (!is_name(section->name, strlen(section->name)))
            return fail_set(fail, "%s:%d: [%s] is no name of a plugin: 1 to 40 of a-z, 0-9 and '-'", town->ini.path, section->line,
                            section->name);
        town->plugins[town->plugin_count++] = section->name;
    }
    return true;
}

bool town_read(struct town_config *town, const char *path, const char *base, struct fail *fail)
{
    *town = (struct town_config){0};
    if (!ini_read(&town->ini, path, base, fail))
        return false;
    bool good = read_id(town, path, fail) && read_town(town, fail) && read_menu(town, fail) && list_plugins(town, fail);
    if (!good)
        town_config_close(town);
    return good;
}

void town_config_close(struct town_config *town)
{
    ini_close(&town->ini);
    *town = (struct town_config){0};
}
