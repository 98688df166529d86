/* SPDX-License-Identifier: MPL-2.0
 * The JSON of the web channel: what clients post, and how a message is shown to them. Pure: no turn, no host. */
#ifndef WEB_JSON_H
#define WEB_JSON_H

#include <jansson.h>
#include <viche/channel.h>

enum { WEB_WHERE_MAX = 96, WEB_DEPTH_MAX = 8 };

/* An object, or NULL with `where` the trouble is. Refused: other values, duplicate keys, deep nesting, broken UTF-8. */
json_t *web_json_read(const char *body, size_t size_bytes, char where[WEB_WHERE_MAX]);

/* POST …/messages: exactly one of text, value, place. */
struct web_post {
    const char *origin, *text, *value, *label; /* point into the JSON */
    double latitude, longitude;
    bool has_place;
};
bool web_post_read(struct web_post *post, const json_t *json, char where[WEB_WHERE_MAX]);
/* A client's id of what it sends: 1 to 64 letters, digits, '-', '_' or '.'. */
bool web_origin_valid(const char *origin);

/* The message as clients see it; free() it. chat: stripped from the origins of the citizen's own. */
char *web_message_json(const struct viche_message *message, const char *chat);

#endif
