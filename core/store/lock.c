/* SPDX-License-Identifier: MPL-2.0 */
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static void refuse_taken(int lock, const char *folder, struct fail *fail)
{
    char pid[16] = "?";
    ssize_t got = pread(lock, pid, sizeof pid - 1, 0);
    pid[got > 0 ? strcspn(pid, "\n") : 1] = '\0';
    fail_set(fail, "%s: in use by process %s. Stop it (kill %s) or use another data folder", folder, pid, pid);
    if (fail)
        fail->again = true;
}

static bool write_pid(int lock)
{
    char pid[16];
    int size = snprintf(pid, sizeof pid, "%d\n", getpid());
    return ftruncate(lock, 0) == 0 && pwrite(lock, pid, (size_t)size, 0) == size;
}

int lock_take(const char *folder, struct fail *fail)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/lock", folder);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0) {
        fail_set(fail, "%s: %s. Make the folder writable for the user viched runs as", path, strerrordesc_np(errno));
        return -1;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) == 0 && write_pid(lock))
        return lock;
    int error = errno;
    if (error == EAGAIN)
        refuse_taken(lock, folder, fail);
    else
        fail_set(fail, "%s: %s. Free some space or check the disk", path, strerrordesc_np(error));
    close(lock);
    errno = error;
    return -1;
}

void lock_drop(int lock)
{
    if (lock >= 0)
        close(lock);
}
