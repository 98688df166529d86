/* SPDX-License-Identifier: MPL-2.0
 * How the host is: for monitors, not for citizens. /metrics names towns' plugins and counts, so it is only told to who asks
 * directly from a private network or over the control socket, never through a proxy. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "gateway/gateway_inner.h"
#include "gateway/peer.h"

static const struct pair plain[] = {
    {"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}, {NULL, NULL}};

static bool may_see_towns(const struct exchange *exchange)
{
    return exchange->admin || (!exchange->proxied && peer_text_is_private(exchange->peer));
}

/* The next entry of the page that says something, after `entry`; NULL: the first. */
static const struct page_channel *next_channel(const struct page *page, const struct page_channel *entry)
{
    uint32_t count = atomic_load(&page->channel_count);
    const struct page_channel *end = page->channels + (count < PAGE_CHANNELS ? count : PAGE_CHANNELS);
    for (entry = entry ? entry + 1 : page->channels; entry < end; entry++)
        if (atomic_load(&entry->state) != PAGE_CHANNEL_FREE)
            return entry;
    return NULL;
}

static int64_t waits_s(const struct page_channel *entry)
{
    int64_t oldest_at = atomic_load(&entry->oldest_at);
    return oldest_at ? clock_now() - oldest_at : 0;
}

/* A lost channel is no reason to take the host for not ready: the town goes on in the others. */
static void write_lost(struct buf *out, const struct page *page)
{
    for (const struct page_channel *entry = next_channel(page, NULL); entry; entry = next_channel(page, entry)) {
        uint32_t state = atomic_load(&entry->state);
        int64_t failing_ms = atomic_load(&entry->failing_ms);
        if (state == PAGE_CHANNEL_DOWN)
            buf_print(out, "%s: channel %s is down for %lld s; the oldest message waits %lld s\n", entry->town, entry->channel,
                      (long long)(clock_now_ms() - failing_ms) / 1000, (long long)waits_s(entry));
        else if (state == PAGE_CHANNEL_MISSING)
            buf_print(out, "%s: channel %s is not configured any more; the oldest message waits %lld s\n", entry->town,
                      entry->channel, (long long)waits_s(entry));
    }
}

static void answer_ready(const struct gateway *gateway, struct exchange *exchange)
{
    struct crew_counts counts = crew_counts(gateway->crew);
    bool ready = counts.towns_ready == counts.towns && !gateway->stopping_ms;
    struct buf body = {0};
    buf_print(&body, "%s: %zu of %zu towns served\n", ready ? "ready" : "not ready", counts.towns_ready, counts.towns);
    if (may_see_towns(exchange))
        write_lost(&body, gateway->args->page);
    exchange_answer(exchange, ready ? 200 : 503, plain, body.data, body.size);
    buf_free(&body);
}

/* ---- /metrics ---- */

static void metric(struct buf *out, const char *name, const char *type, const char *help, uint64_t value)
{
    buf_print(out, "# HELP viche_%s %s\n# TYPE viche_%s %s\nviche_%s %" PRIu64 "\n", name, help, name, type, name, value);
}

/* process: a pid, or "self". 0: it is not there. */
static uint64_t rss_bytes(const char *process)
{
    struct buf text = {0};
    char path[64];
    unsigned long pages = 0;
    snprintf(path, sizeof path, "/proc/%s/statm", process);
    if (buf_read_file(&text, path))
        sscanf(buf_str(&text), "%*u %lu", &pages);
    buf_free(&text);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void write_memory(struct buf *out, const struct gateway *gateway)
{
    buf_text(out, "# HELP viche_rss_bytes resident memory\n# TYPE viche_rss_bytes gauge\n");
    buf_print(out, "viche_rss_bytes{process=\"gateway\"} %" PRIu64 "\n", rss_bytes("self"));
    for (uint32_t i = 0; i < gateway->host.workers && i < PAGE_WORKERS; i++) {
        char pid[16];
        snprintf(pid, sizeof pid, "%d", (int)crew_pid(gateway->crew, i));
        buf_print(out, "viche_rss_bytes{process=\"worker-%u\"} %" PRIu64 "\n", i, rss_bytes(pid));
    }
}

enum worker_metric { TURNS, COMMITS, PARKED, CRASHES, STATE, WORKER_METRICS };

static const struct {
    const char *name, *type, *help;
} worker_metrics[WORKER_METRICS] = {
    [TURNS] = {"turns_total", "counter", "events handled"},
    [COMMITS] = {"commits_total", "counter", "transactions made durable"},
    [PARKED] = {"parked_total", "counter", "events set aside after crashing a worker twice"},
    [CRASHES] = {"crashes_total", "counter", "worker processes that died or hung"},
    [STATE] = {"worker_state", "gauge", "0 down, 1 starting, 2 serving, 3 draining"},
};

static uint64_t worker_value(const struct page_worker *worker, enum worker_metric which)
{
    switch (which) {
    case TURNS:
        return atomic_load(&worker->turns);
    case COMMITS:
        return atomic_load(&worker->commits);
    case PARKED:
        return atomic_load(&worker->parked);
    case CRASHES:
        return atomic_load(&worker->crashes);
    default:
        return atomic_load(&worker->state);
    }
}

static void write_workers(struct buf *out, const struct gateway *gateway)
{
    for (enum worker_metric which = 0; which < WORKER_METRICS; which++) {
        const char *name = worker_metrics[which].name;
        buf_print(out, "# HELP viche_%s %s\n# TYPE viche_%s %s\n", name, worker_metrics[which].help, name,
                  worker_metrics[which].type);
        for (int64_t i = 0; i < gateway->host.workers && i < PAGE_WORKERS; i++)
            buf_print(out, "viche_%s{worker=\"%d\"} %" PRIu64 "\n", name, (int)i,
                      worker_value(&gateway->args->page->workers[i], which));
    }
}

static void write_off(struct buf *out, const struct page *page)
{
    uint32_t count = atomic_load(&page->off_count);
    buf_text(out, "# HELP viche_plugin_off plugins switched off in a town because they kept crashing\n"
                  "# TYPE viche_plugin_off gauge\n");
    for (uint32_t i = 0; i < count && i < PAGE_OFF; i++)
        buf_print(out, "viche_plugin_off{town=\"%s\",plugin=\"%s\"} 1\n", page->off[i].town, page->off[i].plugin);
}

static void write_channels(struct buf *out, const struct page *page)
{
    buf_text(out, "# HELP viche_channel_up 1: the channel answers; 0: it is down, or not configured while messages wait\n"
                  "# TYPE viche_channel_up gauge\n");
    for (const struct page_channel *entry = next_channel(page, NULL); entry; entry = next_channel(page, entry))
        buf_print(out, "viche_channel_up{town=\"%s\",channel=\"%s\"} %d\n", entry->town, entry->channel,
                  atomic_load(&entry->state) == PAGE_CHANNEL_UP);
    buf_text(out, "# HELP viche_outbox_age_seconds how long the oldest message of the channel waits\n"
                  "# TYPE viche_outbox_age_seconds gauge\n");
    for (const struct page_channel *entry = next_channel(page, NULL); entry; entry = next_channel(page, entry))
        buf_print(out, "viche_outbox_age_seconds{town=\"%s\",channel=\"%s\"} %lld\n", entry->town, entry->channel,
                  (long long)waits_s(entry));
}

static void answer_metrics(const struct gateway *gateway, struct exchange *exchange)
{
    struct crew_counts counts = crew_counts(gateway->crew);
    struct buf out = {0};
    metric(&out, "requests_total", "counter", "HTTP requests of clients", gateway->requests);
    metric(&out, "requests_given_total", "counter", "requests handed to workers", counts.given);
    metric(&out, "requests_given_again_total", "counter", "of these, handed over again after a worker died", counts.given_again);
    metric(&out, "requests_held", "gauge", "requests not answered yet", counts.held);
    metric(&out, "connections", "gauge", "open client connections", serve_connections(gateway->clients));
    metric(&out, "streams", "gauge", "open event streams", push_count(gateway->push));
    metric(&out, "fetches_total", "counter", "requests made for plugins", fetch_total(gateway->fetch));
    metric(&out, "fetches", "gauge", "of these, not answered yet", fetch_count(gateway->fetch));
    metric(&out, "towns", "gauge", "towns configured", counts.towns);
    metric(&out, "towns_ready", "gauge", "towns that a worker serves", counts.towns_ready);
    write_memory(&out, gateway);
    write_workers(&out, gateway);
    write_off(&out, gateway->args->page);
    write_channels(&out, gateway->args->page);
    exchange_answer(exchange, 200, plain, out.data, out.size);
    buf_free(&out);
}

bool health_answer(const struct gateway *gateway, struct exchange *exchange)
{
    const char *path = exchange->target->path;
    if (text_is(path, "/healthz"))
        exchange_answer(exchange, 200, plain, "ok\n", 3);
    else if (text_is(path, "/readyz"))
        answer_ready(gateway, exchange);
    else if (text_is(path, "/metrics") && may_see_towns(exchange))
        answer_metrics(gateway, exchange);
    else
        return false;
    return true;
}
