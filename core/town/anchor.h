/* SPDX-License-Identifier: MPL-2.0
 * What the audit chain's last hash was, as one line that is kept elsewhere (a log server, paper), signed with the town's key where it has
 * one: with it, nobody can cut the chain's tail or write it anew without being found. */
#ifndef TOWN_ANCHOR_H
#define TOWN_ANCHOR_H

#include <sodium.h>

#include "store/audit_check.h"

struct anchor {
    char town[48];
    struct audit_anchor head;
    char signature[2 * crypto_sign_BYTES + 1]; /* hexadecimal; "": the town has no key */
};

/* With the seed that `viche keys` made, in hexadecimal; NULL or nonsense: it stays unsigned. */
void anchor_sign(struct anchor *anchor, const char *seed);
/* "town=kryzhopil rows=120 at=1795600000 head=… signature=…" */
void anchor_write(const struct anchor *anchor, struct buf *out);
/* Finds it in a line of the log. false: there is none. */
bool anchor_read(const char *line, struct anchor *anchor);
bool anchor_is_signed(const struct anchor *anchor, const char *public_key); /* by this key, in hexadecimal */

#endif
