/* SPDX-License-Identifier: MPL-2.0
 * The interactive half of `viche talk`: the terminal is the messenger, the clock is the real one. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "tool/talk.h"
#include "tool/talk_gate.h"
#include "tool/tool.h"

static const char CHAT[] = "terminal";

static void show(void *context, const char *chat, const char *lines)
{
    (void)context;
    if (strcmp(chat, CHAT) == 0)
        fputs(lines, stdout);
}

static struct talk_answer no_network(void *context, const char *method, const char *url)
{
    (void)context;
    printf("# the town asks %s %s: there is no network here\n", method, url);
    return (struct talk_answer){0};
}

/* Sleeps until a line is typed or the town has something to do. */
static bool line_is_there(const struct talk_gate *gate)
{
    int64_t wait_ms = gate->worker.due_ms - clock_now_ms();
    int timeout_ms = wait_ms < 0 ? 0 : wait_ms > 3600000 ? 3600000 : (int)wait_ms;
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&in, 1, timeout_ms) > 0;
}

static bool say(struct talk_gate *gate, const char *line, int number, struct fail *fail)
{
    char origin[48];
    snprintf(origin, sizeof origin, "%lld-%d", (long long)clock_now_ms(), number);
    struct http_request request = {.method = "POST", .path = "/console/chats/terminal", .upload = "", .body = line,
                                   .body_bytes = strlen(line), .query = {{"origin", origin}}};
    struct talk_reply reply;
    if (!talk_gate_ask(gate, &request, &reply, fail))
        return false;
    if (reply.status == 404)
        printf("# no message shows this button\n");
    return true;
}

static void prompt(void)
{
    if (isatty(STDIN_FILENO))
        fputs("> ", stdout);
    fflush(stdout);
}

static bool chat(struct talk_gate *gate, struct fail *fail)
{
    char *line = NULL;
    size_t room = 0;
    bool ok = true;
    setvbuf(stdin, NULL, _IONBF, 0); /* else poll would not see what stdio has already read */
    prompt();
    for (int number = 1; ok; number++) {
        if (!line_is_there(gate)) {
            ok = talk_gate_settle(gate, fail);
            continue;
        }
        ssize_t length = getline(&line, &room, stdin);
        if (length < 0)
            break;
        line[strcspn(line, "\r\n")] = '\0';
        if (!isatty(STDIN_FILENO))
            printf("> %s\n", line); /* what comes out is a transcript */
        ok = *line == '\0' || say(gate, line, number, fail);
        prompt();
    }
    free(line);
    if (isatty(STDIN_FILENO))
        fputs("\n", stdout);
    return ok;
}

int talk_chat(const struct talk_plan *plan)
{
    struct talk_town town;
    struct fail fail = {0};
    if (!talk_town_make(&town, plan, &fail))
        return tool_refuse("%s", fail.words);
    struct talk_gate gate = {.arena = arena_new(), .host = &town.host, .town = town.id, .origin = TALK_ORIGIN};
    gate.ears = (struct talk_ears){show, no_network, NULL};
    bool ok = talk_gate_open(&gate, (struct talk_death){0}, &fail) && chat(&gate, &fail);
    talk_gate_close(&gate);
    arena_free(gate.arena);
    talk_town_remove(&town);
    return ok ? TOOL_DONE : tool_refuse("%s", fail.words);
}
