/* SPDX-License-Identifier: MPL-2.0
 * Who may not write for a while: an official proposes it with a reason and the very words, another one decides; it ends by itself; the
 * citizen is told why, until when, what is still open to them, and may contest it. Never barred: everything but new appeals (what is under
 * way, alarms, telephone numbers, the directory). Owns `cases_bar`. */
#include "cases.h"

enum { DAY_S = 86400 };

static const struct part *rule_of(const struct card *card) { return regulation_part(card->kept->regulation, "bar", NULL); }

void bar_propose(struct viche_turn *t, const struct card *card, const struct action *action, uint64_t clerk)
{
    int64_t days = word_number(field_get(t, action, "days"));
    int64_t longest = rule_of(card) ? word_number(part_get(rule_of(card), "longest")) : 0;
    struct viche_rows *rows = viche_sql(
        t,
        "INSERT INTO cases_bar(citizen, card, at, clerk, reason, quote, days, state) VALUES(?, ?, ?, ?, ?, ?, ?, 'proposed')"
        " RETURNING id",
        VICHE_INT_VALUE(card->citizen), VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(clerk),
        VICHE_TEXT_VALUE(field_get(t, action, "reason")), VICHE_TEXT_VALUE(field_get(t, action, "quote")),
        VICHE_INT_VALUE(longest && days > longest ? longest : days));
    int64_t bar = viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
    viche_let(t, "number", card->number);
    if (rule_of(card))
        staff_tell_role(t, card, part_get(rule_of(card), "confirm"), "bar", viche_text(t, "tell-bar"));
    staff_changed(t, "cases/bars", bar);
}

#define BAR_COLUMNS \
    "id, citizen, card, at, clerk, second, days, until_at, contested_at, reason, quote, state, contest, words"

static bool bar_read(struct viche_turn *t, struct viche_rows *rows, struct bar *out)
{
    if (!viche_row(t, rows))
        return false;
    *out = (struct bar){viche_row_integer(t, rows, 0), viche_row_integer(t, rows, 1), viche_row_integer(t, rows, 2),
                        viche_row_integer(t, rows, 3), viche_row_integer(t, rows, 4), viche_row_integer(t, rows, 5),
                        viche_row_integer(t, rows, 6), viche_row_integer(t, rows, 7), viche_row_integer(t, rows, 8),
                        viche_row_text(t, rows, 9), viche_row_text(t, rows, 10), viche_row_text(t, rows, 11),
                        viche_row_text(t, rows, 12), viche_row_text(t, rows, 13)};
    return true;
}

bool bar_find(struct viche_turn *t, int64_t id, struct bar *out)
{
    return bar_read(t, viche_sql(t, "SELECT " BAR_COLUMNS " FROM cases_bar WHERE id = ?", VICHE_INT_VALUE(id)), out);
}

bool bar_next(struct viche_turn *t, int64_t before, struct bar *out)
{
    return bar_read(t,
                    viche_sql(t, "SELECT " BAR_COLUMNS " FROM cases_bar WHERE ? = 0 OR id < ? ORDER BY id DESC LIMIT 1",
                              VICHE_INT_VALUE(before), VICHE_INT_VALUE(before)),
                    out);
}

/* ---- what a person decides ---- */

static void tell_citizen(struct viche_turn *t, const struct bar *bar, const char *key)
{
    viche_let(t, "reason", bar->reason);
    viche_let_number(t, "until", bar->until_at);
    viche_let(t, "phone", viche_town(t, "phone"));
    say_citizen(t, (uint64_t)bar->citizen, key);
}

static void keep(struct viche_turn *t, const struct bar *bar, uint64_t clerk, const char *words)
{
    viche_sql(t, "UPDATE cases_bar SET state = ?, second = ?, until_at = ?, words = ?, contested_at = ? WHERE id = ?",
              VICHE_TEXT_VALUE(bar->state), VICHE_INT_VALUE(clerk), VICHE_INT_VALUE(bar->until_at), VICHE_TEXT_VALUE(words),
              VICHE_INT_VALUE(bar->contested_at), VICHE_INT_VALUE(bar->id));
    alarm_set(t, 0, viche_print(t, "bar %lld", (long long)bar->id), strcmp(bar->state, "barred") == 0 ? bar->until_at : 0);
    staff_changed(t, "cases/bars", bar->id);
}

void bar_confirm(struct viche_turn *t, struct bar *bar, uint64_t clerk, const char *words)
{
    bar->state = "barred";
    bar->until_at = viche_now(t) + bar->days * DAY_S;
    keep(t, bar, clerk, words);
    tell_citizen(t, bar, "said-barred");
}

void bar_reject(struct viche_turn *t, struct bar *bar, uint64_t clerk, const char *words)
{
    bar->state = "rejected";
    keep(t, bar, clerk, words);
}

void bar_lift(struct viche_turn *t, struct bar *bar, uint64_t clerk, const char *words)
{
    bar->state = "lifted";
    bar->until_at = viche_now(t);
    keep(t, bar, clerk, words);
    tell_citizen(t, bar, "said-bar-lifted");
}

/* The one who contested is told that it stays, and why. */
void bar_uphold(struct viche_turn *t, struct bar *bar, uint64_t clerk, const char *words)
{
    bar->contested_at = 0;
    keep(t, bar, clerk, words);
    viche_let(t, "words", words);
    tell_citizen(t, bar, "said-bar-upheld");
}

void bar_expire(struct viche_turn *t, int64_t id)
{
    viche_sql(t, "UPDATE cases_bar SET state = 'expired' WHERE id = ? AND state = 'barred'", VICHE_INT_VALUE(id));
    staff_changed(t, "cases/bars", id);
}

/* ---- what the citizen may do ---- */

static bool barred_now(struct viche_turn *t, uint64_t citizen, struct bar *out)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT id FROM cases_bar WHERE citizen = ? AND citizen > 0 AND state = 'barred' AND until_at > ?"
                                        " ORDER BY until_at DESC LIMIT 1",
                                        VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(viche_now(t)));
    return viche_row(t, rows) && bar_find(t, viche_row_integer(t, rows, 0), out);
}

const char *bar_words(struct viche_turn *t, uint64_t citizen)
{
    struct bar bar;
    if (!barred_now(t, citizen, &bar))
        return NULL;
    viche_let(t, "reason", bar.reason);
    viche_let_number(t, "until", bar.until_at);
    viche_let(t, "phone", viche_town(t, "phone"));
    return viche_text(t, "said-barred");
}

const char *bar_contest(struct viche_turn *t, uint64_t citizen, const char *words)
{
    struct bar bar;
    struct card card;
    if (!barred_now(t, citizen, &bar))
        return viche_text(t, "not-barred");
    if (bar.contested_at)
        return viche_text(t, "contested-already");
    viche_sql(t, "UPDATE cases_bar SET contest = ?, contested_at = ? WHERE id = ?", VICHE_TEXT_VALUE(words), VICHE_INT_VALUE(viche_now(t)),
              VICHE_INT_VALUE(bar.id));
    if (card_find(t, bar.card, &card) && rule_of(&card)) {
        viche_let(t, "number", card.number);
        staff_tell_role(t, &card, part_get(rule_of(&card), "confirm"), "contest", viche_text(t, "tell-contest"));
    }
    staff_changed(t, "cases/bars", bar.id);
    return NULL;
}

void bar_blank(struct viche_turn *t, uint64_t citizen)
{
    viche_sql(t, "UPDATE cases_bar SET citizen = 0, quote = '', contest = '' WHERE citizen = ? AND state <> 'barred'",
              VICHE_INT_VALUE(citizen));
}

void bar_join_citizen(struct viche_turn *t, uint64_t from)
{
    viche_sql(t, "UPDATE cases_bar SET citizen = ? WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)), VICHE_INT_VALUE(from));
}
