/* SPDX-License-Identifier: MPL-2.0
 * `viche options`: a commented INI section, ready to be pasted, printed from the declaration that checks it. */
#ifndef TOOL_OPTIONS_H
#define TOOL_OPTIONS_H

#include <stddef.h>
#include <stdio.h>
#include <viche/plugin.h>

/* "host": all of conf/viche.ini; "town": the host's section of a town; else a plugin's name or path. Returns the
 * exit code. */
int options_print(const char *what, const char *dirs, FILE *out);
/* One section. */
void options_section(FILE *out, const char *section, const struct viche_option *options, size_t count);

#endif
