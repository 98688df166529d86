/* SPDX-License-Identifier: MPL-2.0
 * Pictures without what cameras write beside them: where and when they were taken, by whom, with what. What is seen stays byte for
 * byte, which way is up stays, colour profiles stay. Pure. */
#ifndef STORE_PICTURE_H
#define STORE_PICTURE_H

#include <stdbool.h>

#include "base/buf.h"

/* Appends the cleaned picture. false: neither JPEG, PNG, WebP nor GIF; nothing was appended. A broken one ends where it breaks. */
bool picture_clean(const struct buf *picture, struct buf *out);

#endif
