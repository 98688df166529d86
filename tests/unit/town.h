/* SPDX-License-Identifier: MPL-2.0
 * A town in memory for one test: it hears what the test asks and keeps what citizens were told. */
#ifndef UNIT_TOWN_H
#define UNIT_TOWN_H

#include <stdio.h>
#include <string.h>

#include "tool/talk_gate.h"
#include "tool/talk_town.h"

static struct talk_town town;
static struct talk_gate gate;

/* Wednesday, 25 November 2026, 10:00 in Kyiv. */
#define TOWN_NOW_MS 1795593600000

static char said[1 << 16]; /* what citizens were told since it was opened */

static inline void town_hear(void *context, const char *chat, const char *lines)
{
    (void)context, (void)chat;
    size_t size = strlen(said);
    snprintf(said + size, sizeof said - size, "%s\n", lines);
}

static inline int town_open_plan(struct talk_plan plan)
{
    struct fail fail = {0};
    plan.plugins = BUILD_DIR "/plugins:" BUILD_DIR "/tests/plugins";
    plan.share = BUILD_DIR "/share";
    *said = '\0';
    bool ok = talk_town_make(&town, &plan, &fail);
    gate = (struct talk_gate){.arena = town.arena, .host = &town.host, .town = town.id, .ears = {town_hear, NULL, NULL}, .now_ms = TOWN_NOW_MS};
    if (ok && talk_gate_open(&gate, (struct talk_death){0}, &fail))
        return 0;
    fprintf(stderr, "%s\n", fail.words);
    return -1;
}

static inline int town_close_gate(void **state)
{
    (void)state;
    talk_gate_close(&gate);
    talk_town_remove(&town);
    return 0;
}

#endif
