/* SPDX-License-Identifier: MPL-2.0
 * `viche backup` and `viche restore`: a town as a folder with town.db, files/ and, in town, whose it is. The worker copies the
 * database and puts it back (core/admin/backup.c); here files are carried, because they never change once they are there. Other
 * towns notice nothing. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "tool/ask.h"

struct carrier {
    struct arena *arena;
    uid_t owner; /* of what is made */
    gid_t group;
    size_t files;
    struct fail *fail;
};

static bool refuse(struct carrier *c, const char *path, const char *what)
{
    return fail_set(c->fail, "%s: %s: %s", path, what, strerrordesc_np(errno));
}

static bool copy_bytes(int from, int to)
{
    ssize_t moved = 0;
    while ((moved = sendfile(to, from, NULL, 1 << 20)) > 0)
        ;
    return moved == 0 && fsync(to) == 0;
}

static bool copy_file(struct carrier *c, const char *from, const char *to)
{
    int in = open(from, O_RDONLY | O_CLOEXEC);
    if (in < 0)
        return refuse(c, from, "cannot be read");
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = out >= 0 && fchown(out, c->owner, c->group) == 0 && copy_bytes(in, out);
    if (!ok)
        refuse(c, to, "cannot be written");
    close(in);
    if (out >= 0)
        close(out);
    c->files += ok;
    return ok;
}

static bool make_folder(struct carrier *c, const char *path)
{
    if (mkdir(path, 0700) < 0 && errno != EEXIST)
        return refuse(c, path, "cannot be made");
    return chown(path, c->owner, c->group) == 0 || refuse(c, path, "cannot be given to the owner of the data");
}

/* A file that is gone meanwhile was erased: then it does not belong into the copy. */
static bool copy_folder(struct carrier *c, const char *from, const char *to)
{
    DIR *folder = opendir(from);
    if (!folder)
        return errno == ENOENT || refuse(c, from, "cannot be read");
    bool ok = make_folder(c, to);
    for (struct dirent *entry = readdir(folder); entry && ok; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        const char *source = arena_print(c->arena, "%s/%s", from, entry->d_name);
        ok = copy_file(c, source, arena_print(c->arena, "%s/%s", to, entry->d_name)) || access(source, F_OK) < 0;
    }
    closedir(folder);
    return ok;
}

/* Asks the town; false unless it answers 200. */
static bool ask(struct carrier *c, const struct host_config *host, const char *town, const char *path, char **words)
{
    struct ask_answer answer = {0};
    bool ok = ask_town(host, town, &(struct ask){.method = "POST", .path = path}, &answer, c->fail);
    *words = arena_copy(c->arena, buf_str(&answer.body));
    (*words)[strcspn(*words, "\n")] = '\0';
    if (ok && answer.status != 200)
        ok = fail_set(c->fail, "%s", *words);
    buf_free(&answer.body);
    return ok;
}

/* ---- whose it is ---- */

static bool sign(struct carrier *c, const char *folder, const char *town)
{
    const char *path = arena_print(c->arena, "%s/town", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && dprintf(fd, "%s\n", town) > 0 && fsync(fd) == 0;
    if (!ok)
        refuse(c, path, "cannot be written");
    if (fd >= 0)
        close(fd);
    return ok;
}

/* One town must never wake up with another's citizens. A copy without a name is an older one. */
static bool is_of(struct carrier *c, const char *folder, const char *town)
{
    struct buf name = {0};
    const char *path = arena_print(c->arena, "%s/town", folder);
    bool named = buf_read_file(&name, path);
    const char *of = arena_print(c->arena, "%.*s", (int)strcspn(buf_str(&name), "\n"), buf_str(&name));
    buf_free(&name);
    return !named || text_is(of, town) ||
           fail_set(c->fail, "%s: is a copy of %s, not of %s; nothing was restored. If the town has a new name, remove %s first",
                    folder, of, town, path);
}

/* ---- backup ---- */

static bool backup(struct carrier *c, const struct host_config *host, const char *town, const char *to)
{
    char *copy = NULL;
    c->owner = geteuid();
    c->group = getegid();
    const char *folder = arena_print(c->arena, "%s/%s", host->data, town), *part = arena_print(c->arena, "%s.part", to);
    if (access(to, F_OK) == 0)
        return fail_set(c->fail, "%s: is already there; choose another name", to);
    if (!make_folder(c, part) || !ask(c, host, town, "/admin/backup", &copy))
        return false;
    bool ok = sign(c, part, town) && copy_file(c, copy, arena_print(c->arena, "%s/town.db", part));
    unlink(copy);
    ok = ok && copy_folder(c, arena_print(c->arena, "%s/files", folder), arena_print(c->arena, "%s/files", part));
    if (ok && rename(part, to) < 0)
        ok = refuse(c, to, "cannot be put in place");
    if (ok)
        printf("%s is kept in %s: the database and %zu files\n", town, to, c->files - 1);
    return ok;
}

/* ---- restore ---- */

static bool take_owner(struct carrier *c, const char *folder)
{
    struct stat info;
    if (stat(folder, &info) < 0)
        return refuse(c, folder, "cannot be read; start the host once, so that the town is there");
    c->owner = info.st_uid;
    c->group = info.st_gid;
    return true;
}

static bool restore(struct carrier *c, const struct host_config *host, const char *town, const char *from)
{
    char *words = NULL;
    const char *folder = arena_print(c->arena, "%s/%s", host->data, town), *staged = arena_print(c->arena, "%s/restore", folder);
    const char *db = arena_print(c->arena, "%s/town.db", staged), *files = arena_print(c->arena, "%s/files", staged);
    if (!is_of(c, from, town))
        return false;
    bool ok = take_owner(c, folder) && make_folder(c, staged) && copy_file(c, arena_print(c->arena, "%s/town.db", from), db) &&
              copy_folder(c, arena_print(c->arena, "%s/files", from), files) && ask(c, host, town, "/admin/restore", &words);
    unlink(db);
    unlink(arena_print(c->arena, "%s/lock", staged));
    rmdir(files);
    rmdir(staged);
    if (ok)
        printf("%s\n", words);
    return ok;
}

/* ---- the commands ---- */

static int run(const struct tool_args *args, bool (*work)(struct carrier *, const struct host_config *, const char *, const char *))
{
    struct host_config host;
    struct fail fail = {0};
    if (!tool_host(args, &host))
        return TOOL_REFUSED;
    struct carrier carrier = {.arena = arena_new(), .fail = &fail};
    int code = TOOL_REFUSED;
    if (ask_knows(&host, args->words[0]))
        code = work(&carrier, &host, args->words[0], args->words[1]) ? TOOL_DONE : tool_refuse("%s", fail.words);
    arena_free(carrier.arena);
    host_close(&host);
    return code;
}

static int run_backup(const struct tool_args *args) { return run(args, backup); }

static int run_restore(const struct tool_args *args) { return run(args, restore); }

const struct tool_command backup_command = {
    .name = "backup", .usage = "TOWN FOLDER", .summary = "copy one town while it runs", .words_min = 2, .words_max = 2, .run = run_backup,
    .help = "FOLDER must not be there yet; it gets town.db, files/ and the town's name.\n"
            "Citizens wait for the moment in which the database is copied.\n"
            "It holds everything that citizens wrote: keep it as carefully as the host's data."};

const struct tool_command restore_command = {
    .name = "restore", .usage = "TOWN FOLDER", .summary = "put such a copy back, while the host runs", .words_min = 2, .words_max = 2,
    .run = run_restore,
    .help = "The copy is proved first: is it this town's, is it whole, can this host read it. Only then the town is\n"
            "closed, changed and opened again; other towns notice nothing. What was there before stays in the town's\n"
            "folder as before-restore.db."};
