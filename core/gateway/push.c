/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/push.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "gateway/map.h"

enum { HEARTBEAT_MS = 20 * 1000, HELD_BYTES_MAX = 64 * 1024 };

struct stream {
    struct stream *next, *before; /* of the same topic */
    struct exchange *exchange;
    struct topic *topic;
    struct buf out;
    uint64_t last_id;
    bool ended;
};

struct topic {
    struct stream *first;
    char name[];
};

struct push {
    uv_timer_t heartbeat;
    struct map topics;
    size_t count;
};

static void append(struct stream *stream, const void *data, size_t size_bytes)
{
    if (stream->ended)
        return;
    if (stream->out.size + size_bytes <= HELD_BYTES_MAX) {
        buf_add(&stream->out, data, size_bytes);
    } else {
        stream->ended = true;
        buf_free(&stream->out); /* the client resumes by the last id that reached it */
    }
    exchange_wake(stream->exchange);
}

static size_t on_read(void *context, char *out, size_t room)
{
    struct stream *stream = context;
    size_t size = stream->out.size < room ? stream->out.size : room;
    if (size == 0)
        return stream->ended ? EXCHANGE_END : 0;
    memcpy(out, stream->out.data, size);
    if (size == stream->out.size)
        buf_free(&stream->out);
    else
        buf_eat(&stream->out, size);
    return size;
}

/* ---- topics ---- */

static struct topic *topic_of(struct push *push, const char *name)
{
    struct topic *topic = map_get(&push->topics, name);
    if (!topic) {
        size_t size = strlen(name) + 1;
        topic = mem_alloc(sizeof *topic + size);
        memcpy(topic->name, name, size);
        map_put(&push->topics, name, topic);
    }
    return topic;
}

void push_stream(struct push *push, struct exchange *exchange, const struct pair *headers, const char *topic,
                 uint64_t last_id, const void *body, size_t size_bytes)
{
    struct stream *stream = mem_alloc(sizeof *stream);
    *stream = (struct stream){.exchange = exchange, .topic = topic_of(push, topic), .last_id = last_id};
    stream->next = stream->topic->first;
    if (stream->next)
        stream->next->before = stream;
    stream->topic->first = stream;
    push->count++;
    exchange->holder = stream;
    buf_add(&stream->out, body, size_bytes);
    exchange_answer_stream(exchange, 200, headers, on_read, stream);
    exchange_forget_request(exchange);
}

void push_send(struct push *push, const char *topic_name, uint64_t id, const void *data, size_t size_bytes)
{
    struct topic *topic = map_get(&push->topics, topic_name);
    for (struct stream *stream = topic ? topic->first : NULL; stream; stream = stream->next) {
        if (id && id <= stream->last_id)
            continue;
        if (id)
            stream->last_id = id;
        append(stream, data, size_bytes);
    }
}

void push_gone(struct push *push, struct exchange *exchange)
{
    struct stream *stream = exchange->holder;
    struct topic *topic = stream->topic;
    *(stream->before ? &stream->before->next : &topic->first) = stream->next;
    if (stream->next)
        stream->next->before = stream->before;
    buf_free(&stream->out);
    free(stream);
    push->count--;
    if (!topic->first) {
        map_take(&push->topics, topic->name);
        free(topic);
    }
}

/* ---- all streams ---- */

static bool beat(void *context, const char *name, void *value)
{
    (void)context, (void)name;
    const struct topic *topic = value;
    for (struct stream *stream = topic->first; stream; stream = stream->next)
        if (stream->out.size == 0)
            append(stream, ":\n\n", 3);
    return true;
}

/* A suspended client's leaving is only noticed on writing to it. */
static void on_heartbeat(uv_timer_t *timer)
{
    struct push *push = timer->data;
    map_each(&push->topics, beat, NULL);
}

static bool end(void *context, const char *name, void *value)
{
    (void)context, (void)name;
    const struct topic *topic = value;
    for (struct stream *stream = topic->first; stream; stream = stream->next) {
        stream->ended = true;
        exchange_wake(stream->exchange);
    }
    return true;
}

void push_end_topic(struct push *push, const char *name)
{
    struct topic *topic = map_get(&push->topics, name);
    if (topic)
        end(NULL, name, topic);
}

static bool end_plugin(void *context, const char *name, void *value)
{
    const struct buf *prefix = context; /* "kryzhopil/:" */
    return text_starts(name, buf_str(prefix)) ? end(NULL, name, value) : true;
}

void push_end_plugins(struct push *push, const char *town)
{
    struct buf prefix = {0};
    buf_print(&prefix, "%s/:", town);
    map_each(&push->topics, end_plugin, &prefix);
    buf_free(&prefix);
}

void push_end(struct push *push) { map_each(&push->topics, end, NULL); }

size_t push_count(const struct push *push) { return push->count; }

struct push *push_open(uv_loop_t *loop)
{
    struct push *push = mem_alloc(sizeof *push);
    uv_timer_init(loop, &push->heartbeat);
    push->heartbeat.data = push;
    uv_timer_start(&push->heartbeat, on_heartbeat, HEARTBEAT_MS, HEARTBEAT_MS);
    return push;
}

static void on_closed(uv_handle_t *handle) { free(handle->data); }

void push_close(struct push *push)
{
    map_free(&push->topics);
    uv_close((uv_handle_t *)&push->heartbeat, on_closed);
}
