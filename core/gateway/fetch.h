/* SPDX-License-Identifier: MPL-2.0
 * The only HTTP client of the host. A worker asks by (town, id); the answer goes to whichever worker has the town when it is
 * there, so a worker's crash neither repeats nor loses a request under way. Requests of one lane go one at a time, in order. No
 * redirects, no private addresses unless the host allows them, at most 1 MiB of answer, one deadline each. */
#ifndef GATEWAY_FETCH_H
#define GATEWAY_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "base/buf.h"
#include "config/host.h"
#include "link/frame.h"

struct fetch;

/* A part of a multipart/form-data body; path "": a field. */
struct fetch_part {
    const char *name, *value, *path, *file_name, *file_type;
};

struct fetch_request { /* secrets filled in */
    uint64_t id;
    const char *town, *lane, *method, *url;
    const struct pair *headers; /* ended by a NULL name */
    const void *body;
    size_t body_bytes;
    uint32_t timeout_s;
    bool to_file; /* the body of a 2xx answer goes to a file of the spool, up to the limit for uploads */
    const struct fetch_part *parts; /* instead of a body */
    size_t part_count;
};

struct fetch_answer {
    uint64_t id;
    const char *town;
    int32_t status;    /* 0: none */
    const char *error; /* "" with an answer */
    const struct pair *headers;
    const char *upload; /* path of that file, the worker's from now on; "" */
    const char *body;
    size_t body_bytes;
};

/* done: false when nobody can have the answer now; it is kept a minute for who asks (town, id) again. */
struct fetch *fetch_open(uv_loop_t *loop, const struct host_config *host,
                         bool (*done)(void *context, const struct fetch_answer *answer), void *context);
void fetch_close(struct fetch *fetch);
void fetch_begin(struct fetch *fetch, const struct fetch_request *request);
size_t fetch_count(const struct fetch *fetch); /* asked, not yet answered */
uint64_t fetch_total(const struct fetch *fetch);

#endif
