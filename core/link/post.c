/* SPDX-License-Identifier: MPL-2.0 */
#include "link/post.h"

#include <errno.h>
#include <stdalign.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool post_send(int socket, const struct post *post, int fd)
{
    alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof fd)] = {0};
    struct post copy = *post;
    struct iovec bytes = {&copy, offsetof(struct post, path) + strlen(copy.path) + 1};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
    if (fd >= 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        *head = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
        memcpy(CMSG_DATA(head), &fd, sizeof fd);
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL) >= 0;
}

int post_receive(int socket, struct post *post, int *fd)
{
    alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof *fd)] = {0};
    *post = (struct post){0};
    *fd = -1;
    struct iovec bytes = {post, sizeof *post - 1};
    struct msghdr message = {
        .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    if (got <= 0)
        return -1;
    const struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head && head->cmsg_type == SCM_RIGHTS)
        memcpy(fd, CMSG_DATA(head), sizeof *fd);
    return 1;
}
