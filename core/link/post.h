/* SPDX-License-Identifier: MPL-2.0
 * What supervisor and gateway say to each other: small messages over a SOCK_SEQPACKET pair, a file descriptor along with one. */
#ifndef LINK_POST_H
#define LINK_POST_H

#include <stdbool.h>
#include <stdint.h>

enum post_kind {
    POST_WORKER = 1, /* supervisor → gateway: the socket to worker `worker`, which was just started */
    POST_CONFIG = 2, /* supervisor → gateway: the checked configuration is now in the folder `path` */
    POST_BEAT = 16,  /* gateway → supervisor: my loop runs */
    POST_READY = 17  /* gateway → supervisor: worker `worker` serves */
};

struct post {
    uint32_t kind, worker;
    int32_t pid; /* of the worker, with POST_WORKER */
    char path[4096]; /* sent only as far as it is used */
};

/* fd: -1 for none; it stays the sender's. false: errno. */
bool post_send(int socket, const struct post *post, int fd);
/* 1: a message, and *fd the descriptor that came along or -1; 0: nothing there (EAGAIN); -1: the other end is gone. */
int post_receive(int socket, struct post *post, int *fd);

#endif
