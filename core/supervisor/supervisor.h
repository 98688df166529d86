/* SPDX-License-Identifier: MPL-2.0
 * The supervisor: checks the configuration, owns the sockets, starts one gateway and the workers, kills and restarts what
 * crashed or hung, replaces workers on reload. It parses no client's byte, opens no database, loads no plugin. */
#ifndef SUPERVISOR_SUPERVISOR_H
#define SUPERVISOR_SUPERVISOR_H

#include "config/host.h"

struct supervisor_args {
    const char *config; /* conf/viche.ini */
    struct host_overrides over;
};

/* Runs until SIGTERM or SIGINT. Returns the exit code: 0 after a clean stop, 1 with words on stderr when it does not start. */
int supervisor_main(const struct supervisor_args *args);

#endif
