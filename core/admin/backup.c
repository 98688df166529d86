/* SPDX-License-Identifier: MPL-2.0
 * A copy of a town while it runs, and the way back. The worker only copies the database (a moment of VACUUM INTO) and, on
 * restore, proves the copy and puts it in place; carrying files to and fro is the tool's work.
 *
 * restore: the tool has put <town>/restore/town.db and <town>/restore/files/ there. The copy is opened and migrated where it lies;
 * only when it is sound does it take the place of the town's, whose own database stays as before-restore.db. The caller then
 * opens the town anew (town->db is NULL). */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "admin/call.h"

void backup_make(struct admin_call *call)
{
    struct fail fail = {0};
    const char *path = arena_print(call->arena, "%s/backup.db", call->town->folder);
    unlink(path);
    if (db_copy(call->town->db, path, &fail))
        call_say(call, 200, "%s", path);
    else
        call_say(call, 500, "no copy could be made: %s", fail.words);
}

/* Would this town run with it? */
static bool prove(const struct town *town, const char *staged, struct fail *fail)
{
    struct town trial = *town;
    trial.folder = staged;
    trial.db = NULL;
    bool ok = town_open(&trial, flow_migrate, fail) && db_check(trial.db, fail);
    db_close(trial.db);
    return ok;
}

/* Ids of files are random: they mix with those that are there. What belongs to no row is swept when the town opens. */
static bool move_files(struct arena *arena, const char *from, const char *to, struct fail *fail)
{
    mkdir(to, 0700);
    DIR *folder = opendir(from);
    bool ok = true;
    for (struct dirent *entry = folder ? readdir(folder) : NULL; entry && ok; entry = readdir(folder)) {
        const char *old = arena_print(arena, "%s/%s", from, entry->d_name), *new = arena_print(arena, "%s/%s", to, entry->d_name);
        if (entry->d_name[0] != '.')
            ok = rename(old, new) == 0 || fail_set(fail, "%s: cannot be moved: %s", old, strerrordesc_np(errno));
    }
    if (folder)
        closedir(folder);
    return ok;
}

static void sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

/* The old database keeps a name until the new one has taken its place in one step. */
static bool swap(struct admin_call *call, const char *staged, struct fail *fail)
{
    struct arena *arena = call->arena;
    const char *folder = call->town->folder;
    const char *now = arena_print(arena, "%s/town.db", folder), *before = arena_print(arena, "%s/before-restore.db", folder);
    db_close(call->town->db);
    call->town->db = NULL;
    unlink(before);
    if (link(now, before) < 0)
        return fail_set(fail, "%s: cannot be kept: %s", before, strerrordesc_np(errno));
    unlink(arena_print(arena, "%s-wal", now));
    unlink(arena_print(arena, "%s-shm", now));
    if (rename(arena_print(arena, "%s/town.db", staged), now) < 0)
        return fail_set(fail, "%s: cannot be put in place: %s", now, strerrordesc_np(errno));
    sync_folder(folder);
    return true;
}

void backup_restore(struct admin_call *call)
{
    struct fail fail = {0};
    const char *staged = arena_print(call->arena, "%s/restore", call->town->folder);
    const char *files = arena_print(call->arena, "%s/files", staged), *home = arena_print(call->arena, "%s/files", call->town->folder);
    if (prove(call->town, staged, &fail) && move_files(call->arena, files, home, &fail) && swap(call, staged, &fail))
        call_say(call, 200, "%s is as it was; what was there before is kept as %s/before-restore.db", call->town->id, call->town->folder);
    else
        call_say(call, 422, "%s; nothing was restored", fail.words);
}
