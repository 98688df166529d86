/* SPDX-License-Identifier: MPL-2.0 */
#include "admin/admin.h"

#include <stdarg.h>

#include "admin/call.h"
#include "base/log.h"
#include "base/text.h"
#include "flow/hook.h"

static const struct verb {
    const char *method, *path;
    bool alone; /* outside a transaction */
    void (*serve)(struct admin_call *call);
} verbs[] = {
    {"GET", "/admin/datasets", false, dataset_list},
    {"POST", "/admin/import/{name}", false, dataset_import},
    {"GET", "/admin/export/{name}", false, dataset_export},
    {"GET", "/admin/citizen/{id}", false, person_export},
    {"POST", "/admin/citizen/{id}/erase", false, person_erase},
    {"GET", "/admin/queue", false, queue_list},
    {"POST", "/admin/queue/{id}/retry", false, queue_retry},
    {"POST", "/admin/queue/{id}/bury", false, queue_bury},
    {"GET", "/admin/links", false, links_list},
    {"GET", "/admin/audit", false, audit_rows},
    {"POST", "/admin/backup", true, backup_make},
    {"POST", "/admin/restore", true, backup_restore},
};

static const struct verb *find_verb(struct arena *arena, const struct http_request *request, struct turn_pair **parts)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (text_is(verbs[i].method, request->method) && hook_match(arena, verbs[i].path, request->path, parts))
            return &verbs[i];
    }
    return NULL;
}

bool admin_alone(const struct http_request *request)
{
    const struct verb *verb = find_verb(NULL, request, NULL);
    return verb && verb->alone;
}

void admin_serve(struct town *town, struct arena *arena, const struct http_request *request, struct http_reply *reply)
{
    struct turn_pair *parts = NULL;
    const struct verb *verb = find_verb(arena, request, &parts);
    uint64_t key = page_event(town->id, "admin", arena_print(arena, "%llu", (unsigned long long)request->id));
    struct admin_call call = {town->flow, town, arena, request, reply, parts, key};
    if (flow_poisoned(town->flow, key)) {
        call_say(&call, 500, "a worker crashed over it twice; nothing was done. The log names the plugin");
        return;
    }
    if (!verb) {
        call_say(&call, 404, "there is no %s %s; is the tool of another version than the host?", request->method, request->path);
        return;
    }
    flow_begin_long(call.flow, key, "admin");
    verb->serve(&call);
    flow_end(call.flow);
    log_line(LOG_NOTE, "admin", verb->path, "town=%s method=%s status=%u", town->id, verb->method, reply->status);
}

const char *call_part(const struct admin_call *call, const char *name)
{
    for (const struct turn_pair *part = call->parts; part; part = part->next) {
        if (text_is(part->name, name))
            return part->value;
    }
    return "";
}

void call_say(struct admin_call *call, uint32_t status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *words = arena_vprint(call->arena, format, args);
    va_end(args);
    reply_print(call->reply, status, "text/plain; charset=utf-8", "%s\n", words);
}
