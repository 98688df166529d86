/* SPDX-License-Identifier: MIT
 * When is the rubbish collected in my street? Staff bring the calendar in as CSV and change a day at the desk; a citizen
 * picks a street and may be reminded on the eve. Copy this folder, rename the plugin, replace what it does. */
#include <viche/viche.h>

/* ---- the dialog: pick a street, hear the day, choose whether to be reminded ---- */

static viche_next ask_street(struct viche_turn *t)
{
    uint32_t streets = 0;
    viche_say(t, "ask-street");
    struct viche_rows *rows = viche_sql(t, "SELECT street FROM waste ORDER BY place");
    for (; viche_row(t, rows); streets++)
        viche_offer_text(t, viche_row_text(t, rows, 0), viche_row_text(t, rows, 0));
    return streets ? viche_stay(t) : viche_fail(t, "no-calendar");
}

/* Today or the first day after it that is this weekday; a day beyond the month's end is a day of the next month. */
static int64_t next_day(struct viche_turn *t, int32_t weekday)
{
    struct viche_local day = viche_local(t, viche_now(t));
    day.day += (weekday - day.weekday + 7) % 7;
    return viche_moment(t, &day);
}

static viche_next say_day(struct viche_turn *t)
{
    struct viche_rows *rows =
        viche_sql(t, "SELECT weekday FROM waste WHERE street = ?", VICHE_TEXT_VALUE(viche_get(t, "street")));
    if (!viche_row(t, rows))
        return viche_fail(t, "no-calendar");
    viche_let_number(t, "day", next_day(t, (int32_t)viche_row_integer(t, rows, 0)));
    viche_let(t, "hour", viche_option(t, "out-by"));
    viche_say(t, "when");
    return viche_stay(t);
}

static viche_next keep_wish(struct viche_turn *t, const char *answer)
{
    bool wanted = answer[0] == 'y'; /* a VICHE_YES_NO step hands over "yes" or "no" */
    viche_sql(t, "DELETE FROM waste_reminder WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
    if (wanted)
        viche_sql(t, "INSERT INTO waste_reminder(citizen, street) VALUES(?, ?)", VICHE_INT_VALUE(viche_citizen(t)),
                  VICHE_TEXT_VALUE(viche_get(t, "street")));
    viche_say(t, wanted ? "will-remind" : "will-not-remind");
    return viche_done(t);
}

/* ---- every evening ---- */

static void remind(struct viche_turn *t, int64_t planned_at)
{
    int32_t tomorrow = viche_local(t, planned_at).weekday % 7 + 1;
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT citizen, waste.street FROM waste_reminder "
                                        "JOIN waste ON waste.street = waste_reminder.street WHERE weekday = ?",
                                        VICHE_INT_VALUE(tomorrow));
    while (viche_row(t, rows)) {
        viche_to(t, (uint64_t)viche_row_integer(t, rows, 0));
        viche_let(t, "street", viche_row_text(t, rows, 1));
        viche_let(t, "hour", viche_option(t, "out-by"));
        viche_say(t, "reminder");
    }
}

/* ---- the calendar comes and goes as CSV: `viche import TOWN calendar FILE` ---- */

static void forget_calendar(struct viche_turn *t) { viche_sql(t, "DELETE FROM waste"); }

static void take_row(struct viche_turn *t)
{
    const char *street = viche_get(t, "street");
    const char *weekday = viche_get(t, "weekday");
    if (weekday[0] < '1' || weekday[0] > '7' || weekday[1] != '\0') {
        viche_bad(t, "weekday", "must be a number from 1 (Monday) to 7 (Sunday)");
        return;
    }
    viche_sql(t,
              "INSERT INTO waste(street, weekday, place) VALUES(?, ?, ?) "
              "ON CONFLICT(street) DO UPDATE SET weekday = excluded.weekday",
              VICHE_TEXT_VALUE(street), VICHE_INT_VALUE(weekday[0] - '0'),
              VICHE_TEXT_VALUE(viche_collation_key(t, street)));
}

static void give_rows(struct viche_turn *t)
{
    struct viche_rows *rows = viche_sql(t, "SELECT street, weekday FROM waste ORDER BY place");
    while (viche_row(t, rows)) {
        viche_set(t, "street", viche_row_text(t, rows, 0));
        viche_set(t, "weekday", viche_row_text(t, rows, 1));
        viche_emit(t, "calendar");
    }
}

/* ---- what officials see at the staff desk: the streets, and a day to be changed ---- */

#define WEEKDAYS                                                                                                       \
    VICHE_LIST(struct viche_choice, { "1", "day-1" }, { "2", "day-2" }, { "3", "day-3" }, { "4", "day-4" },            \
               { "5", "day-5" }, { "6", "day-6" }, { "7", "day-7" })

static void list_streets(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT street, weekday, place FROM waste WHERE place > ? AND instr(street, ?) "
                                        "ORDER BY place LIMIT ?",
                                        VICHE_TEXT_VALUE(query->after), VICHE_TEXT_VALUE(query->search),
                                        VICHE_INT_VALUE(query->limit));
    uint32_t count = 0;
    const char *last = "";
    for (; viche_row(t, rows); count++) {
        viche_sheet_row(sheet, viche_row_text(t, rows, 0));
        viche_sheet_value(sheet, "street", viche_row_text(t, rows, 0));
        viche_sheet_value(sheet, "weekday", viche_row_text(t, rows, 1));
        last = viche_row_text(t, rows, 2);
    }
    viche_sheet_more(sheet, count == query->limit ? last : "", -1);
}

/* Whoever may open the view may see every street. */
static uint32_t sees_street(struct viche_turn *t, const struct viche_clerk *clerk, const char *street)
{
    (void)clerk;
    return viche_row(t, viche_sql(t, "SELECT 1 FROM waste WHERE street = ?", VICHE_TEXT_VALUE(street)));
}

static const struct viche_action change = {
    .id = "change", .label = "change",
    .fields = VICHE_LIST(struct viche_field,
        { .name = "weekday", .label = "weekday", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_REQUIRED,
          .choices = WEEKDAYS }),
};

static void show_street(struct viche_turn *t, const struct viche_clerk *clerk, const char *street,
                        struct viche_sheet *sheet)
{
    (void)clerk;
    struct viche_rows *rows = viche_sql(t, "SELECT weekday FROM waste WHERE street = ?", VICHE_TEXT_VALUE(street));
    if (!viche_row(t, rows))
        return;
    viche_sheet_value(sheet, "street", street);
    viche_sheet_value(sheet, "weekday", viche_row_text(t, rows, 0));
    viche_sheet_value(sheet, "stamp", viche_row_text(t, rows, 0));
    viche_sheet_action(sheet, &change);
}

/* The stamp is the day as it was when the form was opened: somebody else may have been faster. */
static const char *change_day(struct viche_turn *t, const struct viche_clerk *clerk, const char *street,
                              const char *action, const char *stamp)
{
    (void)action; /* there is one */
    struct viche_rows *rows =
        viche_sql(t, "UPDATE waste SET weekday = ? WHERE street = ? AND weekday = ? RETURNING street",
                  VICHE_TEXT_VALUE(viche_get(t, "weekday")), VICHE_TEXT_VALUE(street), VICHE_TEXT_VALUE(stamp));
    if (!viche_row(t, rows))
        return viche_text(t, "changed-meanwhile");
    viche_audit(t, clerk->id, "changed", viche_print(t, "streets/%s", street));
    return NULL;
}

/* ---- what a citizen may ask of whoever keeps something: to see it, to have it deleted ---- */

static void export_citizen(struct viche_turn *t)
{
    struct viche_rows *rows =
        viche_sql(t, "SELECT street FROM waste_reminder WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
    while (viche_row(t, rows)) {
        viche_set(t, "street", viche_row_text(t, rows, 0));
        viche_emit(t, "waste-reminder");
    }
}

static void erase_citizen(struct viche_turn *t)
{
    viche_sql(t, "DELETE FROM waste_reminder WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.example.waste", .name = "Waste collection", .version = "1.0",
    .author = "You", .licence = "MIT",
    .options = VICHE_LIST(struct viche_option,
        { .name = "out-by", .help = "By when bins stand in the street, as citizens read it.", .fallback = "07:00" }),
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "waste", .opens = "/waste", .title = "title", .version = 1,
        .steps = VICHE_LIST(struct viche_step,
            { .name = "street", .kind = VICHE_CHOICE, .enter = ask_street, .save = "street", .next = "remind" },
            { .name = "remind", .kind = VICHE_YES_NO, .enter = say_day, .answer = keep_wish }),
    }),
    .schedules = VICHE_LIST(struct viche_schedule, { .name = "evening", .at = "19:00", .run = remind }),
    .migrations = VICHE_LIST(const char *,
        "CREATE TABLE waste(street TEXT PRIMARY KEY, weekday INTEGER NOT NULL, place TEXT NOT NULL)",
        "CREATE TABLE waste_reminder(citizen INTEGER PRIMARY KEY, street TEXT NOT NULL)"),
    .datasets = VICHE_LIST(struct viche_dataset, {
        .name = "calendar", .begin = forget_calendar, .row = take_row, .write = give_rows,
        .columns = VICHE_LIST(struct viche_column,
            { .name = "street", .help = "As citizens know it.", .required = 1 },
            { .name = "weekday", .help = "1 Monday to 7 Sunday.", .required = 1 }),
    }),
    .views = VICHE_LIST(struct viche_view, {
        .id = "streets", .title = "title", .see = "operator responsible",
        .list = list_streets, .sees = sees_street, .show = show_street, .act = change_day,
        .fields = VICHE_LIST(struct viche_field,
            { .name = "street", .label = "street", .flags = VICHE_FIELD_LISTED },
            { .name = "weekday", .label = "weekday", .kind = VICHE_FIELD_STATE, .flags = VICHE_FIELD_LISTED,
              .choices = WEEKDAYS }),
    }),
    .export_citizen = export_citizen,
    .erase_citizen = erase_citizen,
};
