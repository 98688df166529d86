/* SPDX-License-Identifier: MPL-2.0
 * HTTP requests under /<town>/: finds the plugin's route or the channel's hook and lets it answer, in a savepoint. */
#ifndef FLOW_HOOK_H
#define FLOW_HOOK_H

#include "flow/turn.h"

void hook_serve(struct flow *flow, const struct http_request *request, struct http_reply *reply);
/* Does the path lead to a plugin by which citizens talk? */
bool hook_of_channel(const struct town *town, const char *path);
/* Does `path` fit "/items/{id}"? Parts are copied into cells, if cells is not NULL. */
bool hook_match(struct arena *arena, const char *pattern, const char *path, struct turn_pair **cells);

#endif
