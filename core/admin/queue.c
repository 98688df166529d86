/* SPDX-License-Identifier: MPL-2.0
 * Events that brought a worker down twice: staff look at them, have them tried again, or bury them. */
#include "admin/call.h"
#include "base/text.h"
#include "flow/event.h"
#include "flow/inbox.h"

enum { LISTED_MAX = 100 };

/* Never what the citizen wrote: the operator needs the number, and whose plugin to look at. */
void queue_list(struct admin_call *call)
{
    struct inbox_parked *parked = arena_alloc(call->arena, LISTED_MAX * sizeof *parked);
    size_t count = inbox_parked(call->town->db, call->arena, 0, parked, LISTED_MAX);
    struct buf out = {0};
    for (size_t i = 0; i < count; i++) {
        const char *at = words_format(call->arena, arena_print(call->arena, "%lld", (long long)parked[i].at), "datetime", "en",
                                      call->town->config.zone);
        buf_print(&out, "%s\t%lld\t%s\t%s\t%s\n", call->town->id, (long long)parked[i].id, at ? at : "", parked[i].channel,
                  parked[i].why);
    }
    reply_set(call->reply, 200, "text/plain; charset=utf-8", buf_str(&out), out.size);
    buf_free(&out);
}

static bool read_id(struct admin_call *call, int64_t *id)
{
    if (text_number(call_part(call, "id"), id))
        return true;
    call_say(call, 400, "%s is no number; viche queue list shows the numbers", call_part(call, "id"));
    return false;
}

static void tell(struct admin_call *call, bool done, int64_t id, const char *what)
{
    if (done)
        call_say(call, 200, "%lld: %s", (long long)id, what);
    else
        call_say(call, 404, "%s has no parked event %lld; viche queue list shows the numbers", call->town->id, (long long)id);
}

void queue_retry(struct admin_call *call)
{
    int64_t id = 0;
    if (read_id(call, &id))
        tell(call, event_retry(call->flow, id, call->key), id, "tried again");
}

void queue_bury(struct admin_call *call)
{
    int64_t id = 0;
    if (read_id(call, &id))
        tell(call, inbox_bury(call->town->db, id), id, "buried");
}
