/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "directory.h"

const char *institution_word(struct viche_turn *t, const char *word, const char *english)
{
    return *english && strcmp(viche_language(t), "en") == 0 ? english : word;
}

const char *institution_command(struct viche_turn *t, int64_t id) { return viche_print(t, "/directory show %lld", (long long)id); }

/* Rows that do not read were never let in. */
static struct hours hours_of(struct viche_turn *t, struct viche_rows *rows)
{
    struct hours hours;
    hours_read_exceptions(viche_row_text(t, rows, 14), &hours);
    for (uint32_t day = 0; day < 7; day++)
        hours_read_day(viche_row_text(t, rows, 15 + day), &hours.week[day]);
    return hours;
}

bool institution_next(struct viche_turn *t, struct viche_rows *rows, struct institution *out)
{
    if (!viche_row(t, rows))
        return false;
    *out = (struct institution){
        .id = viche_row_integer(t, rows, 0),
        .part_of = viche_row_integer(t, rows, 1),
        .name = institution_word(t, viche_row_text(t, rows, 2), viche_row_text(t, rows, 3)),
        .kind = viche_row_text(t, rows, 4),
        .address = institution_word(t, viche_row_text(t, rows, 5), viche_row_text(t, rows, 6)),
        .phones = viche_row_text(t, rows, 7),
        .site = viche_row_text(t, rows, 8),
        .note = institution_word(t, viche_row_text(t, rows, 9), viche_row_text(t, rows, 10)),
        .sample = viche_row_integer(t, rows, 11) != 0,
        .placed = *viche_row_text(t, rows, 12) != '\0',
        .place = {viche_row_real(t, rows, 12), viche_row_real(t, rows, 13)},
        .hours = hours_of(t, rows),
    };
    return true;
}

bool institution_find(struct viche_turn *t, int64_t id, struct institution *out)
{
    struct viche_rows *rows = viche_sql(t, "SELECT " INSTITUTION_COLUMNS " FROM directory WHERE id = ?", VICHE_INT_VALUE(id));
    return institution_next(t, rows, out);
}

static int64_t moment(void *turn, int32_t date, int32_t minute)
{
    struct viche_local wall = {.size = sizeof wall, .hour = minute / 60, .minute = minute % 60};
    hours_civil(date, &wall.year, &wall.month, &wall.day);
    return viche_moment(turn, &wall);
}

struct hours_state institution_state(struct viche_turn *t, const struct institution *institution)
{
    struct hours_clock clock = {moment, t, viche_now(t), week_today(t)};
    return hours_state(&institution->hours, &clock);
}
