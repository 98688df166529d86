/* SPDX-License-Identifier: MPL-2.0
 * The signed list of the town's own bots and pages: handed out as it was signed, and told of on the page. docs/official-list.md. */
#include <jansson.h>
#include <string.h>

#include "web.h"

static void reply_list(struct viche_turn *t, const struct viche_http *http, const char *name, const char *type)
{
    if (!web_open(t, http))
        return;
    const char *list = viche_town(t, name);
    if (*list == '\0') {
        web_refuse(t, &web_not_here, NULL);
        return;
    }
    viche_reply_header(t, "access-control-allow-origin", "*"); /* whoever wants to check it */
    viche_reply_header(t, "x-content-type-options", "nosniff");
    viche_reply_header(t, "cache-control", "max-age=300");
    viche_reply(t, 200, type, list, strlen(list));
}

void web_official_json(struct viche_turn *t, const struct viche_http *http)
{
    reply_list(t, http, "official.json", "application/json; charset=utf-8");
}

void web_official_text(struct viche_turn *t, const struct viche_http *http)
{
    reply_list(t, http, "official.txt", "text/plain; charset=utf-8");
}

const char *web_official_key(struct viche_turn *t)
{
    json_t *whole = json_loads(viche_town(t, "official.json"), JSON_REJECT_DUPLICATES, NULL);
    const char *key = json_string_value(json_object_get(whole, "key"));
    key = key ? viche_print(t, "%s", key) : "";
    json_decref(whole);
    return key;
}
