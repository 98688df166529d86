/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/pulse.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"

enum { DOWN_MS = 60 * 1000, LOST_MS = 10 * 60 * 1000 };

struct pulse_book {
    struct page *page;
    struct page_channel **items;
    size_t count;
};

/* An entry of the page; where nobody watches (tests, `viche talk`), or the page is full, one of our own. */
static struct page_channel *add(struct pulse_book *book, const char *town, const char *channel)
{
    struct page_channel *entry = book->page ? page_channel(book->page, town, channel) : NULL;
    if (!entry) {
        entry = mem_alloc(sizeof *entry);
        strncpy(entry->channel, channel, sizeof entry->channel - 1);
    }
    book->items = mem_grow(book->items, (book->count + 1) * sizeof(struct page_channel *));
    book->items[book->count++] = entry;
    return entry;
}

struct pulse_book *pulse_open(struct page *page, const struct town *town)
{
    struct pulse_book *book = mem_alloc(sizeof *book);
    book->page = page;
    if (page)
        page_forget_channels(page, town->id);
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct viche_plugin *decl = town->plugins[i].plugin->decl;
        const struct viche_channel *channels = PLUGIN_ITEMS(struct viche_channel, decl->channels);
        for (uint32_t c = 0; c < decl->channels.count; c++) {
            struct page_channel *entry = add(book, town->id, channels[c].id);
            atomic_store(&entry->state, atomic_load(&entry->alarmed) ? PAGE_CHANNEL_DOWN : PAGE_CHANNEL_UP);
        }
    }
    return book;
}

void pulse_close(struct pulse_book *book)
{
    if (!book)
        return;
    for (size_t i = 0; i < book->count; i++)
        if (!page_owns_channel(book->page, book->items[i]))
            free(book->items[i]);
    free(book->items);
    free(book);
}

static struct page_channel *find(const struct pulse_book *book, const char *channel)
{
    for (size_t i = 0; i < book->count; i++)
        if (strcmp(book->items[i]->channel, channel) == 0)
            return book->items[i];
    return NULL;
}

static bool works(struct flow *flow, struct page_channel *entry)
{
    if (atomic_load(&entry->failing_ms) == 0)
        return false;
    bool was_down = atomic_exchange(&entry->alarmed, 0);
    if (was_down)
        log_line(LOG_NOTE, "pulse", "a channel works again", "town=%s channel=%s", flow->town->id, entry->channel);
    atomic_store(&entry->failing_ms, 0);
    atomic_store(&entry->state, PAGE_CHANNEL_UP);
    return was_down;
}

bool pulse_note(struct flow *flow, const char *channel, enum pulse pulse)
{
    struct page_channel *entry = find(flow->pulses, channel);
    if (!entry)
        return false;
    if (pulse == PULSE_FINE)
        return works(flow, entry);
    int64_t now_ms = clock_now_ms();
    if (atomic_load(&entry->failing_ms) == 0)
        atomic_store(&entry->failing_ms, now_ms);
    bool down = pulse == PULSE_REFUSED || now_ms - atomic_load(&entry->failing_ms) >= DOWN_MS;
    if (!down)
        return false;
    atomic_store(&entry->state, PAGE_CHANNEL_DOWN);
    if (atomic_exchange(&entry->alarmed, 1))
        return false;
    log_line(LOG_ALARM, "pulse", "a channel is down; what is queued waits", "town=%s channel=%s why=%s", flow->town->id,
             entry->channel, pulse == PULSE_REFUSED ? "the token is refused" : "no answer");
    return false;
}

bool pulse_down(const struct flow *flow, const char *channel)
{
    const struct page_channel *entry = find(flow->pulses, channel);
    return entry && atomic_load(&entry->state) == PAGE_CHANNEL_DOWN;
}

bool pulse_lost(const struct flow *flow, const char *channel)
{
    const struct page_channel *entry = find(flow->pulses, channel);
    return pulse_down(flow, channel) &&
           clock_now_ms() - atomic_load(&entry->failing_ms) >= LOST_MS;
}

void pulse_missing(struct flow *flow, const char *channel, int64_t oldest_at)
{
    struct page_channel *entry = find(flow->pulses, channel);
    if (!entry)
        entry = add(flow->pulses, flow->town->id, channel);
    atomic_store(&entry->state, PAGE_CHANNEL_MISSING);
    atomic_store(&entry->oldest_at, oldest_at);
}

void pulse_none_waits(struct flow *flow)
{
    for (size_t i = 0; i < flow->pulses->count; i++)
        if (atomic_load(&flow->pulses->items[i]->state) != PAGE_CHANNEL_MISSING)
            atomic_store(&flow->pulses->items[i]->oldest_at, 0);
}

void pulse_waits(struct flow *flow, const char *channel, int64_t at)
{
    struct page_channel *entry = find(flow->pulses, channel);
    int64_t oldest = entry ? atomic_load(&entry->oldest_at) : 0;
    if (entry && (oldest == 0 || at < oldest))
        atomic_store(&entry->oldest_at, at);
}
