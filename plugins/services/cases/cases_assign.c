/* SPDX-License-Identifier: MPL-2.0
 * Who works on a card: the decision-maker it is addressed to, the leading executor and those beside, whose parts must be done before the
 * card may end. Nobody decides on or works on a complaint against themselves. Owns `cases_executor`. */
#include "cases.h"

static const char *refuse(struct viche_turn *t, uint64_t clerk, const char *key)
{
    viche_let(t, "who", staff_name(t, clerk));
    return viche_text(t, key);
}

static bool holds_seat(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *seat)
{
    const char *organisation = strcmp(seat, "decider") == 0 ? card->organisation : staff_organisation(t, clerk);
    const struct regulation *r = card->kept->regulation;
    for (uint32_t i = 0; i < r->role_count; i++)
        if (strcmp(r->roles[i].seat, seat) == 0 && staff_holds(t, clerk, r->roles[i].staff, card->type, organisation))
            return true;
    return false;
}

static bool is_gone(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *seat)
{
    return !staff_works(t, clerk) || !holds_seat(t, card, clerk, seat);
}

bool assign_gone(struct viche_turn *t, const struct card *card, const char *seat)
{
    return is_gone(t, card, (uint64_t)(strcmp(seat, "decider") == 0 ? card->decider : card->executor), seat);
}

/* Of the others, whose parts are open. */
static struct viche_rows *open_parts(struct viche_turn *t, const struct card *card)
{
    return viche_sql(t, "SELECT clerk FROM cases_executor WHERE card = ? AND leading = 0 AND done_at = 0 ORDER BY clerk",
                     VICHE_INT_VALUE(card->id));
}

uint64_t assign_left(struct viche_turn *t, const struct card *card, uint64_t after)
{
    struct viche_rows *rows = open_parts(t, card);
    while (viche_row(t, rows)) {
        uint64_t clerk = (uint64_t)viche_row_integer(t, rows, 0);
        if (clerk > after && is_gone(t, card, clerk, "executor"))
            return clerk;
    }
    return 0;
}

/* Of the open cards, each pair of scope and official is asked about once, by a card as it would be. */
const char *assign_gone_list(struct viche_turn *t, const char *seat)
{
    struct viche_rows *rows = card_seats(t, seat);
    struct types types = {.t = t};
    struct scope scope;
    const char *list = "[";
    while (viche_row(t, rows)) {
        int64_t clerk = viche_row_integer(t, rows, 1);
        if (!scope_find(t, viche_row_integer(t, rows, 0), &scope))
            continue;
        struct card any = {.type = scope.type, .organisation = scope.organisation, .decider = clerk, .executor = clerk,
                           .kept = type_known(&types, scope.type)};
        if (any.kept && is_gone(t, &any, (uint64_t)clerk, strcmp(seat, "decider") == 0 ? seat : "executor"))
            list = viche_print(t, "%s%s\"%lld %lld\"", list, list[1] ? "," : "", (long long)scope.id, (long long)clerk);
    }
    return viche_print(t, "%s]", list);
}

const char *assign_unfit(struct viche_turn *t, const struct card *card, uint64_t clerk, const char *seat)
{
    if (clerk && clerk == (uint64_t)card->about)
        return refuse(t, clerk, "about-them");
    if (!staff_works(t, clerk))
        return refuse(t, clerk, "works-no-more");
    return holds_seat(t, card, clerk, seat) ? NULL : refuse(t, clerk, "not-their-role");
}

struct stuck assign_stuck(struct viche_turn *t, const struct card *card)
{
    bool works = strcmp(card->waits, "executor") == 0, decides = strcmp(card->waits, "decider") == 0;
    bool executor = works && assign_gone(t, card, "executor");
    uint64_t part = works ? assign_left(t, card, 0) : 0;
    if (!card_is_open(card))
        return (struct stuck){"", 0};
    if (card->decider && (executor || part || decides || *request_waiting(t, card)) && assign_gone(t, card, "decider"))
        return (struct stuck){"decider", (uint64_t)card->decider};
    if (executor)
        return (struct stuck){"executor", (uint64_t)card->executor};
    return (struct stuck){part ? "part" : "", part};
}

const char *assign_stuck_words(struct viche_turn *t, const struct card *card)
{
    struct stuck stuck = assign_stuck(t, card);
    if (!*stuck.seat)
        return "";
    viche_let(t, "who", staff_name(t, stuck.who));
    return viche_text(t, viche_print(t, "gone-%s", stuck.seat));
}

bool assign_in_vain(struct viche_turn *t, const struct card *card, uint64_t clerk)
{
    bool works_on_it = clerk == (uint64_t)card->executor || assign_is(t, card, clerk, false);
    return works_on_it && !staff_works(t, clerk);
}

const char *assign_unfit_of(struct viche_turn *t, const struct card *card, const char *executors)
{
    const char *id, *refusal = NULL;
    while (!refusal && word_line(t, &executors, &id))
        refusal = assign_unfit(t, card, (uint64_t)word_number(id), "executor");
    return refusal;
}

int64_t assign_count(struct viche_turn *t, uint64_t clerk, const char *organisation, int64_t most)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT count(*) FROM (SELECT 1 FROM cases_executor WHERE clerk = ? UNION ALL"
                                        " SELECT 1 FROM cases_executor WHERE organisation = ? AND organisation <> '' LIMIT ?)",
                                        VICHE_INT_VALUE(clerk), VICHE_TEXT_VALUE(organisation), VICHE_INT_VALUE(most));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

static void put(struct viche_turn *t, const struct card *card, uint64_t clerk, bool leading)
{
    viche_sql(t,
              "INSERT INTO cases_executor(card, clerk, organisation, leading, at) VALUES(?, ?, ?, ?, ?)"
              " ON CONFLICT(card, clerk) DO UPDATE SET leading = excluded.leading, done_at = 0",
              VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(clerk), VICHE_TEXT_VALUE(staff_organisation(t, clerk)), VICHE_INT_VALUE(leading),
              VICHE_INT_VALUE(viche_now(t)));
}

void assign_executors(struct viche_turn *t, struct card *card, const char *clerks)
{
    const char *id;
    viche_sql(t, "DELETE FROM cases_executor WHERE card = ?", VICHE_INT_VALUE(card->id));
    card->executor = 0;
    while (word_line(t, &clerks, &id)) {
        put(t, card, (uint64_t)word_number(id), card->executor == 0);
        card->executor = card->executor ? card->executor : word_number(id);
    }
}

void assign_more(struct viche_turn *t, struct card *card, const char *clerks)
{
    const char *id;
    while (word_line(t, &clerks, &id))
        if (word_number(id) != card->executor)
            put(t, card, (uint64_t)word_number(id), false);
}

void assign_relieve(struct viche_turn *t, struct card *card, const char *clerks)
{
    for (uint64_t one = assign_left(t, card, 0); one; one = assign_left(t, card, one))
        viche_sql(t, "DELETE FROM cases_executor WHERE card = ? AND clerk = ?", VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(one));
    assign_more(t, card, clerks);
}

void assign_accepted(struct viche_turn *t, const struct card *card, uint64_t clerk)
{
    viche_sql(t, "UPDATE cases_executor SET accepted_at = ? WHERE card = ? AND clerk = ?", VICHE_INT_VALUE(viche_now(t)),
              VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(clerk));
}

void assign_done(struct viche_turn *t, const struct card *card, uint64_t clerk)
{
    viche_sql(t, "UPDATE cases_executor SET done_at = ? WHERE card = ? AND clerk = ?", VICHE_INT_VALUE(viche_now(t)),
              VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(clerk));
}

void assign_undone(struct viche_turn *t, const struct card *card)
{
    viche_sql(t, "UPDATE cases_executor SET done_at = 0 WHERE card = ?", VICHE_INT_VALUE(card->id));
}

bool assign_is(struct viche_turn *t, const struct card *card, uint64_t clerk, bool leading)
{
    struct viche_rows *rows = viche_sql(t, "SELECT 1 FROM cases_executor WHERE card = ? AND clerk = ? AND leading = ?",
                                        VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(clerk), VICHE_INT_VALUE(leading));
    return viche_row(t, rows);
}

bool assign_in(struct viche_turn *t, const struct card *card, const char *organisation)
{
    struct viche_rows *rows = viche_sql(t, "SELECT 1 FROM cases_executor WHERE card = ? AND organisation = ? AND organisation <> ''",
                                        VICHE_INT_VALUE(card->id), VICHE_TEXT_VALUE(organisation));
    return viche_row(t, rows);
}

const char *assign_open_parts(struct viche_turn *t, const struct card *card)
{
    struct viche_rows *rows = open_parts(t, card);
    const char *names = NULL;
    while (viche_row(t, rows)) {
        const char *name = staff_name(t, (uint64_t)viche_row_integer(t, rows, 0));
        names = names ? viche_print(t, "%s, %s", names, name) : name;
    }
    return names;
}

uint64_t assign_next(struct viche_turn *t, const struct card *card, uint64_t after, bool leading)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT clerk FROM cases_executor WHERE card = ? AND clerk > ? AND leading = ? ORDER BY clerk"
                                        " LIMIT 1",
                                        VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(after), VICHE_INT_VALUE(leading));
    return viche_row(t, rows) ? (uint64_t)viche_row_integer(t, rows, 0) : 0;
}

const char *assign_list(struct viche_turn *t, const struct card *card)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT group_concat(clerk, char(10)) FROM (SELECT clerk FROM cases_executor WHERE card = ?"
                                        " ORDER BY leading DESC, clerk)",
                                        VICHE_INT_VALUE(card->id));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
}

const char *assign_words(struct viche_turn *t, const struct card *card)
{
    struct viche_rows *rows = viche_sql(t, "SELECT clerk, leading FROM cases_executor WHERE card = ? ORDER BY leading DESC, clerk",
                                        VICHE_INT_VALUE(card->id));
    const char *list = "";
    while (viche_row(t, rows)) {
        const char *name = staff_full_name(t, (uint64_t)viche_row_integer(t, rows, 0));
        viche_let(t, "who", name);
        list = viche_print(t, "%s%s%s", list, *list ? "\n" : "", viche_row_integer(t, rows, 1) ? viche_text(t, "executor-leads") : name);
    }
    return list;
}
