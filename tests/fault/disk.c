/* SPDX-License-Identifier: MPL-2.0 */
#include "disk.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

enum { FILES = 16, SECTOR = 512 };

enum op_kind { OP_WRITE, OP_TRUNCATE, OP_DELETE, OP_SYNC, OP_SYNC_FAILED };

struct op {
    enum op_kind kind;
    int file;
    size_t offset, size;
    char *data;
};

struct image {
    bool exists;
    struct buf bytes;
};

struct disk {
    char names[FILES][256];
    struct image files[FILES];
    struct op *ops;
    size_t op_count, op_room, syncs, writes;
    struct disk_faults faults;
};

static struct disk *disk_now;

/* ---- chance ---- */

static uint64_t chance = 1;

void disk_seed(uint64_t seed) { chance = seed ? seed : 1; }

static bool toss(void)
{
    chance ^= chance << 13; /* xorshift64: the same for everybody who knows the seed */
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return chance >> 63;
}

/* ---- what an op does to a file ---- */

static void resize(struct buf *bytes, size_t size)
{
    while (bytes->size < size)
        buf_byte(bytes, '\0');
    bytes->size = size;
}

static void put(struct image *image, size_t offset, const char *data, size_t size)
{
    image->exists = true;
    if (image->bytes.size < offset + size)
        resize(&image->bytes, offset + size);
    memcpy(image->bytes.data + offset, data, size);
}

static void apply(struct image *image, const struct op *op)
{
    if (op->kind == OP_WRITE)
        put(image, op->offset, op->data, op->size);
    if (op->kind == OP_TRUNCATE)
        resize(&image->bytes, op->size);
    if (op->kind == OP_DELETE) {
        image->exists = false;
        buf_clear(&image->bytes);
    }
}

static void apply_torn(struct image *image, const struct op *op)
{
    if (op->kind != OP_WRITE) {
        if (toss())
            apply(image, op);
        return;
    }
    for (size_t at = 0; at < op->size; at += SECTOR)
        if (toss())
            put(image, op->offset + at, op->data + at, op->size - at < SECTOR ? op->size - at : SECTOR);
}

/* ---- the disk ---- */

struct disk *disk_new(void) { return mem_alloc(sizeof(struct disk)); }

void disk_free(struct disk *disk)
{
    for (size_t i = 0; i < disk->op_count; i++)
        free(disk->ops[i].data);
    for (int i = 0; i < FILES; i++)
        buf_free(&disk->files[i].bytes);
    free(disk->ops);
    free(disk);
}

void disk_use(struct disk *disk) { disk_now = disk; }

void disk_break(struct disk *disk, struct disk_faults faults) { disk->faults = faults; }

size_t disk_ops(const struct disk *disk) { return disk->op_count; }

size_t disk_syncs(const struct disk *disk) { return disk->syncs; }

size_t disk_writes(const struct disk *disk) { return disk->writes; }

size_t disk_size(const struct disk *disk)
{
    size_t size = 0;
    for (int i = 0; i < FILES; i++)
        size += disk->files[i].bytes.size;
    return size;
}

static void note(struct op op, const void *data)
{
    struct disk *disk = disk_now;
    if (disk->op_count == disk->op_room) {
        disk->op_room = disk->op_room ? 2 * disk->op_room : 256;
        disk->ops = mem_grow(disk->ops, disk->op_room * sizeof *disk->ops);
    }
    if (data)
        op.data = memcpy(mem_alloc(op.size), data, op.size);
    disk->ops[disk->op_count++] = op;
    apply(&disk->files[op.file], &op);
}

static int find(const char *name)
{
    int vacant = -1;
    for (int i = FILES - 1; i >= 0; i--) {
        if (strcmp(disk_now->names[i], name) == 0)
            return i;
        if (disk_now->names[i][0] == '\0')
            vacant = i;
    }
    if (vacant < 0)
        abort();
    snprintf(disk_now->names[vacant], sizeof disk_now->names[vacant], "%s", name);
    return vacant;
}

/* ---- losing power ---- */

struct disk_replay {
    const struct disk *disk;
    size_t done;
    struct image durable[FILES];
    const struct op **pending; /* written, not synced, in their order */
    size_t pending_count;
};

struct disk_replay *disk_replay_new(const struct disk *disk)
{
    struct disk_replay *replay = mem_alloc(sizeof *replay);
    replay->disk = disk;
    replay->pending = mem_alloc((disk->op_count + 1) * sizeof *replay->pending);
    return replay;
}

/* A sync makes all of a file durable. After a failed one the system takes the pages for clean, whatever became of them. */
static void settle(struct disk_replay *replay, const struct op *sync)
{
    size_t kept = 0;
    for (size_t i = 0; i < replay->pending_count; i++) {
        const struct op *op = replay->pending[i];
        if (op->file != sync->file)
            replay->pending[kept++] = op;
        else if (sync->kind == OP_SYNC || toss())
            apply(&replay->durable[op->file], op);
    }
    replay->pending_count = kept;
}

void disk_replay_to(struct disk_replay *replay, size_t n)
{
    for (; replay->done < n; replay->done++) {
        const struct op *op = &replay->disk->ops[replay->done];
        if (op->kind == OP_SYNC || op->kind == OP_SYNC_FAILED)
            settle(replay, op);
        else
            replay->pending[replay->pending_count++] = op;
    }
}

struct disk *disk_replay_crash(const struct disk_replay *replay, enum disk_left left)
{
    struct disk *disk = disk_new();
    memcpy(disk->names, replay->disk->names, sizeof disk->names);
    for (int i = 0; i < FILES; i++) {
        disk->files[i].exists = replay->durable[i].exists;
        buf_add(&disk->files[i].bytes, buf_str(&replay->durable[i].bytes), replay->durable[i].bytes.size);
    }
    for (size_t i = 0; i < replay->pending_count; i++) {
        const struct op *op = replay->pending[i];
        if (left == DISK_TORN)
            apply_torn(&disk->files[op->file], op);
        else if (left == DISK_EVERYTHING || (left == DISK_SOME && toss()))
            apply(&disk->files[op->file], op);
    }
    return disk;
}

void disk_replay_free(struct disk_replay *replay)
{
    for (int i = 0; i < FILES; i++)
        buf_free(&replay->durable[i].bytes);
    free(replay->pending);
    free(replay);
}

/* ---- as SQLite sees it ---- */

struct opened {
    sqlite3_file base;
    int file;
};

static struct image *image_of(sqlite3_file *file) { return &disk_now->files[((struct opened *)file)->file]; }

static int on_close(sqlite3_file *file)
{
    (void)file;
    return SQLITE_OK;
}

static int on_read(sqlite3_file *file, void *out, int size, sqlite3_int64 offset)
{
    const struct buf *bytes = &image_of(file)->bytes;
    size_t from = (size_t)offset, wanted = (size_t)size;
    size_t there = from < bytes->size ? bytes->size - from : 0;
    size_t got = there < wanted ? there : wanted;
    if (got)
        memcpy(out, bytes->data + from, got);
    memset((char *)out + got, 0, wanted - got);
    return got == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static bool is_turn(size_t *count) { return *count > 0 && --*count == 0; }

static int on_write(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
    struct disk_faults *faults = &disk_now->faults;
    size_t end = (size_t)offset + (size_t)size;
    size_t before = image_of(file)->bytes.size;
    disk_now->writes++;
    if (is_turn(&faults->fail_write))
        return SQLITE_IOERR_WRITE;
    if (faults->capacity && end > before && disk_size(disk_now) + end - before > faults->capacity)
        return SQLITE_FULL;
    note((struct op){.kind = OP_WRITE, .file = ((struct opened *)file)->file, .offset = (size_t)offset, .size = (size_t)size}, data);
    return SQLITE_OK;
}

static int on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    note((struct op){.kind = OP_TRUNCATE, .file = ((struct opened *)file)->file, .size = (size_t)size}, NULL);
    return SQLITE_OK;
}

static int on_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    bool fails = is_turn(&disk_now->faults.fail_sync);
    disk_now->syncs++;
    note((struct op){.kind = fails ? OP_SYNC_FAILED : OP_SYNC, .file = ((struct opened *)file)->file}, NULL);
    return fails ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int on_size(sqlite3_file *file, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)image_of(file)->bytes.size;
    return SQLITE_OK;
}

static int on_lock(sqlite3_file *file, int level)
{
    (void)file, (void)level;
    return SQLITE_OK; /* one process, one connection: the product's own lock file sees to it */
}

static int on_reserved(sqlite3_file *file, int *out)
{
    (void)file;
    *out = 0;
    return SQLITE_OK;
}

static int on_control(sqlite3_file *file, int op, void *argument)
{
    (void)file, (void)op, (void)argument;
    return SQLITE_NOTFOUND;
}

static int on_sector(sqlite3_file *file)
{
    (void)file;
    return 4096;
}

static int on_abilities(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE; /* as SQLite takes every Unix disk */
}

static const sqlite3_io_methods methods = {
    .iVersion = 1, .xClose = on_close, .xRead = on_read, .xWrite = on_write, .xTruncate = on_truncate, .xSync = on_sync,
    .xFileSize = on_size, .xLock = on_lock, .xUnlock = on_lock, .xCheckReservedLock = on_reserved, .xFileControl = on_control,
    .xSectorSize = on_sector, .xDeviceCharacteristics = on_abilities,
};

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_out)
{
    (void)vfs;
    struct opened *opened = (struct opened *)file;
    *opened = (struct opened){.base = {.pMethods = &methods}, .file = find(name ? name : "temporary")};
    if (!(flags & SQLITE_OPEN_CREATE) && !image_of(file)->exists) {
        opened->base.pMethods = NULL;
        return SQLITE_CANTOPEN;
    }
    image_of(file)->exists = true;
    if (flags_out)
        *flags_out = flags;
    return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    int file = find(name);
    if (!disk_now->files[file].exists)
        return SQLITE_IOERR_DELETE_NOENT;
    note((struct op){.kind = OP_DELETE, .file = file}, NULL);
    if (sync_folder)
        note((struct op){.kind = OP_SYNC, .file = file}, NULL);
    return SQLITE_OK;
}

static int on_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    (void)vfs, (void)flags;
    *out = disk_now->files[find(name)].exists;
    return SQLITE_OK;
}

static int on_full_path(sqlite3_vfs *vfs, const char *name, int room, char *out)
{
    (void)vfs;
    snprintf(out, (size_t)room, "%s", name);
    return SQLITE_OK;
}

void disk_install(void)
{
    static sqlite3_vfs vfs;
    vfs = *sqlite3_vfs_find(NULL); /* time, sleep and chance stay the system's */
    vfs.szOsFile = sizeof(struct opened);
    vfs.zName = "disk";
    vfs.xOpen = on_open;
    vfs.xDelete = on_delete;
    vfs.xAccess = on_access;
    vfs.xFullPathname = on_full_path;
    sqlite3_vfs_register(&vfs, 1);
}
