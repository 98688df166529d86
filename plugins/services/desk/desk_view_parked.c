/* SPDX-License-Identifier: MPL-2.0
 * The view «Відкладені події»: what brought a worker down twice. The administrator sees when, by which channel and why, never what was
 * written. */
#include <stdlib.h>
#include <string.h>

#include "desk.h"

static const struct viche_action retry = {.id = "retry", .label = "parked-retry", .help = "parked-retry-help",
                                          .flags = VICHE_ACTION_BULK | VICHE_ACTION_DANGER};
static const struct viche_action bury = {.id = "bury", .label = "parked-bury", .help = "parked-bury-help",
                                         .flags = VICHE_ACTION_BULK | VICHE_ACTION_DANGER};

static const char *number(struct viche_turn *t, uint64_t id) { return viche_print(t, "%llu", (unsigned long long)id); }

static bool find(struct viche_turn *t, const char *id, struct viche_parked *out)
{
    uint64_t wanted = strtoull(id, NULL, 10);
    return wanted && viche_parked(t, wanted, out) && out->id == wanted;
}

static void put(struct viche_turn *t, const struct viche_parked *event, struct viche_sheet *sheet)
{
    viche_sheet_value(sheet, "at", viche_print(t, "%lld", (long long)event->at));
    viche_sheet_value(sheet, "channel", event->channel);
    viche_sheet_value(sheet, "why", event->why);
}

static void offer(const struct viche_clerk *clerk, struct viche_sheet *sheet)
{
    if (!role_among(clerk->roles, "admin"))
        return;
    viche_sheet_action(sheet, &retry);
    viche_sheet_action(sheet, &bury);
}

void parked_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct viche_parked event;
    uint32_t count = 0;
    uint64_t from = strtoull(query->after, NULL, 10) + 1;
    for (; !query->tasks && count < query->limit && viche_parked(t, from, &event); from = event.id + 1) {
        viche_sheet_row(sheet, number(t, event.id));
        put(t, &event, sheet);
        count++;
    }
    viche_sheet_more(sheet, count == query->limit ? number(t, from - 1) : "", -1);
    offer(query->clerk, sheet);
}

uint32_t parked_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct viche_parked event;
    return role_among(clerk->roles, "admin auditor") && find(t, id, &event);
}

void parked_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct viche_parked event;
    if (!find(t, id, &event))
        return;
    put(t, &event, sheet);
    offer(clerk, sheet);
}

const char *parked_view_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, const char *action, const char *stamp)
{
    (void)clerk, (void)stamp;
    bool done = viche_parked_end(t, strtoull(id, NULL, 10), strcmp(action, "retry") == 0);
    return done ? NULL : viche_text(t, "parked-gone");
}
