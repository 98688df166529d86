/* SPDX-License-Identifier: MPL-2.0 */
#include "base/clock.h"

#include <time.h>

static int64_t stopped_ms;

static int64_t read_ms(clockid_t id)
{
    struct timespec at;
    clock_gettime(id, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

int64_t clock_now_ms(void) { return stopped_ms ? stopped_ms : read_ms(CLOCK_REALTIME); }

int64_t clock_now(void) { return clock_now_ms() / 1000; }

int64_t clock_mono_ms(void) { return stopped_ms ? stopped_ms : read_ms(CLOCK_MONOTONIC); }

void clock_set(int64_t now_ms) { stopped_ms = now_ms; }

void clock_advance(int64_t ms) { stopped_ms += ms; }
