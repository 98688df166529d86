/* SPDX-License-Identifier: MPL-2.0
 * A dialog with one question of every kind, a fetch, a wait and a table: what the transcripts of the flow walk through. */
#include <viche/viche.h>

static viche_next keep(struct viche_turn *t)
{
    viche_sql(t, "INSERT INTO form(citizen, name, at) VALUES(?, ?, ?)", VICHE_INT_VALUE(viche_citizen(t)),
              VICHE_TEXT_VALUE(viche_get(t, "name")), VICHE_INT_VALUE(viche_now(t)));
    viche_say(t, "summary");
    return viche_done(t);
}

static viche_next ask_bus(struct viche_turn *t)
{
    viche_say(t, "bus-looking");
    struct viche_request request = {.size = sizeof request, .url = "https://bus.example/next"};
    return viche_fetch(t, &request);
}

static viche_next bus_came(struct viche_turn *t, const struct viche_result *result)
{
    if (result->status != 200)
        return viche_fail(t, "bus-unknown");
    viche_let(t, "answer", result->body);
    viche_say(t, "bus-next");
    return viche_done(t);
}

static viche_next nap(struct viche_turn *t)
{
    viche_say(t, "nap");
    return viche_wait(t, 3600, "awake");
}

static viche_next awake(struct viche_turn *t)
{
    viche_say(t, "awake");
    return viche_done(t);
}

static viche_next break_it(struct viche_turn *t)
{
    viche_sql(t, "INSERT INTO form(citizen, name, at) VALUES(1, 'never kept', 0)");
    viche_sql(t, "SELECT * FROM citizen"); /* the host's: the guard refuses it, and the turn is undone */
    viche_say(t, "awake");
    return viche_done(t);
}

static viche_next list_long(struct viche_turn *t)
{
    viche_say(t, "long-ask");
    for (int i = 1; i <= 40; i++)
        viche_offer_text(t, viche_print(t, "№ %d", i), viche_print(t, "%d", i));
    return viche_stay(t);
}

static viche_next list_chosen(struct viche_turn *t, const char *number)
{
    viche_let(t, "number", number);
    viche_say(t, "long-chosen");
    return viche_done(t);
}

static void index_answer(struct viche_turn *t)
{
    viche_index_put(t, &(struct viche_entry){.size = sizeof(struct viche_entry), .id = "nap", .title = "Бібліотека",
                                             .text = "бібліотека години роботи", .opens = "/library"});
}

static viche_next library(struct viche_turn *t)
{
    viche_say(t, "library");
    return viche_done(t);
}

static void export_citizen(struct viche_turn *t)
{
    for (struct viche_rows *r = viche_sql(t, "SELECT name FROM form WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
         viche_row(t, r);) {
        viche_set(t, "name", viche_row_text(t, r, 0));
        viche_emit(t, "form");
    }
}

static void erase_citizen(struct viche_turn *t)
{
    viche_sql(t, "DELETE FROM form WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
}

static void join_citizen(struct viche_turn *t, uint64_t from)
{
    viche_sql(t, "UPDATE form SET citizen = ? WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)), VICHE_INT_VALUE((int64_t)from));
}

#define CHOICES(...) .choices = VICHE_LIST(struct viche_choice, __VA_ARGS__)

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.form", .name = "Form", .version = "1", .start = index_answer,
    .migrations = VICHE_LIST(const char *, "CREATE TABLE form (citizen INTEGER NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL)"),
    .export_citizen = export_citizen, .erase_citizen = erase_citizen, .join_citizen = join_citizen,
    .dialogs = VICHE_LIST(struct viche_dialog,
        { .id = "form", .opens = "/form", .title = "title", .help = "help", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "name", .kind = VICHE_TEXT, .ask = "name", .save = "name", .next = "age", .max = 40 },
            { .name = "age", .kind = VICHE_NUMBER, .ask = "age", .save = "age", .next = "phone", .min = 1, .max = 120,
              .retry = "age-retry" },
            { .name = "phone", .kind = VICHE_PHONE, .ask = "phone", .save = "phone", .next = "date" },
            { .name = "date", .kind = VICHE_DATE, .ask = "date", .save = "date", .next = "way", .min = 0, .max = 30 },
            { .name = "way", .kind = VICHE_CHOICE, .ask = "way", .save = "way", .next = "days",
              CHOICES({"foot", "way-foot"}, {"bus", "way-bus"}) },
            { .name = "days", .kind = VICHE_CHOICES, .ask = "days", .save = "days", .next = "again",
              CHOICES({"mon", "day-mon"}, {"tue", "day-tue"}, {"wed", "day-wed"}) },
            { .name = "again", .kind = VICHE_YES_NO, .ask = "again", .save = "again", .next = "place" },
            { .name = "place", .kind = VICHE_PLACE, .ask = "place", .save = "place", .next = "photo" },
            { .name = "photo", .kind = VICHE_PHOTO, .ask = "photo", .save = "photo", .next = "paper", .flags = VICHE_OPTIONAL },
            { .name = "paper", .kind = VICHE_FILE, .ask = "paper", .save = "paper", .next = "keep", .max = 2,
              .flags = VICHE_OPTIONAL },
            { .name = "keep", .enter = keep }) },
        { .id = "story", .opens = "/story", .title = "story-title", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "story", .kind = VICHE_STORY, .ask = "story", .save = "story", .next = "told", .min = 5, .max = 60 },
            { .name = "told", .ask = "story-told", .next = "where" },
            { .name = "where", .kind = VICHE_PLACE, .flags = VICHE_OR_WORDS, .ask = "place", .save = "where", .next = "there" },
            { .name = "there", .ask = "story-there" }) },
        { .id = "bus", .opens = "/bus", .title = "bus", .version = 1,
          .steps = VICHE_LIST(struct viche_step, { .name = "ask", .enter = ask_bus, .result = bus_came }) },
        { .id = "nap", .opens = "/nap", .version = 1,
          .steps = VICHE_LIST(struct viche_step, { .name = "nap", .enter = nap, .next = "awake" },
                              { .name = "awake", .enter = awake }) },
        { .id = "break", .opens = "/break", .version = 1,
          .steps = VICHE_LIST(struct viche_step, { .name = "break", .enter = break_it }) },
        { .id = "long", .opens = "/long", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "long", .kind = VICHE_CHOICE, .ask = "long-ask", .enter = list_long, .answer = list_chosen }) },
        { .id = "library", .opens = "/library", .title = "library-title", .version = 1,
          .steps = VICHE_LIST(struct viche_step, { .name = "library", .enter = library }) }),
};
