/* SPDX-License-Identifier: MPL-2.0
 * Just enough HTTP/1.1 to be a messenger's two ends: keep-alive connections, messages with a Content-Length. */
#ifndef BENCH_WIRE_H
#define BENCH_WIRE_H

#include <stdbool.h>
#include <stddef.h>

struct wire {
    int fd;
    bool broken, writable_wanted;
    char *in, *out;
    size_t in_size, in_room, out_size, out_room;
    void (*message)(struct wire *, const char *head, const char *body, size_t body_size); /* both end with a NUL */
    void *context;
};

int wire_listen(int port); /* on 127.0.0.1; ends the program if it cannot */
/* A connected one, watched by the epoll; NULL: nobody listens there. */
struct wire *wire_connect(int epoll, int port);
struct wire *wire_accept(int epoll, int listener);
void wire_close(struct wire *wire);

void wire_read(struct wire *wire); /* calls `message` for each whole one; broken: the other end is gone */
void wire_write(int epoll, struct wire *wire, const char *head, const char *body, size_t body_size);
void wire_flush(int epoll, struct wire *wire);

#endif
