/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

struct parts {
    struct exchange *exchange;
    parts_ask *ask;
    void *context;
    struct buf part;
    size_t taken; /* bytes of the part */
    char *more;   /* "": this part is the last */
    bool asked, broken;
};

static void put(struct parts *parts, const void *body, size_t size_bytes, const char *more)
{
    buf_add(&parts->part, body, size_bytes);
    free(parts->more);
    parts->more = mem_copy(more);
    parts->asked = false;
}

/* All of the part is taken. */
static size_t next(struct parts *parts)
{
    if (!parts->broken && !*parts->more)
        return EXCHANGE_END;
    buf_free(&parts->part);
    parts->taken = 0;
    if (!parts->broken && !parts->asked) {
        parts->asked = true;
        parts->broken = !parts->ask(parts->context, parts->exchange);
    }
    return parts->broken ? EXCHANGE_BROKEN : 0;
}

static size_t on_read(void *context, char *out, size_t room)
{
    struct parts *parts = context;
    size_t left = parts->part.size - parts->taken;
    if (left == 0)
        return next(parts);
    size_t size = left < room ? left : room;
    memcpy(out, parts->part.data + parts->taken, size);
    parts->taken += size;
    return size;
}

void parts_begin(struct exchange *exchange, unsigned status, const struct pair *headers, const void *body, size_t size_bytes,
                 const char *more, parts_ask *ask, void *context)
{
    struct parts *parts = mem_alloc(sizeof *parts);
    *parts = (struct parts){.exchange = exchange, .ask = ask, .context = context};
    put(parts, body, size_bytes, more);
    exchange->parts = parts;
    exchange_answer_stream(exchange, status, headers, on_read, parts);
}

void parts_add(struct exchange *exchange, unsigned status, const void *body, size_t size_bytes, const char *more)
{
    if (status != 200) {
        parts_break(exchange);
        return;
    }
    put(exchange->parts, body, size_bytes, more);
    exchange_wake(exchange);
}

void parts_break(struct exchange *exchange)
{
    exchange->parts->broken = true;
    exchange_wake(exchange);
}

const char *parts_more(const struct parts *parts) { return parts ? parts->more : ""; }

void parts_free(struct exchange *exchange)
{
    struct parts *parts = exchange->parts;
    if (!parts)
        return;
    exchange->parts = NULL;
    buf_free(&parts->part);
    free(parts->more);
    free(parts);
}
