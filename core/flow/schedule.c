/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/schedule.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "flow/turn.h"

const char *const schedule_migrations[] = {
    "CREATE TABLE schedule ("
    "  plugin TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  next_at INTEGER NOT NULL,"
    "  PRIMARY KEY (plugin, name));",
};
const size_t schedule_migration_count = sizeof schedule_migrations / sizeof *schedule_migrations;

enum { DAY_S = 24 * 3600, NEVER = 0 };

bool schedule_next(const char *at, const char *zone, int64_t after, int64_t *out)
{
    int weekday = 0;
    int minute = 0;
    if (!plugin_at(at, &weekday, &minute))
        return false;
    for (int64_t day = 0; day <= 8; day++) {
        struct viche_local local = {.size = sizeof local};
        words_local(zone, after + day * DAY_S, &local);
        if (weekday && local.weekday != weekday)
            continue;
        local.hour = minute / 60;
        local.minute = minute % 60;
        local.second = 0;
        *out = words_moment(zone, &local);
        if (*out > after)
            return true;
    }
    return false;
}

static bool next_of(const struct flow *flow, const struct viche_schedule *schedule, int64_t after, int64_t *out)
{
    if (schedule->at)
        return schedule_next(schedule->at, flow->town->config.zone, after, out);
    *out = schedule->every_s ? after + schedule->every_s : NEVER; /* without either: when viche_plan says so */
    return true;
}

static const struct viche_schedule *schedules_of(const struct town_plugin *plugin, uint32_t *count)
{
    *count = plugin->off ? 0 : plugin->plugin->decl->schedules.count;
    return PLUGIN_ITEMS(struct viche_schedule, plugin->plugin->decl->schedules);
}

bool schedule_start(struct flow *flow, struct fail *fail)
{
    for (size_t i = 0; i < flow->town->plugin_count; i++) {
        const struct town_plugin *plugin = &flow->town->plugins[i];
        uint32_t count = 0;
        const struct viche_schedule *all = schedules_of(plugin, &count);
        for (uint32_t s = 0; s < count; s++) {
            int64_t next = 0;
            if (!next_of(flow, &all[s], clock_now(), &next))
                return fail_set(fail, "plugin %s, schedule %s: the time must be \"08:00\", \"mon 08:00\" or every_s",
                                plugin->plugin->name, all[s].name);
            db_run(flow->town->db, "INSERT INTO schedule(plugin, name, next_at) VALUES(?, ?, ?) ON CONFLICT DO NOTHING", "ssi",
                   plugin->plugin->name, all[s].name, next);
        }
    }
    return true;
}

/* The last planned time by now, when several were missed. */
static int64_t last_planned(const struct flow *flow, const struct viche_schedule *schedule, int64_t planned)
{
    int64_t now = clock_now();
    if (!schedule->at && !schedule->every_s)
        return planned;
    if (!schedule->at)
        return planned + (now - planned) / schedule->every_s * schedule->every_s;
    int64_t next = 0;
    if (planned < now - 8 * DAY_S)
        planned = now - 8 * DAY_S;
    while (next_of(flow, schedule, planned, &next) && next <= now)
        planned = next;
    return planned;
}

static void run_one(struct flow *flow, const struct town_plugin *plugin, const struct viche_schedule *schedule)
{
    struct db *db = flow->town->db;
    const char *name = plugin->plugin->name;
    int64_t planned = db_number(db, "SELECT next_at FROM schedule WHERE plugin = ? AND name = ?", "ss", name, schedule->name);
    if (planned == NEVER || planned > clock_now())
        return;
    planned = last_planned(flow, schedule, planned);
    int64_t next = planned;
    next_of(flow, schedule, planned, &next);
    db_run(db, "UPDATE schedule SET next_at = ? WHERE plugin = ? AND name = ?", "iss", next, name, schedule->name);
    uint64_t key = page_event(flow->town->id, name, arena_print(flow->arena, "%s %lld", schedule->name, (long long)planned));
    if (flow_poisoned(flow, key)) {
        log_line(LOG_ALARM, "schedule", "left out: it brought the worker down twice", "town=%s plugin=%s name=%s", flow->town->id,
                 name, schedule->name);
        return;
    }
    struct flow_mark mark = flow_save(flow);
    struct turn *turn = turn_plain(flow, plugin);
    flow_begin(flow, key, name);
    schedule->run(&turn->base, planned);
    if (!turn->failed)
        turn_send(turn);
    bool failed = turn->failed || db_failed(db);
    turn_end(turn);
    if (failed)
        flow_undo(flow, mark);
    else
        flow_keep(flow);
}

bool schedule_plan(struct flow *flow, const struct town_plugin *plugin, const char *name, int64_t at)
{
    uint32_t count = 0;
    const struct viche_schedule *all = schedules_of(plugin, &count);
    for (uint32_t s = 0; s < count; s++)
        if (strcmp(all[s].name, name) == 0 && !all[s].at && !all[s].every_s)
            return db_run(flow->town->db, "UPDATE schedule SET next_at = ? WHERE plugin = ? AND name = ?", "iss", at,
                          plugin->plugin->name, name);
    return false;
}

void schedule_run(struct flow *flow)
{
    for (size_t i = 0; i < flow->town->plugin_count; i++) {
        uint32_t count = 0;
        const struct viche_schedule *all = schedules_of(&flow->town->plugins[i], &count);
        for (uint32_t s = 0; s < count; s++)
            run_one(flow, &flow->town->plugins[i], &all[s]);
    }
}

int64_t schedule_due_ms(struct flow *flow)
{
    int64_t due = INT64_MAX;
    for (size_t i = 0; i < flow->town->plugin_count; i++) {
        uint32_t count = 0;
        const struct viche_schedule *all = schedules_of(&flow->town->plugins[i], &count);
        for (uint32_t s = 0; s < count; s++) {
            int64_t next = db_number(flow->town->db, "SELECT next_at FROM schedule WHERE plugin = ? AND name = ?", "ss",
                                     flow->town->plugins[i].plugin->name, all[s].name);
            if (next != NEVER && next * 1000 < due)
                due = next * 1000;
        }
    }
    return due;
}
