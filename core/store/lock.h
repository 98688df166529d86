/* SPDX-License-Identifier: MPL-2.0
 * A town's folder belongs to one process at a time: folder/lock, held by flock, with the owner's pid inside. The kernel lets it
 * go when the owner ends, however it ends. */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include "base/fail.h"

int lock_take(const char *folder, struct fail *fail); /* the descriptor that holds it; -1: errno EAGAIN when another has it */
void lock_drop(int lock);

#endif
