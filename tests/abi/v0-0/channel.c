/* SPDX-License-Identifier: MPL-2.0
 * A plugin of ABI 0.0 that is a channel: what comes as {address}/{text} goes out the same way. */
#include <viche/viche.h>

static void receive(struct viche_turn *t, const struct viche_http *request)
{
    const struct viche_event event = {
        .size = sizeof event,
        .kind = VICHE_EVENT_TEXT,
        .address = viche_get(t, "address"),
        .origin = viche_get(t, "origin"),
        .text = request->body,
    };
    viche_event(t, &event);
    viche_reply(t, 204, NULL, NULL, 0);
}

static void send(struct viche_turn *t, const struct viche_message *message)
{
    const struct viche_request request = {
        .size = sizeof request,
        .url = viche_print(t, "https://messenger.example/{secret:token}/%s", message->address),
        .body = message->text,
    };
    viche_send_request(t, &request);
}

static uint32_t sent(struct viche_turn *t, const struct viche_result *result)
{
    if (result->status == 429)
        viche_later(t, 30);
    return result->status == 200 ? VICHE_SENT : result->status == 410 ? VICHE_GONE : VICHE_LATER;
}

static uint32_t poll(struct viche_turn *t, const char *state, struct viche_request *out)
{
    out->url = viche_print(t, "https://messenger.example/{secret:token}/updates?after=%s", state);
    return 1;
}

static const char *polled(struct viche_turn *t, const char *state, const struct viche_result *result)
{
    return result->status == 200 ? viche_print(t, "%s+", state) : state;
}

static const char *deep_link(struct viche_turn *t, const char *payload)
{
    return viche_print(t, "https://messenger.example/?start=%s", payload);
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.channel", .name = "Channel", .version = "1.0",
    .options = VICHE_LIST(struct viche_option,
        { .name = "token", .help = "As the messenger gave it.", .flags = VICHE_SECRET, .fallback = "" }),
    .channels = VICHE_LIST(struct viche_channel, {
        .id = "channel", .abilities = VICHE_CAN_PLACE | VICHE_CAN_FILE, .text_max = 4096, .buttons_max = 20, .label_max = 40,
        .value_max = 64, .per_row_max = 2,
        .hooks = VICHE_LIST(struct viche_route, { .method = "POST", .path = "/in/{address}/{origin}", .serve = receive }),
        .send = send, .sent = sent, .poll = poll, .polled = polled, .deep_link = deep_link,
    }),
};
