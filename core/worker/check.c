/* SPDX-License-Identifier: MPL-2.0 */
#include "worker/check.h"

#include "flow/turn.h"

struct findings {
    struct buf lines;
    size_t count;
};

static void add(struct findings *findings, const char *plugin, const char *where, const char *reason)
{
    findings->count++;
    buf_print(&findings->lines, "\n%s%s%s: %s", plugin, *where ? ": " : "", where, reason);
}

/* In the order in which they were said: the last one is the first of the list. */
static void add_all(struct findings *findings, const char *plugin, const struct turn_bad *bad)
{
    if (!bad)
        return;
    add_all(findings, plugin, bad->next);
    add(findings, plugin, bad->column, bad->reason);
}

static void check_plugin(struct flow *flow, const struct town_plugin *plugin, struct findings *findings)
{
    if (!plugin->plugin->decl->check)
        return;
    struct turn *turn = turn_plain(flow, plugin);
    plugin->plugin->decl->check(&turn->base);
    add_all(findings, plugin->plugin->name, turn->bad);
    if (turn->failed)
        add(findings, plugin->plugin->name, "", turn->failed);
    turn_end(turn);
}

static bool any_checks(const struct town *town)
{
    for (size_t i = 0; i < town->plugin_count; i++)
        if (town->plugins[i].plugin->decl->check)
            return true;
    return false;
}

static bool open_in_memory(struct town *town, struct fail *fail)
{
    town->db = db_open_memory();
    return flow_migrate(town->db, fail) && town_migrate(town, fail);
}

bool check_town(struct town *town, struct fail *fail)
{
    if (!any_checks(town))
        return true;
    struct flow flow = {.town = town, .arena = town->arena};
    struct findings findings = {.lines = {.cap = sizeof fail->words - 256}};
    if (!open_in_memory(town, fail))
        return false;
    db_begin(town->db);
    for (size_t i = 0; i < town->plugin_count; i++)
        check_plugin(&flow, &town->plugins[i], &findings);
    db_rollback(town->db);
    bool good = findings.count == 0;
    if (!good)
        fail_set(fail, "%s: %zu thing%s to be put right:%s%s", town->config.ini.path, findings.count, findings.count == 1 ? "" : "s",
                 buf_str(&findings.lines), findings.lines.overflow ? "\n…" : "");
    buf_free(&findings.lines);
    buf_free(&flow.frames);
    return good;
}
