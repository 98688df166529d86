/* SPDX-License-Identifier: MPL-2.0
 * The report on the service for any period (regulation, 6.1.5): what came, what was closed, in time or late, by everything a card is
 * sorted by. Each bar opens the list of its cards. */
#include "cases_report.h"

enum { BARS_MAX = 40, DAY_S = 24 * 60 * 60, BY_DAY_MAX = 45 };

/* What a bar is called. */
typedef const char *(*label_of)(struct viche_turn *, const char *value);

/* ---- names ------------------------------------------------------------------------------------------------------------ */

/* The text "<prefix>-<value>", if it is one of those there are; else the value itself: a feature may have brought a new one. */
static const char *named(struct viche_turn *t, const char *prefix, const char *known, const char *value)
{
    if (!*value)
        return viche_text(t, "report-none");
    return word_in(known, value) ? viche_text(t, viche_print(t, "%s-%s", prefix, value)) : value;
}

const char *report_kind(struct viche_turn *t, const char *value)
{
    return named(t, "report-kind", "remark proposal application complaint request demand", value);
}

const char *report_channel(struct viche_turn *t, const char *value)
{
    return named(t, "report-channel", "telegram viber web phone visit post email open311 desk console", value);
}

const char *report_category(struct viche_turn *t, const char *value)
{
    const char *name;
    for (uint32_t i = 0; *value && (name = type_name(t, i)); i++) {
        const char *words = class_words(t, name, value);
        if (*words && strcmp(words, value) != 0)
            return words;
    }
    return named(t, "", "", value);
}

const char *report_state(struct viche_turn *t, const char *value)
{
    const char *name;
    for (uint32_t i = 0; (name = type_name(t, i)); i++) {
        const struct type *type = type_find(t, name);
        const struct state *state = type ? regulation_state(type->regulation, value) : NULL;
        if (state)
            return part_words(t, state->part, "name");
    }
    return named(t, "", "", value);
}

const char *report_type(struct viche_turn *t, const char *value)
{
    const struct type *type = type_find(t, value);
    return type ? type->title : value;
}

const char *report_executor(struct viche_turn *t, const char *value)
{
    return strcmp(value, "0") == 0 ? viche_text(t, "report-nobody") : staff_name(t, (uint64_t)word_number(value));
}

const char *report_organisation(struct viche_turn *t, const char *value)
{
    const struct viche_staff *staff = viche_service(t, VICHE_STAFF);
    struct viche_organisation one = {.size = sizeof one};
    for (const char *id = ""; *value && staff && staff->organisation(t, id, &one); id = one.id)
        if (strcmp(one.id, value) == 0)
            return one.name;
    return *value ? value : viche_town(t, "name");
}

const char *known_words(struct viche_turn *t, struct known *known, const char *(*words)(struct viche_turn *, const char *), const char *value)
{
    for (uint32_t i = 0; i < known->count; i++)
        if (strcmp(known->pairs[i].name, value) == 0)
            return known->pairs[i].value;
    struct viche_pair pair = {value, words(t, value)};
    if (known->count < sizeof known->pairs / sizeof *known->pairs)
        known->pairs[known->count++] = pair;
    return pair.value;
}

/* ---- charts ----------------------------------------------------------------------------------------------------------- */

static const char *list_of(struct viche_turn *t, const char *which, const char *dates, const char *filter, const char *value)
{
    if (*filter && (!*value || strcmp(value, "0") == 0))
        value = "-"; /* the list knows it as: none */
    return viche_print(t, "cases/cards?f.%s=%s%s%s%s%s", which, dates, *filter ? "&f." : "", filter, *filter ? "=" : "", value);
}

static void point(struct viche_turn *t, struct viche_sheet *sheet, const char *series, const char *at, int64_t value, const char *opens)
{
    if (value)
        viche_sheet_point(sheet, viche_text(t, series), at, (double)value, opens);
}

static void bars(struct viche_turn *t, struct viche_sheet *sheet, const struct span *span, struct viche_rows *rows, label_of label,
                 const char *filter)
{
    struct sum sum;
    for (uint32_t i = 0; i < BARS_MAX && sum_next(t, rows, &sum); i++) {
        const char *at = label(t, sum.value);
        point(t, sheet, "report-received", at, sum.received, list_of(t, "received", span->dates, filter, sum.value));
        point(t, sheet, "report-closed", at, sum.closed, list_of(t, "closed", span->dates, filter, sum.value));
        point(t, sheet, "report-late", at, sum.closed - sum.on_time,
              viche_print(t, "%s&f.stage=late", list_of(t, "closed", span->dates, filter, sum.value)));
    }
}

/* "20261125" → "2026-11-25", "202611" → "2026-11" */
static const char *date_of(struct viche_turn *t, const char *day)
{
    return strlen(day) == 8 ? viche_print(t, "%.4s-%.2s-%.2s", day, day + 4, day + 6) : viche_print(t, "%.4s-%.2s", day, day + 4);
}

/* All days of it as a filter; a month that the period cuts is cut here, too. */
static const char *dates_of(struct viche_turn *t, const struct span *span, const char *date)
{
    if (strlen(date) == 10)
        return viche_print(t, "%s..%s", date, date);
    const char *first = viche_print(t, "%s-01", date), *last = viche_print(t, "%s-31", date);
    const char *from = span->dates, *until = strstr(span->dates, "..") + 2;
    return viche_print(t, "%.10s..%s", strncmp(from, first, 10) > 0 ? from : first, strcmp(until, last) < 0 ? until : last);
}

static void flow(struct viche_turn *t, struct viche_sheet *sheet, const struct span *span)
{
    bool by_day = span->until - span->from <= BY_DAY_MAX * DAY_S;
    struct viche_rows *rows = by_day ? sum_by_day(t, span) : sum_by_month(t, span);
    viche_sheet_chart(sheet, "report-flow", VICHE_CHART_LINES, "report-cards");
    for (struct sum sum; sum_next(t, rows, &sum);) {
        const char *at = date_of(t, sum.value), *dates = dates_of(t, span, at);
        point(t, sheet, "report-received", at, sum.received, list_of(t, "received", dates, "", ""));
        point(t, sheet, "report-closed", at, sum.closed, list_of(t, "closed", dates, "", ""));
        point(t, sheet, "report-late", at, sum.closed - sum.on_time, viche_print(t, "%s&f.stage=late", list_of(t, "closed", dates, "", "")));
    }
}

static struct types read_types(struct viche_turn *t)
{
    struct types types = {.t = t};
    const char *name;
    for (uint32_t i = 0; (name = type_name(t, i)); i++)
        type_known(&types, name);
    return types;
}

static const char *state_of(struct viche_turn *t, const struct types *types, const char *value)
{
    for (size_t i = 0; i < types->count; i++) {
        const struct state *state = regulation_state(types->found[i]->regulation, value);
        if (state)
            return part_words(t, state->part, "name");
    }
    return value;
}

/* One series: how many of the received stand in each state, or of the closed ended so. */
static void states(struct viche_turn *t, struct viche_sheet *sheet, const struct span *span, const struct types *types, bool ended)
{
    viche_sheet_chart(sheet, ended ? "report-by-outcome" : "report-by-state", VICHE_CHART_BARS, "report-cards");
    struct viche_rows *rows = sum_by(t, span, SUM_STATE);
    for (struct sum sum; sum_next(t, rows, &sum);)
        point(t, sheet, ended ? "report-closed" : "report-received", state_of(t, types, sum.value), ended ? sum.closed : sum.received,
              list_of(t, ended ? "closed" : "received", span->dates, "state", sum.value));
}

/* What is open and overdue at this moment, whenever it came. */
struct overdue {
    int64_t total;
    uint32_t count;
    struct {
        int64_t executor, cards;
    } items[BARS_MAX];
};

static struct overdue read_overdue(struct viche_turn *t, const struct span *span)
{
    struct overdue out = {.total = 0};
    struct viche_rows *rows = card_overdue(t, span->scopes);
    for (; viche_row(t, rows); out.total += viche_row_integer(t, rows, 1)) {
        if (out.count == BARS_MAX)
            continue;
        out.items[out.count].executor = viche_row_integer(t, rows, 0);
        out.items[out.count++].cards = viche_row_integer(t, rows, 1);
    }
    return out;
}

static void draw_overdue(struct viche_turn *t, struct viche_sheet *sheet, const struct overdue *overdue)
{
    viche_sheet_chart(sheet, "report-overdue", VICHE_CHART_BARS, "report-cards");
    for (uint32_t i = 0; i < overdue->count; i++) {
        const char *executor = word_id(t, overdue->items[i].executor);
        point(t, sheet, "report-overdue-now", report_executor(t, executor), overdue->items[i].cards,
              viche_print(t, "cases/cards?f.stage=overdue&f.executor=%s", overdue->items[i].executor ? executor : "-"));
    }
}

/* ---- totals ----------------------------------------------------------------------------------------------------------- */

static void total(struct viche_sheet *sheet, const char *label, const char *words)
{
    struct viche_field field = {.name = label, .label = label, .kind = VICHE_FIELD_TEXT};
    viche_sheet_field(sheet, &field, words);
}

static void totals(struct viche_turn *t, struct viche_sheet *sheet, const struct span *span, const struct overdue *overdue, int64_t left)
{
    struct sum sum = {0};
    sum_next(t, sum_by(t, span, SUM_ALL), &sum);
    viche_sheet_section(sheet, "report-totals");
    total(sheet, "report-received", viche_print(t, "%lld", (long long)sum.received));
    total(sheet, "report-closed", viche_print(t, "%lld", (long long)sum.closed));
    total(sheet, "report-on-time", sum.closed ? viche_print(t, "%lld %%", (long long)(sum.on_time * 100 / sum.closed)) : "–");
    total(sheet, "report-days", sum.closed ? viche_print(t, "%.1f", (double)sum.seconds / DAY_S / (double)sum.closed) : "–");
    total(sheet, "report-open-now", viche_print(t, "%lld", (long long)sum_open(t, span->scopes)));
    total(sheet, "report-overdue-now", viche_print(t, "%lld", (long long)overdue->total));
    if (left)
        total(sheet, "report-left", viche_print(t, "%lld", (long long)left));
}

void report_draw(struct viche_turn *t, const struct viche_clerk *clerk, int64_t from, int64_t until, struct viche_sheet *sheet)
{
    static const struct {
        const char *title, *filter;
        enum sum_dim dim;
        label_of label;
    } charts[] = {{"report-by-kind", "kind", SUM_KIND, report_kind},
                  {"report-by-category", "category", SUM_CATEGORY, report_category},
                  {"report-by-executor", "executor", SUM_EXECUTOR, report_executor},
                  {"report-by-channel", "channel", SUM_CHANNEL, report_channel}};
    int64_t left = sum_catch_up(t);
    struct span span = sum_span(t, from, until, staff_scopes(t, clerk->id));
    struct types types = read_types(t);
    struct overdue overdue = read_overdue(t, &span);
    totals(t, sheet, &span, &overdue, left);
    flow(t, sheet, &span);
    viche_sheet_chart(sheet, "report-by-type", VICHE_CHART_BARS, "report-cards");
    bars(t, sheet, &span, sum_by_type(t, &span), report_type, "type");
    viche_sheet_chart(sheet, "report-by-organisation", VICHE_CHART_BARS, "report-cards");
    bars(t, sheet, &span, sum_by_organisation(t, &span), report_organisation, "organisation");
    for (size_t i = 0; i < sizeof charts / sizeof *charts; i++) {
        viche_sheet_chart(sheet, charts[i].title, VICHE_CHART_BARS, "report-cards");
        bars(t, sheet, &span, sum_by(t, &span, charts[i].dim), charts[i].label, charts[i].filter);
    }
    states(t, sheet, &span, &types, false);
    states(t, sheet, &span, &types, true);
    draw_overdue(t, sheet, &overdue);
    report_executors(t, &span, sheet);
    report_use(t, &span, sheet);
}
