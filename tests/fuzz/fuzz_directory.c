/* SPDX-License-Identifier: MPL-2.0
 * Any text as a cell of the directory's table: refused with a reason, or it means something at every hour of a week. */
#include "features/directory/directory_cell.c"
#include "features/directory/directory_hours.c"
#include "features/directory/directory_place.c"

#include <stdlib.h>

#include "base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int64_t flat(void *context, int32_t date, int32_t minute)
{
    (void)context;
    if (minute < 0 || minute >= HOURS_DAY)
        abort();
    return (int64_t)date * 86400 + minute * 60;
}

static void check_states(const struct hours *hours)
{
    for (int32_t hour = 0; hour < 7 * 24; hour++) {
        struct hours_clock clock = {flat, NULL, ((int64_t)20780 * 24 + hour) * 3600 + 59, 20780 + hour / 24};
        struct hours_state state = hours_state(hours, &clock);
        bool until = state.status == HOURS_OPEN || state.status == HOURS_BREAK || state.status == HOURS_CLOSED;
        if (until && flat(NULL, state.date, state.minute) <= clock.now)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4000)
        return -1;
    static struct hours hours;
    char *text = mem_alloc(size + 1);
    for (size_t i = 0; i < size; i++)
        text[i] = data[i] ? (char)data[i] : ' ';
    struct hours_day day;
    bool read = !hours_read_exceptions(text, &hours);
    read = !hours_read_day(text, &day) || read;
    for (size_t i = 0; i < 7; i++)
        hours.week[i] = day;
    if (read)
        check_states(&hours);
    struct place place;
    if (place_read(text, &place) && !(place_metres(place, place) >= 0))
        abort();
    cell_phones(text);
    cell_site(text);
    cell_name(text);
    cell_latitude(text);
    free(text);
    return 0;
}
