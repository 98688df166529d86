/* SPDX-License-Identifier: MPL-2.0
 * Holds what a town said against what a transcript expects of it. */
#ifndef TOOL_TALK_MATCH_H
#define TOOL_TALK_MATCH_H

#include "base/buf.h"
#include "tool/talk_file.h"

/* Do the words fit, and the buttons where the author listed them? */
bool talk_match(const struct talk_line *expected, const struct talk_line *said);
/* The same for all messages of a turn, in order; false: both are written to `report`, what differs marked with - and +. */
bool talk_match_all(const struct talk_line *expected, size_t expected_count, const struct talk_line *said, size_t said_count,
                    struct buf *report);

#endif
