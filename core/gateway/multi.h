/* SPDX-License-Identifier: MPL-2.0
 * libcurl's multi interface in the gateway's loop. Sockets stay registered between transfers and are taken out only when they
 * close or speak out of turn: that saves a fifth of the work of a request. */
#ifndef GATEWAY_MULTI_H
#define GATEWAY_MULTI_H

#include <curl/curl.h>
#include <stdbool.h>
#include <uv.h>

struct multi;

/* done: the transfer has ended and is out of the multi handle; the easy handle is the caller's again. */
struct multi *multi_open(uv_loop_t *loop, void (*done)(void *context, CURL *easy, CURLcode result), void *context);
void multi_close(struct multi *multi);
/* refused: set when an address was private and may not be. With allow_private it never is. */
void multi_add(struct multi *multi, CURL *easy, bool allow_private);
void multi_remove(struct multi *multi, CURL *easy); /* before it is done */
#endif
