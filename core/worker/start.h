/* SPDX-License-Identifier: MPL-2.0
 * A town is taken over: its plugins start, what a predecessor left is taken up again. */
#ifndef WORKER_START_H
#define WORKER_START_H

#include "flow/flow.h"

bool start_town(struct flow *flow, struct fail *fail);

#endif
