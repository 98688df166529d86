/* SPDX-License-Identifier: MPL-2.0
 * `viche inspect`: what a plugin is and offers, in words; and whether a host would take it. */
#ifndef TOOL_INSPECT_H
#define TOOL_INSPECT_H

#include <stdio.h>

#include "base/fail.h"
#include "plugin/plugin.h"

/* A path (anything with a '/') or a name that is looked for in `dirs`. NULL with words. */
struct plugin *inspect_load(const char *path_or_name, const char *dirs, struct fail *fail);
/* Returns the exit code: 0, or 1 when there is no such plugin, it cannot be loaded, or a host would refuse it. */
int inspect_print(const char *path_or_name, const char *dirs, FILE *out);

#endif
