/* SPDX-License-Identifier: MPL-2.0
 * One request of the operator to one town: over the control socket when the host runs, else by opening the town here. Both ways
 * end in the same code, core/admin. */
#ifndef TOOL_ASK_H
#define TOOL_ASK_H

#include "base/buf.h"
#include "link/frame.h"
#include "tool/tool.h"

struct ask {
    const char *method, *path; /* path: behind /<town> */
    const struct pair *query;  /* ended by a NULL name; NULL: none */
    const char *body;
    size_t body_bytes;
    const char *upload;        /* path of a file to be sent instead of the body; NULL: none */
    const char *into;          /* file for a good answer; NULL: stdout */
};

struct ask_answer {
    long status; /* HTTP */
    bool here;   /* the host does not run: the town was opened for this */
    struct buf body;
};

/* false: nobody could be asked; words say why. answer->body is the caller's to free, also then. */
bool ask_town(const struct host_config *host, const char *town, const struct ask *ask, struct ask_answer *answer, struct fail *fail);
/* Asks and prints: the answer of a 2xx to stdout or ask->into, any other to stderr. Returns an exit code. */
int ask_and_print(const struct tool_args *args, const char *town, const struct ask *ask);
/* Is this a town of the host? false: the words have been printed. */
bool ask_knows(const struct host_config *host, const char *town);

#endif
