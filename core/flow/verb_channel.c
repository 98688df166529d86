/* SPDX-License-Identifier: MPL-2.0
 * The verbs of viche/channel.h: what a codec calls. */
#include <sodium.h>
#include <string.h>

#include "flow/event.h"
#include "flow/history.h"
#include "flow/inbox.h"
#include "flow/outbox.h"
#include "flow/ride.h"
#include "flow/value.h"
#include "flow/verb.h"
#include "flow/vintage.h"
#include "store/file.h"

static struct turn *of(struct viche_turn *t) { return (struct turn *)t; }

/* Our own client keeps what was refused and sends it again. A messenger would hold back everybody's events behind this one. */
static bool client_can_wait(const struct turn *turn)
{
    return turn->reply && (turn->channel->abilities & VICHE_KEEPS_HISTORY);
}

/* Against the limit of a chat: what the citizen wrote or pressed. */
static bool is_counted(uint32_t kind)
{
    return kind != VICHE_EVENT_LEFT && kind != VICHE_EVENT_BACK && kind != VICHE_EVENT_SEEN && kind != VICHE_EVENT_FAILED;
}

static void event(struct viche_turn *t, const struct viche_event *given)
{
    struct turn *turn = of(t);
    struct viche_event what;
    vintage_take(&what, sizeof what, given);
    if (!turn->channel || !what.address || !*what.address || !what.origin || !*what.origin) {
        turn_fail(turn, "viche_event needs a channel's hook, an address and an origin");
        return;
    }
    ride_offer(turn->flow, &what);
    if (turn->refused == LIMIT_FINE && is_counted(what.kind))
        turn->refused = limit_event(turn->flow, page_event(turn->town->id, turn->channel->id, what.address));
    if (turn->refused == LIMIT_CHAT && !client_can_wait(turn)) {
        turn->refused = LIMIT_FINE;
        event_too_many(turn->flow, turn->channel, &what);
        return;
    }
    const char *whole = what.kind == VICHE_EVENT_BUTTON && what.value ? value_whole(turn->town->db, turn->arena, what.value) : NULL;
    what.value = whole ? whole : what.value;
    if (turn->refused == LIMIT_FINE)
        event_handle(turn->flow, turn->channel, &what);
}

static void hint(struct viche_turn *t, const char *address, const char *origin, const char *text)
{
    struct turn *turn = of(t);
    if (!turn->channel || !address || !*address || !origin || !*origin) {
        turn_fail(turn, "viche_hint needs a channel's hook, an address and an origin");
        return;
    }
    if (!inbox_take(turn->town->db, turn->channel->id, origin))
        return;
    const struct draft *part = outbox_fit(turn->flow, turn->channel, &(struct draft){.text = arena_copy(turn->arena, text)});
    for (; part; part = part->next)
        outbox_put_stored(turn->flow, turn->channel, address, message_write(part, turn->arena));
}

/* The parts of a multipart body, copied. */
static struct viche_list copy_parts(struct arena *arena, const struct viche_list *given)
{
    struct viche_part *parts = arena_alloc(arena, (given->count + 1) * sizeof *parts);
    for (uint32_t i = 0; i < given->count; i++) {
        memcpy(&parts[i], viche_item(given, i), given->stride < sizeof *parts ? given->stride : sizeof *parts);
        const char **texts[] = {&parts[i].name, &parts[i].value, &parts[i].file, &parts[i].file_name, &parts[i].file_type};
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            *texts[t] = arena_copy(arena, *texts[t]);
    }
    return (struct viche_list){sizeof *parts, given->count, parts};
}

static struct viche_pair *copy_headers(struct arena *arena, const struct viche_pair *given)
{
    size_t count = 0;
    while (given && given[count].name)
        count++;
    struct viche_pair *headers = arena_alloc(arena, (count + 1) * sizeof *headers);
    for (size_t i = 0; i < count; i++)
        headers[i] = (struct viche_pair){arena_copy(arena, given[i].name), arena_copy(arena, given[i].value)};
    return headers;
}

static void request(struct viche_turn *t, const struct viche_request *given)
{
    struct turn *turn = of(t);
    struct viche_request *all = arena_alloc(turn->arena, (turn->request_count + 1) * sizeof *all);
    if (turn->request_count)
        memcpy(all, turn->requests, turn->request_count * sizeof *all);
    struct viche_request *copy = &all[turn->request_count++];
    vintage_take(copy, sizeof *copy, given);
    copy->url = arena_copy(turn->arena, copy->url);
    copy->method = arena_copy(turn->arena, copy->method);
    if (copy->body)
        copy->body = arena_copy_bytes(turn->arena, copy->body, copy->body_size);
    copy->headers = copy_headers(turn->arena, copy->headers);
    copy->parts = copy_parts(turn->arena, &copy->parts);
    turn->requests = all;
}

/* A channel's addresses are its chats. Those of any other turn are the plugin's own; ':' is in no channel's id. */
static const char *topic_of(const struct turn *turn, const char *address)
{
    const struct viche_plugin *decl = turn->plugin->plugin->decl;
    bool hooked = false;
    for (uint32_t i = 0; i < decl->channels.count; i++)
        hooked = hooked || turn->channel == &PLUGIN_ITEMS(struct viche_channel, decl->channels)[i];
    return arena_print(turn->arena, "%s/%s%s/%s", turn->town->id, hooked ? "" : ":",
                       hooked ? turn->channel->id : turn->plugin->plugin->name, address);
}

static void push(struct viche_turn *t, const char *address, uint64_t id, const char *data)
{
    struct turn *turn = of(t);
    struct buf *out = &turn->flow->frames;
    size_t mark = frame_begin(out, FRAME_PUSH);
    frame_text(out, topic_of(turn, address));
    frame_u64(out, id);
    frame_bytes(out, data, strlen(data));
    frame_end(out, mark);
    turn->pushes++;
}

static void stream(struct viche_turn *t, const char *address, uint64_t last_id)
{
    struct turn *turn = of(t);
    if (!turn->reply)
        return;
    turn->reply->topic = topic_of(turn, address);
    turn->reply->last_id = last_id;
}

static void stream_end(struct viche_turn *t, const char *address)
{
    struct buf *out = &of(t)->flow->frames;
    size_t mark = frame_begin(out, FRAME_END);
    frame_text(out, topic_of(of(t), address));
    frame_end(out, mark);
}

static void later(struct viche_turn *t, uint32_t seconds) { of(t)->later_s = seconds; }

static void shut(struct viche_turn *t) { of(t)->shut = true; }

static uint32_t knows(struct viche_turn *t, const char *address)
{
    return citizen_known(of(t)->town->db, of(t)->channel->id, address);
}

static const struct viche_message *history(struct viche_turn *t, const char *address, uint64_t after_id, uint32_t *count)
{
    return history_read(of(t)->town->db, of(t)->arena, of(t)->channel->id, address, after_id, count);
}

static const char *hash(struct viche_turn *t, const char *text)
{
    unsigned char digest[crypto_generichash_BYTES];
    crypto_generichash(digest, sizeof digest, (const unsigned char *)text, strlen(text), NULL, 0);
    const size_t room = sodium_base64_ENCODED_LEN(sizeof digest, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_alloc(of(t)->arena, room);
    return sodium_bin2base64(out, room, digest, sizeof digest, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static const char *path_of_file(struct viche_turn *t, const char *file_id, const char **name, const char **type)
{
    struct turn *turn = of(t);
    struct file_info info;
    if (!file_find(turn->town->db, turn->arena, file_id, &info))
        return NULL;
    *name = info.name;
    *type = info.type;
    return file_path(turn->arena, turn->town->folder, file_id);
}

/* The name as RFC 5987 writes it. */
static const char *saved_as(struct arena *arena, const char *name)
{
    struct buf out = {0};
    for (; *name; name++) {
        bool plain = (*name >= '0' && *name <= '9') || (*name >= 'A' && *name <= 'Z') || (*name >= 'a' && *name <= 'z') ||
                     strchr("-._", *name);
        buf_print(&out, plain ? "%c" : "%%%02X", (unsigned char)*name);
    }
    const char *header = arena_print(arena, "attachment; filename*=UTF-8''%s", buf_str(&out));
    buf_free(&out);
    return header;
}

/* A picture may be shown in the page; everything else is handed over to be saved, and nothing is run. */
static void reply_file(struct viche_turn *t, const char *file_id)
{
    struct turn *turn = of(t);
    const char *name = NULL;
    const char *type = NULL;
    const char *path = path_of_file(t, file_id, &name, &type);
    if (!path || !turn->reply)
        return;
    bool picture = strcmp(type, "image/jpeg") == 0 || strcmp(type, "image/png") == 0 || strcmp(type, "image/webp") == 0;
    reply_set(turn->reply, 200, picture ? type : "application/octet-stream", "", 0);
    reply_header(turn->reply, "content-disposition", picture ? "inline" : saved_as(turn->arena, name));
    reply_header(turn->reply, "cache-control", "private, max-age=600");
    reply_header(turn->reply, "x-content-type-options", "nosniff");
    reply_header(turn->reply, "content-security-policy", "sandbox; default-src 'none'");
    turn->reply->file = path;
}

static uint64_t event_id(struct viche_turn *t, const char *origin)
{
    return (uint64_t)history_id(of(t)->town->db, of(t)->channel->id, origin);
}

static const struct viche_pair *links(struct viche_turn *t, const char *payload)
{
    struct turn *turn = of(t);
    const struct town *town = turn->town;
    struct viche_pair *pairs = arena_alloc(turn->arena, (town->plugin_count + 1) * sizeof *pairs);
    size_t count = 0;
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct viche_plugin *decl = town->plugins[i].plugin->decl;
        const struct viche_channel *channel = PLUGIN_ITEMS(struct viche_channel, decl->channels);
        if (town->plugins[i].off || decl->channels.count == 0 || !channel->deep_link)
            continue;
        struct turn *other = turn_plain(turn->flow, &town->plugins[i]);
        other->channel = channel;
        other->request = turn->request;
        other->language = turn->language;
        const char *url = channel->deep_link(&other->base, payload);
        turn_end(other);
        if (url)
            pairs[count++] = (struct viche_pair){channel->id, url};
    }
    return pairs;
}

static const char *address(struct viche_turn *t, uint32_t index)
{
    struct turn *turn = of(t);
    if (turn->address)
        return index == 0 ? turn->address : NULL;
    const struct viche_channel *channel = PLUGIN_ITEMS(struct viche_channel, turn->plugin->plugin->decl->channels);
    return channel ? citizen_address(turn->town->db, turn->arena, turn->citizen.id, channel->id, index) : NULL;
}

static void moved(struct viche_turn *t, const char *to)
{
    struct turn *turn = of(t);
    if (!turn->address || !to || !*to) {
        turn_fail(turn, "viche_moved is for what a messenger answers to a message");
        return;
    }
    const char *from = arena_copy(turn->arena, turn->address);
    turn->address = arena_copy(turn->arena, to);
    citizen_readdress(turn->town->db, turn->channel->id, from, turn->address);
    outbox_readdress(turn->flow, turn->channel->id, from, turn->address);
}

const struct viche_channel_host turn_channel_host = {
    .size = sizeof turn_channel_host,
    .event = event,
    .request = request,
    .push = push,
    .stream = stream,
    .later = later,
    .knows = knows,
    .history = history,
    .hash = hash,
    .file_path = path_of_file,
    .reply_file = reply_file,
    .event_id = event_id,
    .links = links,
    .address = address,
    .stream_end = stream_end,
    .hint = hint,
    .moved = moved,
    .shut = shut,
};
