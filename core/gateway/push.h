/* SPDX-License-Identifier: MPL-2.0
 * Open answers (server-sent events) by topic. What a worker pushes to a topic is appended to each of its streams that has not
 * had it yet. A client too slow to take it is cut off; it comes back with Last-Event-ID and gets the rest from the worker. */
#ifndef GATEWAY_PUSH_H
#define GATEWAY_PUSH_H

#include "gateway/serve.h"

struct push;

struct push *push_open(uv_loop_t *loop);
void push_close(struct push *push);
/* Turns the exchange into a stream that begins with `body`; ids up to last_id are behind it. */
void push_stream(struct push *push, struct exchange *exchange, const struct pair *headers, const char *topic,
                 uint64_t last_id, const void *body, size_t size_bytes);
void push_send(struct push *push, const char *topic, uint64_t id, const void *data, size_t size_bytes);
void push_gone(struct push *push, struct exchange *exchange); /* of exchanges turned into streams */
void push_end_topic(struct push *push, const char *topic); /* its streams, after what they hold */
void push_end_plugins(struct push *push, const char *town); /* the streams of plugins that are no channels */
void push_end(struct push *push); /* all streams, after what they hold */
size_t push_count(const struct push *push);

#endif
