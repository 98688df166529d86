/* SPDX-License-Identifier: MPL-2.0
 * Reads one update. New kinds and new keys come every few months: what is not known is passed over.
 *
 * The origin, by which the host takes each event once, is made of the chat and the message (or of the button's query) and not of
 * update_id: that one begins anew at random after a quiet week, so two events could have the same, and one event that comes both by
 * a poll and by a webhook has it twice. The date is in it because another bot of the same town counts its messages from 1 again. */
#include <string.h>

#include "telegram.h"

enum { EDITED_S = 10 * 60, GROUP_S = 24 * 3600 }; /* in which a chat is told the same once, however many there are */

static const char *address(struct viche_turn *t, int64_t chat) { return viche_print(t, "%lld", (long long)chat); }

static const char *origin_of(struct viche_turn *t, const json_t *message)
{
    return viche_print(t, "m%lld.%lld.%lld", (long long)telegram_number(json_object_get(message, "chat"), "id"),
                       (long long)telegram_number(message, "message_id"), (long long)telegram_number(message, "date"));
}

/* "en-GB" → "en": towns speak languages, not their variants. */
static const char *language_of(struct viche_turn *t, const json_t *from)
{
    const char *code = telegram_string(from, "language_code");
    return *code ? viche_print(t, "%.*s", (int)strcspn(code, "-"), code) : NULL;
}

/* ---- files ---- */

static bool take_file(const json_t *file, const char *name, struct viche_event *event)
{
    const char *id = telegram_string(file, "file_id");
    if (*id == '\0')
        return false;
    const char *given = telegram_string(file, "file_name");
    event->kind = VICHE_EVENT_FILE;
    event->remote = id;
    event->remote_name = *given ? given : name;
    return true;
}

/* The sharpest that getFile can still bring. */
static const json_t *largest(const json_t *sizes)
{
    const json_t *best = json_array_get(sizes, 0);
    for (size_t i = 1; i < json_array_size(sizes); i++) {
        const json_t *size = json_array_get(sizes, i);
        bool larger = telegram_number(size, "width") >= telegram_number(best, "width");
        if (larger && telegram_number(size, "file_size") <= TELEGRAM_FILE_MAX)
            best = size;
    }
    return best;
}

static bool read_file(const json_t *message, struct viche_event *event)
{
    static const struct {
        const char *key, *name;
    } kinds[] = {{"video", "video.mp4"}, {"animation", "video.mp4"}, {"document", "file"}, {"voice", "voice.ogg"},
                 {"audio", "audio.mp3"}, {"video_note", "video.mp4"}};
    event->text = telegram_string(message, "caption");
    event->album = telegram_string(message, "media_group_id");
    if (take_file(largest(json_object_get(message, "photo")), "photo.jpg", event))
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (take_file(json_object_get(message, kinds[i].key), kinds[i].name, event))
            return true;
    return false;
}

/* ---- words, places, numbers ---- */

/* "/menu@town_bot now" → "/menu now" */
static const char *without_bot(struct viche_turn *t, const char *text)
{
    size_t word = strcspn(text, " \n");
    const char *at = memchr(text, '@', word);
    return *text == '/' && at ? viche_print(t, "%.*s%s", (int)(at - text), text, text + word) : text;
}

static bool read_text(struct viche_turn *t, const json_t *message, struct viche_event *event)
{
    const char *text = without_bot(t, telegram_string(message, "text"));
    static const char start[] = "/start";
    const char *rest = text + sizeof start - 1;
    bool starts = strncmp(text, start, sizeof start - 1) == 0 && (*rest == '\0' || *rest == ' ');
    event->kind = starts ? VICHE_EVENT_START : VICHE_EVENT_TEXT;
    event->text = starts ? telegram_unpacked(t, rest + strspn(rest, " ")) : text;
    return *text != '\0';
}

/* A picture of a mood says something, too: the emoji that it stands for. */
static bool read_sticker(const json_t *message, struct viche_event *event)
{
    event->kind = VICHE_EVENT_TEXT;
    event->text = telegram_string(json_object_get(message, "sticker"), "emoji");
    return *event->text != '\0';
}

static bool read_place(const json_t *message, struct viche_event *event)
{
    const json_t *place = json_object_get(message, "location");
    double latitude = json_number_value(json_object_get(place, "latitude"));
    double longitude = json_number_value(json_object_get(place, "longitude"));
    if (!json_is_object(place) || !(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180))
        return false;
    event->kind = VICHE_EVENT_PLACE;
    event->latitude = latitude;
    event->longitude = longitude;
    return true;
}

/* Somebody else's number out of the address book is as good as a typed one, no better. */
static bool read_phone(struct viche_turn *t, const json_t *message, struct viche_event *event)
{
    const json_t *contact = json_object_get(message, "contact");
    const char *number = telegram_string(contact, "phone_number");
    int64_t owner = telegram_number(contact, "user_id");
    bool own = owner != 0 && owner == telegram_number(json_object_get(message, "from"), "id");
    event->kind = own ? VICHE_EVENT_PHONE : VICHE_EVENT_TEXT;
    event->text = *number == '+' ? number : viche_print(t, "+%s", number);
    return *number != '\0';
}

static bool read_content(struct viche_turn *t, const json_t *message, struct viche_event *event)
{
    return read_file(message, event) || read_place(message, event) || read_phone(t, message, event) ||
           read_sticker(message, event) || read_text(t, message, event);
}

/* ---- kinds of updates ---- */

/* Not for the town, but not to be left without a word either. */
static void take_hint(struct viche_turn *t, enum telegram_kind kind, int64_t date, struct telegram_update *out)
{
    bool edited = kind == TELEGRAM_EDITED;
    out->kind = kind;
    out->event.address = address(t, out->chat);
    out->event.origin = viche_print(t, "%s%lld.%lld", edited ? "e" : "g", (long long)out->chat,
                                    (long long)(date / (edited ? EDITED_S : GROUP_S)));
}

static bool is_private(const json_t *chat) { return strcmp(telegram_string(chat, "type"), "private") == 0; }

static bool is_group(const json_t *chat)
{
    return strcmp(telegram_string(chat, "type"), "group") == 0 || strcmp(telegram_string(chat, "type"), "supergroup") == 0;
}

static void read_message(struct viche_turn *t, const json_t *message, struct telegram_update *out)
{
    const json_t *chat = json_object_get(message, "chat");
    const json_t *from = json_object_get(message, "from");
    out->chat = telegram_number(chat, "id");
    out->event.language = language_of(t, from);
    if (out->chat == 0 || telegram_number(message, "message_id") == 0 || json_is_true(json_object_get(from, "is_bot")))
        return;
    if (is_group(chat) && *telegram_string(message, "text") == '/') /* without the right to read all, it only gets those */
        take_hint(t, TELEGRAM_GROUP, telegram_number(message, "date"), out);
    if (!is_private(chat) || !read_content(t, message, &out->event))
        return;
    out->kind = TELEGRAM_EVENT;
    out->event.address = address(t, out->chat);
    out->event.origin = origin_of(t, message);
}

/* A live place that moves comes as an edit, too, every few seconds. */
static void read_edited(struct viche_turn *t, const json_t *message, struct telegram_update *out)
{
    const json_t *chat = json_object_get(message, "chat");
    out->chat = telegram_number(chat, "id");
    bool words = json_is_string(json_object_get(message, "text")) || json_is_string(json_object_get(message, "caption"));
    if (out->chat != 0 && is_private(chat) && words)
        take_hint(t, TELEGRAM_EDITED, telegram_number(message, "edit_date"), out);
    out->event.language = language_of(t, json_object_get(message, "from"));
}

static const char *label_of(const json_t *message, const char *data)
{
    const json_t *rows = json_object_get(json_object_get(message, "reply_markup"), "inline_keyboard");
    size_t r = 0;
    const json_t *row = NULL;
    json_array_foreach(rows, r, row) {
        size_t b = 0;
        const json_t *button = NULL;
        json_array_foreach(row, b, button)
            if (strcmp(telegram_string(button, "callback_data"), data) == 0)
                return telegram_string(button, "text");
    }
    return data;
}

static void read_pressed(struct viche_turn *t, const json_t *query, struct telegram_update *out)
{
    const json_t *message = json_object_get(query, "message");
    const json_t *from = json_object_get(query, "from");
    const char *id = telegram_string(query, "id");
    const char *data = telegram_string(query, "data");
    out->callback = *id ? id : NULL;
    out->chat = telegram_number(json_object_get(message, "chat"), "id");
    if (!out->callback || *data == '\0' || out->chat == 0 || !is_private(json_object_get(message, "chat")))
        return;
    out->kind = TELEGRAM_EVENT;
    out->event.kind = VICHE_EVENT_BUTTON;
    out->event.address = address(t, out->chat);
    out->event.origin = viche_print(t, "q%s", id);
    out->event.value = data;
    out->event.text = label_of(message, data);
    out->event.language = language_of(t, from);
    out->event.message = viche_print(t, "%lld", (long long)telegram_number(message, "message_id"));
}

/* In a private chat this comes only when the citizen blocks the bot or takes the block away. */
static void read_member(struct viche_turn *t, const json_t *change, struct telegram_update *out)
{
    const json_t *chat = json_object_get(change, "chat");
    const char *status = telegram_string(json_object_get(change, "new_chat_member"), "status");
    bool member = strcmp(status, "member") == 0;
    out->chat = telegram_number(chat, "id");
    out->event.language = language_of(t, json_object_get(change, "from"));
    if (out->chat != 0 && is_group(chat) && member)
        take_hint(t, TELEGRAM_GROUP, telegram_number(change, "date"), out);
    if (out->chat == 0 || !is_private(chat) || (!member && strcmp(status, "kicked") != 0))
        return;
    out->kind = TELEGRAM_EVENT;
    out->event.kind = member ? VICHE_EVENT_BACK : VICHE_EVENT_LEFT;
    out->event.address = address(t, out->chat);
    out->event.origin = viche_print(t, "s%lld.%lld.%s", (long long)out->chat, (long long)telegram_number(change, "date"), status);
}

struct telegram_update telegram_update_read(struct viche_turn *t, const json_t *update)
{
    struct telegram_update out = {.event = {.size = sizeof(struct viche_event)}};
    const json_t *message = json_object_get(update, "message");
    const json_t *edited = json_object_get(update, "edited_message");
    const json_t *query = json_object_get(update, "callback_query");
    const json_t *member = json_object_get(update, "my_chat_member");
    if (message)
        read_message(t, message, &out);
    else if (edited)
        read_edited(t, edited, &out);
    else if (query)
        read_pressed(t, query, &out);
    else if (member)
        read_member(t, member, &out);
    return out;
}
