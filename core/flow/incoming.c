/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/incoming.h"

#include <sodium.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "flow/event.h"
#include "flow/inbox.h"
#include "flow/turn.h"
#include "flow/wait.h"
#include "store/file.h"

/* file: NULL until it is there, "" when it never will be. due_ms: when there is something to do; NULL: an answer is awaited.
 * remote: "" of what was said behind a file and is held so that it does not overtake it. */
const char *const incoming_migrations[] = {
    "CREATE TABLE incoming ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  channel TEXT NOT NULL,"
    "  address TEXT NOT NULL,"
    "  origin TEXT NOT NULL,"
    "  remote TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  body TEXT NOT NULL);",
    "ALTER TABLE incoming ADD COLUMN album TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE incoming ADD COLUMN file TEXT;"
    "ALTER TABLE incoming ADD COLUMN why TEXT;"
    "ALTER TABLE incoming ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE incoming ADD COLUMN due_ms INTEGER;",
    "CREATE INDEX incoming_chat ON incoming(channel, address)",
};
const size_t incoming_migration_count = sizeof incoming_migrations / sizeof *incoming_migrations;

enum {
    TRIES_MAX = 10,        /* about a quarter of an hour */
    AGAIN_FIRST_MS = 1000, /* doubles */
    ALBUM_MS = 1000,       /* no file of an album comes later behind the one before */
    HOLD_MS = 5000         /* whoever writes behind a file is not kept waiting longer */
};

static const char lost[] = "file-lost", refused[] = "file-refused"; /* keys of texts */

struct waiting {
    int64_t id, tries;
    const struct town_plugin *plugin;
    const struct viche_channel *channel;
    const char *address, *album, *remote, *name, *file, *why;
    struct viche_event event;
};

static bool load(struct flow *flow, int64_t id, struct waiting *out)
{
    sqlite3_stmt *row = db_query(flow->town->db,
                                 "SELECT channel, address, origin, remote, name, body, album, file, why, tries FROM incoming WHERE id = ?",
                                 "i", id);
    bool found = db_row(flow->town->db, row);
    if (found) {
        *out = (struct waiting){.id = id, .tries = db_int(row, 9)};
        out->channel = town_channel(flow->town, db_text(row, 0), &out->plugin);
        out->address = arena_copy(flow->arena, db_text(row, 1));
        out->event.origin = arena_copy(flow->arena, db_text(row, 2));
        out->remote = arena_copy(flow->arena, db_text(row, 3));
        out->name = arena_copy(flow->arena, db_text(row, 4));
        inbox_read_event(flow->arena, db_text(row, 5), &out->event);
        out->album = arena_copy(flow->arena, db_text(row, 6));
        out->file = sqlite3_column_type(row, 7) == SQLITE_NULL ? NULL : arena_copy(flow->arena, db_text(row, 7));
        out->why = arena_copy(flow->arena, db_text(row, 8));
    }
    db_done(row);
    return found && out->channel;
}

/* ---- what was said behind a file ---- */

static bool is_held(const struct waiting *waiting) { return !*waiting->remote; }

static void let_go(struct flow *flow, struct waiting *held)
{
    db_run(flow->town->db, "DELETE FROM incoming WHERE id = ?", "i", held->id);
    event_go_on(flow, held->channel, &held->event);
}

/* All that was held behind this one, up to the next file. */
static void let_go_behind(struct flow *flow, const struct waiting *file)
{
    struct waiting held;
    for (int64_t id = file->id;;) {
        id = db_number(flow->town->db, "SELECT min(id) FROM incoming WHERE channel = ? AND address = ? AND id > ?", "ssi",
                       file->channel->id, file->address, id);
        if (id == 0 || !load(flow, id, &held) || !is_held(&held))
            return;
        let_go(flow, &held);
    }
}

bool incoming_hold(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event)
{
    struct db *db = flow->town->db;
    if (!db_number(db, "SELECT EXISTS (SELECT 1 FROM incoming WHERE channel = ? AND address = ? AND tries = 0)", "ss", channel->id,
                   event->address))
        return false;
    db_run(db, "INSERT INTO incoming(channel, address, origin, remote, name, body, file, due_ms) VALUES(?, ?, ?, '', '', ?, '', ?)", "ssssi",
           channel->id, event->address, event->origin, inbox_write_event(flow->arena, event), clock_now_ms() + HOLD_MS);
    return true;
}

/* ---- the file is there, or never will be: the event goes on ---- */

static void go_on(struct flow *flow, struct waiting *waiting)
{
    db_run(flow->town->db, "DELETE FROM incoming WHERE id = ?", "i", waiting->id);
    waiting->event.file = *waiting->file ? waiting->file : NULL;
    waiting->event.value = *waiting->file ? NULL : waiting->why;
    event_go_on(flow, waiting->channel, &waiting->event);
    let_go_behind(flow, waiting);
}

/* Nobody says which file of an album is the last: it is whole when none is missing and none has come for a while. */
static void time_album(struct flow *flow, const struct waiting *one)
{
    struct db *db = flow->town->db;
    int64_t missing = db_number(db, "SELECT count(*) FROM incoming WHERE channel = ? AND address = ? AND album = ? AND file IS NULL",
                                "sss", one->channel->id, one->address, one->album);
    if (missing)
        db_run(db, "UPDATE incoming SET due_ms = NULL WHERE channel = ? AND address = ? AND album = ? AND file IS NOT NULL", "sss",
               one->channel->id, one->address, one->album);
    else
        db_run(db, "UPDATE incoming SET due_ms = ? WHERE channel = ? AND address = ? AND album = ?", "isss", clock_now_ms() + ALBUM_MS,
               one->channel->id, one->address, one->album);
}

static void settle(struct flow *flow, struct waiting *waiting, const char *file, const char *why)
{
    waiting->file = file;
    waiting->why = why;
    if (!*waiting->album) {
        go_on(flow, waiting);
        return;
    }
    db_run(flow->town->db, "UPDATE incoming SET file = ?, why = ?, due_ms = NULL WHERE id = ?", "ssi", file, why, waiting->id);
    time_album(flow, waiting);
}

/* As one event: the words are those that stand under any of its files. */
static void go_on_together(struct flow *flow, struct waiting *first)
{
    struct db *db = flow->town->db;
    struct waiting one;
    for (int64_t id = first->id; id;) {
        id = db_number(db, "SELECT min(id) FROM incoming WHERE channel = ? AND address = ? AND album = ? AND id > ?", "sssi",
                       first->channel->id, first->address, first->album, id);
        if (id == 0 || !load(flow, id, &one))
            break;
        db_run(db, "DELETE FROM incoming WHERE id = ?", "i", id);
        if (*one.file)
            first->file = *first->file ? arena_print(flow->arena, "%s\n%s", first->file, one.file) : one.file;
        if (!first->event.text || !*first->event.text)
            first->event.text = one.event.text;
    }
    go_on(flow, first);
}

/* ---- not now ---- */

/* Doubling, with jitter. */
static int64_t pause_ms(const struct waiting *waiting)
{
    int64_t wait_ms = (int64_t)AGAIN_FIRST_MS << waiting->tries;
    return wait_ms + randombytes_uniform((uint32_t)wait_ms / 4 + 1);
}

/* later_s: as the messenger wants it; 0: it did not say. */
static void put_off(struct flow *flow, struct waiting *waiting, int64_t later_s)
{
    if (waiting->tries + 1 >= TRIES_MAX) {
        log_line(LOG_WARN, "incoming", "a messenger's file is given up", "town=%s channel=%s", flow->town->id, waiting->channel->id);
        settle(flow, waiting, "", lost);
        return;
    }
    db_run(flow->town->db, "UPDATE incoming SET tries = tries + 1, due_ms = ? WHERE id = ?", "ii",
           clock_now_ms() + (later_s ? later_s * 1000 : pause_ms(waiting)), waiting->id);
    if (waiting->tries > 0)
        return;
    event_say(flow, waiting->channel, &waiting->event, "file-slow");
    let_go_behind(flow, waiting);
}

/* ---- asking for it ---- */

static void ask(struct flow *flow, struct waiting *waiting, const struct viche_result *last)
{
    struct turn *turn = turn_plain(flow, waiting->plugin);
    turn->channel = waiting->channel;
    struct viche_request request = {.size = sizeof request};
    flow_begin(flow, 0, waiting->plugin->plugin->name);
    uint32_t answer = waiting->channel->fetch_file(&turn->base, waiting->remote, last, &request);
    flow_end(flow);
    bool asks = !turn->failed && answer != 0, later = !asks && turn->later_s;
    if (asks)
        fetch_write(flow, fetch_id(waiting->id, FETCH_FILE), waiting->plugin->plugin->name, "", &request,
                    answer == VICHE_FETCH_TAKE ? FETCH_TO_FILE : 0);
    uint32_t later_s = turn->later_s;
    turn_end(turn);
    if (later)
        put_off(flow, waiting, later_s);
    else if (!asks)
        settle(flow, waiting, "", refused);
}

void incoming_put(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event)
{
    struct db *db = flow->town->db;
    db_run(db, "INSERT INTO incoming(channel, address, origin, remote, name, body, album) VALUES(?, ?, ?, ?, ?, ?, ?)", "sssssss",
           channel->id, event->address, event->origin, event->remote, event->remote_name ? event->remote_name : "",
           inbox_write_event(flow->arena, event), event->album ? event->album : "");
    struct waiting waiting;
    if (!load(flow, db_last_id(db), &waiting))
        return;
    if (*waiting.album)
        time_album(flow, &waiting);
    ask(flow, &waiting, NULL);
}

/* ---- what the messenger answered ---- */

/* Nothing is wrong with the file; the messenger is busy, broken or unreachable, or waits for another token. */
static bool is_passing(const struct viche_result *result)
{
    return result->status == 0 || result->status == 401 || result->status == 408 || result->status == 429 || result->status >= 500;
}

static int64_t wanted_s(const struct viche_result *result)
{
    int64_t seconds = 0;
    for (const struct viche_pair *pair = result->headers; pair && pair->name; pair++)
        if (text_is(pair->name, "retry-after") && text_number(pair->value, &seconds) && seconds > 0)
            return seconds;
    return 0;
}

static void take(struct flow *flow, struct waiting *waiting, const char *upload)
{
    struct fail why;
    const char *file = file_keep(flow->town->db, flow->arena, flow->town->folder, upload, waiting->name, 0, &why);
    if (!file)
        log_line(LOG_NOTE, "incoming", "a messenger's file is not taken", "town=%s channel=%s", flow->town->id, waiting->channel->id);
    settle(flow, waiting, file ? file : "", refused);
}

void incoming_fetched(struct flow *flow, int64_t id, const struct viche_result *result, const char *upload)
{
    struct waiting waiting;
    if (!load(flow, id, &waiting) || waiting.file)
        return;
    if (*upload)
        take(flow, &waiting, upload);
    else if (is_passing(result))
        put_off(flow, &waiting, wanted_s(result));
    else if (result->status == 413)
        settle(flow, &waiting, "", refused);
    else
        ask(flow, &waiting, result);
}

/* ---- the clock ---- */

void incoming_timers(struct flow *flow)
{
    struct waiting waiting;
    for (;;) {
        int64_t id = db_number(flow->town->db, "SELECT min(id) FROM incoming WHERE due_ms <= ?", "i", clock_now_ms());
        if (id == 0)
            return;
        db_run(flow->town->db, "UPDATE incoming SET due_ms = NULL WHERE id = ?", "i", id);
        if (!load(flow, id, &waiting))
            continue;
        if (is_held(&waiting))
            let_go(flow, &waiting);
        else if (waiting.file)
            go_on_together(flow, &waiting);
        else
            ask(flow, &waiting, NULL);
    }
}

int64_t incoming_due_ms(struct flow *flow)
{
    int64_t due_ms = db_number(flow->town->db, "SELECT min(due_ms) FROM incoming", "");
    return due_ms ? due_ms : INT64_MAX;
}

void incoming_erase(struct db *db, const char *channel, const char *address)
{
    db_run(db, "DELETE FROM incoming WHERE channel = ? AND address = ?", "ss", channel, address);
}

void incoming_again(struct flow *flow)
{
    int64_t id = 0;
    struct waiting waiting;
    for (;;) {
        id = db_number(flow->town->db, "SELECT COALESCE(MIN(id), 0) FROM incoming WHERE id > ? AND file IS NULL AND due_ms IS NULL", "i",
                       id);
        if (id == 0)
            return;
        if (load(flow, id, &waiting))
            ask(flow, &waiting, NULL);
    }
}
