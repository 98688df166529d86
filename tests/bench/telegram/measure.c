/* SPDX-License-Identifier: MPL-2.0 */
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int64_t measure_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* ---- processes ---- */

static int64_t own_cpu_us(int pid)
{
    /* schedstat would be finer, but counts one thread; ticks of 10 ms are fine over seconds. */
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    size_t size = fread(text, 1, sizeof text - 1, file);
    text[size] = '\0';
    fclose(file);
    const char *after_name = strrchr(text, ')');
    unsigned long user = 0, kernel = 0;
    if (!after_name || sscanf(after_name + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2)
        return 0;
    return (int64_t)(user + kernel) * 1000000 / sysconf(_SC_CLK_TCK);
}

static int64_t own_pss_kb(int pid)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    FILE *file = fopen(path, "r");
    long kb = 0;
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "Pss: %ld", &kb) == 1)
            break;
    if (file)
        fclose(file);
    return kb;
}

static int64_t sum(int pid, int64_t (*of)(int))
{
    int64_t total = of(pid);
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *file = fopen(path, "r");
    int child = 0;
    while (file && fscanf(file, "%d", &child) == 1)
        total += sum(child, of);
    if (file)
        fclose(file);
    return total;
}

int64_t measure_cpu_us(int pid) { return sum(pid, own_cpu_us); }

int64_t measure_pss_kb(int pid) { return sum(pid, own_pss_kb); }

/* ---- times ---- */

void times_add(struct times *times, int64_t us)
{
    if (times->count == times->room) {
        times->room = times->room ? times->room * 2 : 4096;
        times->us = realloc(times->us, times->room * sizeof *times->us);
        if (!times->us)
            abort();
    }
    times->us[times->count++] = us > UINT32_MAX ? UINT32_MAX : (uint32_t)us;
}

static int by_size(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

double times_ms(struct times *times, double share)
{
    if (times->count == 0)
        return 0;
    qsort(times->us, times->count, sizeof *times->us, by_size);
    size_t at = (size_t)((double)times->count * share);
    return (double)times->us[at < times->count ? at : times->count - 1] / 1000;
}
