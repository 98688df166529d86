/* SPDX-License-Identifier: MPL-2.0
 * Named times of plugins: each planned time runs once; after a silence the last missed one runs. Owns the table `schedule`. */
#ifndef FLOW_SCHEDULE_H
#define FLOW_SCHEDULE_H

#include "flow/flow.h"

extern const char *const schedule_migrations[];
extern const size_t schedule_migration_count;

/* The first planned time after `after` (UTC seconds): "08:00", "mon 08:00" on the zone's clock. false: not such a time. */
bool schedule_next(const char *at, const char *zone, int64_t after, int64_t *out);

bool schedule_start(struct flow *flow, struct fail *fail); /* inside a transaction: plans what is new */
/* Inside a transaction: the next time of a schedule that has none of its own. false: the plugin declares no such one. */
bool schedule_plan(struct flow *flow, const struct town_plugin *plugin, const char *name, int64_t at);
void schedule_run(struct flow *flow);                      /* inside a transaction: what is due by now */
int64_t schedule_due_ms(struct flow *flow);                /* reads the database */

#endif
