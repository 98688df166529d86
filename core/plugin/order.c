/* SPDX-License-Identifier: MPL-2.0
 * The order in which a town's plugins start: whoever offers a service before whoever needs or likes it; otherwise as
 * they came. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "plugin/plugin.h"

enum state { NEW, OPEN, PLACED };

struct order {
    struct plugin **plugins;
    enum state *states;
    struct plugin **sorted;
    size_t count, sorted_count;
    struct buf *path; /* of the plugins being placed, for the words of a circle */
    struct fail *fail;
};

static bool offers(const struct plugin *plugin, const char *service)
{
    const struct viche_offer *list = PLUGIN_ITEMS(struct viche_offer, plugin->decl->offers);
    for (uint32_t i = 0; i < plugin->decl->offers.count; i++)
        if (text_is(list[i].id, service))
            return true;
    return false;
}

/* The index of who offers the service; `count` when nobody does. */
static size_t provider(const struct order *order, const char *service)
{
    size_t index = 0;
    while (index < order->count && !offers(order->plugins[index], service))
        index++;
    return index;
}

static bool place(struct order *order, size_t index);

/* Places those who offer the services of the list; `must`: all of them have to be there. */
static bool place_before(struct order *order, const struct plugin *plugin, const char *services, bool must)
{
    size_t length = 0;
    for (const char *word = text_word(&services, &length); word; word = text_word(&services, &length)) {
        char service[128];
        size_t fits = length < sizeof service - 1 ? length : sizeof service - 1;
        memcpy(service, word, fits);
        service[fits] = '\0';
        size_t index = provider(order, service);
        if (index < order->count) {
            if (order->plugins[index] != plugin && !place(order, index))
                return false;
        } else if (must) {
            return fail_set(order->fail,
                            "plugin %s needs the service %s, and no plugin of this town offers it; add the section of "
                            "the plugin that does",
                            plugin->name, service);
        }
    }
    return true;
}

static bool place(struct order *order, size_t index)
{
    struct plugin *plugin = order->plugins[index];
    if (order->states[index] == PLACED)
        return true;
    size_t mark = order->path->size;
    buf_print(order->path, "%s%s", mark ? " → " : "", plugin->name);
    if (order->states[index] == OPEN)
        return fail_set(order->fail, "these plugins each wait for the next to start first: %s; take one of them out",
                        buf_str(order->path));
    order->states[index] = OPEN;
    if (!place_before(order, plugin, plugin->decl->needs, true) ||
        !place_before(order, plugin, plugin->decl->likes, false))
        return false;
    order->states[index] = PLACED;
    order->sorted[order->sorted_count++] = plugin;
    order->path->size = mark;
    return true;
}

/* One service, one plugin: who asks for it must always get the same. */
static bool offers_differ(const struct order *order)
{
    for (size_t i = 0; i < order->count; i++) {
        const struct viche_plugin *decl = order->plugins[i]->decl;
        const struct viche_offer *list = PLUGIN_ITEMS(struct viche_offer, decl->offers);
        for (uint32_t j = 0; j < decl->offers.count; j++) {
            size_t first = provider(order, list[j].id);
            if (first < i)
                return fail_set(order->fail, "plugins %s and %s both offer the service %s; take one of them out",
                                order->plugins[first]->name, order->plugins[i]->name, list[j].id);
        }
    }
    return true;
}

bool plugin_order(struct plugin **plugins, size_t count, struct fail *fail)
{
    struct buf path = {0};
    struct order order = {.plugins = plugins, .count = count, .path = &path, .fail = fail};
    order.states = mem_alloc(count * sizeof *order.states);
    order.sorted = mem_alloc(count * sizeof(struct plugin *));
    bool ok = offers_differ(&order);
    for (size_t i = 0; ok && i < count; i++)
        ok = place(&order, i);
    if (ok && count)
        memcpy(plugins, order.sorted, count * sizeof *plugins);
    buf_free(&path);
    free(order.sorted);
    free(order.states);
    return ok;
}
