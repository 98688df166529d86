/* SPDX-License-Identifier: MPL-2.0
 * Viber calls: one JSON object a call, signed, repeated for an hour until it hears 200. The gateway has checked the signature.
 * Whoever only opened the chat is no subscriber yet: the one word we may say to them goes in the answer itself. */
#include <string.h>

#include "viber.h"

enum {
    ADDRESS_BYTES_MAX = 128,
    CONTEXT_BYTES_MAX = 200,
    OLD_S = 7 * VIBER_DAY_S /* a copy from long ago: the host forgets in 60 days what it has seen */
};

struct callback {
    const json_t *json;
    const char *event, *token, *address, *language;
    int64_t at; /* UTC seconds */
};

/* ---- the citizen did something ---- */

static struct viche_event begin(struct viche_turn *t, const struct callback *call, uint32_t kind)
{
    return (struct viche_event){.size = sizeof(struct viche_event), .kind = kind, .address = call->address,
                                .origin = viche_print(t, "%s.%s", call->event, call->token), .language = call->language};
}

static void start(struct viche_turn *t, const struct callback *call, const char *payload)
{
    struct viche_event event = begin(t, call, VICHE_EVENT_START);
    event.text = payload;
    viche_event(t, &event);
}

/* What a button sends, or words. "/start queue" is the button of the welcome below. */
static void text(struct viche_turn *t, const struct callback *call, const char *words)
{
    static const char opening[] = "/start";
    size_t length = sizeof opening - 1;
    if (strncmp(words, opening, length) == 0 && (words[length] == ' ' || words[length] == '\0')) {
        start(t, call, words[length] ? words + length + 1 : "");
        return;
    }
    size_t mark = sizeof VIBER_PRESSED - 1;
    bool pressed = *words == '/' || (strncmp(words, VIBER_PRESSED, mark) == 0 && words[mark] != '\0');
    const char *value = *words == '/' ? words : words + mark;
    struct viche_event event = begin(t, call, pressed ? VICHE_EVENT_BUTTON : VICHE_EVENT_TEXT);
    event.text = pressed ? value : words;
    event.value = pressed ? value : NULL;
    viche_event(t, &event);
}

static void on_text(struct viche_turn *t, const struct callback *call, const json_t *message)
{
    const char *words = viber_json_text(message, "text");
    if (*words)
        text(t, call, words);
}

/* A shared page is its address. */
static void on_url(struct viche_turn *t, const struct callback *call, const json_t *message)
{
    const char *url = viber_json_text(message, "media");
    if (*url && *url != '/')
        text(t, call, url);
}

static void on_file(struct viche_turn *t, const struct callback *call, const json_t *message)
{
    struct viche_event event = begin(t, call, VICHE_EVENT_FILE);
    const char *name = viber_json_text(message, "file_name");
    bool picture = strcmp(viber_json_text(message, "type"), "picture") == 0;
    event.remote = viber_json_text(message, "media");
    event.remote_name = *name ? name : picture ? "photo.jpg" : "video.mp4";
    event.text = viber_json_text(message, "text");
    if (*event.remote)
        viche_event(t, &event);
}

static void on_place(struct viche_turn *t, const struct callback *call, const json_t *message)
{
    const json_t *place = json_object_get(message, "location");
    const json_t *latitude = json_object_get(place, "lat"), *longitude = json_object_get(place, "lon");
    struct viche_event event = begin(t, call, VICHE_EVENT_PLACE);
    event.latitude = json_number_value(latitude);
    event.longitude = json_number_value(longitude);
    bool on_earth = event.latitude >= -90 && event.latitude <= 90 && event.longitude >= -180 && event.longitude <= 180;
    if (json_is_number(latitude) && json_is_number(longitude) && on_earth)
        viche_event(t, &event);
}

/* Any contact of the address book comes like this. It is the sender's own if we asked for it and it bears the sender's name, or
 * none; else it is a number that somebody wrote. */
static bool is_own(const struct callback *call, const json_t *message, const json_t *contact)
{
    const char *name = viber_json_text(contact, "name");
    bool asked = strcmp(viber_json_text(message, "tracking_data"), VIBER_ASKED_PHONE) == 0;
    return asked && (!*name || strcmp(name, viber_json_text(json_object_get(call->json, "sender"), "name")) == 0);
}

static void on_contact(struct viche_turn *t, const struct callback *call, const json_t *message)
{
    const json_t *contact = json_object_get(message, "contact");
    const char *number = viber_json_text(contact, "phone_number");
    struct viche_event event = begin(t, call, is_own(call, message, contact) ? VICHE_EVENT_PHONE : VICHE_EVENT_TEXT);
    event.text = *number >= '0' && *number <= '9' ? viche_print(t, "+%s", number) : number; /* written without its + */
    if (*number)
        viche_event(t, &event);
}

static const struct {
    const char *type;
    void (*take)(struct viche_turn *, const struct callback *, const json_t *message);
} messages[] = {
    {"text", on_text}, {"picture", on_file},  {"video", on_file},      {"file", on_file},
    {"url", on_url},   {"location", on_place}, {"contact", on_contact},
};

/* Stickers and kinds of tomorrow say nothing to us. */
static void on_message(struct viche_turn *t, const struct callback *call)
{
    const json_t *message = json_object_get(call->json, "message");
    const char *type = viber_json_text(message, "type");
    viber_chat_heard(t, call->address, call->at);
    for (size_t i = 0; i < sizeof messages / sizeof *messages; i++)
        if (strcmp(messages[i].type, type) == 0)
            messages[i].take(t, call, message);
}

/* ---- the chat opens and closes ---- */

/* The town's other languages, as they call themselves. */
static void offer_languages(struct viche_turn *t, json_t *buttons)
{
    static const char *const named[] = {"uk", "en", "sr-Latn", "sr-Cyrl", "hu"};
    const char *list = viche_town(t, "languages");
    for (list += strspn(list, " "); *list; list += strspn(list, " ")) {
        const char *language = viche_print(t, "%.*s", (int)strcspn(list, " "), list);
        list += strlen(language);
        bool spoken = strcmp(language, viche_language(t)) == 0;
        for (size_t i = 0; !spoken && i < sizeof named / sizeof *named; i++)
            if (strcmp(language, named[i]) == 0)
                json_array_append_new(buttons, viber_button(t, viche_text(t, viche_print(t, "language-%s", language)),
                                                            viche_print(t, "/language %s", language)));
    }
}

/* The first press of one of its buttons subscribes; a deep link's context is in it. */
static void welcome(struct viche_turn *t, const struct callback *call, const char *context)
{
    viche_speak(t, call->language);
    json_t *message = viber_text_message(t, viche_text(t, "welcome")), *buttons = json_array();
    json_array_append_new(buttons,
                          viber_button(t, viche_text(t, "begin"), *context ? viche_print(t, "/start %s", context) : "/menu"));
    offer_languages(t, buttons);
    json_object_set_new(message, "keyboard",
                        json_pack("{s:s, s:b, s:o}", "Type", "keyboard", "DefaultHeight", 0, "Buttons", buttons));
    struct viche_request shape = viber_request(t, "send_message", message);
    viche_reply(t, 200, "application/json", shape.body, shape.body_size);
}

static void on_started(struct viche_turn *t, const struct callback *call)
{
    const char *context = viber_json_text(call->json, "context");
    if (strlen(context) > CONTEXT_BYTES_MAX)
        context = "";
    if (!json_is_true(json_object_get(call->json, "subscribed")))
        welcome(t, call, context);
    else if (*context) /* without one, the chat was only looked at: what is going on there goes on */
        start(t, call, context);
}

static void on_subscribed(struct viche_turn *t, const struct callback *call)
{
    viber_chat_heard(t, call->address, call->at);
    start(t, call, "");
}

static void on_left(struct viche_turn *t, const struct callback *call)
{
    struct viche_event event = begin(t, call, VICHE_EVENT_LEFT);
    viche_event(t, &event);
    viber_chat_left(t, call->address);
}

/* ---- what became of a message of ours: here the token is that message's ---- */

static void on_receipt(struct viche_turn *t, const struct callback *call)
{
    bool seen = strcmp(call->event, "seen") == 0, failed = strcmp(call->event, "failed") == 0;
    struct viche_event event = begin(t, call, seen ? VICHE_EVENT_SEEN : failed ? VICHE_EVENT_FAILED : VICHE_EVENT_DELIVERED);
    event.tag = viche_print(t, "%s %s", call->token, call->address); /* of a broadcast, everybody's token is the same */
    event.origin = viche_print(t, "%s.%s", call->event, event.tag);
    if (viche_knows(t, call->address)) /* a receipt makes nobody a citizen */
        viche_event(t, &event);
}

/* ---- the hook ---- */

static const struct {
    const char *event;
    void (*take)(struct viche_turn *, const struct callback *);
} events[] = {
    {"message", on_message}, {"conversation_started", on_started}, {"subscribed", on_subscribed},
    {"unsubscribed", on_left}, {"delivered", on_receipt}, {"seen", on_receipt}, {"failed", on_receipt},
};

/* "uk" of "uk-UA". */
static const char *language_of(struct viche_turn *t, const json_t *person)
{
    const char *language = viber_json_text(person, "language");
    return viche_print(t, "%.*s", (int)strcspn(language, "-_"), language);
}

static struct callback read_call(struct viche_turn *t, const json_t *json)
{
    char token[VIBER_TOKEN_BYTES];
    const json_t *user = json_object_get(json, "user"), *sender = json_object_get(json, "sender");
    const json_t *person = sender ? sender : user, *time = json_object_get(json, "timestamp");
    const char *id = person ? viber_json_text(person, "id") : viber_json_text(json, "user_id");
    return (struct callback){
        .json = json, .event = viber_json_text(json, "event"), .token = viche_print(t, "%s", viber_json_token(json, token)),
        .address = strlen(id) <= ADDRESS_BYTES_MAX ? id : "", .language = language_of(t, person),
        .at = json_is_integer(time) ? json_integer_value(time) / 1000 : viche_now(t)};
}

void viber_hook(struct viche_turn *t, const struct viche_http *http)
{
    json_t *json = viber_json_read(http->body, http->body_size);
    if (!json) {
        viche_reply(t, 400, "text/plain", "", 0);
        return;
    }
    viche_reply(t, 200, "text/plain", "", 0); /* "webhook", "client_status" and events of tomorrow: nothing to do */
    struct callback call = read_call(t, json);
    bool fits = *call.token && *call.address && call.at > viche_now(t) - OLD_S;
    for (size_t i = 0; fits && i < sizeof events / sizeof *events; i++)
        if (strcmp(events[i].event, call.event) == 0)
            events[i].take(t, &call);
    json_decref(json);
}
