/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/event.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "flow/history.h"
#include "flow/inbox.h"
#include "flow/incoming.h"
#include "flow/outbox.h"
#include "flow/question.h"
#include "flow/receipt.h"
#include "flow/ride.h"
#include "flow/route.h"
#include "flow/wait.h"
#include "flow/walk.h"
#include "store/file.h"
#include "town/conversation.h"

enum { TIMERS_MAX = 100, PARKED_MAX = 100 };

/* ---- after a handler has run ---- */

static void say_sorry(struct flow *flow, const struct citizen *citizen, const char *key)
{
    struct turn *turn = turn_of(flow, &flow->town->plugins[0], citizen);
    turn_say(turn, turn_word(turn, key));
    draft_button(turn->draft, turn->arena, VICHE_BUTTON_ANSWER, turn_word(turn, "menu"), "/menu", false);
    turn_send(turn);
    turn_end(turn);
}

/* What a failed turn did is undone; the dialog stays where it was, and the citizen is told so. */
static void settle(struct turn *turn)
{
    struct flow *flow = turn->flow;
    struct citizen citizen = turn->citizen;
    if (!turn->failed)
        turn_send(turn);
    if (turn->fetching && !turn->failed)
        outbox_typing(flow, &citizen);
    bool failed = turn->failed || db_failed(flow->town->db);
    turn_end(turn);
    if (flow->beat)
        atomic_fetch_add(&flow->beat->turns, 1);
    if (!failed) {
        flow_keep(flow);
        return;
    }
    flow_undo(flow, turn->mark);
    say_sorry(flow, &citizen, "fault");
}

static struct turn *begin(struct flow *flow, const struct citizen *citizen, uint64_t event)
{
    struct flow_mark mark = flow_save(flow);
    struct turn *turn = turn_of(flow, &flow->town->plugins[0], citizen);
    turn->mark = mark;
    turn->event = event;
    return turn;
}

/* ---- events of channels ---- */

static void put_files(struct flow *flow, const char *ids, struct draft *draft)
{
    struct file_info info;
    size_t length = 0;
    for (const char *id = text_line(&ids, &length); id; id = text_line(&ids, &length))
        if (file_find(flow->town->db, flow->arena, arena_copy_bytes(flow->arena, id, length), &info))
            draft_file(draft, flow->arena, &(struct viche_file){info.id, info.name, info.type});
}

static void own_files(struct flow *flow, const char *ids, uint64_t citizen)
{
    size_t length = 0;
    for (const char *id = text_line(&ids, &length); id; id = text_line(&ids, &length))
        file_own(flow->town->db, arena_copy_bytes(flow->arena, id, length), (int64_t)citizen);
}

static void keep_history(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event)
{
    bool comes_or_goes = event->kind == VICHE_EVENT_START || event->kind == VICHE_EVENT_LEFT || event->kind == VICHE_EVENT_BACK;
    if (!(channel->abilities & VICHE_KEEPS_HISTORY) || comes_or_goes)
        return;
    struct draft draft = {.text = event->text ? event->text : ""};
    if (event->kind == VICHE_EVENT_PLACE) {
        draft.place_label = "";
        draft.latitude = event->latitude;
        draft.longitude = event->longitude;
    } else if (event->kind == VICHE_EVENT_FILE) {
        put_files(flow, event->file, &draft);
    }
    history_put(flow->town->db, channel->id, event->address, event->origin, message_write(&draft, flow->arena));
}

/* One menu leads to the next: where the messenger can, the new one is written over the one whose button was pressed. Words that
 * answer a question stay in the chat. */
static void write_over(struct turn *turn, const struct viche_event *event)
{
    struct draft *only = turn->drafts;
    bool one = only && !only->next && only->citizen == turn->citizen.id && !only->file_count && !only->place_label;
    if (event->kind == VICHE_EVENT_BUTTON && event->message && one && !(turn->dialog && dialog_is_form(turn->dialog)))
        only->replaces = event->message;
}

static void run(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event, uint64_t key)
{
    struct db *db = flow->town->db;
    const char *language = town_speaks(flow->town, event->language) ? event->language : town_main_language(flow->town, flow->arena);
    struct citizen citizen = citizen_at(db, flow->arena, channel->id, event->address, language);
    keep_history(flow, channel, event);
    if (event->kind == VICHE_EVENT_FILE)
        own_files(flow, event->file, citizen.id);
    if (event->kind == VICHE_EVENT_BACK)
        return; /* citizen_at has noted it */
    if (event->kind == VICHE_EVENT_LEFT) {
        citizen_reach(db, channel->id, event->address, false);
        return;
    }
    if (citizen.begins)
        conversation_begin(db);
    outbox_back(flow, &citizen);
    if (flow_poisoned(flow, key)) {
        inbox_park(db, flow->arena, channel->id, event, "it brought the worker down twice");
        atomic_fetch_add(&flow->beat->parked, 1);
        log_line(LOG_ALARM, "inbox", "an event is parked; see: viche queue list", "town=%s channel=%s", flow->town->id, channel->id);
        say_sorry(flow, &citizen, "parked");
        return;
    }
    flow_begin(flow, key, "town");
    struct turn *turn = begin(flow, &citizen, key);
    route_event(turn, event);
    write_over(turn, event);
    settle(turn);
}

void event_go_on(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event)
{
    int64_t began = clock_mono_ms();
    run(flow, channel, event, page_event(flow->town->id, channel->id, event->origin));
    char chat[12];
    log_line(LOG_NOTE, "event", "done", "town=%s channel=%s chat=%s kind=%u ms=%lld", flow->town->id, channel->id,
             log_chat(event->address, chat), event->kind, (long long)(clock_mono_ms() - began));
}

/* VICHE_SENT, which is 0: none. */
static uint32_t receipt_of(uint32_t kind)
{
    switch (kind) {
    case VICHE_EVENT_DELIVERED: return VICHE_DELIVERED;
    case VICHE_EVENT_SEEN: return VICHE_SEEN;
    case VICHE_EVENT_FAILED: return VICHE_REFUSED;
    default: return VICHE_SENT;
    }
}

static void seen_before(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event)
{
    log_line(LOG_DEBUG_, "inbox", "seen before", "town=%s channel=%s", flow->town->id, channel->id);
    ride_again(flow, channel, event);
}

void event_handle(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event)
{
    if (!inbox_take(flow->town->db, channel->id, event->origin))
        seen_before(flow, channel, event);
    else if (receipt_of(event->kind))
        receipt_come(flow, channel, event->tag, receipt_of(event->kind));
    else if (event->remote && channel->fetch_file)
        incoming_put(flow, channel, event);
    else if (event->kind == VICHE_EVENT_LEFT || !incoming_hold(flow, channel, event))
        event_go_on(flow, channel, event);
}

void event_say(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event, const char *key)
{
    struct citizen citizen = citizen_at(flow->town->db, flow->arena, channel->id, event->address,
                                        town_main_language(flow->town, flow->arena));
    say_sorry(flow, &citizen, key);
}

void event_too_many(struct flow *flow, const struct viche_channel *channel, const struct viche_event *event)
{
    bool fresh = inbox_take(flow->town->db, channel->id, event->origin);
    if (fresh && limit_tell(flow, page_event(flow->town->id, channel->id, event->address)))
        event_say(flow, channel, event, "too-many");
}

bool event_retry(struct flow *flow, int64_t parked_id, uint64_t key)
{
    struct inbox_parked parked;
    if (inbox_parked(flow->town->db, flow->arena, parked_id - 1, &parked, 1) == 0 || parked.id != parked_id)
        return false;
    const struct viche_channel *channel = town_channel(flow->town, parked.channel, NULL);
    if (!channel)
        return false;
    inbox_bury(flow->town->db, parked_id);
    const char *language = town_main_language(flow->town, flow->arena);
    struct citizen citizen = citizen_at(flow->town->db, flow->arena, channel->id, parked.event.address, language);
    struct turn *turn = begin(flow, &citizen, key);
    route_event(turn, &parked.event);
    settle(turn);
    return true;
}

/* ---- events of the host ---- */

/* A turn of the citizen's stored dialog, for what the host does itself: kind and number name it. NULL when there is no dialog, or
 * when this very thing brought the worker down twice: then the dialog is closed and the citizen told. */
static struct turn *resume(struct flow *flow, uint64_t citizen_id, const char *kind, int64_t number)
{
    struct citizen citizen = citizen_find(flow->town->db, flow->arena, citizen_id);
    if (citizen.id == 0)
        return NULL;
    uint64_t key = page_event(flow->town->id, kind,
                              arena_print(flow->arena, "%llu %lld", (unsigned long long)citizen_id, (long long)number));
    if (flow_poisoned(flow, key)) {
        dialog_drop(flow->town->db, citizen_id);
        say_sorry(flow, &citizen, "fault");
        return NULL;
    }
    bool lost = false;
    uint32_t migrated_from = 0;
    struct turn *turn = begin(flow, &citizen, key);
    turn->dialog = dialog_load(flow->town, flow->arena, citizen_id, &lost, &migrated_from);
    if (!turn->dialog) {
        settle(turn);
        return NULL;
    }
    turn->plugin = turn->dialog->plugin;
    flow_begin(flow, key, turn->plugin->plugin->name);
    return turn;
}

void event_fetched(struct flow *flow, int64_t request, const struct viche_result *result)
{
    uint64_t citizen_id = 0;
    if (!request_take(flow->town->db, request, &citizen_id))
        return;
    struct turn *turn = resume(flow, citizen_id, "fetched", request);
    if (!turn)
        return;
    if (turn->dialog->request == request && turn->dialog->step->result)
        walk_result(turn, result);
    settle(turn);
}

static bool fire_timer(struct flow *flow)
{
    uint64_t citizen_id = 0;
    int64_t at = 0;
    const char *step = NULL;
    if (!wait_next(flow->town->db, flow->arena, &citizen_id, &at, &step) || at > clock_now())
        return false;
    wait_drop(flow->town->db, citizen_id);
    struct turn *turn = resume(flow, citizen_id, "wait", at);
    if (turn) {
        walk_enter(turn, step);
        settle(turn);
    }
    return true;
}

static bool fire_expiry(struct flow *flow)
{
    uint64_t citizen_id = 0;
    int64_t at = 0;
    if (!dialog_next_expiry(flow->town->db, &citizen_id, &at) || at > clock_now())
        return false;
    struct turn *turn = resume(flow, citizen_id, "expiry", at);
    if (turn) {
        walk_expired(turn);
        settle(turn);
    } else {
        dialog_drop(flow->town->db, citizen_id); /* nobody can be told any more */
    }
    return true;
}

void event_timers(struct flow *flow)
{
    int fired = 0;
    while (fired < TIMERS_MAX && fire_timer(flow))
        fired++;
    while (fired < TIMERS_MAX && fire_expiry(flow))
        fired++;
    incoming_timers(flow);
}

int64_t event_due_ms(struct flow *flow)
{
    uint64_t citizen = 0;
    int64_t at = 0;
    int64_t due = INT64_MAX;
    const char *step = NULL;
    if (wait_next(flow->town->db, flow->arena, &citizen, &at, &step))
        due = at * 1000;
    if (dialog_next_expiry(flow->town->db, &citizen, &at) && at * 1000 < due)
        due = at * 1000;
    int64_t file_ms = incoming_due_ms(flow);
    return file_ms < due ? file_ms : due;
}
