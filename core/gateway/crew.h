/* SPDX-License-Identifier: MPL-2.0
 * The workers as the gateway sees them: who serves which town, which requests each has been given and not answered. When a
 * worker goes, what it had not answered waits for its successor and is handed over again; workers know an event they have
 * already seen. A town without a worker waits, within limits, rather than fails. */
#ifndef GATEWAY_CREW_H
#define GATEWAY_CREW_H

#include "gateway/fetch.h"
#include "gateway/push.h"
#include "gateway/secret.h"
#include "gateway/serve.h"

struct crew;

struct crew_setup {
    uv_loop_t *loop;
    const struct host_config *host; /* may change in place, then crew_towns */
    struct push *push;
    struct secrets *secrets;
    void (*ready)(void *context, uint32_t worker);
    void (*fetch)(void *context, const struct fetch_request *request);
    void (*trust)(void *context, struct exchange *exchange); /* the town knows who asks */
    void *context;
};

struct crew *crew_open(const struct crew_setup *setup);
void crew_close(struct crew *crew);
/* Takes over the towns of the configuration: new ones begin to wait for a worker, what waits for dropped ones is refused. */
void crew_towns(struct crew *crew);
/* A worker process has been started. */
void crew_worker(struct crew *crew, uint32_t worker, int32_t pid, int link_fd);
int32_t crew_pid(const struct crew *crew, uint32_t worker); /* 0: it has none now */

struct crew_route {
    const char *pattern; /* behind /<town>; a part in braces stands for any one part */
    uint64_t body_max; /* 0: the host's */
    bool to_file;
    uint32_t proof; /* how callers show who they are, as viche_route.proof; see proof.h */
    const char *proof_header, *proof_secret;
};

bool crew_knows(const struct crew *crew, const char *town);
/* The longest pattern the path begins with; NULL: none. */
const struct crew_route *crew_route(const struct crew *crew, const char *town, const char *path);
/* Gives it to the town's worker, now or when there is one. false: too many wait already; nothing was done. */
bool crew_give(struct crew *crew, struct exchange *exchange);
void crew_gone(struct crew *crew, struct exchange *exchange); /* of exchanges given and not yet answered */
bool crew_answer(struct crew *crew, const struct fetch_answer *answer); /* false: the town has no worker now */
void crew_refuse_all(struct crew *crew); /* the host goes down */
void crew_stop(struct crew *crew); /* STOP to every worker */

struct crew_counts {
    size_t held, towns, towns_ready;
    uint64_t given, given_again;
};
struct crew_counts crew_counts(const struct crew *crew);

#endif
