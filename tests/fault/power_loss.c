/* SPDX-License-Identifier: MPL-2.0
 * A town's database on a disk that loses power at every operation, is full, or fails: what was committed is there, whole, and what
 * was not is not. power_loss [IMAGES] [SEED]: at least so many crash images; the seed makes them again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "disk.h"
#include "flow/flow.h"
#include "store/db.h"
#include "store/migrate.h"

enum { BATCHES = 60, EVENTS = 3, MIGRATE_AT = 20, VACUUM_AT = 40, CHECKPOINT_EVERY = 8, GO_ON_EVERY = 10 };

static const char *const ledger_sql[] = {
    "CREATE TABLE ledger(n INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    "ALTER TABLE ledger ADD COLUMN late TEXT NOT NULL DEFAULT ''; CREATE INDEX ledger_late ON ledger(late, n)",
};

/* What the world was told: after which operation of the disk so many events were acknowledged. */
struct ledger {
    int begun, acked; /* batches */
    size_t acked_at[BATCHES + 1];
};

struct habit {
    bool sync_off, ack_early; /* the broken builds that must be caught */
};

static char folder[64];

/* ---- the work ---- */

static bool add_event(struct db *db, int n)
{
    static char text[4096];
    size_t size = (size_t)(n * 397 % 3000);
    memset(text, 'x', sizeof text);
    text[size] = '\0';
    db_save(db);
    db_run(db, "INSERT INTO ledger(n, text) VALUES (?, ?)", "is", (int64_t)n, text);
    bool kept = !db_failed(db);
    db_keep(db);
    db_save(db); /* an event that fails is undone, the others of its batch are not */
    db_run(db, "INSERT INTO ledger(n, text) VALUES (?, NULL)", "i", (int64_t)-n);
    db_undo(db);
    return kept && !db_failed(db);
}

static bool run_batch(struct db *db, int batch)
{
    if (!db_begin(db))
        return false;
    bool good = true;
    for (int i = 0; i < EVENTS && good; i++)
        good = add_event(db, batch * EVENTS + i + 1);
    return db_commit(db) && good;
}

static bool housekeep(struct db *db, int batch)
{
    struct fail fail;
    if (batch == MIGRATE_AT && !migrate(db, "viche.ledger", ledger_sql, 2, &fail))
        return false;
    if (batch == VACUUM_AT && !db_run(db, "VACUUM", ""))
        return false;
    if (batch % (2 * CHECKPOINT_EVERY) == 0)
        db_empty_log(db);
    else if (batch % CHECKPOINT_EVERY == 0)
        db_checkpoint(db);
    return !db_failed(db);
}

static void note_ack(struct ledger *ledger, struct disk *disk, int batch)
{
    ledger->acked = batch + 1;
    ledger->acked_at[batch + 1] = disk_ops(disk);
}

/* Goes on where the ledger stands; stops at the first failure. */
static bool work(struct db *db, struct disk *disk, struct ledger *ledger, struct habit habit)
{
    while (ledger->acked < BATCHES) {
        int batch = ledger->acked;
        ledger->begun = batch + 1;
        if (habit.ack_early)
            note_ack(ledger, disk, batch);
        if (!run_batch(db, batch))
            return false;
        if (!habit.ack_early)
            note_ack(ledger, disk, batch);
        if (!housekeep(db, batch))
            return false;
    }
    return true;
}

static struct db *open_town(struct habit habit, size_t migrations)
{
    struct fail fail = {0};
    struct db *db = db_open(folder, &fail);
    bool good = db && (!habit.sync_off || db_run(db, "PRAGMA synchronous=OFF", "")) && flow_migrate(db, &fail) &&
                migrate(db, "viche.ledger", ledger_sql, migrations, &fail);
    if (!good && db) {
        db_close(db);
        db = NULL;
    }
    return db;
}

/* ---- the check ---- */

struct verdict {
    size_t images, unreadable, damaged, lost, halved, stuck;
};

static size_t faults_of(const struct verdict *verdict)
{
    return verdict->unreadable + verdict->damaged + verdict->lost + verdict->halved + verdict->stuck;
}

/* Every batch up to the last is there whole, and nothing else. */
static bool is_whole(struct db *db, int64_t rows)
{
    return rows % EVENTS == 0 &&
           db_number(db, "SELECT coalesce(sum(n), 0) FROM ledger WHERE length(text) = n * 397 % 3000", "") == rows * (rows + 1) / 2;
}

static void check(struct disk *disk, int acked, struct verdict *verdict)
{
    static const struct habit none;
    struct fail fail = {0};
    disk_use(disk);
    verdict->images++;
    struct db *db = db_open(folder, &fail);
    if (!db) {
        verdict->unreadable++;
        return;
    }
    if (!db_check(db, &fail))
        verdict->damaged++;
    bool has_ledger = db_number(db, "SELECT count(*) FROM sqlite_master WHERE name = 'ledger'", "") == 1;
    int64_t rows = has_ledger ? db_number(db, "SELECT count(*) FROM ledger", "") : 0;
    if (rows < (int64_t)acked * EVENTS)
        verdict->lost++;
    if (has_ledger && !is_whole(db, rows))
        verdict->halved++;
    db_close(db);
    if (verdict->images % GO_ON_EVERY != 0)
        return;
    db = open_town(none, 2); /* and it goes on from here */
    bool goes_on = db && db_begin(db) && add_event(db, (int)rows + 1) && db_commit(db);
    if (!goes_on)
        verdict->stuck++;
    db_close(db);
}

static int acked_by(const struct ledger *ledger, size_t op)
{
    int acked = 0;
    while (acked < ledger->acked && ledger->acked_at[acked + 1] <= op)
        acked++;
    return acked;
}

/* ---- power loss ---- */

static void lose_power_everywhere(const struct disk *disk, const struct ledger *ledger, size_t images, struct verdict *verdict)
{
    size_t ops = disk_ops(disk);
    size_t chances = images / ops / 2; /* of each kind that chance has a part in, after each operation */
    struct disk_replay *replay = disk_replay_new(disk);
    for (size_t op = 0; op <= ops; op++) {
        disk_replay_to(replay, op);
        for (size_t i = 0; i < 2 + 2 * chances; i++) {
            enum disk_left left = i == 0 ? DISK_NOTHING : i == 1 ? DISK_EVERYTHING : i % 2 ? DISK_TORN : DISK_SOME;
            struct disk *crashed = disk_replay_crash(replay, left);
            check(crashed, acked_by(ledger, op), verdict);
            disk_free(crashed);
        }
        if (faults_of(verdict) > 0 && verdict->images > images)
            break;
    }
    disk_replay_free(replay);
}

static bool report(const char *what, const struct verdict *verdict, bool must_fail)
{
    bool good = (faults_of(verdict) > 0) == must_fail;
    printf("%-34s %6zu images: %zu unreadable, %zu damaged, %zu lost, %zu halved, %zu stuck%s\n", what, verdict->images,
           verdict->unreadable, verdict->damaged, verdict->lost, verdict->halved, verdict->stuck, good ? "" : "  FAILED");
    return good;
}

static bool lose_power(const char *what, struct habit habit, size_t images, bool must_fail)
{
    struct ledger ledger = {0};
    struct verdict verdict = {0};
    struct disk *disk = disk_new();
    disk_use(disk);
    struct db *db = open_town(habit, 1);
    bool worked = db && work(db, disk, &ledger, habit);
    db_close(db);
    if (worked)
        lose_power_everywhere(disk, &ledger, images, &verdict);
    disk_free(disk);
    return report(what, &verdict, must_fail) && worked;
}

/* ---- a disk that fails ---- */

/* The n-th sync fails: the town stops at once, and nothing that was acknowledged is lost, whatever the disk kept. */
static bool fail_sync(size_t n, struct verdict *verdict, bool *reached)
{
    static const struct habit none;
    struct ledger ledger = {0};
    struct disk *disk = disk_new();
    disk_use(disk);
    disk_break(disk, (struct disk_faults){.fail_sync = n});
    struct db *db = open_town(none, 1);
    bool worked = db && work(db, disk, &ledger, none);
    *reached = disk_syncs(disk) >= n;
    bool stopped = !*reached || !db || (!worked && db_fatal(db) && !db_begin(db));
    if (!stopped)
        verdict->stuck++;
    db_close(db);
    struct disk_replay *replay = disk_replay_new(disk);
    disk_replay_to(replay, disk_ops(disk));
    for (enum disk_left left = DISK_NOTHING; left <= DISK_TORN; left++) {
        struct disk *crashed = disk_replay_crash(replay, left);
        check(crashed, ledger.acked, verdict);
        disk_free(crashed);
    }
    disk_replay_free(replay);
    disk_free(disk);
    return stopped;
}

static bool fail_every_sync(void)
{
    struct verdict verdict = {0};
    bool reached = true;
    for (size_t n = 1; reached; n++)
        fail_sync(n, &verdict, &reached);
    return report("a sync fails, each in turn", &verdict, false);
}

/* Something fails until it is mended: the same process goes on with the very batch that failed. */
static void mend_and_go_on(struct disk_faults faults, struct verdict *verdict)
{
    static const struct habit none;
    struct ledger ledger = {0};
    struct disk *disk = disk_new();
    disk_use(disk);
    disk_break(disk, faults);
    struct db *db = open_town(none, 1);
    bool worked = db && work(db, disk, &ledger, none);
    bool told = worked || !db || faults.capacity == 0 || db_full(db);
    bool readable = !db || db_number(db, "SELECT count(*) FROM ledger", "") >= (int64_t)ledger.acked * EVENTS;
    disk_break(disk, (struct disk_faults){0});
    db = db ? db : open_town(none, 1);
    if (!told || !readable || !db || db_fatal(db) || (!worked && !work(db, disk, &ledger, none)))
        verdict->stuck++;
    db_close(db);
    check(disk, BATCHES, verdict);
    disk_free(disk);
}

static struct disk *whole_run(void)
{
    static const struct habit none;
    struct ledger ledger = {0};
    struct disk *disk = disk_new();
    disk_use(disk);
    struct db *db = open_town(none, 1);
    if (!db || !work(db, disk, &ledger, none))
        abort();
    db_close(db);
    return disk;
}

static bool fill_and_fail(void)
{
    struct disk *disk = whole_run();
    size_t writes = disk_writes(disk);
    size_t largest = 2 * disk_size(disk);
    disk_free(disk);
    struct verdict full = {0}, write = {0};
    for (size_t capacity = 4096; capacity < largest; capacity += 5 * 4096 + 512)
        mend_and_go_on((struct disk_faults){.capacity = capacity}, &full);
    for (size_t n = 1; n <= writes; n += 3)
        mend_and_go_on((struct disk_faults){.fail_write = n}, &write);
    bool full_ok = report("the disk is full, then has room", &full, false);
    bool write_ok = report("a write fails, then goes well", &write, false);
    return full_ok && write_ok;
}

int main(int count, char **args)
{
    size_t images = count > 1 ? strtoul(args[1], NULL, 10) : 20000;
    uint64_t seed = count > 2 ? strtoull(args[2], NULL, 10) : (uint64_t)getpid();
    snprintf(folder, sizeof folder, "/tmp/viche-power-XXXXXX");
    if (!mkdtemp(folder))
        return 2;
    disk_install();
    disk_seed(seed);
    printf("seed %llu\n", (unsigned long long)seed);
    bool good = lose_power("power loss", (struct habit){0}, images, false);
    good &= lose_power("control: synchronous=OFF", (struct habit){.sync_off = true}, images / 20, true);
    good &= lose_power("control: acknowledged too early", (struct habit){.ack_early = true}, images / 20, true);
    good &= fail_every_sync();
    good &= fill_and_fail();
    char lock[80];
    snprintf(lock, sizeof lock, "%s/lock", folder);
    unlink(lock);
    rmdir(folder);
    return good ? 0 : 1;
}
