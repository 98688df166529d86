/* SPDX-License-Identifier: MPL-2.0
 * How the host is: for monitors, not for citizens. /metrics names towns' plugins and counts, so it is only told to who asks
 * directly from a private network or over the control socket, never through a proxy. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "gateway/gateway_inner.h"
#include "gateway/peer.h"

static const struct pair plain[] = {
    {"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}, {NULL, NULL}};

static void answer_ready(const struct gateway *gateway, struct exchange *exchange)
{
    struct crew_counts counts = crew_counts(gateway->crew);
    bool ready = counts.towns_ready == counts.towns && !gateway->stopping_ms;
    struct buf body = {0};
    buf_print(&body, "%s: %zu of %zu towns served\n", ready ? "ready" : "not ready", counts.towns_ready, counts.towns);
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
    exchange_answer(exchange, 200, plain, out.data, out.size);
    buf_free(&out);
}

static bool may_see_metrics(const struct exchange *exchange)
{
    return exchange->admin || (!exchange->proxied && peer_text_is_private(exchange->peer));
}

bool health_answer(const struct gateway *gateway, struct exchange *exchange)
{
    const char *path = exchange->target->path;
    if (text_is(path, "/healthz"))
        exchange_answer(exchange, 200, plain, "ok\n", 3);
    else if (text_is(path, "/readyz"))
        answer_ready(gateway, exchange);
    else if (text_is(path, "/metrics") && may_see_metrics(exchange))
        answer_metrics(gateway, exchange);
    else
        return false;
    return true;
}
