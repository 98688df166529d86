/* SPDX-License-Identifier: MPL-2.0
 * What the operator asks of one town while it runs: the same code serves `viche …` over the control socket (as requests with
 * admin=1 under /<town>/admin/…) and `viche …` on a town that is not running. Called inside the town's transaction, except
 * where admin_alone says otherwise. */
#ifndef ADMIN_ADMIN_H
#define ADMIN_ADMIN_H

#include "flow/reply.h"
#include "town/town.h"

/* Must this request run outside a transaction (backup)? */
bool admin_alone(const struct http_request *request);
void admin_serve(struct town *town, struct arena *arena, const struct http_request *request, struct http_reply *reply);

#endif
