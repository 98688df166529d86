/* SPDX-License-Identifier: MPL-2.0
 * The READY frame: what the gateway must know of this worker's towns. */
#ifndef WORKER_READY_H
#define WORKER_READY_H

#include "base/buf.h"
#include "town/town.h"

void ready_write(struct buf *out, uint32_t worker, struct town *const *towns, size_t count);

#endif
