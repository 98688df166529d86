/* SPDX-License-Identifier: MPL-2.0
 * Files of a chat: what a citizen sends up, and back down what stands in the chat's history. */
#include <string.h>

#include "web.h"
#include "web_json.h"

/* A browser gives a bare name; another client may give a path. */
static const char *bare_name(const char *name)
{
    for (const char *at = name; *at; at++)
        if (*at == '/' || *at == '\\')
            name = at + 1;
    return *name ? name : "file";
}

/* Sent twice because the first answer was lost, a file is kept once. */
static bool keep(struct viche_turn *t, const struct viche_http *http, const char *chat, const char *origin)
{
    if (viche_event_id(t, origin))
        return true;
    const char *type = web_header(http, "content-type");
    const char *file = viche_keep_file(t, http->file, bare_name(web_query(http, "name")),
                                       *type ? type : "application/octet-stream");
    if (!file)
        return false;
    viche_event(t, &(struct viche_event){.size = sizeof(struct viche_event), .kind = VICHE_EVENT_FILE, .address = chat,
                                         .origin = origin, .file = file});
    return true;
}

void web_upload(struct viche_turn *t, const struct viche_http *http)
{
    const char *chat = web_open(t, http) ? web_chat(t, http) : NULL;
    if (!chat)
        return;
    const char *client_id = web_query(http, "origin");
    if (!web_origin_valid(client_id)) {
        web_refuse(t, &web_bad_message, "origin");
        return;
    }
    if (!http->file || http->file_size == 0) {
        web_refuse(t, &web_no_file, NULL);
        return;
    }
    const char *origin = web_origin(t, chat, client_id);
    if (keep(t, http, chat, origin))
        web_answer(t, chat, origin, 201);
    else
        web_refuse(t, &web_bad_file, NULL);
}

static bool shows(const struct viche_message *message, const char *file)
{
    for (uint32_t i = 0; i < message->files.count; i++)
        if (strcmp(((const struct viche_file *)viche_item(&message->files, i))->id, file) == 0)
            return true;
    return false;
}

/* A file is a chat's own if its history shows it: no list of rights to keep beside. */
static bool shown_in(struct viche_turn *t, const char *chat, const char *file)
{
    uint64_t last = 0;
    uint32_t count = WEB_HISTORY_PAGE;
    while (count == WEB_HISTORY_PAGE) {
        const struct viche_message *message = viche_history(t, chat, last, &count);
        for (uint32_t i = 0; i < count; i++, message = viche_next_message(message)) {
            if (shows(message, file))
                return true;
            last = message->id;
        }
    }
    return false;
}

void web_download(struct viche_turn *t, const struct viche_http *http)
{
    const char *chat = web_open(t, http) ? web_chat(t, http) : NULL;
    if (!chat)
        return;
    const char *file = viche_get(t, "file");
    if (shown_in(t, chat, file))
        viche_reply_file(t, file);
    else
        web_refuse(t, &web_not_here, "file");
}
