/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/talk_gate.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"

enum { ROUNDS_MAX = 10000 };

struct talk_request {
    struct talk_request *next;
    uint64_t id;
    const char *frame;
    size_t frame_bytes;
    struct talk_reply *reply;
};

struct talk_chat {
    struct talk_chat *next;
    const char *topic;
    uint64_t last_id;
};

/* ---- what the worker wants ---- */

static void take_reply(struct talk_gate *gate, struct frame *frame)
{
    uint64_t id = frame_read_u64(frame);
    uint32_t status = frame_read_u32(frame);
    struct pair headers[REPLY_PAIRS];
    frame_read_pairs(frame, headers, REPLY_PAIRS);
    frame_read_u32(frame); /* trusted */
    frame_read_text(frame); /* a file to send instead */
    frame_read_text(frame); /* a topic to stay open for */
    frame_read_u64(frame);
    const char *more = arena_copy(gate->arena, frame_read_text(frame));
    size_t bytes = 0;
    const char *body = frame_read_bytes(frame, &bytes);
    for (struct talk_request **at = &gate->waiting; *at; at = &(*at)->next) {
        if ((*at)->id != id)
            continue;
        if ((*at)->reply)
            *(*at)->reply = (struct talk_reply){status, arena_copy_bytes(gate->arena, body, bytes), bytes, more};
        *at = (*at)->next;
        return;
    }
}

static void take_fetch(struct talk_gate *gate, struct frame *frame)
{
    uint64_t id = frame_read_u64(frame);
    const char *town = frame_read_text(frame);
    frame_read_text(frame); /* the plugin */
    frame_read_text(frame); /* the lane */
    const char *method = frame_read_text(frame);
    const char *url = frame_read_text(frame);
    struct talk_answer answer = gate->ears.asked(gate->ears.context, method, url);
    size_t mark = frame_begin(&gate->in, FRAME_FETCHED);
    frame_u64(&gate->in, id);
    frame_text(&gate->in, town);
    frame_u32(&gate->in, (uint32_t)answer.status);
    frame_text(&gate->in, answer.status ? "" : "no answer");
    frame_pairs(&gate->in, NULL);
    frame_text(&gate->in, answer.upload ? answer.upload : "");
    frame_bytes(&gate->in, answer.body ? answer.body : "", answer.body ? strlen(answer.body) : 0);
    frame_end(&gate->in, mark);
}

static struct talk_chat *chat_of(struct talk_gate *gate, const char *topic)
{
    for (struct talk_chat *chat = gate->chats; chat; chat = chat->next) {
        if (text_is(chat->topic, topic))
            return chat;
    }
    struct talk_chat *chat = arena_alloc(gate->arena, sizeof *chat);
    *chat = (struct talk_chat){.next = gate->chats, .topic = arena_copy(gate->arena, topic)};
    gate->chats = chat;
    return chat;
}

/* topic: town/channel/address. A message comes again after a death; its id tells. */
static void take_push(struct talk_gate *gate, struct frame *frame)
{
    struct talk_chat *chat = chat_of(gate, frame_read_text(frame));
    uint64_t id = frame_read_u64(frame);
    size_t bytes = 0;
    const char *data = frame_read_bytes(frame, &bytes);
    if (id && id <= chat->last_id)
        return;
    chat->last_id = id ? id : chat->last_id;
    const char *slash = strrchr(chat->topic, '/');
    gate->ears.said(gate->ears.context, slash ? slash + 1 : chat->topic, arena_copy_bytes(gate->arena, data, bytes));
}

static void take_frames(struct talk_gate *gate, const struct buf *out)
{
    struct frame frame;
    size_t used = 0;
    for (size_t from = 0; frame_next(out, from, &frame, &used) > 0; from += used) {
        if (frame.kind == FRAME_REPLY)
            take_reply(gate, &frame);
        else if (frame.kind == FRAME_FETCH && gate->ears.asked)
            take_fetch(gate, &frame);
        else if (frame.kind == FRAME_PUSH)
            take_push(gate, &frame);
    }
}

/* ---- the worker's lives ---- */

static bool begin_life(struct talk_gate *gate, struct talk_death death, struct fail *fail)
{
    buf_clear(&gate->in); /* results of fetches: the new worker asks for them again */
    for (const struct talk_request *request = gate->waiting; request; request = request->next)
        buf_add(&gate->in, request->frame, request->frame_bytes);
    struct buf out = {0};
    bool ok = talk_worker_start(&gate->worker, gate->host, gate->now_ms, death, &out, fail);
    if (ok)
        take_frames(gate, &out);
    buf_free(&out);
    return ok;
}

bool talk_gate_open(struct talk_gate *gate, struct talk_death death, struct fail *fail)
{
    return begin_life(gate, death, fail) && talk_gate_settle(gate, fail);
}

bool talk_gate_restart(struct talk_gate *gate, struct talk_death death, struct fail *fail)
{
    talk_worker_stop(&gate->worker);
    return talk_gate_open(gate, death, fail);
}

void talk_gate_close(struct talk_gate *gate)
{
    talk_worker_stop(&gate->worker);
    buf_free(&gate->in);
}

/* ---- from outside ---- */

static int64_t now_ms(const struct talk_gate *gate) { return gate->now_ms ? gate->now_ms : clock_now_ms(); }

bool talk_gate_settle(struct talk_gate *gate, struct fail *fail)
{
    struct buf out = {0};
    bool ok = true;
    for (int round = 0; ok && (round == 0 || gate->in.size || gate->worker.due_ms <= now_ms(gate)); round++) {
        if (round == ROUNDS_MAX) {
            ok = fail_set(fail, "the town does not come to rest; a plugin may be asking the network again and again");
            break;
        }
        struct buf in = gate->in;
        gate->in = (struct buf){0};
        buf_clear(&out);
        enum talk_went went = talk_worker_run(&gate->worker, gate->now_ms, &in, &out, fail);
        if (went == TALK_WENT_ON)
            take_frames(gate, &out);
        ok = went == TALK_WENT_ON || (went == TALK_DIED && begin_life(gate, (struct talk_death){0}, fail));
        buf_free(&in);
    }
    buf_free(&out);
    return ok;
}

static struct talk_request *write_request(struct talk_gate *gate, const struct http_request *request)
{
    struct buf out = {0};
    size_t mark = frame_begin(&out, FRAME_REQUEST);
    frame_u64(&out, request->id);
    frame_text(&out, gate->town);
    frame_text(&out, request->method);
    frame_text(&out, request->path);
    frame_pairs(&out, request->query);
    frame_pairs(&out, request->headers);
    frame_text(&out, gate->origin);
    frame_text(&out, "talk");
    frame_text(&out, request->upload);
    frame_u64(&out, request->upload_bytes);
    frame_u32(&out, request->admin);
    frame_text(&out, request->more);
    frame_bytes(&out, request->body ? request->body : "", request->body_bytes);
    frame_end(&out, mark);
    struct talk_request *kept = arena_alloc(gate->arena, sizeof *kept);
    *kept = (struct talk_request){.id = request->id, .frame_bytes = out.size,
                                  .frame = arena_copy_bytes(gate->arena, buf_str(&out), out.size)};
    buf_free(&out);
    return kept;
}

static bool ask_part(struct talk_gate *gate, struct http_request *request, struct talk_reply *reply, struct fail *fail)
{
    *reply = (struct talk_reply){.body = "", .more = ""};
    request->id = ++gate->last_id;
    struct talk_request *kept = write_request(gate, request);
    kept->reply = reply;
    struct talk_request **end = &gate->waiting;
    while (*end)
        end = &(*end)->next;
    *end = kept;
    buf_add(&gate->in, kept->frame, kept->frame_bytes);
    bool ok = talk_gate_settle(gate, fail);
    kept->reply = NULL;
    return ok;
}

static void append(struct arena *arena, struct talk_reply *reply, const struct talk_reply *part)
{
    struct buf whole = {0};
    buf_add(&whole, reply->body, reply->body_bytes);
    buf_add(&whole, part->body, part->body_bytes);
    *reply = (struct talk_reply){part->status, arena_copy_bytes(arena, buf_str(&whole), whole.size), whole.size, part->more};
    buf_free(&whole);
}

bool talk_gate_ask(struct talk_gate *gate, struct http_request *request, struct talk_reply *reply, struct fail *fail)
{
    bool ok = ask_part(gate, request, reply, fail);
    while (ok && *reply->more) {
        struct talk_reply part;
        request->more = reply->more;
        ok = ask_part(gate, request, &part, fail);
        append(gate->arena, reply, &part);
    }
    return ok;
}

bool talk_gate_wait(struct talk_gate *gate, int64_t until_ms, struct fail *fail)
{
    while (gate->worker.due_ms <= until_ms) {
        int64_t due_ms = gate->worker.due_ms;
        gate->now_ms = due_ms > gate->now_ms ? due_ms : gate->now_ms;
        if (!talk_gate_settle(gate, fail))
            return false;
    }
    gate->now_ms = until_ms;
    return talk_gate_settle(gate, fail);
}
