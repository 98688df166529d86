/* SPDX-License-Identifier: MPL-2.0
 * The sections of the staff desk that this plugin declares. */
#ifndef CASES_DESK_H
#define CASES_DESK_H

#include <viche/desk.h>

enum { DESK_VIEWS = 5 };
extern const struct viche_view desk_views[DESK_VIEWS];

#endif
