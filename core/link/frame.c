/* SPDX-License-Identifier: MPL-2.0
 * The bytes of a frame: u32 size of the payload, u32 kind, payload. A text or a run of bytes is a u32 length, the bytes and
 * a NUL, so that a reader can use it where it lies. */
#include "link/frame.h"

#include <endian.h>
#include <string.h>

/* ---- writing ---- */

static void put_u32(char *at, uint32_t value)
{
    uint32_t little = htole32(value);
    memcpy(at, &little, sizeof little);
}

static uint32_t get_u32(const char *at)
{
    uint32_t little = 0;
    memcpy(&little, at, sizeof little);
    return le32toh(little);
}

size_t frame_begin(struct buf *out, enum frame_kind kind)
{
    size_t mark = out->size;
    frame_u32(out, 0);
    frame_u32(out, kind);
    return mark;
}

void frame_u32(struct buf *out, uint32_t value)
{
    uint32_t little = htole32(value);
    buf_add(out, &little, sizeof little);
}

void frame_u64(struct buf *out, uint64_t value)
{
    uint64_t little = htole64(value);
    buf_add(out, &little, sizeof little);
}

void frame_text(struct buf *out, const char *text) { frame_bytes(out, text, text ? strlen(text) : 0); }

void frame_bytes(struct buf *out, const void *data, size_t size_bytes)
{
    /* A length that does not fit into 32 bits is far over FRAME_MAX_BYTES: any wrong length will do, frame_end refuses. */
    frame_u32(out, (uint32_t)size_bytes);
    buf_add(out, data, size_bytes);
    buf_byte(out, '\0');
}

void frame_pairs(struct buf *out, const struct pair *pairs)
{
    uint32_t count = 0;
    while (pairs && pairs[count].name)
        count++;
    frame_u32(out, count);
    for (uint32_t i = 0; i < count; i++) {
        frame_text(out, pairs[i].name);
        frame_text(out, pairs[i].value);
    }
}

bool frame_end(struct buf *out, size_t mark)
{
    size_t payload = out->size - mark - FRAME_HEAD_BYTES;
    if (payload > FRAME_MAX_BYTES) {
        out->size = mark;
        return false;
    }
    put_u32(out->data + mark, (uint32_t)payload);
    return true;
}

/* ---- reading ---- */

int frame_next(const struct buf *in, size_t from, struct frame *frame, size_t *used)
{
    size_t have = in->size - from;
    if (have < FRAME_HEAD_BYTES)
        return 0;
    const char *head = in->data + from;
    size_t payload = get_u32(head);
    if (payload > FRAME_MAX_BYTES)
        return -1;
    if (have - FRAME_HEAD_BYTES < payload)
        return 0;
    *frame = (struct frame){
        .kind = get_u32(head + sizeof(uint32_t)),
        .at = head + FRAME_HEAD_BYTES,
        .end = head + FRAME_HEAD_BYTES + payload,
    };
    *used = FRAME_HEAD_BYTES + payload;
    return 1;
}

/* The next bytes of the payload; NULL, and nothing more to read, when there are fewer. */
static const char *take(struct frame *frame, size_t size_bytes)
{
    if (frame->broken || (size_t)(frame->end - frame->at) < size_bytes) {
        frame->broken = true;
        frame->at = frame->end;
        return NULL;
    }
    const char *at = frame->at;
    frame->at += size_bytes;
    return at;
}

uint32_t frame_read_u32(struct frame *frame)
{
    const char *at = take(frame, sizeof(uint32_t));
    return at ? get_u32(at) : 0;
}

uint64_t frame_read_u64(struct frame *frame)
{
    uint64_t low = frame_read_u32(frame);
    uint64_t high = frame_read_u32(frame);
    return frame->broken ? 0 : high << 32 | low;
}

const char *frame_read_bytes(struct frame *frame, size_t *size_bytes)
{
    size_t size = frame_read_u32(frame);
    const char *at = take(frame, size + 1);
    if (at && at[size] != '\0') {
        frame->broken = true;
        at = NULL;
    }
    *size_bytes = at ? size : 0;
    return at ? at : "";
}

const char *frame_read_text(struct frame *frame)
{
    size_t size = 0;
    const char *text = frame_read_bytes(frame, &size);
    if (strlen(text) == size)
        return text;
    frame->broken = true; /* a NUL inside: two readers would see two different texts */
    return "";
}

void frame_read_pairs(struct frame *frame, struct pair *out, size_t room)
{
    uint32_t count = frame_read_u32(frame);
    size_t kept = 0;
    for (uint32_t i = 0; i < count && !frame->broken; i++) {
        const char *name = frame_read_text(frame);
        const char *value = frame_read_text(frame);
        if (!frame->broken && kept + 1 < room)
            out[kept++] = (struct pair){name, value};
    }
    out[kept] = (struct pair){0};
}
