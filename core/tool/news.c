/* SPDX-License-Identifier: MPL-2.0
 * `viche news`: the routes that the plugin news keeps for the operator, in the order in which one says it. */
#include <stdio.h>

#include "base/text.h"
#include "tool/tool.h"

enum { WORD_BYTES = 256 };

static const struct {
    const char *action;
    int words; /* behind the action */
} actions[] = {{"list", 0},   {"preview", 1}, {"publish", 2},  {"status", 1}, {"pause", 1},
               {"resume", 1}, {"stop", 1},    {"withdraw", 1}, {"picture", 2}};

static int run_news(const struct tool_args *args)
{
    const char *action = args->word_count > 1 ? args->words[1] : "list";
    const char *id = args->word_count > 2 ? args->words[2] : "", *last = args->word_count > 3 ? args->words[3] : "";
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (!text_is(actions[i].action, action) || args->word_count > actions[i].words + 2)
            continue;
        char route[WORD_BYTES], named[WORD_BYTES], more[WORD_BYTES];
        snprintf(route, sizeof route, "news/%s", action);
        snprintf(named, sizeof named, "id=%s", id);
        snprintf(more, sizeof more, text_is(action, "picture") ? "@%s" : "token=%s", last);
        char *words[] = {args->words[0], route, named, more};
        struct tool_args call = *args;
        call.words = words;
        call.word_count = *last ? 4 : 3;
        return call_command.run(&call);
    }
    tool_refuse("viche news TOWN %s", news_command.usage + sizeof "TOWN " - 1);
    return TOOL_MISUSED;
}

const struct tool_command news_command = {
    .name = "news",
    .usage = "TOWN [list | preview ID | publish ID CODE | status ID | pause ID | resume ID | stop ID | withdraw ID |"
             " picture ID FILE]",
    .summary = "tell residents something, and watch it go", .words_min = 1, .words_max = 4, .run = run_news,
    .help = "preview says whom it reaches, how long it takes and what it costs, and gives the CODE for publish. Items come in by\n"
            "viche import TOWN news FILE.csv. It is the same as viche call TOWN news/preview id=ID."};
