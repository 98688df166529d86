/* SPDX-License-Identifier: MPL-2.0 */
#include "store/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <magic.h>
#include <sodium.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "store/media.h"
#include "store/picture.h"

enum { ID_BYTES = 16, ID_CHARS = 2 * ID_BYTES, NAME_CHARS = 100, ENDING_CHARS = 10 };

const char *const file_migrations[] = {
    "CREATE TABLE file(id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, size INTEGER NOT NULL,"
    " citizen INTEGER NOT NULL, at INTEGER NOT NULL);"
    "CREATE INDEX file_of_citizen ON file(citizen)",
    "CREATE TABLE file_hold(file TEXT NOT NULL, plugin TEXT NOT NULL, PRIMARY KEY(file, plugin))",
};
const size_t file_migration_count = sizeof file_migrations / sizeof *file_migrations;

char *file_path(struct arena *arena, const char *folder, const char *id)
{
    return arena_print(arena, "%s/files/%s", folder, id);
}

/* ---- what it is ---- */

/* Nothing that a browser would run: no HTML, no SVG, no scripts, no archives. */
static const char allowed[] = "image/jpeg image/png image/gif image/webp image/heic image/heif application/pdf text/plain text/csv "
                              "application/msword application/vnd.ms-excel "
                              "application/vnd.openxmlformats-officedocument.wordprocessingml.document "
                              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet "
                              "application/vnd.oasis.opendocument.text application/vnd.oasis.opendocument.spreadsheet "
                              "audio/mpeg audio/ogg audio/mp4 audio/x-m4a audio/webm video/mp4 video/quicktime video/webm video/3gpp";

/* By its bytes, never by its name. */
static const char *sniff(struct arena *arena, int fd)
{
    magic_t magic = magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR);
    const char *type = magic && magic_load(magic, NULL) == 0 ? magic_descriptor(magic, fd) : NULL;
    const char *copy = arena_copy(arena, type ? type : "");
    if (magic)
        magic_close(magic);
    return copy;
}

static bool look_at(struct arena *arena, int fd, struct file_info *file, struct fail *fail)
{
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
        return fail_set(fail, "the upload is no file");
    if (about.st_size == 0)
        return fail_set(fail, "the upload is empty");
    file->size_bytes = about.st_size;
    file->type = sniff(arena, fd);
    if (*file->type == '\0')
        return fail_set(fail, "the kind of the upload is not known: is libmagic's data base (package libmagic-mgc) installed?");
    return text_in_list(allowed, file->type) || fail_set(fail, "files of the kind %s are not taken", file->type);
}

/* ---- taking it in ---- */

static bool sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool synced = fsync(fd) == 0;
    close(fd);
    return synced;
}

/* copy_file_range would refuse: the two lie in different file systems. */
static bool copy_bytes(int from, int to, int64_t size_bytes)
{
    off_t at = 0;
    while (at < size_bytes)
        if (sendfile(to, from, &at, (size_t)(size_bytes - at)) <= 0)
            return false;
    return fsync(to) == 0;
}

static bool write_bytes(const struct buf *bytes, int to)
{
    for (size_t at = 0; at < bytes->size;) {
        ssize_t written = write(to, bytes->data + at, bytes->size - at);
        if (written <= 0)
            return false;
        at += (size_t)written;
    }
    return fsync(to) == 0;
}

/* Under its name only when whole. instead: of what `fd` holds; NULL: that. */
static bool put_copy(struct arena *arena, int fd, int64_t size_bytes, const struct buf *instead, const char *path)
{
    char *part = arena_print(arena, "%s.part", path);
    int to = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (to < 0)
        return false;
    bool copied = (instead ? write_bytes(instead, to) : copy_bytes(fd, to, size_bytes)) && rename(part, path) == 0;
    int error = errno;
    close(to);
    if (!copied)
        unlink(part);
    errno = error;
    return copied;
}

/* Of pictures and videos only what is seen and heard is kept: not the place where they were taken. instead: what to keep in place of
 * the upload; empty: nothing was taken out. false: it may tell the place, and we cannot find where. */
static bool clean(const char *from, const char *type, struct buf *instead, struct fail *fail)
{
    struct buf whole = {0};
    bool shows = text_starts(type, "image/") || text_starts(type, "video/") || text_starts(type, "audio/");
    if (!shows || (buf_read_file(&whole, from) && picture_clean(&whole, instead))) {
        buf_free(&whole);
        return true;
    }
    bool boxes = media_is(&whole);
    bool fine = boxes ? media_clean(&whole) : text_is(type, "video/webm") || text_starts(type, "audio/");
    if (boxes && fine)
        *instead = whole;
    else
        buf_free(&whole);
    return fine || fail_set(fail, "a file of the kind %s is built in a way in which the place where it was taken is not found", type);
}

static bool put(struct arena *arena, int fd, const char *from, const char *path, const struct buf *instead, struct file_info *file)
{
    if (instead->size) {
        file->size_bytes = (int64_t)instead->size;
        return put_copy(arena, fd, 0, instead, path);
    }
    bool linked = fchmod(fd, 0600) == 0 && fsync(fd) == 0 && link(from, path) == 0;
    return linked || (errno == EXDEV && put_copy(arena, fd, file->size_bytes, NULL, path)); /* no link leads to another file system */
}

static bool bring_in(struct arena *arena, int fd, const char *from, const char *folder, struct file_info *file, struct fail *fail)
{
    struct buf instead = {0};
    if (!clean(from, file->type, &instead, fail))
        return false;
    char *files = file_path(arena, folder, "");
    if (mkdir(files, 0700) == 0)
        sync_folder(folder);
    bool kept = put(arena, fd, from, file_path(arena, folder, file->id), &instead, file) && sync_folder(files);
    buf_free(&instead);
    return kept || fail_set(fail, "the upload cannot be stored: %s. Is the disk full?", strerrordesc_np(errno));
}

static const char *new_id(struct arena *arena)
{
    unsigned char random[ID_BYTES];
    char id[ID_CHARS + 1];
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(id, sizeof id, random, sizeof random);
    return arena_copy(arena, id);
}

const char *file_keep(struct db *db, struct arena *arena, const char *folder, const char *path, const char *name,
                      int64_t citizen, struct fail *fail)
{
    struct file_info file = {.id = new_id(arena), .name = file_clean_name(arena, name), .citizen = citizen, .at = clock_now()};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        fail_set(fail, "the upload cannot be read: %s", strerrordesc_np(errno));
        return NULL;
    }
    bool kept = look_at(arena, fd, &file, fail) && bring_in(arena, fd, path, folder, &file, fail);
    close(fd);
    if (kept && !db_run(db, "INSERT INTO file(id, name, type, size, citizen, at) VALUES (?, ?, ?, ?, ?, ?)", "sssiii", file.id,
                        file.name, file.type, file.size_bytes, file.citizen, file.at))
        kept = fail_set(fail, "%s", db_words(db));
    return kept ? file.id : NULL;
}

/* ---- finding and removing ---- */

void file_own(struct db *db, const char *id, int64_t citizen)
{
    db_run(db, "UPDATE file SET citizen = ? WHERE id = ?", "is", citizen, id);
}

bool file_find(struct db *db, struct arena *arena, const char *id, struct file_info *out)
{
    sqlite3_stmt *row = db_query(db, "SELECT id, name, type, size, citizen, at FROM file WHERE id = ?", "s", id);
    if (!db_row(db, row))
        return false;
    *out = (struct file_info){
        .id = arena_copy(arena, db_text(row, 0)),
        .name = arena_copy(arena, db_text(row, 1)),
        .type = arena_copy(arena, db_text(row, 2)),
        .size_bytes = db_int(row, 3),
        .citizen = db_int(row, 4),
        .at = db_int(row, 5),
    };
    db_done(row);
    return true;
}

void file_move(struct db *db, int64_t from, int64_t to)
{
    db_run(db, "UPDATE file SET citizen = ? WHERE citizen = ?", "ii", to, from);
}

bool file_hold(struct db *db, const char *id, const char *plugin)
{
    if (!db_run(db, "UPDATE file SET citizen = 0 WHERE id = ?", "s", id) || db_changes(db) == 0)
        return false;
    return db_run(db, "INSERT INTO file_hold(file, plugin) VALUES (?, ?) ON CONFLICT DO NOTHING", "ss", id, plugin);
}

bool file_drop(struct db *db, const char *id, const char *plugin)
{
    db_run(db, "DELETE FROM file_hold WHERE file = ? AND plugin = ?", "ss", id, plugin);
    return db_run(db, "DELETE FROM file WHERE id = ? AND id NOT IN (SELECT file FROM file_hold)", "s", id) && db_changes(db) > 0;
}

void file_erase(struct db *db, int64_t citizen) { db_run(db, "DELETE FROM file WHERE citizen = ?", "i", citizen); }

void file_sweep(struct db *db, const char *folder)
{
    struct arena *arena = arena_new();
    DIR *files = opendir(file_path(arena, folder, ""));
    int64_t removed = 0;
    for (struct dirent *entry = files ? readdir(files) : NULL; entry; entry = readdir(files)) {
        if (entry->d_name[0] == '.')
            continue;
        int64_t known = db_number(db, "SELECT count(*) FROM file WHERE id = ?", "s", entry->d_name);
        if (db_failed(db))
            break;
        if (known == 0 && unlinkat(dirfd(files), entry->d_name, 0) == 0)
            removed++;
    }
    if (files)
        closedir(files);
    if (removed)
        log_line(LOG_NOTE, "file", "removed files without a row", "count=%lld", (long long)removed);
    arena_free(arena);
}

/* ---- names ---- */

/* Characters that hide or turn round what stands beside them. */
static bool is_invisible(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x61C || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF || point == 0xFFFD;
}

/* What some file system reads as something else. */
static bool is_reserved(uint32_t point) { return point < 0x80 && strchr("\"<>|*?:", (int)point); }

static const char *last_part(const char *name)
{
    const char *part = name;
    for (const char *at = name; *at; at++)
        if (*at == '/' || *at == '\\')
            part = at + 1;
    return part;
}

/* Too long a name keeps its ending: ".pdf" tells more than the hundredth letter. */
static char *shortened(struct arena *arena, char *name)
{
    if (text_length(name) <= NAME_CHARS)
        return name;
    const char *dot = strrchr(name, '.');
    const char *ending = dot && text_length(dot) <= ENDING_CHARS ? dot : "";
    size_t stem = text_prefix(name, NAME_CHARS - 1 - text_length(ending));
    return arena_print(arena, "%.*s…%s", (int)stem, name, ending);
}

char *file_clean_name(struct arena *arena, const char *name)
{
    const char *at = last_part(name ? name : "");
    char *clean = arena_alloc(arena, strlen(at) + 1); /* broken bytes are dropped, so it never grows */
    size_t size = 0;
    for (uint32_t point = text_next(&at); point; point = text_next(&at)) {
        bool leading = size == 0 && (point == ' ' || point == '.');
        if (!is_invisible(point) && !is_reserved(point) && !leading)
            size += text_put(clean + size, point);
    }
    while (size && strchr(" .", clean[size - 1]))
        size--;
    clean[size] = '\0';
    return size ? shortened(arena, clean) : arena_copy(arena, "file");
}
