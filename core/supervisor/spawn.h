/* SPDX-License-Identifier: MPL-2.0
 * Starts this program again in another role. The child dies with the supervisor. */
#ifndef SUPERVISOR_SPAWN_H
#define SUPERVISOR_SPAWN_H

#include <stdint.h>
#include <sys/types.h>

#include "config/host.h"

struct spawn {
    const char *role;               /* "gateway", "worker", "check" */
    const struct host_config *host; /* the checked copy */
    uint32_t index, count;          /* of a worker */
    int page_fd, listen_fd, control_fd, post_fd, link_fd; /* to be inherited; 0: none */
    int stdout_fd;                  /* becomes the child's standard output; 0: stays */
};

pid_t spawn(const struct spawn *spawn); /* -1: errno */

#endif
