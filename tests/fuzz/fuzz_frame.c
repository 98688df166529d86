/* SPDX-License-Identifier: MPL-2.0
 * Any bytes from the other end of the link: whole frames are found, and no reader leaves its frame. The first byte of each payload
 * chooses the order in which fields are read. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "link/frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t seen; /* what was read must be readable: every byte is looked at */

static void look(const char *text) { seen += strlen(text); }

static void read_field(struct frame *frame, uint32_t kind)
{
    struct pair pairs[4];
    size_t bytes = 0;
    switch (kind % 5) {
    case 0:
        seen += frame_read_u32(frame);
        break;
    case 1:
        seen += frame_read_u64(frame);
        break;
    case 2:
        look(frame_read_text(frame));
        break;
    case 3:
        look(frame_read_bytes(frame, &bytes));
        break;
    default:
        frame_read_pairs(frame, pairs, 4);
        for (const struct pair *pair = pairs; pair->name; pair++) {
            look(pair->name);
            look(pair->value);
        }
    }
}

static void read_frame(struct frame *frame)
{
    uint32_t order = frame->at < frame->end ? (unsigned char)*frame->at : 0;
    for (int i = 0; i < 12 && !frame->broken; i++, order = order * 31 + 7)
        read_field(frame, order);
    if (frame->at > frame->end)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf in = {0};
    buf_add(&in, data, size);
    struct frame frame;
    size_t from = 0, used = 0;
    while (frame_next(&in, from, &frame, &used) == 1) {
        if (used == 0 || from + used > in.size)
            abort();
        read_frame(&frame);
        from += used;
    }
    buf_free(&in);
    return 0;
}
