/* SPDX-License-Identifier: MPL-2.0
 * Text as it stands in JSON. What is read and changed is Jansson's; what is only written out goes straight into the buffer. */
#ifndef BASE_QUOTE_H
#define BASE_QUOTE_H

#include "base/buf.h"

/* In quotes; NULL or broken UTF-8 is "". */
void quote_json(struct buf *out, const char *text);

#endif
