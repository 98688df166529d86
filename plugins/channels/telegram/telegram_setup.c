/* SPDX-License-Identifier: MPL-2.0
 * What the bot is called and can do, in each of the town's languages, as Telegram shows it before a chat begins. It is told only when
 * it has changed: Telegram answers too many of these calls with hours of waiting. */
#include <string.h>

#include "telegram.h"

enum { NAME_MAX_CHARACTERS = 64, DESCRIPTION_MAX = 512, SHORT_MAX = 120 };

static const char *first_characters(struct viche_turn *t, const char *text, uint32_t most)
{
    const char *at = text;
    for (uint32_t seen = 0; *at; at++) {
        seen += ((unsigned char)*at & 0xC0) != 0x80;
        if (seen > most)
            break;
    }
    return viche_print(t, "%.*s", (int)(at - text), text);
}

static json_t *commands(struct viche_turn *t)
{
    static const struct {
        const char *command, *key;
    } all[] = {{"menu", "command.menu"}, {"help", "command.help"}, {"language", "command.language"}, {"mydata", "command.mydata"}};
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        json_array_append_new(list, json_pack("{s:s, s:s}", "command", all[i].command, "description", viche_text(t, all[i].key)));
    return json_pack("{s:o}", "commands", list);
}

static json_t *name(struct viche_turn *t)
{
    return json_pack("{s:s}", "name", first_characters(t, viche_town(t, "name"), NAME_MAX_CHARACTERS));
}

static json_t *description(struct viche_turn *t)
{
    const char *intro = viche_town(t, "intro");
    return json_pack("{s:s}", "description", first_characters(t, *intro ? intro : viche_text(t, "description"), DESCRIPTION_MAX));
}

static json_t *short_description(struct viche_turn *t)
{
    viche_let(t, "town", viche_town(t, "name"));
    return json_pack("{s:s}", "short_description", first_characters(t, viche_text(t, "short"), SHORT_MAX));
}

static const struct {
    const char *method;
    json_t *(*make)(struct viche_turn *);
} calls[] = {{"setMyCommands", commands}, {"setMyName", name}, {"setMyDescription", description},
             {"setMyShortDescription", short_description}};

enum { CALLS = sizeof calls / sizeof *calls };

static const char *next_word(struct viche_turn *t, const char **list)
{
    *list += strspn(*list, " ");
    const char *word = viche_print(t, "%.*s", (int)strcspn(*list, " "), *list);
    *list += strlen(word);
    return *word ? word : NULL;
}

/* The n-th language of the town. Telegram knows two letters only: of sr-Latn and sr-Cyrl the town's first one counts. Its main language
 * is for all who speak none of the others: code "". */
static bool speak_language(struct viche_turn *t, int64_t n, const char **code)
{
    const char *list = viche_town(t, "languages");
    const char *before = " ";
    for (const char *word = next_word(t, &list); word; word = next_word(t, &list)) {
        const char *letters = viche_print(t, "%.*s", (int)strcspn(word, "-"), word);
        bool first = strcmp(before, " ") == 0;
        if (strstr(before, viche_print(t, " %s ", letters)))
            continue;
        before = viche_print(t, "%s%s ", before, letters);
        if (n-- > 0)
            continue;
        viche_speak(t, word);
        *code = first ? "" : letters;
        return true;
    }
    return false;
}

bool telegram_setup_call(struct viche_turn *t, int64_t n, const char **method, json_t **parameters)
{
    const char *code = "";
    if (!speak_language(t, n / CALLS, &code))
        return false;
    *method = calls[n % CALLS].method;
    *parameters = calls[n % CALLS].make(t);
    if (*code)
        json_object_set_new(*parameters, "language_code", json_string(code));
    return true;
}

const char *telegram_setup_hash(struct viche_turn *t)
{
    const char *all = "";
    const char *method = NULL;
    json_t *parameters = NULL;
    for (int64_t n = 0; telegram_setup_call(t, n, &method, &parameters); n++) {
        all = viche_print(t, "%s%s%s\n", all, method, telegram_json(t, parameters));
        json_decref(parameters);
    }
    return viche_hash(t, all);
}
