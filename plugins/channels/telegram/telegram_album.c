/* SPDX-License-Identifier: MPL-2.0
 * Files of a message. Several pictures go as one album, several documents as another: Telegram mixes them with nothing. An album can
 * bear words, but no buttons. */
#include <string.h>

#include "telegram.h"

enum { PHOTO_BYTES_MAX = 10 * 1024 * 1024, TIMEOUT_S = 120 };

/* Those of one sort, in the order of the message. */
struct batch {
    const struct viche_file *files[TELEGRAM_ALBUM_MAX];
    uint32_t count;
    bool photos;
};

/* The parts of a multipart body. */
struct form {
    struct viche_part parts[TELEGRAM_ALBUM_MAX + 5];
    uint32_t count;
};

static bool is_photo(struct viche_turn *t, const struct viche_file *file)
{
    static const char *const photos[] = {"image/jpeg", "image/png", "image/webp"};
    struct viche_file_about about;
    if (viche_file_about(t, file->id, &about) && about.bytes > PHOTO_BYTES_MAX)
        return false;
    for (size_t i = 0; file->type && i < sizeof photos / sizeof *photos; i++)
        if (strcmp(file->type, photos[i]) == 0)
            return true;
    return false;
}

static void field(struct form *form, const char *name, const char *value)
{
    form->parts[form->count++] = (struct viche_part){.name = name, .value = value};
}

static void attach(struct form *form, const char *name, const struct viche_file *file)
{
    form->parts[form->count++] = (struct viche_part){.name = name, .file = file->id, .file_name = file->name, .file_type = file->type};
}

static void post(struct viche_turn *t, const char *method, const struct form *form)
{
    struct viche_part *kept = viche_memory(t, sizeof form->parts);
    memcpy(kept, form->parts, sizeof form->parts);
    viche_send_request(t, &(struct viche_request){.size = sizeof(struct viche_request), .method = "POST", .timeout_s = TIMEOUT_S,
                                                  .url = telegram_url(t, method), .parts = {sizeof *kept, form->count, kept}});
}

static void say_one(struct viche_turn *t, const struct batch *batch, const char *address, const char *text, const char *keys)
{
    struct form form = {.count = 0};
    field(&form, "chat_id", address);
    attach(&form, batch->photos ? "photo" : "document", batch->files[0]);
    if (*text) {
        field(&form, "caption", telegram_html(t, text));
        field(&form, "parse_mode", "HTML");
    }
    if (keys)
        field(&form, "reply_markup", keys);
    post(t, batch->photos ? "sendPhoto" : "sendDocument", &form);
}

/* Each item names the part in which it comes. */
static void say_album(struct viche_turn *t, const struct batch *batch, const char *address, const char *text)
{
    struct form form = {.count = 0};
    json_t *media = json_array();
    field(&form, "chat_id", address);
    for (uint32_t i = 0; i < batch->count; i++) {
        const char *part = viche_print(t, "file%u", i);
        json_t *item = json_pack("{s:s, s:s}", "type", batch->photos ? "photo" : "document", "media", viche_print(t, "attach://%s", part));
        bool bears_text = *text && i == (batch->photos ? 0 : batch->count - 1); /* where the apps show it as the album's */
        if (bears_text) {
            json_object_set_new(item, "caption", json_string(telegram_html(t, text)));
            json_object_set_new(item, "parse_mode", json_string("HTML"));
        }
        json_array_append_new(media, item);
        attach(&form, part, batch->files[i]);
    }
    field(&form, "media", telegram_json(t, media));
    json_decref(media);
    post(t, "sendMediaGroup", &form);
}

static void say_batch(struct viche_turn *t, const struct batch *batch, const char *address, const char *text, const char *keys)
{
    if (batch->count == 1)
        say_one(t, batch, address, text, keys);
    else if (batch->count > 1)
        say_album(t, batch, address, text);
}

bool telegram_say_files(struct viche_turn *t, const struct viche_message *message, const char *text, const char *keys)
{
    struct batch photos = {.photos = true}, documents = {.photos = false};
    for (uint32_t i = 0; i < message->files.count && i < TELEGRAM_ALBUM_MAX; i++) {
        const struct viche_file *file = viche_item(&message->files, i);
        struct batch *batch = is_photo(t, file) ? &photos : &documents;
        batch->files[batch->count++] = file;
    }
    const struct batch *last = documents.count ? &documents : &photos;
    bool together = telegram_length(text) <= TELEGRAM_CAPTION_MAX && (last->count == 1 || !keys);
    if (last != &photos)
        say_batch(t, &photos, message->address, "", NULL);
    say_batch(t, last, message->address, together ? text : "", together ? keys : NULL);
    return together;
}
