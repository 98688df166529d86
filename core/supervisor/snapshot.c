/* SPDX-License-Identifier: MPL-2.0 */
#include "supervisor/snapshot.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"

enum { PATH_BYTES = 4096, FILE_BYTES_MAX = 2 * 1024 * 1024 };

static bool copy(const char *from, const char *to, struct fail *fail)
{
    struct buf text = {.cap = FILE_BYTES_MAX};
    if (!buf_read_file(&text, from))
        return fail_set(fail, "%s: %s. Make it readable for the user that runs viched", from, strerrordesc_np(errno));
    int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write(fd, buf_str(&text), text.size) == (ssize_t)text.size;
    if (!ok)
        fail_set(fail, "%s: %s. Is the disk full?", to, strerrordesc_np(errno));
    if (fd >= 0)
        close(fd);
    buf_free(&text);
    return ok;
}

static bool make(const char *folder, struct fail *fail)
{
    if (mkdir(folder, 0700) == 0 || errno == EEXIST)
        return true;
    return fail_set(fail, "%s: %s. The data folder must be writable", folder, strerrordesc_np(errno));
}

static bool copy_all(const struct host_config *host, const char *folder, struct fail *fail)
{
    char path[PATH_BYTES + 300];
    snprintf(path, sizeof path, "%s/.conf", host->data);
    bool ok = make(path, fail) && make(folder, fail);
    snprintf(path, sizeof path, "%s/towns", folder);
    ok = ok && make(path, fail);
    snprintf(path, sizeof path, "%s/viche.ini", folder);
    ok = ok && copy(host->path, path, fail);
    for (size_t i = 0; ok && i < host->town_count; i++) {
        snprintf(path, sizeof path, "%s/towns/%s", folder, strrchr(host->town_files[i], '/') + 1);
        ok = copy(host->town_files[i], path, fail);
    }
    return ok;
}

bool snapshot_take(struct host_config *host, const char *config, const struct host_overrides *over, unsigned number,
                   char *folder, struct fail *fail)
{
    struct host_config original;
    if (!host_read(&original, config, over, fail))
        return false;
    char file[PATH_BYTES + 300], towns[PATH_BYTES + 300];
    snprintf(folder, PATH_BYTES, "%s/.conf/%u", original.data, number);
    snprintf(file, sizeof file, "%s/viche.ini", folder);
    snprintf(towns, sizeof towns, "%s/towns", folder);
    struct host_overrides copied = *over;
    copied.base = original.base;
    copied.towns = towns;
    copied.towns_base = original.towns_base;
    bool ok = copy_all(&original, folder, fail) && host_read(host, file, &copied, fail);
    if (!ok)
        snapshot_remove(folder);
    host_close(&original);
    return ok;
}

static void empty(const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        if (entry->d_name[0] != '.')
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
    rmdir(folder);
}

void snapshot_remove(const char *folder)
{
    char towns[PATH_BYTES];
    snprintf(towns, sizeof towns, "%.4000s/towns", folder);
    empty(towns);
    empty(folder);
}

void snapshot_remove_all(const char *data)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%.4000s/.conf", data);
    DIR *dir = opendir(path);
    if (!dir)
        return;
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        char folder[PATH_BYTES];
        snprintf(folder, sizeof folder, "%.3800s/.conf/%.256s", data, entry->d_name);
        if (entry->d_name[0] != '.')
            snapshot_remove(folder);
    }
    closedir(dir);
}

static void replace(struct fail *fail, const char *from, const char *to)
{
    struct buf out = {0};
    const char *at = fail->words;
    for (const char *found = strstr(at, from); found; found = strstr(at, from)) {
        buf_add(&out, at, (size_t)(found - at));
        buf_text(&out, to);
        at = found + strlen(from);
    }
    buf_text(&out, at);
    fail_set(fail, "%s", out.data);
    buf_free(&out);
}

void snapshot_translate(const char *folder, const char *config, const struct host_config *host, struct fail *fail)
{
    char path[PATH_BYTES + 16];
    snprintf(path, sizeof path, "%s/viche.ini", folder);
    replace(fail, path, config);
    snprintf(path, sizeof path, "%s/towns", folder);
    replace(fail, path, host->towns_base);
}
