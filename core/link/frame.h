/* SPDX-License-Identifier: MPL-2.0
 * What gateway and workers say to each other over a stream socket: length-prefixed frames, fields in a fixed order, all
 * integers little-endian. A reader never trusts: a short or over-long field sets `broken` and gives zero or "".
 *
 * gateway → worker                                     worker → gateway
 *   REQUEST  a client's HTTP request                     READY    which towns, routes and limits this worker serves
 *   FETCHED  what a FETCH brought                        REPLY    the HTTP answer; with a topic: an open stream
 *   STOP     finish what is begun, then exit             FETCH    make this HTTP request, fill in the secrets
 *                                                        PUSH     bytes for whoever streams this topic
 *                                                        END      whoever streams this topic is done
 *                                                        ANCHOR   the head of an audit chain, for the log
 *                                                        STOPPED  nothing is under way any more
 */
#ifndef LINK_FRAME_H
#define LINK_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum frame_kind {
    FRAME_REQUEST = 1, /* u64 id, text town, text method, text path (behind /<town>), pairs query, pairs headers, text origin,
                          text peer (the client's address, never to be logged), text upload (path of the spooled body or ""),
                          u64 upload size, u32 admin (1: came over the control socket), text more (as the REPLY before said; "": the
                          answer has not begun), bytes body */
    FRAME_FETCHED = 2, /* u64 id, text town, i32 status (0: none), text error, pairs headers,
                          text upload (path of the spooled body or ""; the worker removes it), bytes body */
    FRAME_STOP = 3,    /* nothing */
    FRAME_READY = 16,  /* u32 worker, u32 towns; for each: text town, u32 secrets; for each: text plugin/name, text path;
                          u32 routes; for each: text prefix (behind /<town>), u64 max body (0: the host's),
                          u32 upload (1: spool to a file), u32 proof (as viche_route.proof), text its header, text its secret */
    FRAME_REPLY = 17,  /* u64 id, u32 status, pairs headers, u32 trusted (1: not counted against its address),
                          text file (path to send instead of the body, or ""), text topic ("" : the answer ends; else it stays
                          open), u64 last id, text more ("": the answer is whole; else the REQUEST comes again with it when
                          the client has taken this part), bytes body */
    FRAME_FETCH = 18,  /* u64 id, text town, text plugin, text lane ("" or a key: one at a time), text method, text url,
                          pairs headers, u32 timeout s, u32 how (enum frame_fetch), u32 parts of a multipart body; for each:
                          text name, text value, text path (of a file, or ""), text file name, text file type; bytes body.
                          {secret:name} in url and headers stands for the plugin's secret of that name */
    FRAME_PUSH = 19,   /* text topic, u64 id (0: not to be resumed), bytes data. Streams skip ids up to their last */
    FRAME_STOPPED = 20, /* nothing */
    FRAME_END = 21,    /* text topic: its streams end */
    FRAME_ANCHOR = 22  /* text town, u64 rows, u64 at, bytes hash: the head of its audit chain, to be signed and logged */
};

enum frame_fetch {
    FETCH_TO_FILE = 1,   /* the body of the answer goes to the spool */
    FETCH_FILL_BODY = 2, /* {secret:name} in the body, too: never where a citizen's words may stand in it */
};

enum { FRAME_HEAD_BYTES = 8, FRAME_MAX_BYTES = 4 * 1024 * 1024 };

struct pair {
    const char *name, *value;
};

/* ---- writing: frame_begin, the fields in order, frame_end ---- */
size_t frame_begin(struct buf *out, enum frame_kind kind); /* a mark for frame_end */
void frame_u32(struct buf *out, uint32_t value);
void frame_u64(struct buf *out, uint64_t value);
void frame_text(struct buf *out, const char *text); /* NULL is "" */
void frame_bytes(struct buf *out, const void *data, size_t size_bytes);
void frame_pairs(struct buf *out, const struct pair *pairs); /* ended by a NULL name; NULL: none */
/* false: over FRAME_MAX_BYTES; the frame is taken back, as if it had never begun. */
bool frame_end(struct buf *out, size_t mark);

/* ---- reading ---- */
struct frame {
    enum frame_kind kind;
    const char *at, *end; /* what is left of the payload */
    bool broken;
};

/* The first whole frame of `in`: 1 and *frame (pointing into `in`), *used its bytes; 0: more is needed; -1: garbage. */
int frame_next(const struct buf *in, size_t from, struct frame *frame, size_t *used);
uint32_t frame_read_u32(struct frame *frame);
uint64_t frame_read_u64(struct frame *frame);
const char *frame_read_text(struct frame *frame); /* NUL-terminated in place */
const char *frame_read_bytes(struct frame *frame, size_t *size_bytes); /* NUL behind */
/* Fills at most `room`-1 pairs and the NULL end; the rest is skipped. */
void frame_read_pairs(struct frame *frame, struct pair *out, size_t room);

#endif
