/* SPDX-License-Identifier: MPL-2.0
 * Deadlines: which term, since when, how it was reckoned, who is warned and who is told when it passed. The history stays. While the
 * applicant is asked, the term stands still. Owns `cases_due` and `cases_pause`. */
#include "cases.h"

enum { OFF_DAYS_MAX = 31, PAUSES_MAX = 100, DAY_S = 86400 };

/* ---- reckoning ---- */

static const struct viche_calendar *calendar(struct viche_turn *t) { return viche_service(t, VICHE_CALENDAR); }

/* A term of the regulation; the prover saw that the calendar can read it. */
static void read_term(struct viche_turn *t, const char *term, uint32_t *amount, uint32_t *unit)
{
    if (calendar(t)->read_term(t, term, amount, unit))
        *amount = 0;
}

int64_t due_after(struct viche_turn *t, int64_t from, const char *term)
{
    uint32_t amount = 0, unit = 0;
    struct viche_reckoning out = {.size = sizeof out};
    read_term(t, term, &amount, &unit);
    calendar(t)->reckon(t, from, amount, unit, NULL, 0, &out);
    return out.due;
}

static uint32_t pauses_of(struct viche_turn *t, const struct card *card, struct viche_pause *out)
{
    struct viche_rows *rows = viche_sql(t, "SELECT from_at, until_at FROM cases_pause WHERE card = ? ORDER BY from_at LIMIT ?",
                                        VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(PAUSES_MAX));
    uint32_t count = 0;
    while (count < PAUSES_MAX && viche_row(t, rows)) {
        int64_t until = viche_row_integer(t, rows, 1);
        out[count++] = (struct viche_pause){viche_row_integer(t, rows, 0), until ? until : viche_now(t)};
    }
    return count;
}

/* The deadline as it was last set. */
struct due {
    int64_t at, from_at, due_at;
    uint64_t clerk;
    uint32_t amount, unit; /* amount 0: a date somebody chose */
    const char *term, *why;
};

static bool last_of(struct viche_turn *t, const struct card *card, struct due *out)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT at, from_at, due_at, clerk, amount, unit, term, why FROM cases_due WHERE card = ?"
                                        " ORDER BY id DESC LIMIT 1",
                                        VICHE_INT_VALUE(card->id));
    if (!viche_row(t, rows))
        return false;
    *out = (struct due){viche_row_integer(t, rows, 0), viche_row_integer(t, rows, 1), viche_row_integer(t, rows, 2),
                        (uint64_t)viche_row_integer(t, rows, 3), (uint32_t)viche_row_integer(t, rows, 4),
                        (uint32_t)viche_row_integer(t, rows, 5), viche_row_text(t, rows, 6), viche_row_text(t, rows, 7)};
    return true;
}

/* The last day before this one on which the town works; 0: it works on this very day. */
static int64_t work_before(struct viche_turn *t, int64_t due_at)
{
    const struct viche_calendar *days = calendar(t);
    int64_t from = due_at - DAY_S + 1;
    if (days->next_open(t, from) <= due_at)
        return 0;
    for (int i = 0; i < OFF_DAYS_MAX; i++, from -= DAY_S)
        if (days->next_open(t, from - DAY_S) < from)
            return from - 1;
    return 0;
}

/* In how many days the term stood still since the date was chosen: a chosen date moves by them. */
static int64_t waited(const struct due *due, const struct viche_pause *pauses, uint32_t count)
{
    int64_t days = 0;
    for (uint32_t i = 0; i < count; i++)
        if (pauses[i].from >= due->at)
            days += (pauses[i].until - pauses[i].from + DAY_S - 1) / DAY_S;
    return days;
}

/* Who set which date when, how long the applicant was waited for since, and so until when. */
static struct viche_reckoning reckon_chosen(struct viche_turn *t, const struct due *due, int64_t days)
{
    struct viche_reckoning out = {.size = sizeof out, .due = due->due_at + days * DAY_S};
    int64_t before = work_before(t, out.due);
    viche_let(t, "who", due->clerk ? staff_name(t, due->clerk) : viche_text(t, "who-service"));
    viche_let_number(t, "at", due->at);
    viche_let_number(t, "set", due->due_at);
    viche_let_number(t, "due", out.due);
    viche_let_number(t, "count", days);
    viche_let_number(t, "before", before);
    out.words = viche_text(t, days ? "due-chosen-waited" : "due-chosen");
    if (before)
        out.words = viche_print(t, "%s %s", out.words, viche_text(t, "due-chosen-off"));
    return out;
}

static struct viche_reckoning reckon(struct viche_turn *t, const struct card *card, const struct due *due)
{
    struct viche_pause pauses[PAUSES_MAX];
    uint32_t count = pauses_of(t, card, pauses);
    struct viche_reckoning out = {.size = sizeof out, .words = ""};
    if (!due->amount)
        return reckon_chosen(t, due, waited(due, pauses, count));
    calendar(t)->reckon(t, due->from_at, due->amount, due->unit, pauses, count, &out);
    return out;
}

/* ---- setting ---- */

static const struct term *term_of(const struct card *card)
{
    const struct regulation *r = card->kept->regulation;
    const struct term *term = regulation_term(r, card->term);
    for (uint32_t i = 0; !term && i < r->term_count; i++)
        if (r->terms[i].is_default)
            term = &r->terms[i];
    return term;
}

static void set_warnings(struct viche_turn *t, const struct card *card, const char *warn)
{
    for (const char *at = warn; *at; at += strcspn(at, ","), at += *at == ',') {
        uint32_t amount = 0, unit = 0;
        const char *one = viche_print(t, "%.*s", (int)strcspn(at, ","), at + strspn(at, " "));
        read_term(t, one, &amount, &unit);
        int64_t when = card->due_at - (int64_t)amount * (unit == VICHE_TERM_HOURS || unit == VICHE_TERM_WORKING_HOURS ? 3600 : DAY_S);
        if (when > viche_now(t))
            alarm_set(t, card->id, viche_print(t, "due warn %s", one), when);
    }
}

static void set_alarms(struct viche_turn *t, const struct card *card)
{
    const struct term *term = term_of(card);
    alarm_clear(t, card->id, "due ");
    if (!term || !card->due_at)
        return;
    set_warnings(t, card, term->warn);
    alarm_set(t, card->id, "due late", card->due_at > viche_now(t) ? card->due_at + 1 : viche_now(t));
}

static void keep(struct viche_turn *t, struct card *card, const struct due *due)
{
    viche_sql(t, "INSERT INTO cases_due(card, at, clerk, term, from_at, amount, unit, due_at, why) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
              VICHE_INT_VALUE(card->id), VICHE_INT_VALUE(due->at), VICHE_INT_VALUE(due->clerk), VICHE_TEXT_VALUE(due->term),
              VICHE_INT_VALUE(due->from_at), VICHE_INT_VALUE(due->amount), VICHE_INT_VALUE(due->unit), VICHE_INT_VALUE(due->due_at),
              VICHE_TEXT_VALUE(due->why));
    card->term = due->term;
    card->due_at = reckon(t, card, due).due;
    if (card->due_at > viche_now(t))
        card->overdue_at = 0;
    set_alarms(t, card);
}

static void set_by_term(struct viche_turn *t, struct card *card, uint64_t clerk, const struct term *term, const char *why)
{
    struct due due = {.at = viche_now(t), .from_at = card->received_at, .clerk = clerk, .term = term->id, .why = why};
    read_term(t, term->term, &due.amount, &due.unit);
    keep(t, card, &due);
}

void due_begin(struct viche_turn *t, struct card *card)
{
    const struct term *term = term_of(card);
    if (term)
        set_by_term(t, card, 0, term, "");
}

int64_t due_end_of_day(struct viche_turn *t, const char *date)
{
    struct viche_local day = {.size = sizeof day, .hour = 23, .minute = 59, .second = 59};
    if (strlen(date) != 10)
        return 0;
    day.year = (int32_t)word_number(date), day.month = (int32_t)word_number(date + 5), day.day = (int32_t)word_number(date + 8);
    return viche_moment(t, &day);
}

/* The last moment that an ordinary deadline may reach; 0: the regulation sets none. */
static int64_t limit_of(struct viche_turn *t, const struct card *card)
{
    const struct regulation *r = card->kept->regulation;
    for (uint32_t i = 0; i < r->term_count; i++)
        if (r->terms[i].longest)
            return due_after(t, card->received_at, r->terms[i].term);
    return 0;
}

const char *due_unfit(struct viche_turn *t, const struct card *card, const char *name, const char *date, bool beyond)
{
    const struct term *term = regulation_term(card->kept->regulation, name);
    int64_t limit = beyond ? 0 : limit_of(t, card), due_at = *date ? due_end_of_day(t, date) : 0;
    viche_let_number(t, "limit", limit);
    if (*date && due_at < viche_now(t))
        return viche_text(t, "due-past");
    if (limit && due_at > limit)
        return viche_text(t, "due-too-late");
    return *name && (!term || !term->choose) ? viche_text(t, "due-no-term") : NULL;
}

void due_set(struct viche_turn *t, struct card *card, uint64_t clerk, const char *name, const char *date, const char *why)
{
    const struct term *term = regulation_term(card->kept->regulation, name);
    struct due due = {.at = viche_now(t), .clerk = clerk, .term = card->term, .from_at = card->received_at, .why = why};
    if (*date) {
        due.due_at = due_end_of_day(t, date);
        keep(t, card, &due);
    } else {
        set_by_term(t, card, clerk, term, why);
    }
    event_add(t, card, clerk, "due", due_why(t, card), "", SHOWN);
}

/* ---- standing still ---- */

void due_pause(struct viche_turn *t, struct card *card)
{
    viche_sql(t, "INSERT INTO cases_pause(card, from_at, until_at) VALUES(?, ?, 0) ON CONFLICT DO NOTHING", VICHE_INT_VALUE(card->id),
              VICHE_INT_VALUE(viche_now(t)));
    alarm_clear(t, card->id, "due ");
}

void due_resume(struct viche_turn *t, struct card *card)
{
    struct due due;
    viche_sql(t, "UPDATE cases_pause SET until_at = ? WHERE card = ? AND until_at = 0", VICHE_INT_VALUE(viche_now(t)),
              VICHE_INT_VALUE(card->id));
    if (!last_of(t, card, &due))
        return;
    card->due_at = reckon(t, card, &due).due;
    set_alarms(t, card);
}

/* ---- why this date ---- */

/* Which article of the law gives this term; a regulation writes it as "article = law 20". */
static const char *by_law(struct viche_turn *t, const struct term *term)
{
    const char *article = term ? part_get(term->part, "article") : "";
    if (strncmp(article, "law ", 4) != 0)
        return "";
    viche_let(t, "article", article + 4);
    return viche_print(t, " %s", viche_text(t, "due-by-law"));
}

const char *due_why(struct viche_turn *t, const struct card *card)
{
    struct due due;
    if (!last_of(t, card, &due))
        return "";
    const char *words = reckon(t, card, &due).words;
    if (due.amount)
        words = viche_print(t, "%s%s", words, by_law(t, term_of(card)));
    return *due.why ? viche_print(t, "%s %s", words, due.why) : words;
}

/* ---- watching ---- */

/* «Г-2026-12: Довший термін» is told once for each moment. */
static void tell(struct viche_turn *t, const struct card *card, const char *roles, const char *key, const char *name)
{
    char role[64];
    viche_let(t, "number", card->number);
    viche_let(t, "name", name);
    viche_let_number(t, "due", card->due_at);
    const char *words = viche_text(t, key);
    while (word_next(&roles, role, sizeof role))
        staff_tell_role(t, card, role, viche_print(t, "%s %lld", key, (long long)viche_now(t)), words);
}

void due_watch_state(struct viche_turn *t, struct card *card)
{
    const struct regulation *r = card->kept->regulation;
    alarm_clear(t, card->id, "watch ");
    for (uint32_t i = 0; i < r->term_count; i++)
        if (word_in(r->terms[i].state, card->state))
            alarm_set(t, card->id, viche_print(t, "watch %s", r->terms[i].id), due_after(t, card->state_at, r->terms[i].term) + 1);
}

static void escalate_later(struct viche_turn *t, const struct card *card, const struct term *term, const char *what)
{
    if (*term->escalate)
        alarm_set(t, card->id, what, due_after(t, viche_now(t), term->escalate) + 1);
}

static void late(struct viche_turn *t, struct card *card, const struct term *term)
{
    card->overdue_at = viche_now(t);
    event_add(t, card, 0, "overdue", "", "", 0);
    tell(t, card, term->late, "tell-overdue", "");
    escalate_later(t, card, term, "due escalate");
}

static void watched(struct viche_turn *t, struct card *card, const struct term *term)
{
    const char *name = part_words(t, term->part, "name");
    event_add(t, card, 0, "overdue", name, "", 0);
    tell(t, card, term->late, "tell-late-step", name);
    escalate_later(t, card, term, viche_print(t, "watch-escalate %s", term->id));
}

const char *due_escalated(struct viche_turn *t, const struct card *card)
{
    bool missed = card->overdue_at && card->decider && card_is_open(card);
    int64_t at = missed ? event_unanswered(t, card, "escalated", card->decider) : 0;
    if (!at)
        return "";
    viche_let(t, "who", staff_name(t, (uint64_t)card->decider));
    viche_let_number(t, "at", at);
    return viche_text(t, "due-escalated");
}

void due_alarm(struct viche_turn *t, struct card *card, const char *what)
{
    const struct term *term = term_of(card);
    if (strncmp(what, "watch ", 6) == 0) {
        term = regulation_term(card->kept->regulation, what + 6);
        if (term && word_in(term->state, card->state))
            watched(t, card, term);
        return;
    }
    bool of_state = strncmp(what, "watch-escalate ", 15) == 0;
    if (of_state)
        term = regulation_term(card->kept->regulation, what + 15);
    if (!term || (of_state && !word_in(term->state, card->state)))
        return;
    if (strncmp(what, "due warn", 8) == 0) {
        if (card->due_at <= viche_now(t))
            return; /* the host was not running then */
        event_add(t, card, 0, "warned", "", "", 0);
        tell(t, card, term->warns, "tell-warned", "");
    } else if (strcmp(what, "due late") == 0) {
        late(t, card, term);
    } else {
        event_add(t, card, 0, "escalated", "", "", 0);
        tell(t, card, term->escalates, of_state ? "tell-escalated-step" : "tell-escalated", part_words(t, term->part, "name"));
    }
}
