/* SPDX-License-Identifier: MPL-2.0
 * Who may come in: the site that embeds the widget, the token of a chat, and the words for those turned away. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "web.h"

const struct web_refusal web_bad_json = {400, 0, "bad-json"};
const struct web_refusal web_bad_message = {400, 0, "bad-message"};
const struct web_refusal web_bad_after = {400, 0, "bad-after"};
const struct web_refusal web_no_file = {400, 0, "no-file"};
const struct web_refusal web_no_token = {401, 0, "no-token"};
const struct web_refusal web_bad_token = {401, 0, "bad-token"};
const struct web_refusal web_not_yours = {403, 0, "not-yours"};
const struct web_refusal web_bad_site = {403, 0, "bad-site"};
const struct web_refusal web_not_here = {404, 0, "not-here"};
const struct web_refusal web_bad_file = {415, 0, "bad-file"};

static const char *pair_value(const struct viche_pair *pairs, const char *name)
{
    for (; pairs && pairs->name; pairs++)
        if (strcmp(pairs->name, name) == 0)
            return pairs->value;
    return "";
}

const char *web_header(const struct viche_http *http, const char *name) { return pair_value(http->headers, name); }
const char *web_query(const struct viche_http *http, const char *name) { return pair_value(http->query, name); }

void web_reply_json(struct viche_turn *t, uint32_t status, const char *json)
{
    viche_reply_header(t, "cache-control", "no-store");
    viche_reply(t, status, "application/json; charset=utf-8", json, strlen(json));
}

void web_refuse(struct viche_turn *t, const struct web_refusal *why, const char *where)
{
    const char *words = viche_text(t, viche_print(t, "refused.%s", why->code));
    json_t *json = json_pack("{s:{s:s, s:s, s:s*}}", "error", "code", why->code, "message", words, "where", where);
    char *text = json_dumps(json, JSON_COMPACT);
    if (why->status == 401)
        viche_reply_header(t, "www-authenticate", "Bearer");
    web_reply_json(t, why->status, text);
    free(text);
    json_decref(json);
}

static bool listed(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; *at; at += strcspn(at, " \n")) {
        at += strspn(at, " \n");
        size_t here = strcspn(at, " \n");
        if (here == length && strncmp(at, word, here) == 0)
            return true;
    }
    return false;
}

/* Behind a proxy that ends TLS the scheme may differ from ours, the name may not. */
static bool same_host(const char *site, const struct viche_http *http)
{
    const char *name = strstr(site, "://");
    return strcmp(site, http->origin) == 0 || (name && strcmp(name + 3, web_header(http, "host")) == 0);
}

static bool site_allowed(struct viche_turn *t, const struct viche_http *http, const char *site)
{
    const char *sites = viche_option(t, "sites");
    return same_host(site, http) || listed(sites, "*") || listed(sites, site);
}

bool web_open(struct viche_turn *t, const struct viche_http *http)
{
    const char *chosen = web_query(http, "lang");
    viche_speak(t, *chosen ? chosen : web_header(http, "accept-language"));
    viche_reply_header(t, "vary", "Origin, Accept-Language");
    const char *site = web_header(http, "origin");
    if (*site == '\0')
        return true;
    if (!site_allowed(t, http, site)) {
        web_refuse(t, &web_bad_site, NULL);
        return false;
    }
    viche_reply_header(t, "access-control-allow-origin", site);
    return true;
}

void web_preflight(struct viche_turn *t, const struct viche_http *http)
{
    if (!web_open(t, http))
        return;
    viche_reply_header(t, "access-control-allow-methods", "GET, POST, DELETE");
    viche_reply_header(t, "access-control-allow-headers", "authorization, content-type, last-event-id");
    viche_reply_header(t, "access-control-max-age", "86400");
    viche_reply(t, 204, "text/plain", "", 0);
}

const char *web_chat(struct viche_turn *t, const struct viche_http *http)
{
    const char *bearer = web_header(http, "authorization");
    if (strncasecmp(bearer, "Bearer ", 7) != 0) {
        web_refuse(t, &web_no_token, NULL);
        return NULL;
    }
    /* Addresses are hashes of tokens, so comparing them tells nothing about a token by its time. */
    const char *own = viche_hash(t, bearer + 7);
    const char *asked = viche_get(t, "chat");
    bool known = viche_knows(t, own);
    if (known && strcmp(own, asked) == 0)
        return own;
    if (!known && strcmp(own, asked) != 0)
        web_refuse(t, &web_bad_token, NULL);
    else
        web_refuse(t, known && viche_knows(t, asked) ? &web_not_yours : &web_not_here, NULL);
    return NULL;
}
