/* SPDX-License-Identifier: MPL-2.0
 * The town's own page: who the town is, the chat, and the other channels with their links and codes. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "web.h"

/* {name} is replaced by that slot, escaped; nothing else here is data. */
static const char page_top[] =
    "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1, interactive-widget=resizes-content\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<title>{name} – {chat}</title>\n<meta name=\"description\" content=\"{intro}\">\n"
    "<link rel=\"icon\" href=\"/static/icon.svg\" type=\"image/svg+xml\">\n"
    "<link rel=\"stylesheet\" href=\"/static/page.css\">\n"
    "<script src=\"/static/widget.js\" data-town=\"{id}\" data-mode=\"page\" defer></script>\n"
    "</head>\n<body>\n<a class=\"skip\" href=\"#viche-chat\">{skip}</a>\n"
    "<header>\n<span class=\"emblem\" aria-hidden=\"true\">{emblem}</span>\n"
    "<div class=\"who\"><h1>{name}</h1>\n<p>{intro}</p></div>\n";
static const char page_chat[] =
    "</header>\n<main>\n<section id=\"viche-chat\" class=\"chat\" aria-label=\"{chat}\" tabindex=\"-1\">"
    "<noscript><p class=\"card\">{no-script}</p></noscript></section>\n<aside>\n";
static const char page_ways[] = "<section class=\"card\"><h2>{ways}</h2>\n<ul class=\"ways\">\n";
static const char page_way[] =
    "<li><a href=\"{link}\" rel=\"noopener\">"
    "<img src=\"/{id}/web/qr/{channel}.svg\" alt=\"\" width=\"112\" height=\"112\">"
    "<span><b>{title}</b><small>{hint}</small></span></a></li>\n";
static const char page_end[] = "</aside>\n</main>\n</body>\n</html>\n";

static const char *slot(const struct viche_pair *slots, const char *name, size_t length)
{
    for (; slots->name; slots++)
        if (strlen(slots->name) == length && strncmp(slots->name, name, length) == 0)
            return slots->value;
    return "";
}

static void fill(struct paper *out, const char *template, const struct viche_pair *slots)
{
    const char *open = strchr(template, '{');
    while (open) {
        const char *close = strchr(open, '}');
        paper_bytes(out, template, (size_t)(open - template));
        paper_escaped(out, slot(slots, open + 1, (size_t)(close - open - 1)));
        template = close + 1;
        open = strchr(template, '{');
    }
    paper_put(out, template);
}

/* ---- the words of the page ---- */

static const char *emblem(struct viche_turn *t)
{
    const char *chosen = viche_town(t, "emblem");
    if (*chosen)
        return chosen;
    const char *name = viche_town(t, "name");
    int bytes = *name != '\0';
    while (((unsigned char)name[bytes] & 0xC0) == 0x80)
        bytes++;
    return viche_print(t, "%.*s", bytes, name);
}

static const char *language_name(const char *language)
{
    static const struct viche_pair names[] = {
        {"uk", "Українська"}, {"en", "English"}, {"hu", "Magyar"}, {"sr-Latn", "Srpski"}, {"sr-Cyrl", "Српски"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, language) == 0)
            return names[i].value;
    return language;
}

static const char *next_word(struct viche_turn *t, const char **list)
{
    *list += strspn(*list, " ");
    size_t length = strcspn(*list, " ");
    const char *word = length ? viche_print(t, "%.*s", (int)length, *list) : NULL;
    *list += length;
    return word;
}

static void put_languages(struct paper *out, struct viche_turn *t)
{
    const char *list = viche_town(t, "languages");
    if (!strchr(list, ' '))
        return;
    const struct viche_pair label[] = {{"languages", viche_text(t, "page.languages")}, {0}};
    fill(out, "<nav aria-label=\"{languages}\">", label);
    for (const char *code = next_word(t, &list); code; code = next_word(t, &list)) {
        bool current = strcmp(code, viche_language(t)) == 0;
        fill(out, current ? "<a lang=\"{code}\" href=\"?lang={code}\" aria-current=\"true\">{name}</a>"
                          : "<a lang=\"{code}\" href=\"?lang={code}\">{name}</a>",
             (const struct viche_pair[]){{"code", code}, {"name", language_name(code)}, {0}});
    }
    paper_put(out, "</nav>\n");
}

/* ---- the ways to the town ---- */

static const char *own_link(struct viche_turn *t, const struct viche_http *http)
{
    return viche_print(t, "%s/%s/", http->origin, viche_town(t, "id"));
}

const char *web_link(struct viche_turn *t, const struct viche_http *http, const char *channel)
{
    if (strcmp(channel, "web") == 0)
        return own_link(t, http);
    for (const struct viche_pair *link = viche_links(t, ""); link->name; link++)
        if (strcmp(link->name, channel) == 0)
            return link->value;
    return NULL;
}

static const char *channel_title(struct viche_turn *t, const char *channel)
{
    static const struct viche_pair names[] = {
        {"telegram", "Telegram"}, {"viber", "Viber"}, {"whatsapp", "WhatsApp"}, {"signal", "Signal"}};
    if (strcmp(channel, "web") == 0)
        return viche_text(t, "page.this-chat");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, channel) == 0)
            return names[i].value;
    return channel;
}

static void put_way(struct paper *out, struct viche_turn *t, const char *channel, const char *link)
{
    bool here = strcmp(channel, "web") == 0;
    fill(out, page_way, (const struct viche_pair[]){
        {"link", link}, {"id", viche_town(t, "id")}, {"channel", channel}, {"title", channel_title(t, channel)},
        {"hint", viche_text(t, here ? "page.hint-here" : "page.hint-there")}, {0}});
}

static void put_ways(struct paper *out, struct viche_turn *t, const struct viche_http *http)
{
    fill(out, page_ways, (const struct viche_pair[]){{"ways", viche_text(t, "page.ways")}, {0}});
    put_way(out, t, "web", own_link(t, http));
    for (const struct viche_pair *link = viche_links(t, ""); link->name; link++)
        if (strcmp(link->name, "web") != 0)
            put_way(out, t, link->name, link->value);
    paper_put(out, "</ul></section>\n");
}

/* How to tell the town's own bots from look-alikes, in one sentence. */
static void put_official(struct paper *out, struct viche_turn *t)
{
    const char *key = web_official_key(t);
    if (*key)
        fill(out, "<section class=\"card official\"><h2>{title}</h2>\n<p>{how}</p>\n<p><a href=\"/{id}/web/official.txt\">{list}</a></p>\n"
                  "<code>{key}</code></section>\n",
             (const struct viche_pair[]){{"title", viche_text(t, "page.official")}, {"how", viche_text(t, "page.official-how")},
                                         {"list", viche_text(t, "page.official-list")}, {"id", viche_town(t, "id")}, {"key", key}, {0}});
}

/* "+380 (4340) 2-12-34" as tel: wants it. */
static const char *dialled(struct viche_turn *t, const char *phone)
{
    char *out = viche_memory(t, strlen(phone) + 1);
    for (char *to = out; *phone; phone++)
        if (strchr("+0123456789", *phone))
            *to++ = *phone;
    return out;
}

static bool starts(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

static void put_contacts(struct paper *out, struct viche_turn *t)
{
    const char *phone = viche_town(t, "phone");
    const char *site = viche_town(t, "site");
    bool has_site = starts(site, "https://") || starts(site, "http://");
    if (*phone == '\0' && !has_site)
        return;
    const struct viche_pair slots[] = {
        {"title", viche_text(t, "page.contacts")}, {"call", viche_text(t, "page.phone")},
        {"visit", viche_text(t, "page.site")}, {"phone", phone}, {"tel", dialled(t, phone)}, {"site", site}, {0}};
    fill(out, "<section class=\"card\"><h2>{title}</h2>\n<dl>", slots);
    if (*phone)
        fill(out, "<div><dt>{call}</dt><dd><a href=\"tel:{tel}\">{phone}</a></dd></div>", slots);
    if (has_site)
        fill(out, "<div><dt>{visit}</dt><dd><a href=\"{site}\" rel=\"noopener\">{site}</a></dd></div>", slots);
    paper_put(out, "</dl></section>\n");
}

static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

void web_page(struct viche_turn *t, const struct viche_http *http)
{
    if (!web_open(t, http))
        return;
    const struct viche_pair slots[] = {
        {"language", viche_language(t)}, {"id", viche_town(t, "id")}, {"name", viche_town(t, "name")},
        {"intro", viche_town(t, "intro")}, {"emblem", emblem(t)}, {"chat", viche_text(t, "page.chat")},
        {"skip", viche_text(t, "page.skip")}, {"no-script", viche_text(t, "page.no-script")}, {0}};
    struct paper out = {.t = t};
    fill(&out, page_top, slots);
    put_languages(&out, t);
    fill(&out, page_chat, slots);
    put_ways(&out, t, http);
    put_contacts(&out, t);
    put_official(&out, t);
    paper_put(&out, page_end);
    viche_reply_header(t, "content-security-policy", policy);
    viche_reply_header(t, "x-content-type-options", "nosniff");
    viche_reply_header(t, "referrer-policy", "no-referrer");
    viche_reply_header(t, "permissions-policy", "geolocation=(self), camera=(), microphone=()");
    viche_reply_header(t, "cache-control", "no-cache");
    viche_reply(t, 200, "text/html; charset=utf-8", out.text, out.size);
}

/* GET /about: what the widget shows before a chat begins. */
void web_about(struct viche_turn *t, const struct viche_http *http)
{
    if (!web_open(t, http))
        return;
    json_t *languages = json_array();
    const char *list = viche_town(t, "languages");
    for (const char *code = next_word(t, &list); code; code = next_word(t, &list))
        json_array_append_new(languages, json_pack("{s:s, s:s}", "code", code, "name", language_name(code)));
    json_t *json = json_pack("{s:s, s:s, s:o, s:i}", "emblem", emblem(t), "language", viche_language(t),
                             "languages", languages, "text_max", WEB_TEXT_MAX);
    static const char *const facts[] = {"id", "name", "intro", "site", "phone"};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        json_object_set_new(json, facts[i], json_string(viche_town(t, facts[i])));
    char *text = json_dumps(json, JSON_COMPACT);
    web_reply_json(t, 200, text);
    free(text);
    json_decref(json);
}
