/* SPDX-License-Identifier: MPL-2.0
 * The sample town of conf/ with its plugins, empty, for one test: what staff ask of it, what a citizen writes. */
#ifndef UNIT_TOWN_GATE_H
#define UNIT_TOWN_GATE_H

#include "town.h"

static inline int town_open_gate(void **state)
{
    (void)state;
    return town_open_plan((struct talk_plan){.ini = SOURCE_DIR "/conf/towns/kryzhopil.ini", .names = ""});
}

static inline uint32_t town_request(struct http_request *request, const char **answer)
{
    struct talk_reply reply = {0};
    struct fail fail = {0};
    if (!talk_gate_ask(&gate, request, &reply, &fail))
        fprintf(stderr, "%s\n", fail.words);
    if (answer)
        *answer = reply.body;
    return reply.status;
}

/* "GET", "/admin/export/directory", "": the status and, unless NULL, the body of the answer. */
static inline uint32_t town_ask(const char *method, const char *path, const char *body, const char **answer)
{
    struct http_request request = {.method = method, .path = path, .upload = "", .body = body, .body_bytes = strlen(body),
                                   .admin = true};
    return town_request(&request, answer);
}

/* A citizen writes, each time something else. */
static inline uint32_t town_say(const char *words)
{
    struct http_request request = {.method = "POST", .path = "/console/chats/citizen-1", .upload = "", .body = words,
                                   .body_bytes = strlen(words), .query = {{"origin", words}, {"language", "uk"}}};
    return town_request(&request, NULL);
}

#define IN_TOWN(test) cmocka_unit_test_setup_teardown(test, town_open_gate, town_close_gate)

#endif
