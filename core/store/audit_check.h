/* SPDX-License-Identifier: MPL-2.0
 * Does an audit chain hold? Rows go in, in the order of their ids, wherever they come from; what is wrong comes out in words: which row
 * was changed, is missing or stands at another place, and, by anchors kept elsewhere, whether the tail was cut or all written anew. */
#ifndef STORE_AUDIT_CHECK_H
#define STORE_AUDIT_CHECK_H

#include "base/buf.h"
#include "store/audit.h"

/* What was once written down: so many rows, the last of them with this hash. */
struct audit_anchor {
    int64_t rows, at;
    unsigned char head[AUDIT_HASH_BYTES];
};

struct audit_check;

/* anchors are kept by the caller until the end. */
struct audit_check *audit_check_begin(const struct audit_anchor *anchors, size_t count);
void audit_check_row(struct audit_check *check, const struct audit_row *row);
/* The last row that was seen: its number, time and hash; rows 0: none. */
void audit_check_head(const struct audit_check *check, struct audit_anchor *head);
/* Appends a line for each finding. true: there is none, the chain holds. Ends the check. */
bool audit_check_end(struct audit_check *check, struct buf *out);

#endif
