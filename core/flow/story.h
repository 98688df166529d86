/* SPDX-License-Identifier: MPL-2.0
 * An answer in several messages: words, photos, files and a place, in any order, until «Готово». The pieces wait in dialog->picked. */
#ifndef FLOW_STORY_H
#define FLOW_STORY_H

#include "flow/answer.h"

/* One more piece; ANSWER_MISFIT: nothing that fits, or no room for it. */
enum answer story_take(struct turn *turn, const struct viche_event *event);
/* Puts the pieces into the variables <save>, <save>_files and <save>_place; *value: the words. */
enum answer story_finish(struct turn *turn, const char **value);

#endif
