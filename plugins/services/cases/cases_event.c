/* SPDX-License-Identifier: MPL-2.0
 * The timeline: everything that happened to a card, with who and when. Nothing in it is ever changed. Owns `cases_event`. */
#include "cases_report.h"

void event_add(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *what, const char *words, const char *files,
               uint32_t flags)
{
    viche_sql(t, "INSERT INTO cases_event(card, at, clerk, what, state, words, files, shown) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
              VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(clerk), VICHE_TEXT_VALUE(what),
              VICHE_TEXT_VALUE(card->state), VICHE_TEXT_VALUE(words), VICHE_TEXT_VALUE(files), VICHE_INT_VALUE(flags));
    sum_soon(t);
}

/* What happens by itself has its words in texts/, what people do has them in the regulation. */
const char *event_title(struct viche_turn *t, const struct type *type, const char *what)
{
    static const char own[] = "registered delivered due warned overdue escalated surveyed silence incident-ended duplicated duplicate-ended";
    if (word_in(own, what))
        return viche_text(t, viche_print(t, "event-%s", what));
    const struct action *action = regulation_action(type->regulation, what);
    if (!action)
        return what;
    const char *name = part_words(t, action->part, "name");
    static const char *const steps[] = {[STEP_ASK] = "request-ask", [STEP_GRANT] = "request-grant", [STEP_REJECT] = "request-reject"};
    if (action->step == STEP_PLAIN)
        return name;
    viche_let(t, "name", name);
    return viche_text(t, steps[action->step]);
}

uint64_t event_last(struct viche_turn *t, const struct card *card, const char *what, int64_t *at)
{
    struct viche_rows *rows = viche_sql(t, "SELECT clerk, at FROM cases_event WHERE card = ? AND what = ? ORDER BY id DESC LIMIT 1",
                                        VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(what));
    bool found = viche_row(t, rows);
    if (at)
        *at = found ? viche_row_integer(t, rows, 1) : 0;
    return found ? (uint64_t)viche_row_integer(t, rows, 0) : 0;
}

uint64_t event_entered(struct viche_turn *t, const struct card *card)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT clerk FROM cases_event WHERE card = ? AND id > coalesce("
                                        "(SELECT max(id) FROM cases_event WHERE card = ? AND state <> ?), 0) ORDER BY id LIMIT 1",
                                        VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(card->state));
    return viche_row(t, rows) ? (uint64_t)viche_row_integer(t, rows, 0) : 0;
}

int64_t event_unanswered(struct viche_turn *t, const struct card *card, const char *what, int64_t clerk)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT max(at) FROM cases_event WHERE card = ?1 AND what = ?2 AND id >"
                                        " (SELECT coalesce(max(id), 0) FROM cases_event WHERE card = ?1 AND clerk = ?3)",
                                        VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(what), VICHE_INT_VALUE(clerk));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

/* An action that no official did is the applicant's; what is no action happens by itself. */
static const char *who_of(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *what)
{
    if (clerk)
        return staff_name(t, clerk);
    return viche_text(t, regulation_action(card->kept->regulation, what) ? "who-applicant" : "who-service");
}

const char *event_since(struct viche_turn *t, const struct card *card)
{
    struct viche_rows *rows = viche_sql(t, "SELECT clerk, what, at FROM cases_event WHERE card = ? ORDER BY id DESC LIMIT 1",
                                        VICHE_INT_VALUE(card->id));
    if (!viche_row(t, rows))
        return "";
    const char *what = viche_row_text(t, rows, 1);
    const char *title = event_title(t, card->kept, what);
    viche_let(t, "who", who_of(t, card, (uint64_t)viche_row_integer(t, rows, 0), what));
    viche_let_number(t, "at", viche_row_integer(t, rows, 2));
    viche_let(t, "what", title);
    return viche_text(t, "changed-since");
}

void event_show(struct viche_turn *t, const struct card *card, struct viche_sheet *sheet)
{
    struct viche_rows *rows = viche_sql(t, "SELECT at, clerk, what, words, files FROM cases_event WHERE card = ? ORDER BY id",
                                        VICHE_INT_VALUE(card->id));
    while (viche_row(t, rows)) {
        const char *what = viche_row_text(t, rows, 2);
        viche_sheet_event(sheet, viche_row_integer(t, rows, 0), who_of(t, card, (uint64_t)viche_row_integer(t, rows, 1), what),
                          event_title(t, card->kept, what), viche_row_text(t, rows, 3), viche_row_text(t, rows, 4));
    }
}

/* What a citizen may know of an event: into which state it brought the card; the comments of officials to each other stay with them. */
static const char *words_for_applicant(struct viche_turn *t, const struct card *card, const char *what, const char *name)
{
    const struct state *state = regulation_state(card->kept->regulation, name);
    if (regulation_action(card->kept->regulation, what))
        return state ? part_words(t, state->part, "citizen") : name;
    return event_title(t, card->kept, what);
}

bool event_line(struct viche_turn *t, const struct card *card, uint32_t index, int64_t *at, const char **who, const char **words,
                const char **files)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT at, clerk, what, state, '', '', 0 FROM cases_event WHERE card = ? AND shown = 1"
                                        " UNION ALL SELECT at, clerk, '', '', words, files, id FROM cases_message WHERE card = ?"
                                        " ORDER BY 1, 7 LIMIT 1 OFFSET ?",
                                        VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(index));
    if (!viche_row(t, rows))
        return false;
    const char *what = viche_row_text(t, rows, 2);
    uint64_t clerk = (uint64_t)viche_row_integer(t, rows, 1);
    *at = viche_row_integer(t, rows, 0);
    *who = viche_text(t, clerk ? "who-town" : *what ? "who-service" : "who-you");
    *words = *what ? words_for_applicant(t, card, what, viche_row_text(t, rows, 3)) : viche_row_text(t, rows, 4);
    *files = viche_row_text(t, rows, 5);
    return true;
}

void event_blank(struct viche_turn *t, int64_t card)
{
    viche_sql(t, "UPDATE cases_event SET words = '', files = '' WHERE card = ? AND clerk = 0", VICHE_INT_VALUE(card));
}
