/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/limit.h"

#include <stdlib.h>
#include <sys/statvfs.h>

#include "base/clock.h"
#include "flow/outbox.h"

enum { BOOK_CHATS = 1024, BOOK_PROBES = 8, MINUTE_MS = 60 * 1000, LOOK_MS = 1000 };

struct entry {
    uint64_t chat;
    int64_t since_ms, count;
    bool told;
};

struct limit_book {
    struct entry entries[BOOK_CHATS];
    int64_t looked_ms; /* at disk and outbox */
    enum limit town;
};

struct limit_book *limit_open(void) { return mem_alloc(sizeof(struct limit_book)); }

void limit_close(struct limit_book *book) { free(book); }

/* The chat's entry, or one that has grown old; NULL in a crowd: then nobody is refused. */
static struct entry *entry_of(struct limit_book *book, uint64_t chat, int64_t now_ms)
{
    struct entry *free_one = NULL;
    for (size_t i = 0; i < BOOK_PROBES; i++) {
        struct entry *entry = &book->entries[(chat + i) % BOOK_CHATS];
        bool old = now_ms - entry->since_ms >= MINUTE_MS;
        if (entry->chat == chat && !old)
            return entry;
        if (old && (!free_one || entry->chat == chat))
            free_one = entry;
    }
    if (free_one)
        *free_one = (struct entry){.chat = chat, .since_ms = now_ms};
    return free_one;
}

static enum limit look_at_town(const struct flow *flow)
{
    const struct host_limits *limits = &flow->town->host->limits;
    struct statvfs disk;
    if (statvfs(flow->town->folder, &disk) == 0 &&
        (uint64_t)disk.f_bavail * disk.f_frsize < (uint64_t)limits->disk_free_mb * 1024 * 1024)
        return LIMIT_DISK;
    if (outbox_backlog(flow) > limits->outbox_rows)
        return LIMIT_OUTBOX;
    return LIMIT_FINE;
}

enum limit limit_event(struct flow *flow, uint64_t chat)
{
    struct limit_book *book = flow->limits;
    int64_t now_ms = clock_mono_ms();
    if (now_ms - book->looked_ms >= LOOK_MS) {
        book->looked_ms = now_ms;
        book->town = look_at_town(flow);
    }
    if (book->town != LIMIT_FINE)
        return book->town;
    struct entry *entry = entry_of(book, chat, now_ms);
    if (entry && entry->count >= flow->town->host->limits.messages_minute)
        return LIMIT_CHAT;
    if (entry)
        entry->count++;
    return LIMIT_FINE;
}

bool limit_tell(struct flow *flow, uint64_t chat)
{
    struct entry *entry = entry_of(flow->limits, chat, clock_mono_ms());
    bool tell = entry && !entry->told;
    if (tell)
        entry->told = true;
    return tell;
}
