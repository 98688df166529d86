/* SPDX-License-Identifier: MPL-2.0
 * An HTTP request as the flow sees it, and the answer being made for it. */
#ifndef FLOW_REPLY_H
#define FLOW_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "link/frame.h"

enum { REPLY_PAIRS = 48 };

struct http_request {
    uint64_t id;
    const char *town, *method, *path, *origin, *peer, *upload, *more, *body;
    uint64_t upload_bytes;
    size_t body_bytes;
    bool admin;
    struct pair query[REPLY_PAIRS], headers[REPLY_PAIRS];
};

struct http_reply {
    struct arena *arena;
    uint32_t status; /* 0: nobody answered yet */
    struct pair headers[REPLY_PAIRS];
    size_t header_count;
    const char *body;
    size_t body_bytes;
    bool trusted;      /* the client has shown who it is */
    const char *file;  /* path to send instead of the body */
    const char *topic; /* stays open for this topic */
    uint64_t last_id;
    const char *more;  /* where the answer goes on; NULL: it is whole */
};

/* Points into the frame's payload, which must outlive the request; frame->broken tells. */
void request_read(struct http_request *request, struct frame *frame);
const char *pair_get(const struct pair *pairs, const char *name); /* "" when absent */
void reply_set(struct http_reply *reply, uint32_t status, const char *type, const void *body, size_t size_bytes);
void reply_print(struct http_reply *reply, uint32_t status, const char *type, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Replaces one of the same name; cookies are added. */
void reply_header(struct http_reply *reply, const char *name, const char *value);
/* {"error":{"code":…,"message":…}} with words for a person. */
void reply_refuse(struct http_reply *reply, uint32_t status, const char *code, const char *message);
void reply_write(struct buf *out, uint64_t id, const struct http_reply *reply);

#endif
