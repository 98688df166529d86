/* SPDX-License-Identifier: MPL-2.0
 * The addresses by which citizens reach the town, a line for each channel that has one: id, tab, address, tab, name. */
#include "admin/call.h"

void links_list(struct admin_call *call)
{
    struct turn *turn = turn_plain(call->flow, &call->town->plugins[0]);
    turn->request = call->request;
    const struct viche_pair *link = viche_links(&turn->base, pair_get(call->request->query, "payload"));
    struct buf out = {0};
    for (; link && link->name; link++) {
        const struct town_plugin *plugin = NULL;
        town_channel(call->town, link->name, &plugin);
        buf_print(&out, "%s\t%s\t%s\n", link->name, link->value, plugin ? plugin->plugin->decl->name : link->name);
    }
    reply_set(call->reply, 200, "text/plain; charset=utf-8", buf_str(&out), out.size);
    buf_free(&out);
    turn_end(turn);
}
