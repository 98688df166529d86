/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/flow.h"

#include <string.h>

#include "base/clock.h"
#include "flow/dialog.h"
#include "flow/history.h"
#include "flow/inbox.h"
#include "flow/incoming.h"
#include "flow/outbox.h"
#include "flow/poll.h"
#include "flow/receipt.h"
#include "flow/ride.h"
#include "flow/schedule.h"
#include "flow/value.h"
#include "flow/wait.h"
#include "store/audit.h"
#include "store/file.h"
#include "store/migrate.h"
#include "town/citizen.h"
#include "town/conversation.h"
#include "town/join.h"
#include "town/search.h"

enum { CRASHES_MAX = 2, LONG_MS = 120 * 1000 };

bool flow_migrate(struct db *db, struct fail *fail)
{
    const struct {
        const char *owner;
        const char *const *sql;
        size_t count;
    } all[] = {
        {"viche.citizen", citizen_migrations, citizen_migration_count},
        {"viche.conversation", conversation_migrations, conversation_migration_count},
        {"viche.join", join_migrations, join_migration_count},
        {"viche.inbox", inbox_migrations, inbox_migration_count},
        {"viche.dialog", dialog_migrations, dialog_migration_count},
        {"viche.wait", wait_migrations, wait_migration_count},
        {"viche.outbox", outbox_migrations, outbox_migration_count},
        {"viche.history", history_migrations, history_migration_count},
        {"viche.poll", poll_migrations, poll_migration_count},
        {"viche.value", value_migrations, value_migration_count},
        {"viche.receipt", receipt_migrations, receipt_migration_count},
        {"viche.incoming", incoming_migrations, incoming_migration_count},
        {"viche.schedule", schedule_migrations, schedule_migration_count},
        {"viche.file", file_migrations, file_migration_count},
        {"viche.search", search_migrations, search_migration_count},
        {"viche.audit", audit_migrations, audit_migration_count},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!migrate(db, all[i].owner, all[i].sql, all[i].count, fail))
            return false;
    return true;
}

struct flow_mark flow_save(struct flow *flow)
{
    db_save(flow->town->db);
    return (struct flow_mark){flow->frames.size, outbox_mark(flow), flow->ride ? flow->ride->body : NULL};
}

void flow_keep(struct flow *flow) { db_keep(flow->town->db); }

void flow_undo(struct flow *flow, struct flow_mark mark)
{
    db_undo(flow->town->db);
    buf_cut(&flow->frames, mark.frames);
    outbox_undo(flow, mark.messages);
    flow->answers.planned = false; /* perhaps that was undone, too */
    if (flow->ride)
        flow->ride->body = mark.ride;
}

static void tell(struct flow *flow, uint64_t event, const char *plugin, int64_t most_ms)
{
    struct page_worker *beat = flow->beat;
    if (!beat)
        return;
    strncpy(beat->town, flow->town->id, sizeof beat->town - 1);
    strncpy(beat->plugin, plugin, sizeof beat->plugin - 1);
    atomic_store(&beat->event, event);
    atomic_store(&beat->deadline_ms, clock_mono_ms() + most_ms);
}

void flow_begin(struct flow *flow, uint64_t event, const char *plugin)
{
    tell(flow, event, plugin, flow->town->host->limits.turn_ms);
}

void flow_begin_long(struct flow *flow, uint64_t event, const char *plugin) { tell(flow, event, plugin, LONG_MS); }

void flow_end(struct flow *flow)
{
    if (!flow->beat)
        return;
    atomic_store(&flow->beat->deadline_ms, 0);
    atomic_store(&flow->beat->event, 0);
    flow->beat->plugin[0] = '\0';
}

bool flow_poisoned(const struct flow *flow, uint64_t event)
{
    return flow->page && page_crashes(flow->page, event) >= CRASHES_MAX;
}
