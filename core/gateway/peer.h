/* SPDX-License-Identifier: MPL-2.0
 * Who asks and how they reached us: what limits count by and what links in answers begin with. */
#ifndef GATEWAY_PEER_H
#define GATEWAY_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/arena.h"

/* "192.0.2.7", "2001:db8:1:2::" (the /64, which is one household), "local" for a unix socket. */
void peer_of_socket(const struct sockaddr *address, char *out, size_t room);
/* The same of the last address in X-Forwarded-For, which is the one our proxy wrote; false: it is none. */
bool peer_of_header(const char *forwarded_for, char *out, size_t room);
/* An address no stranger can have: loopback, private, link-local, multicast, unspecified. */
bool peer_is_private(const struct sockaddr *address);
bool peer_text_is_private(const char *peer);
/* scheme://host, or "" when the Host header is nonsense. */
const char *peer_origin(struct arena *arena, const char *scheme, const char *host);

#endif
