/* SPDX-License-Identifier: MIT
 * What a channel declares: how a messenger speaks. A channel is a pure codec. It does no I/O and holds no token: bytes in,
 * events out; messages in, requests out. The host does the rest: deduplication, order, limits, retries, waiting. */
#ifndef VICHE_CHANNEL_H
#define VICHE_CHANNEL_H

#include <viche/list.h>
#include <viche/turn.h>

enum { /* viche_event.kind */
    VICHE_EVENT_TEXT = 1,    /* text */
    VICHE_EVENT_BUTTON = 2,  /* value, as it stood in viche_button.value */
    VICHE_EVENT_PLACE = 3,   /* latitude, longitude */
    VICHE_EVENT_PHONE = 4,   /* text: the number; only if the messenger vouches that it is the sender's own */
    VICHE_EVENT_FILE = 5,    /* file */
    VICHE_EVENT_START = 6,   /* the first contact; text: payload of the deep link, or "" */
    VICHE_EVENT_LEFT = 7,    /* blocked us or closed the chat: stop sending */
    VICHE_EVENT_SEEN = 8,    /* since 0.1: a message of ours was read; tag */
    VICHE_EVENT_BACK = 9,    /* since 0.1: took a block away and has said nothing yet: may be written to again */
    VICHE_EVENT_FAILED = 10, /* since 0.1: a message of ours was taken, but could not be delivered after all; tag */
    VICHE_EVENT_DELIVERED = 11 /* since 0.1: a message of ours has come to the person's device; tag */
};

/* Since 0.1. A file of a message. */
struct viche_file {
    const char *id, *name, *type;
};

/* Something a citizen did. */
struct viche_event {
    uint32_t size, kind;
    const char *address;  /* the chat, as this channel names it; the host keeps it, never logs it */
    const char *origin;   /* the messenger's id of this event: the host handles each (channel, origin) once */
    const char *text, *value; /* of a button, text is the label that was pressed: history shows it */
    const char *file;     /* id from viche_keep_file; since 0.1 several, separated by '\n' */
    const char *language; /* hint for a first contact, "uk"; may be NULL */
    double latitude, longitude;
    /* since 0.1 */
    const char *remote;  /* of a file that is still with the messenger: handed to fetch_file; the event waits for it */
    const char *remote_name;
    const char *message; /* of a button: the messenger's id of the message under which it was pressed */
    const char *tag;     /* of a receipt: the messenger's id of the message, as viche_channel.sent_id gave it */
    const char *album;   /* of a remote file: those that were sent together bear the same; they are handed on as one event */
};

enum { /* viche_button.kind */
    VICHE_BUTTON_ANSWER = 0, /* sends value back */
    VICHE_BUTTON_LINK = 1,   /* opens value */
    VICHE_BUTTON_PLACE = 2,  /* asks the device for its place */
    VICHE_BUTTON_PHONE = 3,  /* asks the messenger for the phone number */
    VICHE_BUTTON_FILE = 4    /* asks for a photo or file */
};

struct viche_button {
    const char *label, *value;
    uint32_t kind;
    uint32_t row; /* buttons of one row number stand beside each other where they fit */
};

enum { /* viche_message.flags */
    VICHE_MESSAGE_INCOMING = 1, /* from history: the citizen's own */
    VICHE_MESSAGE_TYPING = 2    /* nothing but "an answer is being prepared"; id 0 */
};

/* A message of the town. Already within the limits the channel declared. */
struct viche_message {
    uint32_t size, flags;
    uint64_t id;         /* rises within a chat; the citizen's own have ids of the same row */
    int64_t at;          /* UTC seconds */
    const char *address;
    const char *text;    /* plain text, valid UTF-8 */
    const char *origin;  /* of an incoming one: the channel's own id of it */
    struct viche_list buttons; /* struct viche_button */
    const char *file, *file_name, *file_type; /* NULL: none */
    const char *place_label;                  /* NULL: no place */
    double latitude, longitude;
    const char *replaces; /* since 0.1: the messenger's id of a message that this one may be written over; NULL: none */
    struct viche_list files; /* since 0.1: struct viche_file, at most viche_channel.files_max; `file` is the first of them */
};

enum { /* what viche_channel.sent makes of the messenger's answer */
    VICHE_SENT = 0,
    VICHE_LATER = 1,   /* try again after viche_later(t, seconds), or after the host's own back-off */
    VICHE_REFUSED = 2, /* this message will never be taken: log, go on */
    VICHE_GONE = 3,    /* this chat will never take one until it comes back */
    VICHE_SEEN = 4,    /* since 0.1, for viche_plugin.delivered only */
    VICHE_DELIVERED = 5 /* since 0.1, for viche_plugin.delivered only: it has come to the person's device */
};

/* Since 0.1. How fast a chat may be written to, and what for. */
struct viche_pace {
    uint32_t size;
    uint32_t per_second; /* messages of the whole channel; 0: no limit */
    uint32_t gap_ms;     /* between two messages of this chat */
    uint32_t price;      /* what the next message to this chat costs, in hundredths of the town's currency; 0: nothing */
    uint32_t burst;      /* messages of this chat that may go at once; then it is gap_ms for each until it has rested; 0: one */
};

enum { VICHE_FETCH_ASK = 1, VICHE_FETCH_TAKE = 2 }; /* what viche_channel.fetch_file returns */

enum { /* viche_channel.abilities */
    VICHE_CAN_PLACE = 1,
    VICHE_CAN_PHONE = 2,
    VICHE_CAN_FILE = 4,
    VICHE_KEEPS_HISTORY = 8, /* the host stores the chat, viche_history gives it back */
    VICHE_CAN_TYPING = 16
};

struct viche_channel {
    const char *id; /* "web": stored with every address */
    uint32_t abilities;
    uint32_t text_max;         /* characters of one message; longer ones are split at paragraphs */
    uint32_t buttons_max;      /* of one message; longer lists are paged */
    uint32_t label_max;        /* characters of a button's label; longer ones are cut with … */
    uint32_t value_max;        /* bytes of a button's value; longer ones are kept in a table */
    uint32_t per_row_max;      /* buttons beside each other */
    struct viche_list hooks;   /* struct viche_route under /<town>/<plugin>: `serve` turns a request into events */
    /* Says a message: viche_request or viche_push, once or more. Requests go one after the other, each when the pace allows it: `send` is
     * called for each of them, perhaps after a restart, and makes the same ones every time. One that was taken is not repeated. */
    void (*send)(struct viche_turn *, const struct viche_message *);
    /* Reads the messenger's answer to a request of a message; NULL: 2xx is SENT, 429 and 5xx LATER, else REFUSED. */
    uint32_t (*sent)(struct viche_turn *, const struct viche_result *);
    /* A conversation of the host with the messenger that never ends: long polling, and what must be set up before it. `poll` makes
     * the next request from `state` ("" at the very beginning) and returns 1; 0: nothing to ask, again after viche_later seconds, or
     * never without it. `polled` reads the answer, says what happened with viche_event, and returns the next state, which commits
     * together with the events; NULL: not understood, the same is asked again after viche_later or a back-off. */
    uint32_t (*poll)(struct viche_turn *, const char *state, struct viche_request *out);
    const char *(*polled)(struct viche_turn *, const char *state, const struct viche_result *);
    /* The address that opens this channel with `payload` handed to VICHE_EVENT_START; NULL when the town has none. */
    const char *(*deep_link)(struct viche_turn *, const char *payload);
    /* since 0.1 */
    /* Brings a file of viche_event.remote: makes a request whose answer comes back as `last` (VICHE_FETCH_ASK), or whose answer is
     * the file (VICHE_FETCH_TAKE). last: NULL at first. 0: it cannot be had; with viche_later: not yet. */
    uint32_t (*fetch_file)(struct viche_turn *, const char *remote, const struct viche_result *last, struct viche_request *out);
    void (*pace)(struct viche_turn *, const char *address, struct viche_pace *out); /* NULL: no limits */
    /* After `sent` said VICHE_SENT: the messenger's id of the message, for receipts; NULL: none. */
    const char *(*sent_id)(struct viche_turn *, const struct viche_result *);
    uint32_t files_max;    /* of one message, an album; 0: one. What is more comes in messages before it */
    uint32_t together_max; /* chats that one call can bring the same message to; 0: each has a call of its own */
    /* Says a broadcast to several chats: one request. 0: not now, each of them comes to `send`. Then what the answer means for one of
     * the chats, as `sent`; the one for whom it says VICHE_LATER gets a call of its own. */
    uint32_t (*send_together)(struct viche_turn *, const struct viche_message *, const char *const *addresses, uint32_t count);
    uint32_t (*sent_together)(struct viche_turn *, const struct viche_result *, const char *address);
    /* The body of a hook's answer (JSON) that says this message, where a messenger takes one: it spares a request. What comes of it is
     * never heard, neither an error nor an id. NULL: say this one by `send`. The host asks for the one answer to the chat that wrote,
     * if the hook calls viche_event before viche_reply; the body stands in place of the hook's own then. */
    const char *(*answer)(struct viche_turn *, const struct viche_message *);
};

/* The host's functions for channels; called through the verbs below. */
struct viche_channel_host {
    uint32_t size, reserved;
    void (*event)(struct viche_turn *, const struct viche_event *);
    void (*request)(struct viche_turn *, const struct viche_request *);
    void (*push)(struct viche_turn *, const char *address, uint64_t id, const char *data);
    void (*stream)(struct viche_turn *, const char *address, uint64_t last_id);
    void (*later)(struct viche_turn *, uint32_t seconds);
    uint32_t (*knows)(struct viche_turn *, const char *address);
    const struct viche_message *(*history)(struct viche_turn *, const char *address, uint64_t after_id, uint32_t *count);
    const char *(*hash)(struct viche_turn *, const char *text);
    const char *(*file_path)(struct viche_turn *, const char *file_id, const char **name, const char **type);
    void (*reply_file)(struct viche_turn *, const char *file_id);
    uint64_t (*event_id)(struct viche_turn *, const char *origin);
    const struct viche_pair *(*links)(struct viche_turn *, const char *payload);
    /* since 0.1 */
    const char *(*address)(struct viche_turn *, uint32_t index);
    void (*stream_end)(struct viche_turn *, const char *address);
    void (*hint)(struct viche_turn *, const char *address, const char *origin, const char *text);
    void (*shut)(struct viche_turn *);
    void (*moved)(struct viche_turn *, const char *address);
};

/* In a hook or in polled: this happened. Its turn runs before the reply is sent; everything commits together. */
static inline void viche_event(struct viche_turn *t, const struct viche_event *event) { t->host->channel->event(t, event); }
/* Since 0.1. In a hook or in polled, of something that is no event: words of the channel's own to this chat. An ordinary message, in
 * the order and the pace of the chat; said once for each origin, as an event is taken once. */
static inline void viche_hint(struct viche_turn *t, const char *address, const char *origin, const char *text)
{
    t->host->channel->hint(t, address, origin, text);
}
/* In send: make this request; its result comes to `sent`. */
static inline void viche_send_request(struct viche_turn *t, const struct viche_request *request)
{
    t->host->channel->request(t, request);
}
/* In send, and in a hook for what viche_event put into the history: write `data` to whoever streams this chat now. It leaves after
 * the commit, the hook's before those of the answers. id: as viche_message.id, 0 for what need not be resumed.
 * Since 0.1 in every turn of every plugin: addresses are the plugin's own then, whatever it calls them. */
static inline void viche_push(struct viche_turn *t, const char *address, uint64_t id, const char *data)
{
    t->host->channel->push(t, address, id, data);
}
/* In a hook, since 0.1 in any route, after viche_reply: keep the answer open and append what is pushed there with a larger id. */
static inline void viche_stream(struct viche_turn *t, const char *address, uint64_t last_id)
{
    t->host->channel->stream(t, address, last_id);
}
/* Since 0.1. After the commit every stream of this address is ended: what was pushed before still arrives, nothing after. */
static inline void viche_stream_end(struct viche_turn *t, const char *address) { t->host->channel->stream_end(t, address); }
static inline void viche_later(struct viche_turn *t, uint32_t seconds) { t->host->channel->later(t, seconds); }
/* Since 0.1. In sent and polled: the messenger refuses not this message but the town (its token is revoked, its account blocked), whatever
 * the HTTP status says; 401 is understood without it. Officials see the channel down at once, and up with the next answer that is none. */
static inline void viche_shut(struct viche_turn *t) { t->host->channel->shut(t); }
/* Since 0.1. In sent: the chat that was written to has this address from now on, and so have its citizen and whatever waits for it.
 * VICHE_LATER is the verdict then. */
static inline void viche_moved(struct viche_turn *t, const char *address) { t->host->channel->moved(t, address); }
/* Has this chat ever written to the town? */
static inline bool viche_knows(struct viche_turn *t, const char *address) { return t->host->channel->knows(t, address) != 0; }
/* The chat's messages with a larger id, oldest first, at most 200; walk them with viche_next_message. */
static inline const struct viche_message *viche_history(struct viche_turn *t, const char *address, uint64_t after_id, uint32_t *count)
{
    return t->host->channel->history(t, address, after_id, count);
}
/* The message behind this one: a message is as long as the host says. */
static inline const struct viche_message *viche_next_message(const struct viche_message *message)
{
    return (const struct viche_message *)(const void *)((const char *)message + message->size);
}
/* A one-way hash (BLAKE2b, base64url, 43 characters) for addresses made of tokens. */
static inline const char *viche_hash(struct viche_turn *t, const char *text) { return t->host->channel->hash(t, text); }
/* Where a file of the town lies, its name and type; NULL: there is none. To know what it is, viche_file_about is enough. */
static inline const char *viche_file_path(struct viche_turn *t, const char *file_id, const char **name, const char **type)
{
    return t->host->channel->file_path(t, file_id, name, type);
}
/* In a hook or route: answer with this file of the town, as an attachment unless it is a picture. Only the client may keep it. */
static inline void viche_reply_file(struct viche_turn *t, const char *file_id) { t->host->channel->reply_file(t, file_id); }
/* In a hook, after viche_event: the id under which that event stands in the chat's history. */
static inline uint64_t viche_event_id(struct viche_turn *t, const char *origin) { return t->host->channel->event_id(t, origin); }
/* The channels by which citizens reach this town: name is the channel's id, value its deep link; ended by a NULL name. */
static inline const struct viche_pair *viche_links(struct viche_turn *t, const char *payload)
{
    return t->host->channel->links(t, payload);
}
/* Since 0.1. In sent and sent_id: index 0 is the chat that was written to. In export_citizen and erase_citizen: the citizen's
 * chats on this channel, one after the other. NULL: no more. */
static inline const char *viche_address(struct viche_turn *t, uint32_t index) { return t->host->channel->address(t, index); }

#endif
