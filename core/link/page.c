/* SPDX-License-Identifier: MPL-2.0 */
#include "link/page.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int page_make(struct page **out)
{
    int fd = memfd_create("viche-page", 0); /* no CLOEXEC: gateway and workers inherit it */
    if (fd < 0)
        return -1;
    struct page *page = ftruncate(fd, sizeof *page) == 0 ? page_map(fd) : NULL;
    if (!page) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    randombytes_buf(page->log_key, sizeof page->log_key);
    *out = page;
    return fd;
}

struct page *page_map(int fd)
{
    void *at = mmap(NULL, sizeof(struct page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return at == MAP_FAILED ? NULL : at;
}

uint64_t page_event(const char *town, const char *channel, const char *origin)
{
    const char *const parts[] = {town, channel, origin};
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES_MIN);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) /* with the NUL: "a","bc" is not "ab","c" */
        crypto_generichash_update(&state, (const unsigned char *)parts[i], strlen(parts[i]) + 1);
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash_final(&state, hash, sizeof hash);
    uint64_t event = 0;
    memcpy(&event, hash, sizeof event);
    return event ? event : 1;
}

uint32_t page_crashes(const struct page *page, uint64_t event)
{
    uint32_t accused = atomic_load(&page->suspect_next); /* mostly nobody ever was */
    for (size_t i = 0; i < PAGE_SUSPECTS && i < accused; i++)
        if (atomic_load(&page->suspects[i].event) == event)
            return atomic_load(&page->suspects[i].crashes);
    return 0;
}

void page_accuse(struct page *page, uint64_t event)
{
    for (size_t i = 0; i < PAGE_SUSPECTS; i++) {
        if (atomic_load(&page->suspects[i].event) != event)
            continue;
        atomic_fetch_add(&page->suspects[i].crashes, 1);
        return;
    }
    struct page_suspect *oldest = &page->suspects[atomic_fetch_add(&page->suspect_next, 1) % PAGE_SUSPECTS];
    atomic_store(&oldest->event, 0); /* a reader never pairs the new event with the old count */
    atomic_store(&oldest->crashes, 1);
    atomic_store(&oldest->event, event);
}

int page_switch_off(struct page *page, const char *town, const char *plugin)
{
    if (page_is_off(page, town, plugin))
        return 1;
    uint32_t count = atomic_load(&page->off_count);
    if (count == PAGE_OFF)
        return 0;
    struct page_off *off = &page->off[count];
    snprintf(off->town, sizeof off->town, "%s", town);
    snprintf(off->plugin, sizeof off->plugin, "%s", plugin);
    atomic_store(&page->off_count, count + 1); /* last: a reader sees whole entries only */
    return 1;
}

int page_is_off(const struct page *page, const char *town, const char *plugin)
{
    uint32_t count = atomic_load(&page->off_count);
    for (uint32_t i = 0; i < count && i < PAGE_OFF; i++)
        if (strcmp(page->off[i].town, town) == 0 && strcmp(page->off[i].plugin, plugin) == 0)
            return 1;
    return 0;
}

static uint32_t channel_count(const struct page *page)
{
    uint32_t count = atomic_load(&page->channel_count);
    return count < PAGE_CHANNELS ? count : PAGE_CHANNELS;
}

struct page_channel *page_channel(struct page *page, const char *town, const char *channel)
{
    for (uint32_t i = 0; i < channel_count(page); i++)
        if (strcmp(page->channels[i].town, town) == 0 && strcmp(page->channels[i].channel, channel) == 0)
            return &page->channels[i];
    uint32_t next = atomic_fetch_add(&page->channel_count, 1);
    if (next >= PAGE_CHANNELS)
        return NULL;
    struct page_channel *entry = &page->channels[next]; /* its state is still FREE: no reader looks at half a name */
    snprintf(entry->town, sizeof entry->town, "%s", town);
    snprintf(entry->channel, sizeof entry->channel, "%s", channel);
    return entry;
}

void page_forget_channels(struct page *page, const char *town)
{
    for (uint32_t i = 0; i < channel_count(page); i++) {
        struct page_channel *entry = &page->channels[i];
        if (strcmp(entry->town, town) != 0)
            continue;
        atomic_store(&entry->state, PAGE_CHANNEL_FREE);
        atomic_store(&entry->oldest_at, 0);
    }
}

int page_owns_channel(const struct page *page, const struct page_channel *entry)
{
    return page && entry >= page->channels && entry < page->channels + PAGE_CHANNELS;
}
