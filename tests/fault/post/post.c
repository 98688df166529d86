/* SPDX-License-Identifier: MPL-2.0
 * The plainest messenger there is, to be lost in tests: GET <url>/send?chat=…&text=… says a message, GET <url>/poll is asked every
 * second, and what a citizen writes comes to POST /chats/{chat}?origin=…, a file by its address: POST
 * /chats/{chat}/files?origin=…&remote=…&album=…. 200 is sent, 403 means that the chat has shut us out. */
#include <string.h>

#include <viche/viche.h>

static const char *query(const struct viche_http *http, const char *name)
{
    for (const struct viche_pair *pair = http->query; pair && pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return "";
}

static void hear(struct viche_turn *t, const struct viche_http *http)
{
    const char *chat = viche_get(t, "chat");
    viche_event(t, &(struct viche_event){.size = sizeof(struct viche_event), .kind = VICHE_EVENT_TEXT, .address = chat,
                                         .origin = viche_print(t, "%s.%s", chat, query(http, "origin")), .text = http->body});
    viche_reply(t, 204, "text/plain", "", 0);
}

static void hear_of_file(struct viche_turn *t, const struct viche_http *http)
{
    const char *chat = viche_get(t, "chat");
    viche_event(t, &(struct viche_event){.size = sizeof(struct viche_event), .kind = VICHE_EVENT_FILE, .address = chat,
                                         .origin = viche_print(t, "%s.%s", chat, query(http, "origin")), .text = http->body,
                                         .remote = query(http, "remote"), .remote_name = "file.txt", .album = query(http, "album")});
    viche_reply(t, 204, "text/plain", "", 0);
}

static uint32_t fetch_file(struct viche_turn *t, const char *remote, const struct viche_result *last, struct viche_request *out)
{
    out->url = viche_print(t, "%s/file/%s", viche_option(t, "url"), remote);
    if (last && last->status == 409) /* not yet */
        viche_later(t, 30);
    return last ? 0 : VICHE_FETCH_TAKE;
}

static const char *encoded(struct viche_turn *t, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    char *out = viche_memory(t, 3 * strlen(text) + 1), *to = out;
    for (; *text; text++) {
        *to++ = '%';
        *to++ = hex[(unsigned char)*text >> 4];
        *to++ = hex[*text & 15];
    }
    return out;
}

/* Call after call, the later ones with their number. */
static void send(struct viche_turn *t, const struct viche_message *message)
{
    for (int64_t i = 1; i <= viche_option_number(t, "calls"); i++) {
        const char *text = i > 1 ? viche_print(t, "%lld: %s", (long long)i, message->text) : message->text;
        viche_send_request(t, &(struct viche_request){.size = sizeof(struct viche_request),
                                                      .url = viche_print(t, "%s/send?chat=%s&text=%s", viche_option(t, "url"),
                                                                         message->address, encoded(t, text))});
    }
}

static void pace(struct viche_turn *t, const char *address, struct viche_pace *out)
{
    (void)address;
    out->per_second = (uint32_t)viche_option_number(t, "per-second");
    out->price = (uint32_t)viche_option_number(t, "price");
}

static uint32_t sent(struct viche_turn *t, const struct viche_result *result)
{
    (void)t;
    return result->status == 200 ? VICHE_SENT : result->status == 403 ? VICHE_GONE : VICHE_LATER;
}

static uint32_t poll(struct viche_turn *t, const char *state, struct viche_request *out)
{
    (void)state;
    out->url = viche_print(t, "%s/poll", viche_option(t, "url"));
    return viche_option_number(t, "polls") != 0;
}

static const char *polled(struct viche_turn *t, const char *state, const struct viche_result *result)
{
    viche_later(t, 1);
    return result->status == 200 ? state : NULL;
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.post", .name = "Post", .version = "1.0", .licence = "MPL-2.0",
    .options = VICHE_LIST(struct viche_option, { .name = "url", .kind = VICHE_OPTION_URL, .help = "where messages go" },
                          { .name = "polls", .kind = VICHE_OPTION_FLAG, .fallback = "no", .help = "ask for news" },
                          { .name = "calls", .kind = VICHE_OPTION_NUMBER, .min = 1, .max = 9, .fallback = "1", .help = "a message takes" },
                          { .name = "per-second", .kind = VICHE_OPTION_NUMBER, .min = 0, .max = 1000, .fallback = "0", .help = "calls" },
                          { .name = "price", .kind = VICHE_OPTION_NUMBER, .min = 0, .max = 1000, .fallback = "0", .help = "of a call" }),
    .channels = VICHE_LIST(struct viche_channel, {
        .id = "post", .text_max = 200, .buttons_max = 6, .label_max = 40, .value_max = 64, .per_row_max = 2,
        .hooks = VICHE_LIST(struct viche_route, { .method = "POST", .path = "/chats/{chat}", .serve = hear },
                            { .method = "POST", .path = "/chats/{chat}/files", .serve = hear_of_file }),
        .send = send, .sent = sent, .poll = poll, .polled = polled, .fetch_file = fetch_file, .pace = pace,
    }),
};
