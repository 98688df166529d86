/* SPDX-License-Identifier: MPL-2.0
 * Justified requests of executors: who asked for what and why, who granted or rejected it and with which words. Both outcomes stay. Owns
 * `cases_request`. */
#include "cases.h"

/* What is wished for beside the reason: a date, a plan, names. */
static const char *wish_of(struct viche_turn *t, const struct action *action)
{
    const char *due = field_get(t, action, "due"), *plan = field_get(t, action, "plan");
    return *due ? due : plan;
}

static bool is_date(const char *wish) { return strlen(wish) == 10 && wish[4] == '-' && wish[7] == '-'; }

/* A date is said as people say it. */
const char *request_wish_words(struct viche_turn *t, const char *wish)
{
    int64_t due_at = is_date(wish) ? due_end_of_day(t, wish) : 0;
    viche_let_number(t, "wish_at", due_at);
    return due_at ? viche_text(t, "wish-due") : wish;
}

void request_ask(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
{
    viche_sql(t,
              "INSERT INTO cases_request(card, kind, at, clerk, justification, wish, files, state) VALUES(?, ?, ?, ?, ?, ?, ?, 'open')",
              VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(action->request), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(clerk),
              VICHE_TEXT_VALUE(field_get(t, action, "justification")), VICHE_TEXT_VALUE(wish_of(t, action)),
              VICHE_TEXT_VALUE(field_files(t, action)));
    staff_changed(t, "cases/requests", card->id);
}

void request_decide(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
{
    viche_sql(t, "UPDATE cases_request SET state = ?, decided_at = ?, decider = ?, words = ? WHERE card = ? AND kind = ? AND state = 'open'",
              VICHE_TEXT_VALUE(action->step == STEP_GRANT ? "granted" : "rejected"), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(clerk),
              VICHE_TEXT_VALUE(field_get(t, action, "comment")), VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(action->request));
    staff_changed(t, "cases/requests", card->id);
}

uint64_t request_asker(struct viche_turn *t, const struct card *card, const char *kind)
{
    struct viche_rows *rows = viche_sql(t, "SELECT clerk FROM cases_request WHERE card = ? AND kind = ? AND state = 'open'",
                                        VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(kind));
    return viche_row(t, rows) ? (uint64_t)viche_row_integer(t, rows, 0) : 0;
}

const char *request_waiting(struct viche_turn *t, const struct card *card)
{
    struct viche_rows *rows = viche_sql(t, "SELECT kind, wish FROM cases_request WHERE card = ? AND state = 'open' ORDER BY id",
                                        VICHE_INT_VALUE(card->id));
    const char *out = "";
    while (viche_row(t, rows)) {
        const struct part *part = regulation_part(card->kept->regulation, "request", viche_row_text(t, rows, 0));
        const char *name = part ? part_words(t, part, "name") : viche_row_text(t, rows, 0);
        const char *wish = request_wish_words(t, viche_row_text(t, rows, 1));
        out = viche_print(t, "%s%s%s%s%s", out, *out ? "; " : "", name, *wish ? ": " : "", wish);
    }
    return out;
}

bool request_next(struct viche_turn *t, int64_t after, struct request *out)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT id, card, at, clerk, kind, justification, wish, files FROM cases_request"
                                        " WHERE state = 'open' AND id > ? ORDER BY id LIMIT 1",
                                        VICHE_INT_VALUE(after));
    if (!viche_row(t, rows))
        return false;
    *out = (struct request){viche_row_integer(t, rows, 0), viche_row_integer(t, rows, 1), viche_row_integer(t, rows, 2),
                            viche_row_integer(t, rows, 3), viche_row_text(t, rows, 4), viche_row_text(t, rows, 5),
                            request_wish_words(t, viche_row_text(t, rows, 6)), viche_row_text(t, rows, 7),
                            is_date(viche_row_text(t, rows, 6)) ? viche_row_text(t, rows, 6) : ""};
    return true;
}

#define ASKED_FOR " iif(wish LIKE '____-__-__', 'due', iif(wish = '', '', 'plan')) = "

int64_t request_dates(struct viche_turn *t, const struct card *card)
{
    struct viche_rows *rows = viche_sql(t, "SELECT count(*) FROM cases_request WHERE card = ? AND state = 'open' AND" ASKED_FOR "'due'",
                                        VICHE_INT_VALUE(card->id));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

bool request_fills(struct viche_turn *t, const struct card *card, const char *kind, const char *field)
{
    if (strcmp(field, "due") == 0 && request_dates(t, card) != 1)
        return true;
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT count(*), max(kind = ?) FROM cases_request WHERE card = ? AND state = 'open' AND" ASKED_FOR "?",
                                        VICHE_TEXT_VALUE(kind), VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(field));
    return viche_row(t, rows) && viche_row_integer(t, rows, 0) == 1 && viche_row_integer(t, rows, 1) == 1;
}
