/* SPDX-License-Identifier: MPL-2.0
 * Hours of a day in which nothing is sent. Knows no clock: wall times come in, wall times go out. */
#ifndef NEWS_QUIET_H
#define NEWS_QUIET_H

#include <stdbool.h>

#include <viche/turn.h>

struct quiet {
    int32_t from, until; /* minutes since midnight; the same: never quiet */
};

/* "21:00-08:00", over midnight or not; "" is never. false: it is no such text. */
bool quiet_read(const char *text, struct quiet *out);
/* Is it quiet now? Then *end is the wall time at which it ends; its day may be one behind the month's last. */
bool quiet_now(struct quiet quiet, const struct viche_local *now, struct viche_local *end);

#endif
