/* SPDX-License-Identifier: MIT
 * Service ua.viche.calendar/1: the town's working hours, holidays and transferred days, and deadlines that explain themselves. This
 * revision never changes. Times are UTC seconds; days are those of the town's clock. */
#ifndef VICHE_SERVICES_CALENDAR_H
#define VICHE_SERVICES_CALENDAR_H

#include <viche/turn.h>

#define VICHE_CALENDAR "ua.viche.calendar/1"

enum { /* units of a term */
    VICHE_TERM_HOURS = 0,         /* by the clock */
    VICHE_TERM_WORKING_HOURS = 1,
    VICHE_TERM_DAYS = 2,          /* calendar days: ends with the last of them */
    VICHE_TERM_WORKING_DAYS = 3,
    VICHE_TERM_MONTHS = 4         /* the same day of a later month, or its last */
};

/* A span in which a term stood still: the applicant was asked, material was awaited. One that goes on still ends now. */
struct viche_pause {
    int64_t from, until;
};

struct viche_reckoning {
    uint32_t size, reserved;
    int64_t due;       /* the last second of the term */
    const char *words; /* how it was reckoned, in the language of the turn: «Надійшло 25.11.2026 о 18:20, після робочого дня, тож…» */
};

struct viche_calendar {
    uint32_t size, reserved;
    uint32_t (*is_open)(struct viche_turn *, int64_t at);
    /* `at` itself when the town works then; also when it does not work for a year. */
    int64_t (*next_open)(struct viche_turn *, int64_t at);
    /* "1 month", "15 days", "5 working days", "24 hours", "8 working hours" as an INI says them; NULL or what is wrong. */
    const char *(*read_term)(struct viche_turn *, const char *text, uint32_t *amount, uint32_t *unit);
    /* The term of what arrived at `from`. Hours are lengthened by the hours of the pauses, days by the days that began in them. Pauses
     * come in order and do not overlap. */
    void (*reckon)(struct viche_turn *, int64_t from, uint32_t amount, uint32_t unit, const struct viche_pause *pauses, uint32_t count,
                   struct viche_reckoning *out);
};

#endif
