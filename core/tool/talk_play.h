/* SPDX-License-Identifier: MPL-2.0
 * Plays a transcript against a town: what the citizen does goes in as the console channel's requests, what the town says comes
 * out as transcript lines and is held against what the author expects. Here the tool stands in for gateway, network and clock;
 * the worker is real. */
#ifndef TOOL_TALK_PLAY_H
#define TOOL_TALK_PLAY_H

#include "tool/talk_file.h"
#include "tool/talk_town.h"
#include "tool/talk_worker.h"

/* How it is played. */
struct talk_way {
    bool restart;            /* a clean end and a new worker between all turns */
    struct talk_death death; /* and one kill -9 */
};

struct talk_outcome {
    int wrong;           /* turns in which the town did something else, 0: all is well */
    int turns, commits;
    struct buf report;   /* where, what was expected, what came */
    const char **said;   /* for each line of the file that begins a turn: what the town said to it, as lines of a transcript */
};

/* plan: what the file's own orders `plugins` and `option` are added to. Strings of the outcome live in `arena`. */
bool talk_play(const struct talk_file *file, const struct talk_plan *plan, const struct talk_way *way, struct arena *arena,
               struct talk_outcome *outcome, struct fail *fail);

#endif
