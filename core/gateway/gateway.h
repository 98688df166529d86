/* SPDX-License-Identifier: MPL-2.0
 * The gateway: all network I/O of the host in one event loop. Clients' requests go to the workers as frames, workers' requests
 * go out to the network; nothing is stored here and no plugin is loaded. */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include "config/host.h"
#include "link/page.h"

struct gateway_args {
    const struct host_config *host; /* as checked; closed by the gateway */
    const struct host_overrides *over; /* with which the next configuration is read */
    struct page *page;
    int listen_fd, control_fd; /* listening sockets: clients', the operator's */
    int post_fd;               /* to the supervisor */
};

/* Runs until SIGTERM or the supervisor's end. Returns the exit code: 0 after a clean stop. */
int gateway_main(const struct gateway_args *args);

#endif
