/* SPDX-License-Identifier: MPL-2.0
 * The town's calendar: when it works, and when a term ends. A service for other plugins; citizens never meet it by itself. */
#include "calendar.h"

/* Services run in the turn of whoever asks: options, texts and the table are ours only inside. */

static uint32_t is_open(struct viche_turn *t, int64_t at)
{
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    bool open = walk_is_open(t, day_calendar(t), at);
    viche_act(t, caller);
    return open;
}

static int64_t next_open(struct viche_turn *t, int64_t at)
{
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    int64_t next = walk_next_open(t, day_calendar(t), at);
    viche_act(t, caller);
    return next;
}

static const char *read_term(struct viche_turn *t, const char *text, uint32_t *amount, uint32_t *unit)
{
    struct term term = {0, 0};
    const char *wrong = reckon_read(text, &term);
    *amount = term.amount;
    *unit = term.unit;
    if (!wrong)
        return NULL;
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    wrong = viche_text(t, wrong);
    viche_act(t, caller);
    return wrong;
}

static void reckon(struct viche_turn *t, int64_t from, uint32_t amount, uint32_t unit, const struct viche_pause *pauses, uint32_t count,
                   struct viche_reckoning *out)
{
    const struct viche_plugin *caller = viche_act(t, &viche_plugin_v0);
    const struct calendar *calendar = day_calendar(t);
    struct term term = {amount, unit};
    struct reckoned reckoned = reckon_term(t, calendar, from, term, pauses, count);
    out->due = reckoned.due;
    out->words = words_of(t, calendar, term, &reckoned);
    viche_act(t, caller);
}

/* Nothing here is about a citizen. */
static void nothing(struct viche_turn *t) { (void)t; }

static const struct viche_calendar service = {sizeof service, 0, is_open, next_open, read_term, reckon};

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.calendar", .name = "Calendar", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .options = VICHE_LIST(struct viche_option,
        { .name = "hours", .fallback = "mon-thu 08:00-17:15, fri 08:00-16:00, break 12:00-12:45",
          .help = "When the town hall works; days that are not named are off" },
        { .name = "holidays", .fallback = "01-01 03-08 easter 05-01 05-08 easter+49 06-28 07-15 08-24 10-01 12-25",
          .help = "Of every year, as MM-DD or days from Easter: art. 73 of the Labour Code" },
        { .name = "martial_law", .kind = VICHE_OPTION_FLAG, .fallback = "yes",
          .help = "Holidays are working days and move no weekends (law 2136-IX, art. 6)" },
        { .name = "last_day_off", .kind = VICHE_OPTION_CHOICE, .choices = "next same", .fallback = "next",
          .help = "A term whose last day is off ends on the next working day (as in art. 254 of the Civil Code) or on that same day" },
        { .name = "after_hours", .kind = VICHE_OPTION_CHOICE, .choices = "next same", .fallback = "next",
          .help = "What comes after hours counts as received on the next working day or on that same day" }),
    .routes = VICHE_LIST(struct viche_route,
        { .method = "POST", .path = "/term", .serve = operator_term, .proof = VICHE_PROOF_OPERATOR }),
    .migrations = VICHE_LIST(const char *,
        "CREATE TABLE calendar(day INTEGER PRIMARY KEY, kind TEXT NOT NULL, hours TEXT NOT NULL, reason TEXT NOT NULL,"
        " reason_en TEXT NOT NULL)"),
    .offers = VICHE_LIST(struct viche_offer, { VICHE_CALENDAR, &service }),
    .datasets = VICHE_LIST(struct viche_dataset,
        { .name = "calendar", .begin = data_begin, .row = data_row, .write = data_write,
          .columns = VICHE_LIST(struct viche_column,
            { .name = "date", .help = "2026-12-25", .required = 1 },
            { .name = "kind", .help = "off; work: it would be off otherwise; short: other hours than usual", .required = 1 },
            { .name = "hours", .help = "08:00-12:00, 13:00-16:00 of a day that works; empty: as usual" },
            { .name = "reason", .help = "Why, for the reckoning of terms" },
            { .name = "reason_en", .help = "The same in English" }) }),
    .check = day_check,
    .export_citizen = nothing,
    .erase_citizen = nothing,
};
