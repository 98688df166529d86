/* SPDX-License-Identifier: MPL-2.0
 * What the signed list of a town's own bots says about its links now. */
#ifndef TOOL_SIGN_H
#define TOOL_SIGN_H

#include "config/host.h"

/* Prints who signed the list, or that it is not of these links; nothing while none was signed. lines: of GET /admin/links. */
void sign_tell(const struct host_config *host, const char *town, const char *lines);

#endif
