/* SPDX-License-Identifier: MPL-2.0
 * The place where one host runs: its data folder, which nobody else may use, and its two listening sockets. */
#ifndef SUPERVISOR_PLACE_H
#define SUPERVISOR_PLACE_H

#include <stdbool.h>

#include "config/host.h"

struct place {
    int lock_fd, listen_fd, control_fd;
    char address[160]; /* where it listens: "http://127.0.0.1:8080/" */
    char control[108]; /* path of the operator's socket */
    char listen_path[108]; /* of a unix socket, to be removed at the end; "" otherwise */
};

/* Words say what is taken, missing or not writable, and what to do. */
bool place_take(struct place *place, const struct host_config *host, struct fail *fail);
void place_leave(struct place *place);

#endif
