/* SPDX-License-Identifier: MPL-2.0
 * A library, but no plugin. */
#include <viche/viche.h>

VICHE_EXPORT extern const int something_else;
const int something_else = 1;
