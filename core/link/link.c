/* SPDX-License-Identifier: MPL-2.0 */
#include "link/link.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"

enum { READ_BYTES = 64 * 1024, READS_AT_ONCE = 8 }; /* then others of the loop have their turn */

struct link {
    int fd;
    uv_poll_t poll;
    uv_prepare_t prepare; /* runs before the loop sleeps: what was written meanwhile leaves in one send */
    struct buf in, out;
    size_t sent; /* of out; dropped when it is more than what waits */
    const struct link_events *events;
    void *context;
    int watched; /* events of the poll: starting it again costs two system calls */
    bool over; /* closed was called or link_close: no more callbacks */
    int handles;
};

static void end(struct link *link, const char *why)
{
    if (link->over)
        return;
    link->over = true;
    uv_poll_stop(&link->poll);
    uv_prepare_stop(&link->prepare);
    link->events->closed(link->context, why);
}

static void on_poll(uv_poll_t *poll, int status, int events);

static void watch(struct link *link)
{
    int events = UV_READABLE | (link_waiting(link) ? UV_WRITABLE : 0);
    if (link->over || link->watched == events)
        return;
    link->watched = events;
    uv_poll_start(&link->poll, events, on_poll);
}

/* ---- reading ---- */

static void hand_over(struct link *link)
{
    size_t done = 0;
    while (!link->over) {
        struct frame frame;
        size_t used = 0;
        int got = frame_next(&link->in, done, &frame, &used);
        if (got < 0)
            end(link, "the other end sent what is no frame");
        if (got <= 0)
            break;
        done += used;
        link->events->frame(link->context, &frame);
        if (frame.broken)
            end(link, "a field of a frame is broken");
    }
    buf_eat(&link->in, done);
}

static void receive(struct link *link)
{
    char part[READ_BYTES];
    for (int i = 0; i < READS_AT_ONCE && !link->over; i++) {
        ssize_t got = recv(link->fd, part, sizeof part, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return;
        if (got <= 0) {
            end(link, got == 0 ? "the other end closed" : strerrordesc_np(errno));
            return;
        }
        buf_add(&link->in, part, (size_t)got);
        hand_over(link);
        if ((size_t)got < sizeof part)
            return; /* that was all; poll tells of more */
    }
}

/* ---- writing ---- */

static void drop_sent(struct link *link)
{
    if (link->sent < link->out.size - link->sent)
        return; /* moving the rest would cost more than keeping what is sent */
    buf_eat(&link->out, link->sent);
    link->sent = 0;
}

void link_flush(struct link *link)
{
    while (!link->over && link_waiting(link)) {
        ssize_t took = send(link->fd, link->out.data + link->sent, link_waiting(link), MSG_NOSIGNAL);
        if (took < 0 && errno == EINTR)
            continue;
        if (took < 0 && errno == EAGAIN)
            return;
        if (took < 0) {
            end(link, strerrordesc_np(errno));
            return;
        }
        link->sent += (size_t)took;
        drop_sent(link);
    }
}

static void on_poll(uv_poll_t *poll, int status, int events)
{
    struct link *link = poll->data;
    if (status < 0) {
        end(link, uv_strerror(status));
        return;
    }
    if (events & UV_WRITABLE)
        link_flush(link);
    if (events & UV_READABLE)
        receive(link);
    watch(link);
}

static void on_prepare(uv_prepare_t *prepare)
{
    struct link *link = prepare->data;
    if (!link_waiting(link))
        return;
    link_flush(link);
    watch(link);
}

struct buf *link_out(struct link *link) { return &link->out; }

size_t link_waiting(const struct link *link) { return link->out.size - link->sent; }

/* ---- life ---- */

struct link *link_open(uv_loop_t *loop, int fd, const struct link_events *events, void *context)
{
    struct link *link = mem_alloc(sizeof *link);
    *link = (struct link){.fd = fd, .events = events, .context = context, .handles = 2};
    link->poll.data = link;
    link->prepare.data = link;
    uv_poll_init(loop, &link->poll, fd); /* makes the fd non-blocking */
    uv_prepare_init(loop, &link->prepare);
    uv_prepare_start(&link->prepare, on_prepare);
    uv_unref((uv_handle_t *)&link->prepare);
    watch(link);
    return link;
}

static void on_closed(uv_handle_t *handle)
{
    struct link *link = handle->data;
    link->handles--;
    if (link->handles > 0)
        return;
    close(link->fd);
    buf_free(&link->in);
    buf_free(&link->out);
    free(link);
}

void link_close(struct link *link)
{
    link->over = true;
    uv_close((uv_handle_t *)&link->poll, on_closed);
    uv_close((uv_handle_t *)&link->prepare, on_closed);
}
