/* SPDX-License-Identifier: MPL-2.0
 * Videos and pictures of telephones (MP4, MOV, 3GP, M4A, HEIC) without the place and the time at which they were taken. They are boxes
 * within boxes (ISO/IEC 14496-12), and much in them counts bytes from the file's beginning: so nothing is moved, only blanked. Pure. */
#ifndef STORE_MEDIA_H
#define STORE_MEDIA_H

#include <stdbool.h>

#include "base/buf.h"

bool media_is(const struct buf *file); /* does it begin as one of them? */
/* Blanks every box that is not known to be seen or heard, and what lies elsewhere for it. false: it is built in a way that is not
 * understood, so nobody can promise that nothing is left; the file is then half blanked. */
bool media_clean(struct buf *file);

#endif
