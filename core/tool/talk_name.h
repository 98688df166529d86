/* SPDX-License-Identifier: MPL-2.0
 * Words that differ each time: `< Код: {code}` keeps what stood there, `> {code}` says it. A name is a-z; what it stands for, letters,
 * digits and hyphens. */
#ifndef TOOL_TALK_NAME_H
#define TOOL_TALK_NAME_H

#include "base/arena.h"

struct talk_name {
    struct talk_name *next;
    const char *name, *value;
};

/* `text` with every name that is known put in; the others stay. */
const char *talk_name_fill(struct arena *arena, const struct talk_name *names, const char *text);
/* Gives a value to the names of `expected`, if `said` says them where they stand. */
void talk_name_learn(struct arena *arena, struct talk_name **names, const char *expected, const char *said);

#endif
