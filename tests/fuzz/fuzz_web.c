/* SPDX-License-Identifier: MPL-2.0
 * Any bytes as what a web client posts: refused with a place, or taken and within the limits. */
#include <stdint.h>
#include <stdlib.h>

#include "channels/web/web_json.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct web_post *post)
{
    bool one = (post->text != NULL) + (post->value != NULL) + post->has_place == 1;
    if (!one || !web_origin_valid(post->origin) || (post->value && strlen(post->value) > WEB_VALUE_MAX))
        abort();
    struct viche_message shown = {
        .size = sizeof shown, .flags = VICHE_MESSAGE_INCOMING, .text = post->text ? post->text : post->value,
        .origin = post->origin, .place_label = post->has_place ? "" : NULL, .latitude = post->latitude};
    char *json = web_message_json(&shown, "chat");
    if (!json)
        abort();
    free(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char where[WEB_WHERE_MAX] = "";
    struct web_post post;
    json_t *json = web_json_read((const char *)data, size, where);
    if (json && web_post_read(&post, json, where))
        check(&post);
    else if (*where == '\0')
        abort();
    json_decref(json);
    return 0;
}
