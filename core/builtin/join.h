/* SPDX-License-Identifier: MPL-2.0
 * One person, several addresses: /join by a code that is shown at one and typed at the other, /part as easily. Only who holds both
 * can join them: no staff command and no verb of a plugin leads here. */
#ifndef BUILTIN_JOIN_H
#define BUILTIN_JOIN_H

#include "flow/turn.h"

enum { JOIN_STEPS = 4, PART_STEPS = 2 };
extern const struct viche_step join_steps[JOIN_STEPS], part_steps[PART_STEPS];

#endif
