/* SPDX-License-Identifier: MPL-2.0
 * Open311 GeoReport v2: what is asked for, and the answer in JSON or XML. An answer is made once, as JSON; XML is written from it. */
#include "cases_open311.h"

#include <stdlib.h>

#define SPECIFICATION "http://wiki.open311.org/GeoReport_v2"
#define CHANGESET "2026-11-21T00:00:00Z" /* when this API last changed */

/* ---- asking ----------------------------------------------------------------------------------------------------------- */

const char *asked_for(const struct asked *asked, const char *name)
{
    for (const struct viche_pair *pair = asked->pairs; pair && pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return "";
}

/* "requests.xml" → "requests"; NULL: neither .xml nor .json. */
static const char *without_ending(struct viche_turn *t, const char *file, bool *xml)
{
    const char *dot = strrchr(file, '.');
    *xml = dot && strcmp(dot, ".xml") == 0;
    if (!dot || (!*xml && strcmp(dot, ".json") != 0))
        return NULL;
    return viche_print(t, "%.*s", (int)(dot - file), file);
}

static bool is_ours(const struct asked *asked)
{
    const char *jurisdiction = asked_for(asked, "jurisdiction_id");
    return !*jurisdiction || strcmp(jurisdiction, viche_town(asked->t, "id")) == 0;
}

/* ---- answering -------------------------------------------------------------------------------------------------------- */

json_t *open311_text(const char *words)
{
    json_t *text = json_string(words);
    return text ? text : json_null();
}

/* The element of one item of a list that is called so. */
static const char *item_of(const char *list)
{
    static const char *const items[][2] = {{"services", "service"},   {"attributes", "attribute"}, {"values", "value"},
                                           {"errors", "error"},       {"endpoints", "endpoint"},   {"formats", "format"},
                                           {"service_requests", "request"}};
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        if (strcmp(items[i][0], list) == 0)
            return items[i][1];
    return "item";
}

static const char *words_of(struct viche_turn *t, const json_t *json)
{
    switch (json_typeof(json)) {
    case JSON_STRING: return json_string_value(json);
    case JSON_INTEGER: return viche_print(t, "%lld", (long long)json_integer_value(json));
    case JSON_REAL: return viche_print(t, "%.6f", json_real_value(json));
    case JSON_TRUE: return "true";
    case JSON_FALSE: return "false";
    default: return "";
    }
}

static void tag(struct paper *out, const char *open, const char *name)
{
    paper_put(out, open);
    paper_put(out, name);
    paper_put(out, ">");
}

/* As deep as our own answers are: three levels. */
void open311_xml(struct paper *out, const char *name, const json_t *json)
{
    if (!json_is_object(json) && !json_is_array(json)) {
        paper_element(out, name, words_of(out->t, json));
        return;
    }
    tag(out, "<", name);
    const char *key;
    const json_t *value;
    size_t index;
    if (json_is_array(json))
        json_array_foreach(json, index, value) open311_xml(out, item_of(name), value);
    else
        json_object_foreach((json_t *)(uintptr_t)json, key, value) open311_xml(out, key, value);
    tag(out, "</", name);
}

void open311_reply(const struct asked *asked, uint32_t status, const char *wrapper, json_t *json)
{
    struct viche_turn *t = asked->t;
    viche_reply_header(t, "access-control-allow-origin", "*");
    viche_reply_header(t, "x-content-type-options", "nosniff");
    if (asked->xml) {
        struct paper out = {.t = t};
        paper_put(&out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        open311_xml(&out, wrapper, json);
        viche_reply(t, status, "text/xml; charset=utf-8", out.text, out.size);
    } else {
        char *text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(9));
        viche_reply(t, status, "application/json; charset=utf-8", text, strlen(text));
        free(text);
    }
    json_decref(json);
}

void open311_refuse(const struct asked *asked, uint32_t status, const char *what)
{
    open311_reply(asked, status, "errors", json_pack("[{s:i, s:o}]", "code", (int)status, "description", open311_text(what)));
}

/* ---- discovery -------------------------------------------------------------------------------------------------------- */

static void discover(const struct asked *asked)
{
    struct viche_turn *t = asked->t;
    const char *url = viche_print(t, "%s/%s/cases/open311/v2", viche_town(t, "origin"), viche_town(t, "id"));
    const char *phone = viche_town(t, "phone");
    json_t *endpoint = json_pack("{s:s, s:s, s:s, s:s, s:[s, s]}", "specification", SPECIFICATION, "url", url, "changeset", CHANGESET,
                                 "type", "production", "formats", "text/xml", "application/json");
    json_t *json = json_pack("{s:s, s:o, s:o, s:[o]}", "changeset", CHANGESET, "contact",
                             open311_text(viche_print(t, "%s%s%s", viche_town(t, "name"), *phone ? ", " : "", phone)), "key_service",
                             open311_text(viche_text(t, "open311-key-service")), "endpoints", endpoint);
    open311_reply(asked, 200, "discovery", json);
}

/* ---- routes ----------------------------------------------------------------------------------------------------------- */

static void speak(struct viche_turn *t, const struct viche_http *http)
{
    for (const struct viche_pair *pair = http->headers; pair->name; pair++)
        if (strcmp(pair->name, "accept-language") == 0)
            viche_speak(t, pair->value);
}

struct answer {
    const char *name;
    void (*give)(const struct asked *);
};

static void answer(const struct asked *asked, const struct answer *answers, const char *name)
{
    while (answers->name && strcmp(answers->name, name) != 0)
        answers++;
    if (!answers->name)
        open311_refuse(asked, 404, "there is no such resource");
    else if (!is_ours(asked))
        open311_refuse(asked, 404, "jurisdiction_id is not known here");
    else
        answers->give(asked);
}

void open311_get(struct viche_turn *t, const struct viche_http *http)
{
    static const struct answer answers[] = {{"discovery", discover}, {"services", service_list}, {"requests", open311_list}, {NULL, NULL}};
    struct asked asked = {.t = t, .pairs = http->query, .id = ""};
    const char *name = without_ending(t, viche_get(t, "file"), &asked.xml);
    speak(t, http);
    answer(&asked, answers, name ? name : "");
}

/* We give ids at once and never a token, so there is none to be known. */
static void no_token(const struct asked *asked) { open311_refuse(asked, 404, "token is not known"); }

void open311_get_one(struct viche_turn *t, const struct viche_http *http)
{
    static const struct answer answers[] = {{"services", service_define}, {"requests", open311_show}, {"tokens", no_token}, {NULL, NULL}};
    struct asked asked = {.t = t, .pairs = http->query};
    asked.id = without_ending(t, viche_get(t, "file"), &asked.xml);
    speak(t, http);
    answer(&asked, answers, asked.id ? viche_get(t, "what") : "");
}
