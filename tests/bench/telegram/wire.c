/* SPDX-License-Identifier: MPL-2.0 */
#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_BYTES = 65536, BACKLOG = 512 };

static struct sockaddr_in address_of(int port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static struct wire *wire_new(int epoll, int fd)
{
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    struct wire *wire = calloc(1, sizeof *wire);
    wire->fd = fd;
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &(struct epoll_event){.events = EPOLLIN, .data.ptr = wire});
    return wire;
}

int wire_listen(int port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    struct sockaddr_in address = address_of(port);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, BACKLOG) < 0) {
        fprintf(stderr, "port %d is taken\n", port);
        exit(1);
    }
    return fd;
}

struct wire *wire_connect(int epoll, int port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = address_of(port);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return wire_new(epoll, fd);
    close(fd);
    return NULL;
}

struct wire *wire_accept(int epoll, int listener)
{
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    return fd < 0 ? NULL : wire_new(epoll, fd);
}

void wire_close(struct wire *wire)
{
    close(wire->fd);
    free(wire->in);
    free(wire->out);
    free(wire);
}

/* ---- reading ---- */

static void grow(char **data, size_t *room, size_t need)
{
    if (need <= *room)
        return;
    *room = need * 2;
    *data = realloc(*data, *room);
    if (!*data)
        abort();
}

/* Of what lies behind the head; a body in chunks keeps its frame, which hides nothing we look for. SIZE_MAX: not all of it is there. */
static size_t body_size(const char *head, const char *body)
{
    static const char last[] = "0\r\n\r\n";
    if (strcasestr(head, "\r\ntransfer-encoding: chunked")) {
        const char *end = strstr(body, last);
        return end ? (size_t)(end - body) + sizeof last - 1 : SIZE_MAX;
    }
    const char *found = strcasestr(head, "\r\ncontent-length:");
    return found ? strtoul(found + strlen("\r\ncontent-length:"), NULL, 10) : 0;
}

/* The first whole message of the buffer; 0: not all of it is there. */
static size_t take_message(struct wire *wire)
{
    char *end = strstr(wire->in, "\r\n\r\n");
    if (!end)
        return 0;
    *end = '\0';
    char *body = end + 4;
    size_t size = body_size(wire->in, body);
    size_t whole = (size_t)(body - wire->in) + size;
    if (size == SIZE_MAX || whole > wire->in_size) {
        *end = '\r';
        return 0;
    }
    char after = body[size];
    body[size] = '\0';
    wire->message(wire, wire->in, body, size);
    body[size] = after;
    return whole;
}

void wire_read(struct wire *wire)
{
    grow(&wire->in, &wire->in_room, wire->in_size + READ_BYTES + 1);
    ssize_t got = recv(wire->fd, wire->in + wire->in_size, READ_BYTES, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR))
        wire->broken = true;
    if (got <= 0)
        return;
    wire->in_size += (size_t)got;
    wire->in[wire->in_size] = '\0';
    for (size_t used = take_message(wire); used; used = take_message(wire)) {
        wire->in_size -= used;
        memmove(wire->in, wire->in + used, wire->in_size + 1);
    }
}

/* ---- writing ---- */

void wire_flush(int epoll, struct wire *wire)
{
    ssize_t took = send(wire->fd, wire->out, wire->out_size, MSG_NOSIGNAL);
    if (took < 0 && errno != EAGAIN && errno != EINTR)
        wire->broken = true;
    if (took > 0) {
        wire->out_size -= (size_t)took;
        memmove(wire->out, wire->out + took, wire->out_size);
    }
    bool want = wire->out_size > 0;
    if (want == wire->writable_wanted)
        return;
    wire->writable_wanted = want;
    uint32_t events = want ? EPOLLIN | EPOLLOUT : EPOLLIN;
    epoll_ctl(epoll, EPOLL_CTL_MOD, wire->fd, &(struct epoll_event){.events = events, .data.ptr = wire});
}

void wire_write(int epoll, struct wire *wire, const char *head, const char *body, size_t size)
{
    char length[48];
    int length_size = snprintf(length, sizeof length, "Content-Length: %zu\r\n\r\n", size);
    size_t head_size = strlen(head);
    grow(&wire->out, &wire->out_room, wire->out_size + head_size + (size_t)length_size + size);
    char *at = wire->out + wire->out_size;
    memcpy(at, head, head_size);
    memcpy(at + head_size, length, (size_t)length_size);
    memcpy(at + head_size + length_size, body, size);
    wire->out_size += head_size + (size_t)length_size + size;
    wire_flush(epoll, wire);
}
