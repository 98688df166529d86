/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/outbox.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "flow/history.h"
#include "flow/pace.h"
#include "flow/receipt.h"
#include "flow/turn.h"
#include "flow/value.h"
#include "flow/wait.h"

const char *const outbox_migrations[] = {
    "CREATE TABLE outbox ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  channel TEXT NOT NULL,"
    "  address TEXT NOT NULL,"
    "  message INTEGER NOT NULL,"
    "  at INTEGER NOT NULL,"
    "  due_ms INTEGER NOT NULL,"
    "  tries INTEGER NOT NULL DEFAULT 0,"
    "  bulk INTEGER NOT NULL,"
    "  owner TEXT NOT NULL,"
    "  tag TEXT NOT NULL,"
    "  body TEXT NOT NULL);"
    "CREATE INDEX outbox_due ON outbox(due_ms, id);",
};
const size_t outbox_migration_count = sizeof outbox_migrations / sizeof *outbox_migrations;

enum { REQUESTS_MAX = 16, /* of one message: the gateway knows each by its own id */
       COLLECT_MAX = 1000, SETTLE_MS = 1000, BACKOFF_FIRST_MS = 1000, BACKOFF_LAST_MS = 15 * 60 * 1000 };

enum item_state { ITEM_READY, ITEM_FLYING, ITEM_SENT, ITEM_TYPING };

/* A row that was taken up, in the order of ids. */
struct item {
    struct item *next;
    int64_t id, message, at;
    char *channel, *address, *body, *owner, *tag;
    bool bulk, told; /* told: its owner knows what became of it */
    enum item_state state;
    uint32_t requests; /* whose results are still to come */
    uint32_t verdict;  /* the worst so far */
    uint32_t later_s;
    int64_t tries, due_ms;
    uint64_t serial; /* rises with each one put */
    bool fresh; /* put in the transaction under way */
};

struct outbox {
    struct item *first, **end;
    uint64_t serial;
    bool more;          /* rows are waiting in the table beyond those taken up */
    bool started;       /* the rows a predecessor left were looked for */
    struct pace_book *pace;
    int64_t looked_ms;  /* when outbox_send went through them last: what was due then is held back by its pace */
    int64_t pace_ms;    /* when the next one held back by its pace may go */
    int64_t settle_ms;  /* when sent ones are to be deleted at the latest */
};

struct outbox *outbox_open(void)
{
    struct outbox *outbox = mem_alloc(sizeof *outbox);
    outbox->end = &outbox->first;
    outbox->settle_ms = outbox->pace_ms = INT64_MAX;
    outbox->pace = pace_open();
    return outbox;
}

static void item_free(struct item *item)
{
    free(item->channel);
    free(item->address);
    free(item->body);
    free(item->owner);
    free(item->tag);
    free(item);
}

void outbox_close(struct outbox *outbox)
{
    while (outbox && outbox->first) {
        struct item *item = outbox->first;
        outbox->first = item->next;
        item_free(item);
    }
    if (outbox)
        pace_close(outbox->pace);
    free(outbox);
}

static struct item *add(struct outbox *outbox, const char *channel, const char *address, const char *body)
{
    struct item *item = mem_alloc(sizeof *item);
    item->channel = mem_copy(channel);
    item->address = mem_copy(address);
    item->body = mem_copy(body);
    item->serial = ++outbox->serial;
    *outbox->end = item;
    outbox->end = &item->next;
    return item;
}

/* Takes out every item for which `gone` says so. */
static void drop_items(struct flow *flow, bool (*gone)(struct flow *, struct item *))
{
    struct outbox *outbox = flow->outbox;
    struct item **at = &outbox->first;
    while (*at) {
        struct item *item = *at;
        if (gone(flow, item)) {
            *at = item->next;
            item_free(item);
        } else {
            at = &item->next;
        }
    }
    outbox->end = at;
}

/* ---- inside the transaction ---- */

/* Values of buttons that the messenger has no room for are left with us. */
static void shorten(struct flow *flow, const struct viche_channel *channel, const struct draft *part)
{
    for (uint32_t i = 0; channel->value_max && i < part->button_count; i++) {
        struct viche_button *button = &part->buttons[i];
        if (button->kind == VICHE_BUTTON_ANSWER && strlen(button->value) > channel->value_max)
            button->value = value_short(flow->town->db, flow->arena, button->value);
    }
}

static void put_part(struct flow *flow, const struct citizen *citizen, const struct viche_channel *channel,
                     const struct draft *part)
{
    struct db *db = flow->town->db;
    shorten(flow, channel, part);
    const char *body = message_write(part, flow->arena);
    const char *owner = part->tag ? part->owner : "";
    const char *tag = part->tag ? part->tag : "";
    int64_t message = 0;
    if (channel->abilities & VICHE_KEEPS_HISTORY)
        message = history_put(db, channel->id, citizen->address, NULL, body);
    int64_t now_ms = clock_now_ms();
    db_run(db,
           "INSERT INTO outbox(channel, address, message, at, due_ms, bulk, owner, tag, body) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "ssiiiisss", channel->id, citizen->address, message, now_ms / 1000, now_ms, (int64_t)part->bulk, owner, tag, body);
    if (flow->outbox->more)
        return; /* earlier rows of this chat may still be in the table: this one waits behind them */
    struct item *item = add(flow->outbox, channel->id, citizen->address, body);
    item->id = db_last_id(db);
    item->message = message;
    item->at = now_ms / 1000;
    item->bulk = part->bulk;
    item->owner = mem_copy(owner);
    item->tag = mem_copy(tag);
    item->fresh = true;
}

void outbox_put(struct flow *flow, const struct citizen *citizen, const struct draft *draft)
{
    const struct viche_channel *channel = town_channel(flow->town, citizen->channel, NULL);
    if (!channel) {
        log_line(LOG_WARN, "outbox", "a message has no channel any more", "town=%s channel=%s", flow->town->id, citizen->channel);
        return;
    }
    for (const struct draft *part = message_fit(draft, flow->arena, channel); part; part = part->next)
        put_part(flow, citizen, channel, part);
}

void outbox_typing(struct flow *flow, const struct citizen *citizen)
{
    const struct viche_channel *channel = town_channel(flow->town, citizen->channel, NULL);
    if (!channel || !(channel->abilities & VICHE_CAN_TYPING))
        return;
    struct item *item = add(flow->outbox, citizen->channel, citizen->address, "{\"text\":\"\"}");
    item->state = ITEM_TYPING;
    item->fresh = true;
}

static bool delete_if_sent(struct flow *flow, struct item *item)
{
    if (item->state != ITEM_SENT)
        return false;
    db_run(flow->town->db, "DELETE FROM outbox WHERE id = ?", "i", item->id);
    if (!item->told && item->tag && *item->tag)
        receipt_tell(flow, item->owner, item->tag, VICHE_SENT);
    return true;
}

static bool is_taken(const struct outbox *outbox, int64_t id)
{
    for (const struct item *item = outbox->first; item; item = item->next)
        if (item->id == id)
            return true;
    return false;
}

static void take_up(struct flow *flow)
{
    struct outbox *outbox = flow->outbox;
    struct db *db = flow->town->db;
    int64_t count = 0;
    sqlite3_stmt *row = db_query(db,
                                 "SELECT id, channel, address, message, at, tries, body, due_ms, bulk, owner, tag FROM outbox ORDER BY id LIMIT ?", "i",
                                 (int64_t)COLLECT_MAX);
    while (db_row(db, row)) {
        count++;
        if (is_taken(outbox, db_int(row, 0)))
            continue;
        struct item *item = add(outbox, db_text(row, 1), db_text(row, 2), db_text(row, 6));
        item->id = db_int(row, 0);
        item->message = db_int(row, 3);
        item->at = db_int(row, 4);
        item->tries = db_int(row, 5);
        item->due_ms = db_int(row, 7);
        item->bulk = db_int(row, 8) != 0;
        item->owner = mem_copy(db_text(row, 9));
        item->tag = mem_copy(db_text(row, 10));
    }
    outbox->more = count == COLLECT_MAX;
}

void outbox_collect(struct flow *flow)
{
    struct outbox *outbox = flow->outbox;
    if (outbox->settle_ms != INT64_MAX) {
        drop_items(flow, delete_if_sent);
        outbox->settle_ms = INT64_MAX;
    }
    bool drained = outbox->more && !outbox->first;
    if (outbox->started && !drained)
        return;
    outbox->started = true;
    take_up(flow);
}

/* ---- after the commit ---- */

static bool is_lane(const struct item *a, const struct item *b)
{
    return text_is(a->address, b->address) && text_is(a->channel, b->channel);
}

/* Is an earlier message of this chat still under way? Then this one waits: order is kept. A reply passes a broadcast. */
static bool must_wait(const struct outbox *outbox, const struct item *item)
{
    for (const struct item *before = outbox->first; before != item; before = before->next) {
        bool ahead = before->state == ITEM_FLYING || (before->state == ITEM_READY && !(before->bulk && !item->bulk));
        if (ahead && is_lane(before, item))
            return true;
    }
    return false;
}

static void write_requests(struct flow *flow, struct item *item, const struct turn *turn)
{
    const char *lane = arena_print(flow->arena, "%s/%s/%s", flow->town->id, item->channel, item->address);
    item->state = ITEM_FLYING;
    item->requests = turn->request_count < REQUESTS_MAX ? turn->request_count : REQUESTS_MAX;
    item->verdict = VICHE_SENT;
    item->later_s = 0;
    for (uint32_t i = 0; i < item->requests; i++)
        fetch_write(flow, fetch_id(item->id * REQUESTS_MAX + i, FETCH_OUTBOX), lane, &turn->requests[i], false);
}

static void send_item(struct flow *flow, struct item *item)
{
    const struct town_plugin *plugin = NULL;
    const struct viche_channel *channel = town_channel(flow->town, item->channel, &plugin);
    struct viche_message message;
    memset(&message, 0, sizeof message);
    bool typing = item->state == ITEM_TYPING;
    item->state = ITEM_SENT;
    if (!channel || !message_read(item->body, flow->arena, &message))
        return;
    message.id = (uint64_t)item->message;
    message.at = item->at;
    message.address = item->address;
    message.flags = typing ? VICHE_MESSAGE_TYPING : 0;
    struct turn *turn = turn_plain(flow, plugin);
    turn->channel = channel;
    flow_begin(flow, 0, plugin->plugin->name);
    channel->send(&turn->base, &message);
    flow_end(flow);
    if (turn->request_count > 0 && !typing)
        write_requests(flow, item, turn);
    turn_end(turn);
}

static bool is_done_typing(struct flow *flow, struct item *item)
{
    (void)flow;
    return item->id == 0 && item->state == ITEM_SENT;
}

/* May it go now? If only the messenger's pace says no, it is looked at again in time. */
static bool may_go(struct flow *flow, const struct item *item)
{
    struct outbox *outbox = flow->outbox;
    const struct town_plugin *plugin = NULL;
    const struct viche_channel *channel = town_channel(flow->town, item->channel, &plugin);
    if (item->state == ITEM_TYPING)
        return true;
    if (item->state != ITEM_READY || item->due_ms > clock_now_ms() || must_wait(outbox, item))
        return false;
    if (!channel || !channel->pace)
        return true;
    struct viche_pace pace = {.size = sizeof pace};
    struct turn *turn = turn_plain(flow, plugin);
    turn->channel = channel;
    channel->pace(&turn->base, item->address, &pace);
    turn_end(turn);
    int64_t may_ms = pace_take(outbox->pace, item->channel, item->address, &pace);
    if (may_ms > clock_now_ms() && may_ms < outbox->pace_ms)
        outbox->pace_ms = may_ms;
    return may_ms <= clock_now_ms();
}

static void send_all(struct flow *flow, bool bulk)
{
    struct outbox *outbox = flow->outbox;
    for (struct item *item = outbox->first; item; item = item->next) {
        item->fresh = false;
        if (item->bulk == bulk && may_go(flow, item))
            send_item(flow, item);
        if (item->state == ITEM_SENT && outbox->settle_ms == INT64_MAX)
            outbox->settle_ms = clock_now_ms() + SETTLE_MS;
    }
}

void outbox_send(struct flow *flow)
{
    flow->outbox->pace_ms = INT64_MAX;
    flow->outbox->looked_ms = clock_now_ms();
    send_all(flow, false);
    send_all(flow, true);
    drop_items(flow, is_done_typing);
}

static bool is_fresh(struct flow *flow, struct item *item)
{
    (void)flow;
    return item->fresh;
}

void outbox_forget(struct flow *flow) { drop_items(flow, is_fresh); }

/* ---- what the messenger answered ---- */

static uint32_t usual_verdict(const struct viche_result *result)
{
    if (result->status >= 200 && result->status < 300)
        return VICHE_SENT;
    return result->status == 0 || result->status == 429 || result->status >= 500 ? VICHE_LATER : VICHE_REFUSED;
}

static int64_t backoff_ms(const struct item *item)
{
    int64_t wait_ms = BACKOFF_FIRST_MS << (item->tries < 20 ? item->tries : 20);
    if (wait_ms > BACKOFF_LAST_MS)
        wait_ms = BACKOFF_LAST_MS;
    wait_ms += randombytes_uniform((uint32_t)wait_ms / 4 + 1);
    return item->later_s ? (int64_t)item->later_s * 1000 : wait_ms;
}

static void conclude(struct flow *flow, struct item *item)
{
    struct db *db = flow->town->db;
    if (item->verdict == VICHE_LATER) {
        item->due_ms = clock_now_ms() + backoff_ms(item);
        item->tries++;
        item->state = ITEM_READY;
        db_run(db, "UPDATE outbox SET due_ms = ?, tries = ? WHERE id = ?", "iii", item->due_ms, item->tries, item->id);
        return;
    }
    if (*item->tag)
        receipt_tell(flow, item->owner, item->tag, item->verdict);
    item->told = true;
    if (item->verdict == VICHE_GONE)
        citizen_reach(db, item->channel, item->address, false);
    if (item->verdict != VICHE_SENT)
        log_line(LOG_WARN, "outbox", "a message was not taken", "town=%s channel=%s verdict=%u", flow->town->id, item->channel,
                 item->verdict);
    item->state = ITEM_SENT;
    if (flow->outbox->settle_ms == INT64_MAX)
        flow->outbox->settle_ms = clock_now_ms() + SETTLE_MS;
}

void outbox_fetched(struct flow *flow, uint64_t id, const struct viche_result *result)
{
    struct item *item = flow->outbox->first;
    while (item && item->id != (int64_t)(id / REQUESTS_MAX))
        item = item->next;
    const struct town_plugin *plugin = NULL;
    const struct viche_channel *channel = item ? town_channel(flow->town, item->channel, &plugin) : NULL;
    if (!channel || item->state != ITEM_FLYING)
        return;
    uint32_t verdict = usual_verdict(result);
    if (channel->sent) {
        struct turn *turn = turn_plain(flow, plugin);
        turn->channel = channel;
        verdict = channel->sent(&turn->base, result);
        if (turn->later_s > item->later_s)
            item->later_s = turn->later_s;
        if (verdict == VICHE_SENT && *item->tag && channel->sent_id) {
            const char *sent_id = channel->sent_id(&turn->base, result);
            if (sent_id)
                receipt_keep(flow, channel, sent_id, item->owner, item->tag);
        }
        turn_end(turn);
    }
    if (verdict > item->verdict)
        item->verdict = verdict;
    if (--item->requests == 0)
        conclude(flow, item);
}

int64_t outbox_due_ms(const struct flow *flow)
{
    const struct outbox *outbox = flow->outbox;
    if (!outbox->started || (outbox->more && !outbox->first))
        return 0;
    int64_t due_ms = outbox->settle_ms < outbox->pace_ms ? outbox->settle_ms : outbox->pace_ms;
    for (const struct item *item = outbox->first; item; item = item->next)
        if (item->state == ITEM_READY && item->due_ms > outbox->looked_ms && item->due_ms < due_ms && !must_wait(outbox, item))
            due_ms = item->due_ms;
    return due_ms;
}

void outbox_erase(struct flow *flow, const char *channel, const char *address)
{
    db_run(flow->town->db, "DELETE FROM outbox WHERE channel = ? AND address = ?", "ss", channel, address);
    for (struct item *item = flow->outbox->first; item; item = item->next)
        if (text_is(item->channel, channel) && text_is(item->address, address))
            item->state = ITEM_SENT;
}

/* ---- undoing ---- */

uint64_t outbox_mark(const struct flow *flow) { return flow->outbox->serial; }

void outbox_undo(struct flow *flow, uint64_t mark)
{
    struct outbox *outbox = flow->outbox;
    struct item **at = &outbox->first;
    while (*at && (*at)->serial <= mark)
        at = &(*at)->next;
    struct item *undone = *at;
    *at = NULL;
    outbox->end = at;
    while (undone) {
        struct item *next = undone->next;
        item_free(undone);
        undone = next;
    }
}
