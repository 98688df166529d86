/* SPDX-License-Identifier: MPL-2.0
 * Does who calls a messenger's hook know the town's secret? Looked at here, so that no worker needs to know it. */
#ifndef GATEWAY_PROOF_H
#define GATEWAY_PROOF_H

#include "gateway/crew.h"

/* In constant time. What showed it is taken out of the headers: the worker does not see it. */
bool proof_holds(const struct secrets *secrets, const struct crew_route *route, struct exchange *exchange);

/* A secret in a header can be seen before the body is there. */
bool proof_shown(const struct secrets *secrets, const struct crew_route *route, const struct exchange *exchange);

#endif
