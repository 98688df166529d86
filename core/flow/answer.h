/* SPDX-License-Identifier: MPL-2.0
 * Does what the citizen sent answer the question? Parses and normalises by the kind of the step. */
#ifndef FLOW_ANSWER_H
#define FLOW_ANSWER_H

#include "flow/turn.h"

enum answer {
    ANSWER_FITS,   /* *value is what is kept */
    ANSWER_MISFIT, /* ask again */
    ANSWER_PICKED  /* one more of several was noted in dialog->picked; ask for the next */
};

/* A button that was offered: its value, its label as typed, or its number in the list. Changes nothing. */
bool answer_offered(struct turn *turn, const struct viche_event *event, const char **value);
enum answer answer_parse(struct turn *turn, const struct viche_event *event, const char **value);
/* «Готово» after several choices or files. */
enum answer answer_finish(struct turn *turn, const char **value);

/* The parsers, for tests and the fuzzer: "" or a text in; false when it does not fit. */
bool answer_phone(struct arena *arena, const char *text, const char **out);
bool answer_number(const char *text, int64_t *out);
bool answer_date(struct arena *arena, const char *text, const char *language, const char *zone, const char **out);
bool answer_place(struct arena *arena, const char *text, const char **out);

#endif
