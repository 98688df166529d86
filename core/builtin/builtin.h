/* SPDX-License-Identifier: MPL-2.0
 * The host's own dialogs (start, menu, language, help, search, my data), declared like any plugin's. */
#ifndef BUILTIN_BUILTIN_H
#define BUILTIN_BUILTIN_H

#include <viche/viche.h>

extern const struct viche_plugin builtin_plugin;

#endif
