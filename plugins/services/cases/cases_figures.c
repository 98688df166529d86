/* SPDX-License-Identifier: MPL-2.0
 * Public figures: what the town may show of its work to everybody. No card, no person, no small number; secret types are not in them. */
#include <jansson.h>

#include "cases_figures.h"

enum { CELLS_MAX = 100, DAY_S = 24 * 60 * 60 };

/* ---- reckoning -------------------------------------------------------------------------------------------------------- */

static const char *query_of(const struct viche_http *http, const char *name)
{
    for (const struct viche_pair *pair = http->query; pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return "";
}

/* The year that is asked for, or the last twelve months with this one. */
static struct span span_of(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_local now = viche_local(t, viche_now(t)), first = now, last = now;
    int64_t year = word_number(query_of(http, "year"));
    first.hour = first.minute = first.second = last.hour = last.minute = last.second = 0;
    first.day = 1;
    first.month -= 11;
    last.day += 1;
    if (year >= 2000 && year <= now.year) {
        first.year = last.year = (int32_t)year;
        first.month = 1;
        last.month = 13;
        last.day = 1;
    }
    /* Of all types but those of which nobody may learn anything. */
    return sum_span(t, viche_moment(t, &first), viche_moment(t, &last), scope_list(t, type_open(t, 0)));
}

static struct group group_of(struct viche_turn *t, const char *title, struct viche_rows *rows,
                             const char *(*label)(struct viche_turn *, const char *))
{
    struct group group = {.title = title, .cells = viche_memory(t, CELLS_MAX * sizeof *group.cells)};
    struct sum sum;
    while (group.count < CELLS_MAX && sum_next(t, rows, &sum))
        group.cells[group.count++] = (struct cell){label(t, sum.value), sum.received, sum.closed, sum.on_time, sum.seconds};
    group.count = fold(group.cells, group.count);
    if (group.count == 1 && !group.cells[0].name)
        group.count = 0; /* that is the sum, and says nothing */
    for (uint32_t i = 0; i < group.count; i++)
        if (!group.cells[i].name)
            group.cells[i].name = viche_text(t, "figures-rest");
    return group;
}

struct figures figures_reckon(struct viche_turn *t, const struct viche_http *http)
{
    sum_catch_up(t);
    struct figures figures = {.span = span_of(t, http)};
    const struct span *span = &figures.span;
    sum_next(t, sum_by(t, span, SUM_ALL), &figures.all);
    figures.groups[0] = group_of(t, "category", sum_by(t, span, SUM_CATEGORY), report_category);
    figures.groups[1] = group_of(t, "kind", sum_by(t, span, SUM_KIND), report_kind);
    figures.groups[2] = group_of(t, "organisation", sum_by_organisation(t, span), report_organisation);
    figures.groups[3] = group_of(t, "channel", sum_by(t, span, SUM_CHANNEL), report_channel);
    struct viche_rows *rows = sum_by_month(t, span);
    figures.months = (struct group){.title = "month", .cells = viche_memory(t, CELLS_MAX * sizeof(struct cell))};
    for (struct sum sum; figures.months.count < CELLS_MAX && sum_next(t, rows, &sum);)
        figures.months.cells[figures.months.count++] =
            (struct cell){viche_print(t, "%.4s-%.2s", sum.value, sum.value + 4), sum.received, sum.closed, sum.on_time, sum.seconds};
    return figures;
}

void figures_speak(struct viche_turn *t, const struct viche_http *http)
{
    for (const struct viche_pair *pair = http->headers; pair->name; pair++)
        if (strcmp(pair->name, "accept-language") == 0)
            viche_speak(t, pair->value);
    if (*query_of(http, "lang"))
        viche_speak(t, query_of(http, "lang"));
}

double figures_days(int64_t seconds, int64_t closed) { return closed ? (double)(seconds * 10 / closed / DAY_S) / 10 : 0; }
int64_t figures_percent(int64_t part, int64_t whole) { return whole ? part * 100 / whole : 0; }

/* ---- JSON ------------------------------------------------------------------------------------------------------------- */

static json_t *cell_json(const struct cell *cell)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:f}", "name", cell->name, "received", (json_int_t)cell->received, "closed",
                     (json_int_t)cell->closed, "on_time_percent", (json_int_t)figures_percent(cell->on_time, cell->closed), "average_days",
                     figures_days(cell->seconds, cell->closed));
}

static json_t *group_json(const struct group *group)
{
    json_t *cells = json_array();
    for (uint32_t i = 0; i < group->count; i++)
        json_array_append_new(cells, cell_json(&group->cells[i]));
    return cells;
}

void figures_json(struct viche_turn *t, const struct viche_http *http)
{
    figures_speak(t, http);
    struct figures figures = figures_reckon(t, http);
    const char *dates = figures.span.dates;
    json_t *json = json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:f}", "town", viche_town(t, "name"), "from",
                             viche_print(t, "%.10s", dates), "until", dates + 12, "updated_at", (json_int_t)viche_now(t),
                             "received", (json_int_t)figures.all.received, "closed",
                             (json_int_t)figures.all.closed, "on_time_percent",
                             (json_int_t)figures_percent(figures.all.on_time, figures.all.closed), "average_days",
                             figures_days(figures.all.seconds, figures.all.closed));
    for (size_t i = 0; i < FIGURES_GROUPS; i++)
        json_object_set_new(json, figures.groups[i].title, group_json(&figures.groups[i]));
    json_object_set_new(json, figures.months.title, group_json(&figures.months));
    char *text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(6));
    viche_reply_header(t, "cache-control", "public, max-age=300");
    viche_reply_header(t, "access-control-allow-origin", "*"); /* for the town's own site */
    viche_reply(t, 200, "application/json; charset=utf-8", text, strlen(text));
    free(text);
    json_decref(json);
}
