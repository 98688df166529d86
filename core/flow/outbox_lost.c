/* SPDX-License-Identifier: MPL-2.0
 * Messages for an address that takes none any more: its channel is not loaded, refuses us for long, or the chat has shut us out. They
 * move to another address of the same person, if the person agreed; else their rows are held until the address is back. Nothing is
 * dropped but broadcasts to a chat that has shut us out. */
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "flow/outbox_inner.h"
#include "flow/pulse.h"
#include "flow/receipt.h"
#include "flow/turn.h"
#include "flow/value.h"

enum { ADDRESSES_MAX = 16, HELD_DAYS = 30, DAY_S = 24 * 3600 };

/* ---- one row ---- */

/* A button that only another channel could show. */
static bool fits(const struct viche_button *button, const struct viche_channel *channel)
{
    switch (button->kind) {
    case VICHE_BUTTON_PLACE:
        return channel->abilities & VICHE_CAN_PLACE;
    case VICHE_BUTTON_PHONE:
        return channel->abilities & VICHE_CAN_PHONE;
    case VICHE_BUTTON_FILE:
        return channel->abilities & VICHE_CAN_FILE;
    default:
        return true;
    }
}

/* The stored message as if it had just been said. */
static bool read_draft(struct flow *flow, const char *body, const struct viche_channel *channel, struct draft *out)
{
    struct viche_message message = {.size = sizeof message};
    if (!message_read(body, flow->arena, &message))
        return false;
    *out = (struct draft){
        .text = message.text,
        .place_label = message.place_label,
        .latitude = message.latitude,
        .longitude = message.longitude,
    };
    for (uint32_t i = 0; i < message.files.count; i++)
        draft_file(out, flow->arena, viche_item(&message.files, i));
    uint32_t row = UINT32_MAX;
    for (uint32_t i = 0; i < message.buttons.count; i++) {
        const struct viche_button *button = viche_item(&message.buttons, i);
        if (!fits(button, channel))
            continue;
        const char *whole = value_whole(flow->town->db, flow->arena, button->value);
        draft_button(out, flow->arena, button->kind, button->label, whole ? whole : button->value, button->row == row);
        row = button->row;
    }
    return true;
}

struct held {
    struct held *next;
    int64_t id, message;
    bool bulk;
    const char *owner, *tag, *body;
};

static struct held *read_held(struct flow *flow, const char *channel, const char *address)
{
    struct held *first = NULL, **end = &first;
    sqlite3_stmt *row = db_query(flow->town->db,
                                 "SELECT id, message, bulk, owner, tag, body FROM outbox WHERE held = 1 AND channel = ? AND address = ?"
                                 " ORDER BY id",
                                 "ss", channel, address);
    while (db_row(flow->town->db, row)) {
        struct held *one = arena_alloc(flow->arena, sizeof *one);
        *one = (struct held){
            .id = db_int(row, 0),
            .message = db_int(row, 1),
            .bulk = db_int(row, 2) != 0,
            .owner = arena_copy(flow->arena, db_text(row, 3)),
            .tag = arena_copy(flow->arena, db_text(row, 4)),
            .body = arena_copy(flow->arena, db_text(row, 5)),
        };
        *end = one;
        end = &one->next;
    }
    return first;
}

/* ---- one address ---- */

/* What is held for this address is said at `to` instead, which may be the same. */
static void say_held(struct flow *flow, const char *channel, const char *address, const struct citizen *to)
{
    bool same = text_is(channel, to->channel) && text_is(address, to->address);
    const struct viche_channel *there = town_channel(flow->town, to->channel, NULL);
    for (const struct held *one = there ? read_held(flow, channel, address) : NULL; one; one = one->next) {
        struct draft draft;
        db_run(flow->town->db, "DELETE FROM outbox WHERE id = ?", "i", one->id);
        if (!read_draft(flow, one->body, there, &draft))
            continue;
        draft.citizen = to->id;
        draft.bulk = one->bulk;
        draft.owner = *one->tag ? one->owner : NULL;
        draft.tag = *one->tag ? one->tag : NULL;
        draft.kept = same ? one->message : 0;
        outbox_put(flow, to, &draft);
    }
}

/* Another address of the person that takes messages, if they want them there; id 0: none. */
static struct citizen other_address(struct flow *flow, const char *channel, const char *address)
{
    struct db *db = flow->town->db;
    struct citizen_address all[ADDRESSES_MAX];
    uint64_t id = citizen_of(db, channel, address);
    size_t count = id && citizen_agreed(db, id) ? citizen_addresses(db, flow->arena, id, all, ADDRESSES_MAX) : 0;
    for (size_t i = 0; i < count; i++) {
        bool same = text_is(all[i].channel, channel) && text_is(all[i].address, address);
        if (!same && all[i].reachable && town_channel(flow->town, all[i].channel, NULL) && !pulse_lost(flow, all[i].channel))
            return (struct citizen){.id = id, .language = "", .channel = all[i].channel, .address = all[i].address};
    }
    return (struct citizen){0};
}

struct citizen outbox_reaches(struct flow *flow, const struct citizen *citizen)
{
    bool there = town_channel(flow->town, citizen->channel, NULL) != NULL;
    if (there && !pulse_lost(flow, citizen->channel))
        return *citizen;
    struct citizen other = other_address(flow, citizen->channel, citizen->address), same = *citizen;
    if (other.id || !there) {
        same.channel = other.id ? other.channel : "";
        same.address = other.id ? other.address : "";
    }
    return same;
}

bool outbox_may_move(struct flow *flow, const struct item *item)
{
    return other_address(flow, item->channel, item->address).id != 0;
}

static bool move(struct flow *flow, const char *channel, const char *address)
{
    struct citizen to = other_address(flow, channel, address);
    if (to.id)
        say_held(flow, channel, address, &to);
    return to.id != 0;
}

void outbox_put_lost(struct flow *flow, const struct citizen *citizen, const struct draft *draft)
{
    int64_t now_ms = clock_now_ms();
    db_run(flow->town->db,
           "INSERT INTO outbox(channel, address, message, at, due_ms, bulk, owner, tag, body, held)"
           " VALUES(?, ?, 0, ?, ?, ?, ?, ?, ?, 1)",
           "ssiiisss", citizen->channel, citizen->address, now_ms / 1000, now_ms, (int64_t)draft->bulk, draft->tag ? draft->owner : "",
           draft->tag ? draft->tag : "", message_write(draft, flow->arena));
    flow->outbox->holds = true;
    move(flow, citizen->channel, citizen->address);
}

void outbox_shelve(struct flow *flow, struct item *item)
{
    struct db *db = flow->town->db;
    db_run(db, "UPDATE outbox SET held = 1 WHERE id = ?", "i", item->id);
    flow->outbox->holds = true;
    bool gone = item->verdict == VICHE_GONE;
    if (move(flow, item->channel, item->address))
        return;
    if (gone && *item->tag)
        receipt_tell(flow, item->owner, item->tag, VICHE_GONE);
    if (gone && item->bulk)
        db_run(db, "DELETE FROM outbox WHERE id = ?", "i", item->id);
}

void outbox_back(struct flow *flow, const struct citizen *citizen)
{
    if (flow->outbox->holds)
        say_held(flow, citizen->channel, citizen->address, citizen);
}

void outbox_relieve(struct flow *flow, uint64_t citizen)
{
    struct citizen_address all[ADDRESSES_MAX];
    size_t count = flow->outbox->holds ? citizen_addresses(flow->town->db, flow->arena, citizen, all, ADDRESSES_MAX) : 0;
    for (size_t i = 0; i < count; i++)
        move(flow, all[i].channel, all[i].address);
}

/* ---- all of them, when a worker takes the town over ---- */

struct lane {
    struct lane *next;
    const char *channel, *address;
};

static struct lane *held_lanes(struct flow *flow)
{
    struct lane *first = NULL;
    sqlite3_stmt *row = db_query(flow->town->db, "SELECT DISTINCT channel, address FROM outbox WHERE held = 1", "");
    while (db_row(flow->town->db, row)) {
        struct lane *lane = arena_alloc(flow->arena, sizeof *lane);
        *lane = (struct lane){first, arena_copy(flow->arena, db_text(row, 0)), arena_copy(flow->arena, db_text(row, 1))};
        first = lane;
    }
    return first;
}

/* Rows of channels that are not loaded are held; says so once. */
static void hold_missing(struct flow *flow)
{
    const char *after = "";
    struct db *db = flow->town->db;
    for (;;) {
        sqlite3_stmt *row = db_query(db, "SELECT channel, COUNT(*), MIN(at) FROM outbox WHERE channel > ? GROUP BY channel"
                                         " ORDER BY channel LIMIT 1",
                                     "s", after);
        bool found = db_row(db, row);
        int64_t count = found ? db_int(row, 1) : 0, oldest = found ? db_int(row, 2) : 0;
        after = found ? arena_copy(flow->arena, db_text(row, 0)) : after;
        db_done(row);
        if (!found)
            return;
        if (town_channel(flow->town, after, NULL))
            continue;
        db_run(db, "UPDATE outbox SET held = 1 WHERE channel = ? AND held = 0", "s", after);
        pulse_missing(flow, after, oldest);
        log_line(LOG_ALARM, "outbox", "a channel is not there any more; its messages move or wait", "town=%s channel=%s messages=%lld",
                 flow->town->id, after, (long long)count);
    }
}

void outbox_sort_out(struct flow *flow)
{
    struct db *db = flow->town->db;
    hold_missing(flow);
    for (const struct lane *lane = held_lanes(flow); lane; lane = lane->next) {
        bool there = town_channel(flow->town, lane->channel, NULL) && citizen_reachable(db, lane->channel, lane->address);
        struct citizen same = {.id = citizen_of(db, lane->channel, lane->address), .channel = lane->channel, .address = lane->address};
        flow->outbox->holds = true;
        if (there)
            say_held(flow, lane->channel, lane->address, &same);
        else
            move(flow, lane->channel, lane->address);
    }
}

void outbox_trim(struct flow *flow, int64_t now)
{
    struct arena *arena = flow->arena;
    struct held *first = NULL;
    sqlite3_stmt *row = db_query(flow->town->db, "DELETE FROM outbox WHERE held = 1 AND at < ? RETURNING owner, tag", "i",
                                 now - (int64_t)HELD_DAYS * DAY_S);
    while (db_row(flow->town->db, row)) {
        struct held *one = arena_alloc(arena, sizeof *one);
        *one = (struct held){.next = first, .owner = arena_copy(arena, db_text(row, 0)), .tag = arena_copy(arena, db_text(row, 1))};
        first = one;
    }
    for (const struct held *one = first; one; one = one->next)
        if (*one->tag)
            receipt_tell(flow, one->owner, one->tag, VICHE_GONE);
}
