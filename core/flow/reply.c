/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/reply.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void request_read(struct http_request *request, struct frame *frame)
{
    request->id = frame_read_u64(frame);
    request->town = frame_read_text(frame);
    request->method = frame_read_text(frame);
    request->path = frame_read_text(frame);
    frame_read_pairs(frame, request->query, REPLY_PAIRS);
    frame_read_pairs(frame, request->headers, REPLY_PAIRS);
    request->origin = frame_read_text(frame);
    request->peer = frame_read_text(frame);
    request->upload = frame_read_text(frame);
    request->upload_bytes = frame_read_u64(frame);
    request->admin = frame_read_u32(frame) != 0;
    request->more = frame_read_text(frame);
    request->body = frame_read_bytes(frame, &request->body_bytes);
}

const char *pair_get(const struct pair *pairs, const char *name)
{
    for (; pairs && pairs->name; pairs++)
        if (strcmp(pairs->name, name) == 0)
            return pairs->value;
    return "";
}

void reply_set(struct http_reply *reply, uint32_t status, const char *type, const void *body, size_t size_bytes)
{
    reply->status = status;
    reply->body = arena_copy_bytes(reply->arena, body, size_bytes);
    reply->body_bytes = size_bytes;
    reply_header(reply, "content-type", type);
}

void reply_print(struct http_reply *reply, uint32_t status, const char *type, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprint(reply->arena, format, args);
    va_end(args);
    reply_set(reply, status, type, text, strlen(text));
}

void reply_header(struct http_reply *reply, const char *name, const char *value)
{
    bool many = strcasecmp(name, "set-cookie") == 0;
    size_t at = 0;
    while (at < reply->header_count && (many || strcasecmp(reply->headers[at].name, name) != 0))
        at++;
    if (at == REPLY_PAIRS - 1)
        return;
    reply->headers[at] = (struct pair){arena_copy(reply->arena, name), arena_copy(reply->arena, value)};
    if (at == reply->header_count)
        reply->header_count++;
}

void reply_refuse(struct http_reply *reply, uint32_t status, const char *code, const char *message)
{
    json_t *body = json_pack("{s:{s:s, s:s}}", "error", "code", code, "message", message);
    char *text = json_dumps(body, JSON_COMPACT);
    reply_set(reply, status, "application/json; charset=utf-8", text, strlen(text));
    free(text);
    json_decref(body);
}

void reply_write(struct buf *out, uint64_t id, const struct http_reply *reply)
{
    size_t mark = frame_begin(out, FRAME_REPLY);
    frame_u64(out, id);
    frame_u32(out, reply->status);
    frame_pairs(out, reply->headers);
    frame_u32(out, reply->trusted);
    frame_text(out, reply->file);
    frame_text(out, reply->topic);
    frame_u64(out, reply->last_id);
    frame_text(out, reply->more);
    frame_bytes(out, reply->body, reply->body_bytes);
    frame_end(out, mark);
}
