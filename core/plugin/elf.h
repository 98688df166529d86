/* SPDX-License-Identifier: MPL-2.0
 * A look at a file before it is trusted to dlopen, whose words ("file too short") help nobody. */
#ifndef PLUGIN_ELF_H
#define PLUGIN_ELF_H

#include <stdbool.h>

#include "base/fail.h"

/* Is this a whole shared library for this machine, owned by root or by us, that nobody else may write? Words name
 * the file, what is wrong and the remedy. */
bool elf_fits(const char *path, struct fail *fail);

#endif
