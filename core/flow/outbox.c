/* SPDX-License-Identifier: MPL-2.0
 * The rows of the outbox and the list of those taken up. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "flow/history.h"
#include "flow/outbox_inner.h"
#include "flow/receipt.h"
#include "flow/turn.h"
#include "flow/value.h"

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
    /* held: its address takes none now; see outbox_lost.c */
    "ALTER TABLE outbox ADD COLUMN held INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX outbox_held ON outbox(held, id);"
    "CREATE INDEX outbox_chat ON outbox(channel, address, held);",
    /* Every message paid for three; rows are taken up by id, the list in memory knows what is due, and few are ever held. */
    "DROP INDEX outbox_due;"
    "DROP INDEX outbox_held;"
    "DROP INDEX outbox_chat;"
    "CREATE INDEX outbox_lost ON outbox(channel, address) WHERE held = 1",
    /* of the calls that the message takes: the next */
    "ALTER TABLE outbox ADD COLUMN part INTEGER NOT NULL DEFAULT 0",
};
const size_t outbox_migration_count = sizeof outbox_migrations / sizeof *outbox_migrations;

enum { COLLECT_MAX = 1000, SETTLE_MS = 1000 };

/* ---- the list ---- */

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

void outbox_drop(struct flow *flow, bool (*gone)(struct flow *, struct item *))
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

void outbox_settle(struct outbox *outbox, struct item *item, enum item_state state)
{
    item->state = state;
    if (outbox->settle_ms == INT64_MAX)
        outbox->settle_ms = clock_now_ms() + SETTLE_MS;
}

bool outbox_is_busy(const struct outbox *outbox, const char *channel, const char *address, bool bulk, const struct item *until)
{
    for (const struct item *item = outbox->first; item && item != until; item = item->next) {
        bool ahead = item->state == ITEM_FLYING || (item->state == ITEM_READY && !(item->bulk && !bulk));
        if (ahead && text_is(item->address, address) && text_is(item->channel, channel))
            return true;
    }
    return false;
}

bool outbox_must_wait(const struct outbox *outbox, const struct item *item)
{
    return outbox_is_busy(outbox, item->channel, item->address, item->bulk, item);
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

const struct draft *outbox_fit(struct flow *flow, const struct viche_channel *channel, const struct draft *draft)
{
    const struct draft *parts = message_fit(draft, flow->arena, channel);
    for (const struct draft *part = parts; part; part = part->next)
        shorten(flow, channel, part);
    return parts;
}

/* part: what body says, with its marks. NULL: it waits in the table only. */
static struct item *put_part(struct flow *flow, const struct viche_channel *channel, const char *address,
                             const struct draft *part, const char *body)
{
    struct db *db = flow->town->db;
    const char *owner = part->tag ? part->owner : "";
    const char *tag = part->tag ? part->tag : "";
    int64_t message = part->kept;
    if (!message && (channel->abilities & VICHE_KEEPS_HISTORY))
        message = history_put(db, channel->id, address, NULL, body);
    int64_t now_ms = clock_now_ms();
    db_run(db,
           "INSERT INTO outbox(channel, address, message, at, due_ms, bulk, owner, tag, body) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "ssiiiisss", channel->id, address, message, now_ms / 1000, now_ms, (int64_t)part->bulk, owner, tag, body);
    if (flow->outbox->more)
        return NULL; /* earlier rows of this chat may still be in the table: this one waits behind them */
    struct item *item = add(flow->outbox, channel->id, address, body);
    item->id = db_last_id(db);
    item->message = message;
    item->at = now_ms / 1000;
    item->bulk = part->bulk;
    item->owner = mem_copy(owner);
    item->tag = mem_copy(tag);
    item->fresh = true;
    return item;
}

void outbox_put_stored(struct flow *flow, const struct viche_channel *channel, const char *address, const char *body)
{
    put_part(flow, channel, address, &(struct draft){0}, body);
}

void outbox_put(struct flow *flow, const struct citizen *citizen, const struct draft *draft)
{
    const struct viche_channel *channel = town_channel(flow->town, citizen->channel, NULL);
    if (!channel) {
        outbox_put_lost(flow, citizen, draft);
        return;
    }
    for (const struct draft *part = outbox_fit(flow, channel, draft); part; part = part->next) {
        struct item *item = put_part(flow, channel, citizen->address, part, message_write(part, flow->arena));
        if (item)
            item->draft = part;
    }
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

void outbox_rewrite(struct flow *flow, const struct item *item)
{
    db_run(flow->town->db, "UPDATE outbox SET body = ? WHERE id = ?", "si", item->body, item->id);
}

void outbox_put_off(struct flow *flow, const struct item *item)
{
    db_run(flow->town->db, "UPDATE outbox SET due_ms = ?, tries = ?, part = ? WHERE id = ?", "iiii", item->due_ms, item->tries,
           (int64_t)item->part, item->id);
}

void outbox_delete(struct flow *flow, struct item *item)
{
    item->deleted = db_run(flow->town->db, "DELETE FROM outbox WHERE id = ?", "i", item->id);
}

static bool settle(struct flow *flow, struct item *item)
{
    if (item->state == ITEM_LOST)
        outbox_shelve(flow, item);
    if (item->state != ITEM_SENT)
        return item->state == ITEM_LOST;
    if (!item->deleted)
        outbox_delete(flow, item);
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
                                 "SELECT id, channel, address, message, at, tries, body, due_ms, bulk, owner, tag, part FROM outbox"
                                 " WHERE held = 0 AND id > ? ORDER BY id LIMIT ?",
                                 "ii", outbox->taken, (int64_t)COLLECT_MAX);
    while (db_row(db, row)) {
        count++;
        outbox->taken = db_int(row, 0);
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
        item->part = (uint32_t)db_int(row, 11);
    }
    outbox->more = count == COLLECT_MAX;
}

/* All that was taken up is put off, or behind such: those of a messenger that stands still. What is in the table is for others, too. */
static bool stands_still(const struct outbox *outbox)
{
    int64_t now_ms = clock_now_ms();
    for (const struct item *item = outbox->first; item; item = item->next)
        if (item->state != ITEM_READY || (item->due_ms <= now_ms && !outbox_must_wait(outbox, item)))
            return false;
    return true;
}

void outbox_collect(struct flow *flow)
{
    struct outbox *outbox = flow->outbox;
    if (outbox->settle_ms != INT64_MAX) {
        outbox_drop(flow, settle);
        outbox->settle_ms = INT64_MAX;
    }
    if (outbox->started && !(outbox->more && stands_still(outbox)))
        return;
    if (!outbox->started) {
        outbox->more = true; /* what is put again meanwhile is taken up with the rest, in order */
        outbox_sort_out(flow);
    }
    outbox->started = true;
    take_up(flow);
}

void outbox_wake(struct flow *flow, const char *channel)
{
    int64_t now_ms = clock_now_ms();
    for (struct item *item = flow->outbox->first; item; item = item->next)
        if (item->state == ITEM_READY && item->tries > 0 && text_is(item->channel, channel))
            item->due_ms = now_ms;
}

/* ---- undoing ---- */

static bool is_fresh(struct flow *flow, struct item *item)
{
    (void)flow;
    return item->fresh;
}

void outbox_forget(struct flow *flow) { outbox_drop(flow, is_fresh); }

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

void outbox_erase(struct flow *flow, const char *channel, const char *address)
{
    db_run(flow->town->db, "DELETE FROM outbox WHERE channel = ? AND address = ?", "ss", channel, address);
    for (struct item *item = flow->outbox->first; item; item = item->next)
        if (text_is(item->channel, channel) && text_is(item->address, address))
            item->state = ITEM_SENT;
}

void outbox_readdress(struct flow *flow, const char *channel, const char *from, const char *to)
{
    db_run(flow->town->db, "UPDATE outbox SET address = ? WHERE channel = ? AND address = ?", "sss", to, channel, from);
    for (struct item *item = flow->outbox->first; item; item = item->next) {
        if (!text_is(item->channel, channel) || !text_is(item->address, from))
            continue;
        free(item->address);
        item->address = mem_copy(to);
    }
}

/* ---- the clock ---- */

int64_t outbox_backlog(const struct flow *flow)
{
    return db_number(flow->town->db, "SELECT COALESCE(MAX(id) - MIN(id) + 1, 0) FROM outbox", "");
}

int64_t outbox_due_ms(const struct flow *flow)
{
    const struct outbox *outbox = flow->outbox;
    if (!outbox->started || (outbox->more && stands_still(outbox)))
        return 0;
    int64_t due_ms = outbox->settle_ms < outbox->pace_ms ? outbox->settle_ms : outbox->pace_ms;
    for (const struct item *item = outbox->first; item; item = item->next)
        if (item->state == ITEM_READY && item->due_ms > outbox->looked_ms && item->due_ms < due_ms && !outbox_must_wait(outbox, item))
            due_ms = item->due_ms;
    return due_ms;
}
