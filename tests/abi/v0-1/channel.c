/* SPDX-License-Identifier: MPL-2.0
 * A plugin of ABI 0.1 that is a channel: what comes as {address}/{text} goes out the same way. */
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

static uint32_t fetch_file(struct viche_turn *t, const char *remote, const struct viche_result *last, struct viche_request *out)
{
    out->url = viche_print(t, "https://messenger.example/{secret:token}/files/%s", last ? last->body : remote);
    return last ? VICHE_FETCH_TAKE : VICHE_FETCH_ASK;
}

static void pace(struct viche_turn *t, const char *address, struct viche_pace *out)
{
    (void)t, (void)address;
    out->per_second = 30;
    out->gap_ms = 1000;
}

static const char *sent_id(struct viche_turn *t, const struct viche_result *result) { return viche_print(t, "%s", result->body); }

static uint32_t send_together(struct viche_turn *t, const struct viche_message *message, const char *const *addresses, uint32_t count)
{
    const char *all = "";
    for (uint32_t i = 0; i < count; i++)
        all = viche_print(t, "%s,%s", all, addresses[i]);
    const struct viche_request request = {
        .size = sizeof request, .url = viche_print(t, "https://messenger.example/{secret:token}/many/%s", all), .body = message->text};
    viche_send_request(t, &request);
    return 1;
}

static uint32_t sent_together(struct viche_turn *t, const struct viche_result *result, const char *address)
{
    (void)address;
    return sent(t, result);
}

static const char *answer(struct viche_turn *t, const struct viche_message *message)
{
    return message->files.count ? NULL : viche_print(t, "{\"to\": \"%s\"}", message->address);
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.channel", .name = "Channel", .version = "1.0",
    .options = VICHE_LIST(struct viche_option,
        { .name = "token", .help = "As the messenger gave it.", .flags = VICHE_SECRET, .fallback = "" }),
    .channels = VICHE_LIST(struct viche_channel, {
        .id = "channel", .abilities = VICHE_CAN_PLACE | VICHE_CAN_FILE, .text_max = 4096, .buttons_max = 20, .label_max = 40,
        .value_max = 64, .per_row_max = 2,
        .hooks = VICHE_LIST(struct viche_route, { .method = "POST", .path = "/in/{address}/{origin}", .serve = receive }),
        .send = send, .sent = sent, .poll = poll, .polled = polled, .deep_link = deep_link, .fetch_file = fetch_file, .pace = pace,
        .sent_id = sent_id, .files_max = 10, .together_max = 300, .send_together = send_together, .sent_together = sent_together,
        .answer = answer,
    }),
};
