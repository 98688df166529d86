/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/pace.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "link/page.h"

enum { CHANNELS_MAX = 8, CHATS = 4096, PROBES = 8, SECOND_MS = 1000, ANSWER_MS = 60 * 1000, /* no answer takes longer */
       UNHEARD_MS = 2 * SECOND_MS /* what nobody answers is there after a second at the latest */ };

struct bucket {
    char channel[32];
    int64_t next_us;  /* when the next message may go, evenly */
    int64_t *free_ms; /* for each message of a second: when its place is free again */
    uint32_t places;
};

struct chat {
    uint64_t key;
    int64_t next_ms; /* when all that went has had its gap; runs ahead of the clock by a burst at most */
};

struct pace_book {
    struct bucket channels[CHANNELS_MAX];
    struct chat chats[CHATS];
};

struct pace_book *pace_open(void) { return mem_alloc(sizeof(struct pace_book)); }

void pace_close(struct pace_book *book)
{
    for (size_t i = 0; i < CHANNELS_MAX; i++)
        free(book->channels[i].free_ms);
    free(book);
}

static struct bucket *bucket_of(struct pace_book *book, const char *channel)
{
    struct bucket *bucket = book->channels;
    while (bucket < book->channels + CHANNELS_MAX - 1 && bucket->channel[0] && strcmp(bucket->channel, channel) != 0)
        bucket++;
    if (!bucket->channel[0])
        strncpy(bucket->channel, channel, sizeof bucket->channel - 1);
    return bucket;
}

/* The chat's entry, or one whose gap is over; NULL in a crowd: then only the channel's pace holds. */
static struct chat *chat_of(struct pace_book *book, uint64_t key, int64_t now_ms)
{
    struct chat *free_one = NULL;
    for (size_t i = 0; i < PROBES; i++) {
        struct chat *chat = &book->chats[(key + i) % CHATS];
        if (chat->key == key)
            return chat;
        if (!free_one && chat->next_ms <= now_ms)
            free_one = chat;
    }
    if (free_one)
        *free_one = (struct chat){.key = key};
    return free_one;
}

static int64_t *soonest_place(struct bucket *bucket, uint32_t per_second)
{
    if (!bucket->places) {
        bucket->free_ms = mem_alloc(per_second * sizeof *bucket->free_ms);
        bucket->places = per_second;
    }
    int64_t *soonest = bucket->free_ms;
    for (uint32_t i = 1; i < bucket->places; i++)
        if (bucket->free_ms[i] < *soonest)
            soonest = &bucket->free_ms[i];
    return soonest;
}

static int64_t later(int64_t a, int64_t b) { return a > b ? a : b; }

int64_t pace_take(struct pace_book *book, const char *channel, const char *address, const struct viche_pace *pace, int64_t now_ms)
{
    struct bucket *bucket = bucket_of(book, channel);
    struct chat *chat = pace->gap_ms ? chat_of(book, page_event("", channel, address), now_ms) : NULL;
    int64_t *place = pace->per_second ? soonest_place(bucket, pace->per_second) : NULL;
    int64_t may_ms = place ? later(*place, (bucket->next_us + 999) / 1000) : now_ms;
    if (chat)
        may_ms = later(may_ms, chat->next_ms - (int64_t)(pace->burst ? pace->burst - 1 : 0) * pace->gap_ms);
    if (may_ms > now_ms)
        return may_ms;
    if (chat)
        chat->next_ms = later(chat->next_ms, now_ms) + pace->gap_ms;
    if (place) {
        /* A late wake-up is made good by one message at most. */
        int64_t step_us = 1000000 / pace->per_second;
        bucket->next_us = later(bucket->next_us, now_ms * 1000 - step_us) + step_us;
        *place = now_ms + ANSWER_MS;
    }
    return now_ms;
}

/* One of the places whose answer is still to come. */
static void free_place(struct pace_book *book, const char *channel, int64_t free_ms)
{
    struct bucket *bucket = bucket_of(book, channel);
    uint32_t last = 0;
    for (uint32_t i = 1; i < bucket->places; i++)
        if (bucket->free_ms[i] > bucket->free_ms[last])
            last = i;
    if (bucket->places && bucket->free_ms[last] > free_ms)
        bucket->free_ms[last] = free_ms;
}

void pace_done(struct pace_book *book, const char *channel)
{
    free_place(book, channel, clock_now_ms() + SECOND_MS + 1); /* the clock cuts off what is less than one */
}

void pace_unheard(struct pace_book *book, const char *channel) { free_place(book, channel, clock_now_ms() + UNHEARD_MS); }
