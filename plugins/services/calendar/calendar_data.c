/* SPDX-License-Identifier: MPL-2.0
 * The town's own days: off, worked instead of another, shorter. Owns the table `calendar`; a new list takes the place of the old. */
#include <ctype.h>
#include <string.h>

#include "calendar.h"

enum { REASON_BYTES = 200 };

/* "2026-12-25" as 20261225; 0: there is no such day. */
static int64_t read_day(struct viche_turn *t, const char *text)
{
    static const char shape[] = "dddd-dd-dd";
    int64_t key = 0;
    if (strlen(text) != sizeof shape - 1)
        return 0;
    for (size_t i = 0; i < sizeof shape - 1; i++) {
        if (shape[i] == 'd' ? !isdigit((unsigned char)text[i]) : text[i] != '-')
            return 0;
        if (shape[i] == 'd')
            key = key * 10 + (text[i] - '0');
    }
    struct viche_local date = {.size = sizeof date, .year = (int32_t)(key / 10000)};
    date.month = (int32_t)(key / 100 % 100);
    date = day_plus(t, date, (int32_t)(key % 100));
    return day_key(&date) == key ? key : 0; /* 31 June would have become 1 July */
}

static bool is_kind(const char *kind)
{
    return strcmp(kind, "off") == 0 || strcmp(kind, "work") == 0 || strcmp(kind, "short") == 0;
}

int64_t data_count(struct viche_turn *t)
{
    struct viche_rows *rows = viche_sql(t, "SELECT count(*) FROM calendar");
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

struct viche_rows *data_days(struct viche_turn *t)
{
    return viche_sql(t, "SELECT day, kind, hours, reason, reason_en FROM calendar ORDER BY day");
}

void data_begin(struct viche_turn *t) { viche_sql(t, "DELETE FROM calendar"); }

void data_row(struct viche_turn *t)
{
    const char *kind = viche_get(t, "kind"), *hours = viche_get(t, "hours");
    int64_t day = read_day(t, viche_get(t, "date"));
    struct hours_day read;
    const char *wrong = hours_read_day(hours, &read);
    if (!day)
        viche_bad(t, "date", viche_text(t, "bad-date"));
    if (!is_kind(kind))
        viche_bad(t, "kind", viche_text(t, "bad-kind"));
    if (wrong)
        viche_bad(t, "hours", viche_text(t, wrong));
    if (strcmp(kind, "short") == 0 && !*hours)
        viche_bad(t, "hours", viche_text(t, "bad-short"));
    if (strcmp(kind, "off") == 0 && *hours)
        viche_bad(t, "hours", viche_text(t, "bad-off"));
    if (strlen(viche_get(t, "reason")) > REASON_BYTES || strlen(viche_get(t, "reason_en")) > REASON_BYTES)
        viche_bad(t, "reason", viche_text(t, "bad-reason"));
    struct viche_rows *rows = viche_sql(t, "INSERT INTO calendar(day, kind, hours, reason, reason_en) VALUES(?, ?, ?, ?, ?)"
                                           " ON CONFLICT(day) DO NOTHING RETURNING day",
                                        VICHE_INT_VALUE(day), VICHE_TEXT_VALUE(kind), VICHE_TEXT_VALUE(hours),
                                        VICHE_TEXT_VALUE(viche_get(t, "reason")), VICHE_TEXT_VALUE(viche_get(t, "reason_en")));
    if (day && !viche_row(t, rows))
        viche_bad(t, "date", viche_text(t, "bad-twice"));
}

void data_write(struct viche_turn *t)
{
    struct viche_rows *rows = data_days(t);
    while (viche_row(t, rows)) {
        int64_t day = viche_row_integer(t, rows, 0);
        viche_set(t, "date", viche_print(t, "%04d-%02d-%02d", (int)(day / 10000), (int)(day / 100 % 100), (int)(day % 100)));
        viche_set(t, "kind", viche_row_text(t, rows, 1));
        viche_set(t, "hours", viche_row_text(t, rows, 2));
        viche_set(t, "reason", viche_row_text(t, rows, 3));
        viche_set(t, "reason_en", viche_row_text(t, rows, 4));
        viche_emit(t, "calendar");
    }
}
