/* SPDX-License-Identifier: MPL-2.0 */
#include "supervisor/watch.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

enum {
    LOOK_MS = 100,        /* often enough to notice that something has begun before its deadline comes */
    SILENCE_MS = 10 * 1000
};

enum { DOWN, STARTING, SERVING, DRAINING };

const char *watch_late(const struct page_worker *worker, int64_t now_ms)
{
    int64_t deadline_ms = atomic_load(&worker->deadline_ms);
    int64_t beat_ms = atomic_load(&worker->beat_ms);
    if (deadline_ms && now_ms > deadline_ms)
        return "a handler ran too long";
    if (!deadline_ms && atomic_load(&worker->state) >= SERVING && beat_ms && now_ms - beat_ms > SILENCE_MS)
        return "its loop stands still";
    return NULL;
}

int64_t watch_next_ms(const struct page_worker *worker, int64_t now_ms)
{
    int64_t deadline_ms = atomic_load(&worker->deadline_ms);
    return deadline_ms && deadline_ms < now_ms + LOOK_MS ? deadline_ms + 1 : now_ms + LOOK_MS;
}

/* How often this plugin has crashed in this town lately, this time included. */
static unsigned remember(struct watch *watch, const char *town, const char *plugin, int64_t now_ms)
{
    struct watch_crash *crash = &watch->crashes[watch->next++ % WATCH_CRASHES];
    snprintf(crash->town, sizeof crash->town, "%s", town);
    snprintf(crash->plugin, sizeof crash->plugin, "%s", plugin);
    crash->at_ms = now_ms;
    unsigned count = 0;
    for (size_t i = 0; i < WATCH_CRASHES; i++)
        count += watch->crashes[i].plugin[0] && now_ms - watch->crashes[i].at_ms < WATCH_OFF_MS &&
                 strcmp(watch->crashes[i].town, town) == 0 && strcmp(watch->crashes[i].plugin, plugin) == 0;
    return count;
}

static void accuse(struct watch *watch, struct page_worker *worker, bool by_itself, int64_t now_ms)
{
    char town[sizeof worker->town], plugin[sizeof worker->plugin];
    uint64_t event = atomic_load(&worker->event);
    snprintf(town, sizeof town, "%.*s", (int)sizeof town - 1, worker->town);
    snprintf(plugin, sizeof plugin, "%.*s", (int)sizeof plugin - 1, worker->plugin);
    if (event)
        page_accuse(watch->page, event);
    log_line(LOG_WARN, "watch", "worker crashed", "worker=%u town=%s plugin=%s event=%016llx crashes=%u",
             (unsigned)(worker - watch->page->workers), town, plugin, (unsigned long long)event,
             event ? page_crashes(watch->page, event) : 0);
    if (!by_itself || !plugin[0])
        return;
    if (remember(watch, town, plugin, now_ms) < WATCH_OFF_AFTER || page_is_off(watch->page, town, plugin))
        return;
    page_switch_off(watch->page, town, plugin);
    log_line(LOG_ALARM, "watch", "plugin switched off", "plugin=%s town=%s why=\"%d crashes in 10 minutes\" until=reload", plugin,
             town, WATCH_OFF_AFTER);
}

void watch_crashed(struct watch *watch, uint32_t worker, bool by_itself, int64_t now_ms)
{
    struct page_worker *line = &watch->page->workers[worker];
    atomic_fetch_add(&line->crashes, 1);
    accuse(watch, line, by_itself, now_ms);
    watch_ended(watch, worker);
}

void watch_ended(struct watch *watch, uint32_t worker)
{
    struct page_worker *line = &watch->page->workers[worker];
    atomic_store(&line->state, DOWN);
    atomic_store(&line->deadline_ms, 0);
    atomic_store(&line->beat_ms, 0);
    atomic_store(&line->event, 0);
    memset(line->town, 0, sizeof line->town);
    memset(line->plugin, 0, sizeof line->plugin);
}
