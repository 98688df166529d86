/* SPDX-License-Identifier: MPL-2.0
 * Files that a citizen sends in a transcript: what lies beside it under that name, else a tiny valid one of its kind. */
#ifndef TOOL_TALK_SAMPLE_H
#define TOOL_TALK_SAMPLE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/fail.h"

/* The path of `name` in the folder of the transcript. */
char *talk_sample_beside(struct arena *arena, const char *talk_path, const char *name);
/* Puts the file into `folder`, as the gateway spools an upload. Returns its path; NULL with words. */
char *talk_sample(struct arena *arena, const char *folder, int number, const char *talk_path, const char *name,
                  uint64_t *size_bytes, struct fail *fail);

#endif
