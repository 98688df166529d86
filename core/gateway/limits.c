/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/limits.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "gateway/map.h"

enum {
    MINUTE_MS = 60 * 1000,
    HOUR_MS = 60 * MINUTE_MS,
    FAILURES_MINUTE = 30 /* enough for a town that has just changed its secret */
};

struct bucket {
    double left;
    int64_t at_ms; /* 0: never used, full */
};

struct address {
    struct bucket requests, chats, failures;
    int64_t open;
};

struct limits {
    const struct host_limits *config;
    struct map addresses;
};

struct limits *limits_open(const struct host_limits *config)
{
    struct limits *limits = mem_alloc(sizeof *limits);
    limits->config = config;
    return limits;
}

static struct address *address(struct limits *limits, const char *peer)
{
    struct address *found = map_get(&limits->addresses, peer);
    if (!found) {
        found = mem_alloc(sizeof *found);
        map_put(&limits->addresses, peer, found);
    }
    return found;
}

static void refill(struct bucket *bucket, int64_t most, int64_t period_ms, int64_t now_ms)
{
    double more = bucket->at_ms ? (double)(now_ms - bucket->at_ms) * (double)most / (double)period_ms : (double)most;
    bucket->left = bucket->left + more > (double)most ? (double)most : bucket->left + more;
    bucket->at_ms = now_ms;
}

static uint32_t take(struct bucket *bucket, int64_t most, int64_t period_ms)
{
    refill(bucket, most, period_ms, clock_mono_ms());
    if (bucket->left >= 1) {
        bucket->left -= 1;
        return 0;
    }
    double wait_ms = (1 - bucket->left) * (double)period_ms / (double)most;
    return (uint32_t)(wait_ms / 1000) + 1;
}

uint32_t limits_request(struct limits *limits, const char *peer)
{
    return take(&address(limits, peer)->requests, limits->config->requests_minute, MINUTE_MS);
}

void limits_give_back(struct limits *limits, const char *peer)
{
    struct bucket *bucket = &address(limits, peer)->requests;
    if (bucket->left + 1 <= (double)limits->config->requests_minute)
        bucket->left += 1;
}

uint32_t limits_chat(struct limits *limits, const char *peer)
{
    return take(&address(limits, peer)->chats, limits->config->chats_hour, HOUR_MS);
}

bool limits_believed(struct limits *limits, const char *peer)
{
    struct bucket *failures = &address(limits, peer)->failures;
    refill(failures, FAILURES_MINUTE, MINUTE_MS, clock_mono_ms());
    return failures->left >= 1;
}

void limits_failed(struct limits *limits, const char *peer) { take(&address(limits, peer)->failures, FAILURES_MINUTE, MINUTE_MS); }

bool limits_enter(struct limits *limits, const char *peer, bool messenger)
{
    struct address *found = address(limits, peer);
    if (found->open >= limits->config->connections_ip * (messenger ? LIMITS_MESSENGER_TIMES : 1))
        return false;
    found->open++;
    return true;
}

void limits_leave(struct limits *limits, const char *peer) { address(limits, peer)->open--; }

static bool is_full(struct bucket *bucket, int64_t most, int64_t period_ms, int64_t now_ms)
{
    if (bucket->at_ms)
        refill(bucket, most, period_ms, now_ms);
    return !bucket->at_ms || bucket->left >= (double)most;
}

static bool still_known(void *context, const char *peer, void *value)
{
    (void)peer;
    struct limits *limits = context;
    struct address *known = value;
    int64_t now_ms = clock_mono_ms();
    bool full = is_full(&known->requests, limits->config->requests_minute, MINUTE_MS, now_ms) &&
                is_full(&known->chats, limits->config->chats_hour, HOUR_MS, now_ms) &&
                is_full(&known->failures, FAILURES_MINUTE, MINUTE_MS, now_ms);
    if (known->open > 0 || !full)
        return true;
    free(known);
    return false;
}

void limits_sweep(struct limits *limits) { map_each(&limits->addresses, still_known, limits); }

static bool drop(void *context, const char *peer, void *value)
{
    (void)context, (void)peer;
    free(value);
    return false;
}

void limits_close(struct limits *limits)
{
    map_each(&limits->addresses, drop, NULL);
    map_free(&limits->addresses);
    free(limits);
}
