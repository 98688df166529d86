/* SPDX-License-Identifier: MPL-2.0
 * `viche talk`: replays transcripts, or lets an author chat on the terminal. */
#ifndef TOOL_TALK_H
#define TOOL_TALK_H

#include "tool/talk_file.h"
#include "tool/talk_town.h"

/* Which replays follow the plain one. */
struct talk_replays {
    bool restart, crash;
};

/* Replays one transcript and prints a line, or what went wrong. */
bool talk_replay(const char *path, const struct talk_plan *plan, struct talk_replays replays);
/* An interactive chat; returns an exit code. */
int talk_chat(const struct talk_plan *plan);

#endif
