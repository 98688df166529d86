/* SPDX-License-Identifier: MPL-2.0
 * GET api/day?date=2026-12-05: does the town work on the day that somebody chooses, and when last before it? Without a calendar
 * every day is a working day. */
#include <viche/services/calendar.h>

#include <stdlib.h>
#include <string.h>

#include "desk.h"

enum { DATE_LENGTH = 10, OFF_DAYS_MAX = 31 };

static bool read_date(const char *text, struct viche_local *day)
{
    *day = (struct viche_local){.size = sizeof *day};
    if (strlen(text) != DATE_LENGTH)
        return false;
    day->year = (int32_t)strtol(text, NULL, 10);
    day->month = (int32_t)strtol(text + 5, NULL, 10);
    day->day = (int32_t)strtol(text + 8, NULL, 10);
    return day->year > 0 && day->month > 0 && day->day > 0;
}

static bool works(struct viche_turn *t, const struct viche_calendar *calendar, struct viche_local day)
{
    int64_t begins = viche_moment(t, &day);
    day.day++;
    return calendar->next_open(t, begins) < viche_moment(t, &day);
}

static json_t *text_of(struct viche_turn *t, const struct viche_local *day)
{
    struct viche_local real = viche_local(t, viche_moment(t, day)); /* day 0 is the last of the month before */
    return json_string(viche_print(t, "%04d-%02d-%02d", real.year, real.month, real.day));
}

/* {"works": false, "before": "2026-12-04"} */
void day_serve(struct viche_turn *t, const struct viche_http *http)
{
    struct session session;
    struct viche_local day;
    if (!gate_in(t, http, &session))
        return;
    const struct viche_calendar *calendar = viche_service(t, VICHE_CALENDAR);
    json_t *before = json_null();
    bool open = !calendar || !read_date(gate_query(http, "date"), &day) || works(t, calendar, day);
    for (int i = 0; !open && i < OFF_DAYS_MAX && json_is_null(before); i++) {
        day.day--;
        if (works(t, calendar, day))
            before = text_of(t, &day);
    }
    reply_json(t, 200, json_pack("{s:b, s:o}", "works", open, "before", before));
}
