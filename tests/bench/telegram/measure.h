/* SPDX-License-Identifier: MPL-2.0
 * What a process and all its descendants cost, and how long things took. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>

int64_t measure_now_us(void);        /* monotonic */
int64_t measure_cpu_us(int pid);     /* user and system time so far */
int64_t measure_pss_kb(int pid);     /* memory, what is shared counted once */

struct times {
    uint32_t *us;
    size_t count, room;
};
void times_add(struct times *times, int64_t us);
double times_ms(struct times *times, double share); /* 0.99: as long or less in 99 of 100; sorts */

#endif
