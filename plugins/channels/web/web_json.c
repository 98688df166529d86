/* SPDX-License-Identifier: MPL-2.0 */
#include "web_json.h"

#include <stdio.h>
#include <string.h>

#include "common/depth.h"
#include "web.h"

static bool wrong(char where[WEB_WHERE_MAX], const char *what)
{
    snprintf(where, WEB_WHERE_MAX, "%s", what);
    return false;
}

json_t *web_json_read(const char *body, size_t size_bytes, char where[WEB_WHERE_MAX])
{
    if (!depth_fits(body, size_bytes, WEB_DEPTH_MAX)) {
        wrong(where, "nested too deeply");
        return NULL;
    }
    json_error_t error;
    json_t *json = json_loadb(body, size_bytes, JSON_REJECT_DUPLICATES, &error);
    if (!json) {
        snprintf(where, WEB_WHERE_MAX, "line %d, column %d", error.line, error.column);
        return NULL;
    }
    if (!json_is_object(json)) {
        json_decref(json);
        wrong(where, "not an object");
        return NULL;
    }
    return json;
}

bool web_origin_valid(const char *origin)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    size_t length = strlen(origin);
    return length >= 1 && length <= WEB_ORIGIN_MAX && strspn(origin, allowed) == length;
}

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

static bool read_place(struct web_post *post, const json_t *place, char where[WEB_WHERE_MAX])
{
    const json_t *latitude = json_object_get(place, "latitude");
    const json_t *longitude = json_object_get(place, "longitude");
    if (!json_is_number(latitude) || !json_is_number(longitude))
        return wrong(where, "place");
    post->latitude = json_number_value(latitude);
    post->longitude = json_number_value(longitude);
    post->has_place = true;
    bool on_earth = post->latitude >= -90 && post->latitude <= 90 && post->longitude >= -180 && post->longitude <= 180;
    return on_earth || wrong(where, "place");
}

/* A member that is absent or a string. */
static bool read_text(const json_t *json, const char *name, const char **out)
{
    const json_t *member = json_object_get(json, name);
    *out = json_string_value(member);
    return !member || *out;
}

static bool blank(const char *text) { return text[strspn(text, " \t\r\n")] == '\0'; }

bool web_post_read(struct web_post *post, const json_t *json, char where[WEB_WHERE_MAX])
{
    *post = (struct web_post){0};
    static const char *const names[] = {"origin", "text", "value", "label"};
    const char **const members[] = {&post->origin, &post->text, &post->value, &post->label};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!read_text(json, names[i], members[i]))
            return wrong(where, names[i]);
    if (!post->origin || !web_origin_valid(post->origin))
        return wrong(where, "origin");
    const json_t *place = json_object_get(json, "place");
    if ((post->text != NULL) + (post->value != NULL) + (place != NULL) != 1)
        return wrong(where, "text, value or place: exactly one");
    if (post->text && (blank(post->text) || characters(post->text) > WEB_TEXT_MAX))
        return wrong(where, "text");
    if (post->value && (*post->value == '\0' || strlen(post->value) > WEB_VALUE_MAX))
        return wrong(where, "value");
    if (post->label && characters(post->label) > WEB_VALUE_MAX)
        return wrong(where, "label");
    return !place || read_place(post, place, where);
}

/* ---- messages out ---- */

static const char *const button_kinds[] = {
    [VICHE_BUTTON_ANSWER] = "answer", [VICHE_BUTTON_LINK] = "link", [VICHE_BUTTON_PLACE] = "place",
    [VICHE_BUTTON_PHONE] = "phone",   [VICHE_BUTTON_FILE] = "file",
};

static json_t *buttons_json(const struct viche_list *buttons)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < buttons->count; i++) {
        const struct viche_button *button = viche_item(buttons, i);
        if (button->kind >= sizeof button_kinds / sizeof *button_kinds)
            continue; /* of a later host: nothing this protocol could show */
        json_t *shown = json_pack("{s:s, s:s, s:s?, s:i}", "label", button->label, "kind", button_kinds[button->kind], "value",
                                  button->value, "row", (int)button->row);
        json_array_append_new(array, shown);
    }
    return array;
}

static const char *own_origin(const struct viche_message *message, const char *chat)
{
    size_t length = strlen(chat);
    bool prefixed = message->origin && strncmp(message->origin, chat, length) == 0 && message->origin[length] == '.';
    return prefixed ? message->origin + length + 1 : message->origin;
}

static json_t *file_json(const struct viche_file *file)
{
    return json_pack("{s:s, s:s?, s:s?}", "id", file->id, "name", file->name, "type", file->type);
}

/* One is a "file", several are "files". */
static void put_files(json_t *json, const struct viche_list *files)
{
    if (files->count == 1) {
        json_object_set_new(json, "file", file_json(viche_item(files, 0)));
        return;
    }
    json_t *all = files->count ? json_array() : NULL;
    for (uint32_t i = 0; i < files->count; i++)
        json_array_append_new(all, file_json(viche_item(files, i)));
    if (all)
        json_object_set_new(json, "files", all);
}

char *web_message_json(const struct viche_message *message, const char *chat)
{
    bool own = (message->flags & VICHE_MESSAGE_INCOMING) != 0;
    json_t *json = json_pack("{s:I, s:I, s:s, s:s}", "id", (json_int_t)message->id, "at", (json_int_t)message->at,
                             "from", own ? "me" : "town", "text", message->text ? message->text : "");
    if (own && message->origin)
        json_object_set_new(json, "origin", json_string(own_origin(message, chat)));
    if (message->buttons.count)
        json_object_set_new(json, "buttons", buttons_json(&message->buttons));
    if (message->place_label)
        json_object_set_new(json, "place", json_pack("{s:f, s:f, s:s}", "latitude", message->latitude, "longitude",
                                                     message->longitude, "label", message->place_label));
    put_files(json, &message->files);
    char *text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(10));
    json_decref(json);
    return text;
}
