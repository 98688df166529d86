/* SPDX-License-Identifier: MPL-2.0
 * Stands in for the gateway: hands requests over until they are answered, across every death of the worker; drops what a chat
 * has already got; answers what the town asks of the network with what the caller knows. */
#ifndef TOOL_TALK_GATE_H
#define TOOL_TALK_GATE_H

#include "base/arena.h"
#include "flow/reply.h"
#include "tool/talk_worker.h"

/* What the network answers; status 0: nothing. */
struct talk_answer {
    int status;
    const char *body;
    const char *upload; /* where the body lies, of a file; NULL: above */
};

struct talk_ears {
    /* A message arrived in a chat: lines of a transcript. */
    void (*said)(void *context, const char *chat, const char *lines);
    struct talk_answer (*asked)(void *context, const char *method, const char *url); /* NULL: nobody answers, ever */
    void *context;
};

struct talk_request;
struct talk_chat;

struct talk_gate {
    struct arena *arena;
    const struct host_config *host;
    const char *town;
    const char *origin; /* how citizens reach it */
    struct talk_ears ears;
    struct talk_worker worker;
    int64_t now_ms;              /* the stopped clock, UTC; 0: the real one */
    struct buf in;               /* frames to be handed over next */
    struct talk_request *waiting; /* not answered yet, the oldest first */
    struct talk_chat *chats;
    uint64_t last_id;
};

struct talk_reply {
    uint32_t status; /* 0: no answer */
    const char *body;
    size_t body_bytes;
    const char *more; /* of a part: where it goes on, "" at the end */
};

bool talk_gate_open(struct talk_gate *gate, struct talk_death death, struct fail *fail); /* the fields above `worker` are set */
void talk_gate_close(struct talk_gate *gate);
/* A clean end, and a new worker that will die like this. */
bool talk_gate_restart(struct talk_gate *gate, struct talk_death death, struct fail *fail);
/* Hands everything over and back until nothing is left to do at this moment. */
bool talk_gate_settle(struct talk_gate *gate, struct fail *fail);
/* The same with a request, whose id and town are filled in here. */
bool talk_gate_ask(struct talk_gate *gate, struct http_request *request, struct talk_reply *reply, struct fail *fail);
/* Lets so much time pass; what falls due meanwhile happens in its time. */
bool talk_gate_wait(struct talk_gate *gate, int64_t until_ms, struct fail *fail);

#endif
