/* SPDX-License-Identifier: MPL-2.0
 * The console channel, for authors: a line typed is what a citizen does, and a message looks as in a transcript.
 *
 *   > words                  writes them               < Яка адреса?
 *   > [Label]                presses that button         Напишіть вулицю і будинок.
 *   > @place 48.38,28.86     shares a place              [📍 Поділитися місцем]  [Назад]
 *   > @phone +380671234567   shares the number
 *   > /start payload         comes by a deep link
 *
 * POST /chats/{chat}?origin=N, the body being the line (404: there is no such button; &language=en: what the first contact
 * speaks); POST /chats/{chat}/files?origin=N&name=…, the body being the file. */
#include <stdlib.h>
#include <string.h>
#include <viche/viche.h>

static const char *query(const struct viche_http *http, const char *name)
{
    for (const struct viche_pair *pair = http->query; pair && pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return "";
}

/* ---- a line becomes an event ---- */

static bool labelled(const struct viche_button *button, const char *label, size_t length)
{
    return button->kind == VICHE_BUTTON_ANSWER && strlen(button->label) == length && strncmp(button->label, label, length) == 0;
}

/* The youngest button of the chat with this label; NULL when there is none. */
static const char *pressed(struct viche_turn *t, const char *chat, const char *label, size_t length)
{
    const char *value = NULL;
    uint64_t last = 0;
    uint32_t count = 1;
    while (count) {
        const struct viche_message *message = viche_history(t, chat, last, &count);
        for (uint32_t i = 0; i < count; i++) {
            for (uint32_t b = 0; b < message->buttons.count; b++) {
                const struct viche_button *button = viche_item(&message->buttons, b);
                if (labelled(button, label, length))
                    value = button->value;
            }
            last = message->id;
            message = viche_next_message(message);
        }
    }
    return value;
}

static bool is_button(const char *line)
{
    size_t length = strlen(line);
    return length > 2 && line[0] == '[' && line[length - 1] == ']';
}

static bool read_button(struct viche_turn *t, const char *line, struct viche_event *event)
{
    size_t length = strlen(line);
    event->value = pressed(t, event->address, line + 1, length - 2);
    event->text = viche_print(t, "%.*s", (int)length - 2, line + 1);
    event->kind = VICHE_EVENT_BUTTON;
    return event->value != NULL;
}

static bool read_place(const char *line, struct viche_event *event)
{
    char *end = NULL;
    if (strncmp(line, "@place ", 7) != 0)
        return false;
    event->latitude = strtod(line + 7, &end);
    if (*end != ',')
        return false;
    event->longitude = strtod(end + 1, &end);
    event->kind = VICHE_EVENT_PLACE;
    return *end == '\0';
}

static bool read_phone(const char *line, struct viche_event *event)
{
    if (strncmp(line, "@phone ", 7) != 0)
        return false;
    event->text = line + 7;
    event->kind = VICHE_EVENT_PHONE;
    return true;
}

static bool read_start(const char *line, struct viche_event *event)
{
    if (strncmp(line, "/start", 6) != 0 || (line[6] != '\0' && line[6] != ' '))
        return false;
    event->kind = VICHE_EVENT_START;
    event->text = line[6] ? line + 7 : "";
    return true;
}

static struct viche_event event_of(struct viche_turn *t, const struct viche_http *http)
{
    const char *chat = viche_get(t, "chat");
    return (struct viche_event){.size = sizeof(struct viche_event), .address = chat,
                                .origin = viche_print(t, "%s.%s", chat, query(http, "origin")),
                                .language = query(http, "language")};
}

static void hear(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_event event = event_of(t, http);
    const char *line = http->body;
    if (is_button(line) && !read_button(t, line, &event)) {
        viche_reply(t, 404, "text/plain", "", 0);
        return;
    }
    if (!event.kind && !read_start(line, &event) && !read_place(line, &event) && !read_phone(line, &event)) {
        event.kind = VICHE_EVENT_TEXT;
        event.text = line;
    }
    viche_event(t, &event);
    viche_reply(t, 204, "text/plain", "", 0);
}

static void take_file(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_event event = event_of(t, http);
    event.kind = VICHE_EVENT_FILE;
    event.file = http->file ? viche_keep_file(t, http->file, query(http, "name"), "application/octet-stream") : NULL;
    if (event.file)
        viche_event(t, &event);
    viche_reply(t, event.file ? 204 : 415, "text/plain", "", 0);
}

/* ---- a message becomes lines ---- */

static const char *text_lines(struct viche_turn *t, const char *text)
{
    size_t breaks = 0;
    for (const char *at = text; *at; at++)
        breaks += *at == '\n';
    char *out = viche_memory(t, strlen(text) + 2 * breaks + 1);
    for (char *to = out; *text; text++) {
        *to++ = *text;
        if (*text == '\n') {
            *to++ = ' ';
            *to++ = ' ';
        }
    }
    return out;
}

static const char *button_lines(struct viche_turn *t, const struct viche_list *buttons)
{
    const char *out = "";
    uint32_t row = UINT32_MAX;
    for (uint32_t i = 0; i < buttons->count; i++) {
        const struct viche_button *button = viche_item(buttons, i);
        const char *gap = button->row == row ? "  " : i ? "\n  " : "  ";
        bool link = button->kind == VICHE_BUTTON_LINK;
        out = viche_print(t, "%s%s[%s%s%s]", out, gap, button->label, link ? " → " : "", link ? button->value : "");
        row = button->row;
    }
    return buttons->count ? viche_print(t, "%s\n", out) : out;
}

static void send(struct viche_turn *t, const struct viche_message *message)
{
    if (message->flags & VICHE_MESSAGE_TYPING)
        return;
    const char *out = viche_print(t, "< %s\n%s", text_lines(t, message->text ? message->text : ""), button_lines(t, &message->buttons));
    if (message->place_label)
        out = viche_print(t, "%s  📍 %.6f,%.6f %s\n", out, message->latitude, message->longitude, message->place_label);
    for (uint32_t i = 0; i < message->files.count; i++) {
        const struct viche_file *file = viche_item(&message->files, i);
        out = viche_print(t, "%s  📎 %s\n", out, file->name ? file->name : file->id);
    }
    viche_push(t, message->address, message->id, out);
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.console", .name = "Console", .version = "1.0", .licence = "MPL-2.0",
    .channels = VICHE_LIST(struct viche_channel, {
        .id = "console",
        .abilities = VICHE_CAN_PLACE | VICHE_CAN_PHONE | VICHE_CAN_FILE | VICHE_KEEPS_HISTORY,
        .text_max = 4000, .buttons_max = 30, .label_max = 64, .value_max = 256, .per_row_max = 3, .files_max = 10,
        .hooks = VICHE_LIST(struct viche_route,
            { .method = "POST", .path = "/chats/{chat}", .serve = hear },
            { .method = "POST", .path = "/chats/{chat}/files", .max_body = VICHE_UPLOAD, .serve = take_file }),
        .send = send,
    }),
};
