/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/poll.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "flow/outbox.h"
#include "flow/pulse.h"
#include "flow/turn.h"
#include "flow/wait.h"

const char *const poll_migrations[] = {
    "CREATE TABLE poll ("
    "  channel TEXT PRIMARY KEY,"
    "  state TEXT NOT NULL);",
};
const size_t poll_migration_count = sizeof poll_migrations / sizeof *poll_migrations;

enum { AGAIN_FIRST_MS = 1000, AGAIN_LAST_MS = 60000 };

struct poller {
    const struct town_plugin *plugin;
    const struct viche_channel *channel;
    int64_t due_ms;   /* INT64_MAX: an answer is awaited */
    int64_t again_ms; /* the last back-off; 0 after a success */
};

struct poll_book {
    struct poller *items;
    size_t count;
};

struct poll_book *poll_open(const struct town *town)
{
    struct poll_book *book = mem_alloc(sizeof *book);
    book->items = mem_alloc(town->plugin_count * sizeof *book->items);
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct viche_plugin *decl = town->plugins[i].plugin->decl;
        const struct viche_channel *channel = PLUGIN_ITEMS(struct viche_channel, decl->channels);
        if (decl->channels.count > 0 && channel->poll && channel->polled && !town->plugins[i].off)
            book->items[book->count++] = (struct poller){.plugin = &town->plugins[i], .channel = channel};
    }
    return book;
}

void poll_close(struct poll_book *book)
{
    if (book)
        free(book->items);
    free(book);
}

static const char *load_state(struct flow *flow, const char *channel)
{
    sqlite3_stmt *row = db_query(flow->town->db, "SELECT state FROM poll WHERE channel = ?", "s", channel);
    const char *state = db_row(flow->town->db, row) ? arena_copy(flow->arena, db_text(row, 0)) : "";
    db_done(row);
    return state;
}

static void save_state(struct flow *flow, const char *channel, const char *state)
{
    db_run(flow->town->db,
           "INSERT INTO poll(channel, state) VALUES(?, ?) ON CONFLICT(channel) DO UPDATE SET state = excluded.state", "ss",
           channel, state);
}

static struct turn *turn_for(struct flow *flow, const struct poller *poller)
{
    struct turn *turn = turn_plain(flow, poller->plugin);
    turn->channel = poller->channel;
    return turn;
}

static void ask(struct flow *flow, struct poller *poller)
{
    struct turn *turn = turn_for(flow, poller);
    struct viche_request request = {.size = sizeof request};
    flow_begin(flow, 0, poller->plugin->plugin->name);
    bool asks = poller->channel->poll(&turn->base, load_state(flow, poller->channel->id), &request) != 0;
    flow_end(flow);
    poller->due_ms = INT64_MAX;
    if (turn->failed || (!asks && turn->later_s > 0))
        poller->due_ms = clock_now_ms() + (turn->failed ? AGAIN_LAST_MS : (int64_t)turn->later_s * 1000);
    else if (asks)
        fetch_write(flow, fetch_id(poller - flow->polls->items, FETCH_POLL), poller->plugin->plugin->name, "", &request,
                    FETCH_FILL_BODY);
    turn_end(turn);
}

void poll_run(struct flow *flow)
{
    for (size_t i = 0; i < flow->polls->count; i++)
        if (flow->polls->items[i].due_ms <= clock_now_ms())
            ask(flow, &flow->polls->items[i]);
}

/* The messenger was not understood, or its events could not be taken: nothing was acknowledged, so they come again. */
static void back_off(struct poller *poller, const struct turn *turn)
{
    poller->again_ms = poller->again_ms ? poller->again_ms * 2 : AGAIN_FIRST_MS;
    if (poller->again_ms > AGAIN_LAST_MS)
        poller->again_ms = AGAIN_LAST_MS;
    poller->due_ms = clock_now_ms() + (turn->later_s ? (int64_t)turn->later_s * 1000 : poller->again_ms);
}

void poll_fetched(struct flow *flow, uint64_t id, const struct viche_result *result)
{
    if (id >= flow->polls->count)
        return;
    struct poller *poller = &flow->polls->items[id];
    bool answered = result->status >= 200 && result->status < 300;
    struct flow_mark mark = flow_save(flow);
    struct turn *turn = turn_for(flow, poller);
    flow_begin(flow, 0, poller->plugin->plugin->name);
    const char *state = poller->channel->polled(&turn->base, load_state(flow, poller->channel->id), result);
    flow_end(flow);
    if (pulse_note(flow, poller->channel->id, turn->shut || result->status == 401 ? PULSE_REFUSED : answered ? PULSE_FINE : PULSE_TROUBLE))
        outbox_wake(flow, poller->channel->id);
    bool fine = !turn->failed && state && turn->refused == LIMIT_FINE && !db_failed(flow->town->db);
    if (fine) {
        save_state(flow, poller->channel->id, state);
        fetch_forget(turn);
        flow_keep(flow);
        poller->again_ms = 0;
        poller->due_ms = clock_now_ms() + (int64_t)turn->later_s * 1000;
    } else {
        flow_undo(flow, mark);
        back_off(poller, turn);
        log_line(LOG_WARN, "poll", "not taken; asked again", "town=%s channel=%s status=%d error=\"%s\"", flow->town->id,
                 poller->channel->id, result->status, result->error ? result->error : "");
    }
    turn_end(turn);
    poll_run(flow);
}

int64_t poll_due_ms(const struct flow *flow)
{
    int64_t due_ms = INT64_MAX;
    for (size_t i = 0; i < flow->polls->count; i++)
        if (flow->polls->items[i].due_ms < due_ms)
            due_ms = flow->polls->items[i].due_ms;
    return due_ms;
}
