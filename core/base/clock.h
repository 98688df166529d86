/* SPDX-License-Identifier: MPL-2.0
 * The only source of time. Tests and `viche talk` set it. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t clock_now(void);     /* UTC seconds */
int64_t clock_now_ms(void);  /* UTC milliseconds */
int64_t clock_mono_ms(void); /* milliseconds that never jump; for deadlines */

/* Stops all three at this moment (UTC ms); 0 lets them run again. */
void clock_set(int64_t now_ms);
void clock_advance(int64_t ms); /* only while stopped */

#endif
