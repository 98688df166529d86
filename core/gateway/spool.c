/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

enum { NAME_BYTES = 16 };

bool spool_open(const char *folder, struct fail *fail)
{
    if (mkdir(folder, 0700) < 0 && errno != EEXIST)
        return fail_set(fail, "%s: %s; make the data folder writable for this user", folder, strerrordesc_np(errno));
    DIR *dir = opendir(folder);
    if (!dir)
        return fail_set(fail, "%s: %s; make the data folder readable for this user", folder, strerrordesc_np(errno));
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        if (entry->d_name[0] != '.')
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
    return true;
}

struct upload *spool_begin(const char *folder)
{
    unsigned char random[NAME_BYTES];
    char name[NAME_BYTES * 2 + 1];
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(name, sizeof name, random, sizeof random);
    struct buf path = {0};
    buf_print(&path, "%s/%s", folder, name);
    int fd = open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        buf_free(&path);
        return NULL;
    }
    struct upload *upload = mem_alloc(sizeof *upload);
    *upload = (struct upload){.path = path.data, .fd = fd};
    return upload;
}

bool spool_write(struct upload *upload, const void *data, size_t size_bytes)
{
    const char *at = data;
    while (size_bytes > 0) {
        ssize_t took = write(upload->fd, at, size_bytes);
        if (took < 0 && errno == EINTR)
            continue;
        if (took <= 0)
            return false;
        at += took;
        size_bytes -= (size_t)took;
        upload->size_bytes += (uint64_t)took;
    }
    return true;
}

void spool_whole(struct upload *upload)
{
    close(upload->fd);
    upload->fd = -1;
}

void spool_hand_over(struct upload *upload)
{
    if (upload->fd >= 0)
        close(upload->fd);
    free(upload->path);
    free(upload);
}

void spool_end(struct upload *upload)
{
    if (!upload)
        return;
    if (upload->fd >= 0)
        close(upload->fd);
    unlink(upload->path); /* ENOENT: a worker claimed it */
    free(upload->path);
    free(upload);
}
