/* SPDX-License-Identifier: MPL-2.0
 * What comes first in every request: the language, who asks, whether our own page asks; and the words for those turned away. */
#include <stdlib.h>
#include <string.h>

#include "common/depth.h"
#include "desk.h"

enum { DEPTH_MAX = 8 };

static const char *pair_value(const struct viche_pair *pairs, const char *name)
{
    for (; pairs && pairs->name; pairs++)
        if (strcmp(pairs->name, name) == 0)
            return pairs->value;
    return "";
}

const char *gate_header(const struct viche_http *http, const char *name) { return pair_value(http->headers, name); }
const char *gate_query(const struct viche_http *http, const char *name) { return pair_value(http->query, name); }

/* ---- answers ---------------------------------------------------------------------------------------------------------- */

void reply_json(struct viche_turn *t, uint32_t status, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);
    if (!text)
        return; /* a plugin's words are no UTF-8: the host says that it could not be done */
    viche_reply_header(t, "cache-control", "no-store");
    viche_reply_header(t, "cross-origin-resource-policy", "same-origin");
    viche_reply(t, status, "application/json; charset=utf-8", text, strlen(text));
    free(text);
    json_decref(json);
}

void refuse_words(struct viche_turn *t, uint32_t status, const char *code, const char *where, const char *words)
{
    reply_json(t, status, json_pack("{s:{s:s, s:s, s:s*}}", "error", "code", code, "message", words, "where", where));
}

void refuse(struct viche_turn *t, uint32_t status, const char *code, const char *where)
{
    refuse_words(t, status, code, where, viche_text(t, viche_print(t, "refused-%s", code)));
}

json_t *text_json(const char *text)
{
    json_t *json = text && *text ? json_string(text) : NULL;
    return json ? json : json_null();
}

/* ---- who asks --------------------------------------------------------------------------------------------------------- */

struct session gate_open(struct viche_turn *t, const struct viche_http *http)
{
    struct session session = session_read(t, http);
    const char *asked = gate_query(http, "lang");
    const char *own = session.staff.id ? session.staff.language : "";
    viche_speak(t, *asked ? asked : own && *own ? own : gate_header(http, "accept-language"));
    return session;
}

/* Behind a proxy that ends TLS the scheme may differ from ours, the name may not. */
static bool is_own_site(const struct viche_http *http)
{
    const char *site = gate_header(http, "origin");
    const char *name = strstr(site, "://");
    return *site && (strcmp(site, http->origin) == 0 || (name && strcmp(name + 3, gate_header(http, "host")) == 0));
}

bool gate_same_site(struct viche_turn *t, const struct viche_http *http, const struct session *session)
{
    bool own = is_own_site(http);
    if (own && *session->token && secret_same(session->token, gate_header(http, "x-viche-token")))
        return true;
    refuse(t, 403, own ? "token" : "origin", NULL);
    return false;
}

bool gate_in(struct viche_turn *t, const struct viche_http *http, struct session *out)
{
    static const char *const codes[] = {[SESSION_OUT] = "signed-out", [SESSION_CODE] = "code-wanted", [SESSION_ENROL] = "enrol-wanted"};
    *out = gate_open(t, http);
    if (out->state != SESSION_IN) {
        refuse(t, 401, codes[out->state], NULL);
        return false;
    }
    viche_trust(t);
    return strcmp(http->method, "GET") == 0 || strcmp(http->method, "HEAD") == 0 || gate_same_site(t, http, out);
}

/* ---- what they send --------------------------------------------------------------------------------------------------- */

json_t *body_json(struct viche_turn *t, const struct viche_http *http)
{
    bool fits = depth_fits(http->body, http->body_size, DEPTH_MAX);
    json_t *json = fits ? json_loadb(http->body, http->body_size, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (json_is_object(json))
        return json;
    json_decref(json);
    refuse(t, 400, "bad-json", NULL);
    return NULL;
}

const char *body_text(const json_t *body, const char *name)
{
    const char *text = json_string_value(json_object_get(body, name));
    return text ? text : "";
}
