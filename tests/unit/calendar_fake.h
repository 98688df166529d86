/* SPDX-License-Identifier: MPL-2.0
 * A host of paper for the calendar: options from a table, days from a list, the real clock of Kyiv. */
#ifndef CALENDAR_FAKE_H
#define CALENDAR_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <viche/viche.h>

#include "plugin/words.h"

#include <cmocka.h>

struct fake_day {
    int64_t day;
    const char *kind, *hours, *reason;
};

struct fake_town {
    const char *hours, *holidays, *last_day_off, *after_hours;
    int64_t martial_law;
    const struct fake_day *days; /* ended by day 0 */
};

static const struct fake_town *fake_town;

struct viche_rows {
    bool count;
    uint32_t at, total;
};

static void fake_local(struct viche_turn *t, int64_t at, struct viche_local *out)
{
    (void)t;
    words_local("Europe/Kyiv", at, out);
}

static int64_t fake_moment(struct viche_turn *t, const struct viche_local *local)
{
    (void)t;
    return words_moment("Europe/Kyiv", local);
}

static const char *fake_option(struct viche_turn *t, const char *name)
{
    (void)t;
    const struct viche_pair options[] = {{"hours", fake_town->hours},
                                         {"holidays", fake_town->holidays},
                                         {"last_day_off", fake_town->last_day_off},
                                         {"after_hours", fake_town->after_hours}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(options[i].name, name) == 0)
            return options[i].value;
    return "";
}

static int64_t fake_option_number(struct viche_turn *t, const char *name)
{
    (void)t;
    (void)name;
    return fake_town->martial_law;
}

static const char *fake_language(struct viche_turn *t)
{
    (void)t;
    return "uk";
}

static char fake_heap[1 << 20];
static size_t fake_used;

static void *fake_memory(struct viche_turn *t, size_t size)
{
    (void)t;
    void *out = fake_heap + fake_used;
    fake_used += (size + 15) / 16 * 16;
    assert_true(fake_used <= sizeof fake_heap);
    return memset(out, 0, size);
}

static struct viche_rows *fake_query(struct viche_turn *t, const char *sql, const struct viche_value *values, uint32_t count)
{
    (void)values;
    (void)count;
    struct viche_rows *rows = fake_memory(t, sizeof *rows);
    rows->count = strstr(sql, "count(*)") != NULL;
    for (const struct fake_day *day = fake_town->days; day && day->day; day++)
        rows->total++;
    return rows;
}

static uint32_t fake_next_row(struct viche_rows *rows) { return rows->at++ < (rows->count ? 1 : rows->total); }

static const char *fake_row_text(struct viche_rows *rows, uint32_t column)
{
    const struct fake_day *day = &fake_town->days[rows->at - 1];
    return column == 1 ? day->kind : column == 2 ? day->hours : column == 3 ? day->reason : "";
}

static int64_t fake_row_integer(struct viche_rows *rows, uint32_t column)
{
    (void)column;
    return rows->count ? rows->total : fake_town->days[rows->at - 1].day;
}

static const struct viche_host fake_host = {.size = sizeof fake_host,
                                            .local = fake_local,
                                            .moment = fake_moment,
                                            .option = fake_option,
                                            .option_number = fake_option_number,
                                            .language = fake_language,
                                            .memory = fake_memory,
                                            .query = fake_query,
                                            .next_row = fake_next_row,
                                            .row_text = fake_row_text,
                                            .row_integer = fake_row_integer};

static struct viche_turn fake_turn = {&fake_host};

/* "2026-11-25 18:20" on the town's clock; the first of two that are called so. */
static int64_t fake_at(const char *text)
{
    struct viche_local local = {.size = sizeof local};
    assert_int_equal(sscanf(text, "%d-%d-%d %d:%d", &local.year, &local.month, &local.day, &local.hour, &local.minute), 5);
    return fake_moment(&fake_turn, &local);
}

static const char *fake_says(int64_t at, char out[32])
{
    struct viche_local local = {.size = sizeof local};
    fake_local(&fake_turn, at, &local);
    snprintf(out, 32, "%04d-%02d-%02d %02d:%02d", local.year, local.month, local.day, local.hour, local.minute);
    return out;
}

#endif
