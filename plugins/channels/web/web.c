/* SPDX-License-Identifier: MPL-2.0
 * The web channel: a town's chat in the browser, on the town's own page or on any site; docs/web-channel.md is its
 * protocol. */
#include "web.h"

/* Written to all tabs of the chat; those who are away read it from the history when they come back. */
static void send(struct viche_turn *t, const struct viche_message *message)
{
    struct paper out = {.t = t};
    web_event_out(&out, message->address, message);
    viche_push(t, message->address, message->id, out.text);
}

static const char *deep_link(struct viche_turn *t, const char *payload)
{
    const char *origin = viche_town(t, "origin");
    if (*origin == '\0')
        return NULL;
    struct paper out = {.t = t};
    paper_put(&out, viche_print(t, "%s/%s/", origin, viche_town(t, "id")));
    if (payload && *payload) {
        paper_put(&out, "?start=");
        paper_url(&out, payload);
    }
    return out.text;
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.web", .name = "Web chat", .version = "1.0", .licence = "MPL-2.0",
    .options = VICHE_LIST(struct viche_option,
        { .name = "sites", .fallback = "", .help = "Origins that may embed the widget, separated by spaces: "
                                                   "https://town.example https://school.example; * for any" }),
    .channels = VICHE_LIST(struct viche_channel, {
        .id = "web",
        .abilities = VICHE_CAN_PLACE | VICHE_CAN_FILE | VICHE_KEEPS_HISTORY | VICHE_CAN_TYPING,
        .text_max = WEB_TEXT_MAX, .buttons_max = 30, .label_max = 64, .value_max = WEB_VALUE_MAX, .per_row_max = 3,
        .files_max = WEB_FILES_MAX,
        .hooks = VICHE_LIST(struct viche_route,
            { .method = "GET", .path = "/page", .serve = web_page },
            { .method = "GET", .path = "/about", .serve = web_about },
            { .method = "GET", .path = "/qr/{channel}", .serve = web_qr },
            { .method = "GET", .path = "/official.json", .serve = web_official_json },
            { .method = "GET", .path = "/official.txt", .serve = web_official_text },
            { .method = "POST", .path = "/chats", .max_body = WEB_BODY_MAX, .serve = web_start },
            { .method = "DELETE", .path = "/chats/{chat}", .serve = web_leave },
            { .method = "POST", .path = "/chats/{chat}/messages", .max_body = WEB_BODY_MAX, .serve = web_messages },
            { .method = "POST", .path = "/chats/{chat}/files", .max_body = VICHE_UPLOAD, .serve = web_upload },
            { .method = "GET", .path = "/chats/{chat}/files/{file}", .serve = web_download },
            { .method = "GET", .path = "/chats/{chat}/events", .serve = web_events },
            { .method = "OPTIONS", .path = "/about", .serve = web_preflight },
            { .method = "OPTIONS", .path = "/chats", .serve = web_preflight },
            { .method = "OPTIONS", .path = "/chats/{chat}", .serve = web_preflight },
            { .method = "OPTIONS", .path = "/chats/{chat}/messages", .serve = web_preflight },
            { .method = "OPTIONS", .path = "/chats/{chat}/files", .serve = web_preflight },
            { .method = "OPTIONS", .path = "/chats/{chat}/files/{file}", .serve = web_preflight },
            { .method = "OPTIONS", .path = "/chats/{chat}/events", .serve = web_preflight }),
        .send = send, .deep_link = deep_link,
    }),
};
