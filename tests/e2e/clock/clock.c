/* SPDX-License-Identifier: MPL-2.0
 * A town whose clock tests move: loaded before the host, it adds to the wall clock what a file says. Clocks that never jump stay as they are,
 * so nothing waits longer or shorter. The file, named by VICHE_TEST_CLOCK, holds one int64_t: milliseconds to add. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { MS_OF_S = 1000, NS_OF_MS = 1000000, NS_OF_US = 1000, NS_OF_S = 1000000000 };

static const int64_t *moved_ms;

__attribute__((constructor)) static void map(void)
{
    const char *name = getenv("VICHE_TEST_CLOCK");
    int fd = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    const void *at = mmap(NULL, sizeof *moved_ms, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (at != MAP_FAILED)
        moved_ms = at;
}

int clock_gettime(clockid_t id, struct timespec *at)
{
    int failed = (int)syscall(SYS_clock_gettime, id, at);
    if (failed || !moved_ms || (id != CLOCK_REALTIME && id != CLOCK_REALTIME_COARSE))
        return failed;
    int64_t by_ms = __atomic_load_n(moved_ms, __ATOMIC_RELAXED);
    at->tv_sec += by_ms / MS_OF_S;
    at->tv_nsec += by_ms % MS_OF_S * NS_OF_MS;
    at->tv_sec += at->tv_nsec / NS_OF_S - (at->tv_nsec < 0);
    at->tv_nsec = (at->tv_nsec + NS_OF_S) % NS_OF_S;
    return 0;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    *at = (struct timeval){now.tv_sec, now.tv_nsec / NS_OF_US};
    return 0;
}

time_t time(time_t *out)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out)
        *out = now.tv_sec;
    return now.tv_sec;
}
