/* SPDX-License-Identifier: MPL-2.0 */
#include "worker/ready.h"

#include "link/frame.h"

/* Two plugins of a town may call their secrets the same: "viber/token". */
static void name_of(struct buf *out, const char *plugin, const char *name)
{
    struct buf full = {0};
    buf_print(&full, "%s/%s", plugin, name ? name : "");
    frame_text(out, buf_str(&full));
    buf_free(&full);
}

/* Counts or writes: the format wants the number first. */
static uint32_t secrets(struct buf *out, const struct town *town)
{
    uint32_t count = *town->config.list_key ? 1 : 0; /* the host's own, beside the plugins' */
    if (out && count) {
        name_of(out, "town", "list-key");
        frame_text(out, town->config.list_key);
    }
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct viche_plugin *decl = town->plugins[i].plugin->decl;
        const struct viche_option *options = PLUGIN_ITEMS(struct viche_option, decl->options);
        for (uint32_t o = 0; o < decl->options.count; o++) {
            const char *path = options[o].flags & VICHE_SECRET ? town->plugins[i].values[o] : NULL;
            if (!path || !*path)
                continue;
            count++;
            if (out) {
                name_of(out, town->plugins[i].plugin->name, options[o].name);
                frame_text(out, path);
            }
        }
    }
    return count;
}

static uint32_t routes_of(struct buf *out, const struct town *town, const char *plugin, const struct viche_list *routes)
{
    const struct viche_route *all = PLUGIN_ITEMS(struct viche_route, *routes);
    uint32_t count = 0;
    for (uint32_t i = 0; i < routes->count; i++) {
        if (all[i].max_body == 0 && all[i].proof == 0)
            continue; /* the host's own limit, open to anybody */
        count++;
        if (!out)
            continue;
        bool upload = all[i].max_body == VICHE_UPLOAD;
        struct buf pattern = {0};
        buf_print(&pattern, "/%s%s", plugin, all[i].path);
        frame_text(out, buf_str(&pattern));
        frame_u64(out, upload ? (uint64_t)town->host->limits.upload_bytes : all[i].max_body);
        frame_u32(out, upload);
        frame_u32(out, all[i].proof);
        frame_text(out, all[i].proof_header);
        name_of(out, plugin, all[i].proof_secret);
        buf_free(&pattern);
    }
    return count;
}

static uint32_t routes(struct buf *out, const struct town *town)
{
    uint32_t count = 0;
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct plugin *plugin = town->plugins[i].plugin;
        count += routes_of(out, town, plugin->name, &plugin->decl->routes);
        const struct viche_channel *channels = PLUGIN_ITEMS(struct viche_channel, plugin->decl->channels);
        for (uint32_t c = 0; c < plugin->decl->channels.count; c++)
            count += routes_of(out, town, plugin->name, &channels[c].hooks);
    }
    return count;
}

void ready_write(struct buf *out, uint32_t worker, struct town *const *towns, size_t count)
{
    size_t mark = frame_begin(out, FRAME_READY);
    frame_u32(out, worker);
    frame_u32(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        frame_text(out, towns[i]->id);
        frame_u32(out, secrets(NULL, towns[i]));
        secrets(out, towns[i]);
        frame_u32(out, routes(NULL, towns[i]));
        routes(out, towns[i]);
    }
    frame_end(out, mark);
}
