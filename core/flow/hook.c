/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/hook.h"

#include <string.h>

#include "base/text.h"
#include "flow/ride.h"
#include "flow/wait.h"

struct found {
    const struct town_plugin *plugin;
    const struct viche_channel *channel; /* NULL: a plain route */
    const struct viche_route *route;
    struct turn_pair *cells;
    const char *allow; /* methods of routes that fit the path */
};

bool hook_match(struct arena *arena, const char *pattern, const char *path, struct turn_pair **cells)
{
    while (*pattern && *path) {
        size_t wanted = strcspn(pattern, "/");
        size_t got = strcspn(path, "/");
        bool named = wanted > 2 && pattern[0] == '{' && pattern[wanted - 1] == '}';
        if (named && got > 0 && cells) {
            struct turn_pair *cell = arena_alloc(arena, sizeof *cell);
            *cell = (struct turn_pair){*cells, arena_copy_bytes(arena, pattern + 1, wanted - 2), arena_copy_bytes(arena, path, got)};
            *cells = cell;
        } else if (!named && (wanted != got || memcmp(pattern, path, got) != 0)) {
            return false;
        }
        pattern += wanted;
        path += got;
        if (*pattern != *path)
            return false;
        pattern += *pattern == '/';
        path += *path == '/';
    }
    return *pattern == *path;
}

static bool look(struct arena *arena, const struct viche_list *routes, const struct http_request *request, const char *path,
                 struct found *found)
{
    const struct viche_route *all = PLUGIN_ITEMS(struct viche_route, *routes);
    const char *method = text_is(request->method, "HEAD") ? "GET" : request->method;
    for (uint32_t i = 0; i < routes->count; i++) {
        struct turn_pair *cells = NULL;
        if (!hook_match(arena, all[i].path, path, &cells))
            continue;
        if (all[i].proof == VICHE_PROOF_OPERATOR && !request->admin)
            continue; /* the gateway has refused already: this is the second lock */
        if (text_is(all[i].method, method)) {
            found->route = &all[i];
            found->cells = cells;
            return true;
        }
        found->allow = arena_print(arena, "%s%s%s", found->allow, *found->allow ? ", " : "", all[i].method);
    }
    return false;
}

bool hook_of_channel(const struct town *town, const char *path)
{
    if (strcmp(path, "/") == 0)
        return true; /* the town's page */
    size_t length = *path == '/' ? strcspn(path + 1, "/") : 0;
    for (size_t i = 0; i < town->plugin_count; i++) {
        const struct plugin *plugin = town->plugins[i].plugin;
        if (strlen(plugin->name) == length && memcmp(plugin->name, path + 1, length) == 0)
            return plugin->decl->channels.count > 0;
    }
    return false;
}

static bool find(struct flow *flow, const struct http_request *request, struct found *found)
{
    const char *path = text_is(request->path, "/") ? "/web/page" : request->path;
    size_t length = strcspn(path + 1, "/");
    found->allow = "";
    found->plugin = town_plugin(flow->town, arena_copy_bytes(flow->arena, path + 1, length));
    if (!found->plugin || *path != '/')
        return false;
    const struct viche_plugin *decl = found->plugin->plugin->decl;
    const char *rest = path[1 + length] ? path + 1 + length : "/"; /* /town/desk is /town/desk/: the handler sees the difference */
    if (look(flow->arena, &decl->routes, request, rest, found))
        return true;
    const struct viche_channel *channels = PLUGIN_ITEMS(struct viche_channel, decl->channels);
    for (uint32_t i = 0; i < decl->channels.count; i++) {
        if (look(flow->arena, &channels[i].hooks, request, rest, found)) {
            found->channel = &channels[i];
            return true;
        }
    }
    return false;
}

static void refuse(struct flow *flow, const struct http_request *request, struct http_reply *reply, uint32_t status,
                   const char *key)
{
    struct turn *turn = turn_plain(flow, &flow->town->plugins[0]);
    turn->base.host->speak(&turn->base, pair_get(request->headers, "accept-language"));
    *reply = (struct http_reply){.arena = reply->arena};
    reply_refuse(reply, status, key, turn_word(turn, arena_print(flow->arena, "http-%s", key)));
    turn_end(turn);
}

static struct viche_http as_http(const struct http_request *request)
{
    const char *path = text_is(request->path, "/") ? "/page" : request->path + 1 + strcspn(request->path + 1, "/");
    return (struct viche_http){
        .size = sizeof(struct viche_http),
        .method = request->method,
        .path = path,
        .body = request->body,
        .body_size = (uint32_t)request->body_bytes,
        .file = *request->upload ? request->upload : NULL,
        .file_size = request->upload_bytes,
        .query = (const struct viche_pair *)request->query,
        .headers = (const struct viche_pair *)request->headers,
        .origin = request->origin,
        .peer = request->peer,
        .more = request->more,
    };
}

/* What the turn's end means for the client: 0, or the status of a refusal whose words stand under *key. */
static uint32_t refusal(const struct turn *turn, const char **key)
{
    *key = "broken";
    if (turn->failed || db_failed(turn->town->db) || turn->reply->status == 0)
        return 500;
    *key = turn->refused == LIMIT_CHAT ? "slow" : "full";
    return turn->refused == LIMIT_FINE ? 0 : turn->refused == LIMIT_CHAT ? 429 : 503;
}

static void serve(struct flow *flow, const struct found *found, const struct http_request *request, struct http_reply *reply,
                  uint64_t event)
{
    struct flow_mark mark = flow_save(flow);
    struct turn *turn = turn_plain(flow, found->plugin);
    turn->request = request;
    turn->reply = reply;
    turn->channel = found->channel;
    turn->cells = found->cells;
    turn->event = event;
    struct viche_http http = as_http(request);
    (request->admin ? flow_begin_long : flow_begin)(flow, event, found->plugin->plugin->name);
    struct ride ride = {.hook = turn};
    flow->ride = &ride;
    found->route->serve(&turn->base, &http);
    flow->ride = NULL;
    flow_end(flow);
    const char *key = NULL;
    uint32_t status = refusal(turn, &key);
    if (!status) {
        if (ride.body)
            reply_set(reply, 200, "application/json", ride.body, strlen(ride.body));
        turn_send(turn);
        fetch_forget(turn);
    }
    turn_end(turn);
    if (!status) {
        flow_keep(flow);
        return;
    }
    flow_undo(flow, mark);
    refuse(flow, request, reply, status, key);
    if (status != 500)
        reply_header(reply, "retry-after", status == 429 ? "20" : "60");
}

void hook_serve(struct flow *flow, const struct http_request *request, struct http_reply *reply)
{
    struct found found = {0};
    if (!find(flow, request, &found)) {
        bool other = found.allow && *found.allow;
        refuse(flow, request, reply, other ? 405 : 404, other ? "method" : "not-found");
        if (other)
            reply_header(reply, "allow", found.allow);
        return;
    }
    uint64_t event = page_event(flow->town->id, "http", arena_print(flow->arena, "%llu", (unsigned long long)request->id));
    if (flow_poisoned(flow, event))
        refuse(flow, request, reply, 500, "broken");
    else
        serve(flow, &found, request, reply, event);
}
