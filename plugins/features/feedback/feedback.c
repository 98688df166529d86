/* SPDX-License-Identifier: MPL-2.0
 * What citizens think of the bot, and what is wrong in what it shows. Not an appeal: nobody owes an answer. Owns the table
 * `feedback`; who wrote is known only so that they can have it back or erased, and stands in no export. */
#include <string.h>

#include <viche/services/feedback.h>
#include <viche/viche.h>

enum { SUBJECT_BYTES = 40 };

/* ---- the dialog ------------------------------------------------------------------------------------------------------- */

static viche_next start(struct viche_turn *t)
{
    const char *subject = viche_args(t);
    viche_set(t, "subject", strlen(subject) <= SUBJECT_BYTES ? subject : "");
    return viche_go(t, *viche_get(t, "subject") ? "remark" : "rating");
}

static viche_next keep(struct viche_turn *t)
{
    const char *subject = viche_get(t, "subject");
    viche_sql(t, "INSERT INTO feedback(at, citizen, rating, subject, text) VALUES(?, ?, ?, ?, ?)", VICHE_INT_VALUE(viche_now(t)),
              VICHE_INT_VALUE(viche_citizen(t)), VICHE_TEXT_VALUE(viche_get(t, "rating")), VICHE_TEXT_VALUE(subject),
              VICHE_TEXT_VALUE(viche_get(t, "text")));
    viche_say(t, *subject ? "thanks-remark" : "thanks");
    return viche_done(t);
}

static const char *command(struct viche_turn *t, const char *subject) { return viche_print(t, "/feedback %s", subject); }

/* ---- reading it ------------------------------------------------------------------------------------------------------- */

static void emit(struct viche_turn *t, struct viche_rows *rows)
{
    static const char *const columns[] = {"time", "rating", "subject", "text"};
    while (viche_row(t, rows)) {
        struct viche_local at = viche_local(t, viche_row_integer(t, rows, 0));
        viche_set(t, columns[0], viche_print(t, "%04d-%02d-%02d %02d:%02d", at.year, at.month, at.day, at.hour, at.minute));
        for (uint32_t i = 1; i < sizeof columns / sizeof *columns; i++)
            viche_set(t, columns[i], viche_row_text(t, rows, i));
        viche_emit(t, "feedback");
    }
}

static void write_all(struct viche_turn *t) { emit(t, viche_sql(t, "SELECT at, rating, subject, text FROM feedback ORDER BY id")); }

static void export_citizen(struct viche_turn *t)
{
    emit(t, viche_sql(t, "SELECT at, rating, subject, text FROM feedback WHERE citizen = ? ORDER BY id",
                      VICHE_INT_VALUE(viche_citizen(t))));
}

static void erase_citizen(struct viche_turn *t)
{
    viche_sql(t, "DELETE FROM feedback WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)));
}

static void join_citizen(struct viche_turn *t, uint64_t from)
{
    viche_sql(t, "UPDATE feedback SET citizen = ? WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)), VICHE_INT_VALUE((int64_t)from));
}

/* ---- wiring ----------------------------------------------------------------------------------------------------------- */

static const struct viche_feedback service = {sizeof service, 0, command};

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.feedback", .name = "Feedback", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "feedback", .opens = "/feedback", .title = "title", .help = "help", .version = 1,
        .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = start },
            { .name = "rating", .kind = VICHE_CHOICE, .ask = "ask-rating", .save = "rating", .next = "text",
              .choices = VICHE_LIST(struct viche_choice, { "1", "rating-1" }, { "2", "rating-2" }, { "3", "rating-3" },
                                    { "4", "rating-4" }, { "5", "rating-5" }) }, /* who types a number means it as a mark */
            { .name = "text", .kind = VICHE_TEXT, .flags = VICHE_OPTIONAL, .ask = "ask-text", .save = "text", .next = "keep" },
            { .name = "remark", .kind = VICHE_TEXT, .ask = "ask-remark", .help = "help-remark", .save = "text", .next = "keep" },
            { .name = "keep", .enter = keep }),
    }),
    .migrations = VICHE_LIST(const char *,
        "CREATE TABLE feedback(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, citizen INTEGER NOT NULL, rating TEXT NOT NULL,"
        " subject TEXT NOT NULL, text TEXT NOT NULL)"),
    .offers = VICHE_LIST(struct viche_offer, { VICHE_FEEDBACK, &service }),
    .datasets = VICHE_LIST(struct viche_dataset, { .name = "feedback", .write = write_all,
        .columns = VICHE_LIST(struct viche_column,
            { .name = "time", .help = "of the town's clock" },
            { .name = "rating", .help = "5 very good … 1 very bad; empty: a remark on something shown" },
            { .name = "subject", .help = "what the remark is on, as the plugin that showed it names it" },
            { .name = "text", .help = "the citizen's words" }) }),
    .export_citizen = export_citizen,
    .erase_citizen = erase_citizen, .join_citizen = join_citizen,
};
