/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/multi.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "gateway/peer.h"

struct sock {
    uv_poll_t poll;
    struct multi *multi;
    int fd, wanted, registered; /* events; wanted 0: libcurl has no use for it just now */
    bool ours;                  /* opened by on_open, so on_close will tell of its end; not so libcurl's own pipes */
};

struct multi {
    uv_loop_t *loop;
    uv_timer_t timer;
    CURLM *curl;
    struct sock **socks; /* by fd */
    size_t room;
    void (*done)(void *context, CURL *easy, CURLcode result);
    void *context;
};

/* ---- sockets ---- */

static struct sock *sock_of(struct multi *multi, int fd)
{
    size_t at = (size_t)fd;
    if (at >= multi->room) {
        size_t room = at * 2 + 16;
        multi->socks = mem_grow(multi->socks, room * sizeof *multi->socks);
        memset(multi->socks + multi->room, 0, (room - multi->room) * sizeof *multi->socks);
        multi->room = room;
    }
    if (!multi->socks[at]) {
        struct sock *sock = mem_alloc(sizeof *sock);
        sock->multi = multi;
        sock->fd = fd;
        sock->poll.data = sock;
        uv_poll_init(multi->loop, &sock->poll, fd);
        multi->socks[at] = sock;
    }
    return multi->socks[at];
}

static void on_closed(uv_handle_t *handle) { free(handle->data); }

static void forget(struct multi *multi, int fd)
{
    struct sock *sock = (size_t)fd < multi->room ? multi->socks[fd] : NULL;
    if (!sock)
        return;
    multi->socks[fd] = NULL;
    uv_poll_stop(&sock->poll);
    uv_close((uv_handle_t *)&sock->poll, on_closed);
}

static void tell_done(struct multi *multi)
{
    int left = 0;
    for (CURLMsg *message = curl_multi_info_read(multi->curl, &left); message;
         message = curl_multi_info_read(multi->curl, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURL *easy = message->easy_handle;
        CURLcode result = message->data.result;
        curl_multi_remove_handle(multi->curl, easy);
        multi->done(multi->context, easy, result);
    }
}

static void on_poll(uv_poll_t *poll, int status, int events)
{
    struct sock *sock = poll->data;
    struct multi *multi = sock->multi;
    if (!sock->wanted) { /* an idle connection ended; libcurl sees it when it looks for one to use */
        uv_poll_stop(poll);
        sock->registered = 0;
        return;
    }
    int flags = status < 0 ? CURL_CSELECT_ERR : 0;
    flags |= events & UV_READABLE ? CURL_CSELECT_IN : 0;
    flags |= events & UV_WRITABLE ? CURL_CSELECT_OUT : 0;
    int running = 0;
    curl_multi_socket_action(multi->curl, sock->fd, flags, &running);
    tell_done(multi);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *context, void *unused)
{
    (void)easy, (void)unused;
    struct multi *multi = context;
    struct sock *sock = sock_of(multi, fd);
    if (what == CURL_POLL_REMOVE) {
        sock->wanted = 0;
        if (!sock->ours)
            forget(multi, fd);
        return 0;
    }
    sock->wanted = (what & CURL_POLL_IN ? UV_READABLE : 0) | (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
    if (sock->wanted != sock->registered)
        uv_poll_start(&sock->poll, sock->wanted, on_poll);
    sock->registered = sock->wanted;
    return 0;
}

/* The address is checked here, after it was resolved and right before it is connected to, so that a name that changes its
 * mind (DNS rebinding) gains nothing. */
static curl_socket_t open_checked(struct multi *multi, const struct curl_sockaddr *address, bool allow_private)
{
    if (!allow_private && peer_is_private(&address->addr))
        return CURL_SOCKET_BAD;
    int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (fd >= 0)
        sock_of(multi, fd)->ours = true;
    return fd;
}

static curl_socket_t on_open_public(void *multi, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)purpose;
    return open_checked(multi, address, false);
}

static curl_socket_t on_open_any(void *multi, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)purpose;
    return open_checked(multi, address, true);
}

static int on_close(void *multi, curl_socket_t fd)
{
    forget(multi, fd);
    return close(fd);
}

/* ---- time ---- */

static void on_timer(uv_timer_t *timer)
{
    struct multi *multi = timer->data;
    int running = 0;
    curl_multi_socket_action(multi->curl, CURL_SOCKET_TIMEOUT, 0, &running);
    tell_done(multi);
}

static int on_timeout(CURLM *curl, long timeout_ms, void *context)
{
    (void)curl;
    struct multi *multi = context;
    if (timeout_ms < 0)
        uv_timer_stop(&multi->timer);
    else
        uv_timer_start(&multi->timer, on_timer, (uint64_t)timeout_ms, 0);
    return 0;
}

/* ---- life ---- */

void multi_add(struct multi *multi, CURL *easy, bool allow_private)
{
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, allow_private ? on_open_any : on_open_public);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, multi);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, multi);
    curl_multi_add_handle(multi->curl, easy);
}

void multi_remove(struct multi *multi, CURL *easy) { curl_multi_remove_handle(multi->curl, easy); }

struct multi *multi_open(uv_loop_t *loop, void (*done)(void *context, CURL *easy, CURLcode result), void *context)
{
    struct multi *multi = mem_alloc(sizeof *multi);
    *multi = (struct multi){.loop = loop, .curl = curl_multi_init(), .done = done, .context = context};
    uv_timer_init(loop, &multi->timer);
    multi->timer.data = multi;
    curl_multi_setopt(multi->curl, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi->curl, CURLMOPT_SOCKETDATA, multi);
    curl_multi_setopt(multi->curl, CURLMOPT_TIMERFUNCTION, on_timeout);
    curl_multi_setopt(multi->curl, CURLMOPT_TIMERDATA, multi);
    return multi;
}

void multi_close(struct multi *multi)
{
    curl_multi_cleanup(multi->curl);
    for (size_t fd = 0; fd < multi->room; fd++)
        forget(multi, (int)fd);
    free(multi->socks);
    uv_close((uv_handle_t *)&multi->timer, on_closed);
}
