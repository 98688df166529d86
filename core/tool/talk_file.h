/* SPDX-License-Identifier: MPL-2.0
 * A transcript as its author wrote it: what a citizen does, what the town must say to it. docs/tool.md shows the format. */
#ifndef TOOL_TALK_FILE_H
#define TOOL_TALK_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/fail.h"

enum talk_kind {
    TALK_NOTE,   /* a comment or an empty line */
    TALK_DO,     /* > the citizen does something */
    TALK_ORDER,  /* ! something happens around the chat */
    TALK_FETCH,  /* ? the town asks the network, and what it gets */
    TALK_EXPECT  /* < a message of the town */
};

struct talk_line {
    enum talk_kind kind;
    int line;            /* where it begins, from 1 */
    const char *raw;     /* as it stands in the file, with its line feeds */
    const char *text;    /* DO: the words; ORDER: its name; FETCH: the URL; EXPECT: the words without buttons */
    const char *rest;    /* ORDER: its argument; FETCH: the answer's body; DO: name of the file that is sent, or "" */
    const char *method;  /* FETCH */
    int status;          /* FETCH; 0: no answer */
    const char **labels; /* EXPECT: of the buttons */
    size_t label_count;
    bool open_end;       /* EXPECT: `...` stands for whatever follows */
};

struct talk_file {
    const char *path;
    struct talk_line *lines;
    size_t count;
};

bool talk_file_read(struct talk_file *file, struct arena *arena, const char *path, struct fail *fail);
/* The same from memory; path is for the words. */
bool talk_file_parse(struct talk_file *file, struct arena *arena, const char *path, const char *text, size_t size_bytes,
                     struct fail *fail);
/* Does this line begin a turn (DO, ORDER)? What follows it up to the next such line belongs to it. */
bool talk_begins(const struct talk_line *line);

#endif
