/* SPDX-License-Identifier: MPL-2.0
 * One end of the socket between gateway and worker, in a libuv loop: collects what is written during one turn of the loop and
 * sends it at once; hands whole frames over in order. */
#ifndef LINK_LINK_H
#define LINK_LINK_H

#include <uv.h>

#include "link/frame.h"

struct link;

struct link_events {
    void (*frame)(void *context, struct frame *frame);
    void (*closed)(void *context, const char *why); /* the other end is gone or talks garbage; called once */
};

/* Owns the fd from now on. */
struct link *link_open(uv_loop_t *loop, int fd, const struct link_events *events, void *context);
struct buf *link_out(struct link *link); /* write frames here; they leave before the loop sleeps */
size_t link_waiting(const struct link *link); /* bytes not yet taken by the kernel */
void link_flush(struct link *link); /* now, as far as the kernel takes it */
/* Allowed at any time, from a callback too; no callback follows. What waits is lost: link_flush before. */
void link_close(struct link *link);

#endif
