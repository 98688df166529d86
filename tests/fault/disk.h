/* SPDX-License-Identifier: MPL-2.0
 * A disk in memory, as SQLite's default VFS in this process, that notes everything done to it. It can lose power: then a sync is a
 * promise, and of what was written after it any part may have reached the disk, in any order. It can also be full, fail a write,
 * or fail a sync. */
#ifndef FAULT_DISK_H
#define FAULT_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct disk; /* the files as a program sees them, and the note of how they came to be */

void disk_install(void); /* once */
struct disk *disk_new(void);
void disk_free(struct disk *disk);
void disk_use(struct disk *disk); /* what SQLite reads and writes from now on */

/* Faults. */
struct disk_faults {
    size_t fail_sync, fail_write; /* the n-th from now, counted from 1; 0: none */
    size_t capacity;              /* bytes of all files; 0: no end */
};
void disk_break(struct disk *disk, struct disk_faults faults);

size_t disk_ops(const struct disk *disk); /* noted so far */
size_t disk_syncs(const struct disk *disk);
size_t disk_writes(const struct disk *disk);
size_t disk_size(const struct disk *disk); /* bytes of all files */

/* What is left when the power goes after the first n ops, for rising n. */
enum disk_left { DISK_NOTHING, DISK_EVERYTHING, DISK_SOME, DISK_TORN }; /* of what was not synced; TORN: in 512-byte parts */
struct disk_replay;
struct disk_replay *disk_replay_new(const struct disk *disk);
void disk_replay_to(struct disk_replay *replay, size_t n);
struct disk *disk_replay_crash(const struct disk_replay *replay, enum disk_left left);
void disk_replay_free(struct disk_replay *replay);

void disk_seed(uint64_t seed); /* of every chance here */

#endif
