/* SPDX-License-Identifier: MPL-2.0
 * The list of cards as a table with the fields of the state's registration card (resolution 348 of 1997). Which cards: those that the
 * list shows to this very official under the same filters, a page in a turn. */
#include "cases_report.h"

enum { CARDS_MAX = 100000, PART_CARDS = 100 };

/* ---- what stands there ------------------------------------------------------------------------------------------------ */

static const char *date_of(struct viche_turn *t, int64_t at)
{
    if (!at)
        return "";
    struct viche_local day = viche_local(t, at);
    return viche_print(t, "%02d.%02d.%04d", day.day, day.month, day.year);
}

#define AS_IT_IS(field)                                                                \
    static const char *field##_of(struct viche_turn *t, const struct card *card)      \
    {                                                                                  \
        (void)t;                                                                       \
        return card->field;                                                            \
    }
AS_IT_IS(number)
AS_IT_IS(type)
AS_IT_IS(kind)
AS_IT_IS(channel)
AS_IT_IS(residence)
AS_IT_IS(privilege)
AS_IT_IS(essence)
AS_IT_IS(category)
AS_IT_IS(place)
AS_IT_IS(organisation)
AS_IT_IS(state)
AS_IT_IS(answer)

static const char *received_of(struct viche_turn *t, const struct card *card) { return date_of(t, card->received_at); }
static const char *due_of(struct viche_turn *t, const struct card *card) { return date_of(t, card->due_at); }
static const char *closed_of(struct viche_turn *t, const struct card *card) { return date_of(t, card->closed_at); }
static const char *decider_of(struct viche_turn *t, const struct card *card) { return word_id(t, card->decider); }
static const char *executor_of(struct viche_turn *t, const struct card *card) { return word_id(t, card->executor); }
static const char *sign_of(struct viche_turn *t, const struct card *card) { return word_id(t, card->repeat_of != 0); }
static const char *sign_words(struct viche_turn *t, const char *repeat)
{
    return viche_text(t, *repeat == '1' ? "export-repeat" : "export-first");
}

static const char *name_of(struct viche_turn *t, const struct card *card)
{
    return viche_print(t, "%s %s %s", card->surname, card->first_name, card->patronymic);
}

static const char *contact_of(struct viche_turn *t, const struct card *card)
{
    return viche_print(t, "%s%s%s", card->phone, *card->phone && *card->email ? ", " : "", card->email);
}

static const char *person(struct viche_turn *t, const char *id) { return *id && strcmp(id, "0") != 0 ? report_executor(t, id) : ""; }

static const struct column {
    const char *title;
    const char *(*value)(struct viche_turn *, const struct card *);
    const char *(*words)(struct viche_turn *, const char *value); /* what the value is called; NULL: it stands as it is */
    bool personal;                                                /* only when it was asked for, which the desk writes down */
} columns[] = {
    {"export-number", number_of, NULL, false},
    {"export-received", received_of, NULL, false},
    {"export-type", type_of, report_type, false},
    {"export-kind", kind_of, report_kind, false},
    {"export-channel", channel_of, report_channel, false},
    {"export-name", name_of, NULL, true},
    {"export-residence", residence_of, NULL, true},
    {"export-contact", contact_of, NULL, true},
    {"export-privilege", privilege_of, NULL, false},
    {"export-sign", sign_of, sign_words, false},
    {"export-essence", essence_of, NULL, false},
    {"export-code", category_of, NULL, false},
    {"export-category", category_of, report_category, false},
    {"export-place", place_of, NULL, false},
    {"export-organisation", organisation_of, report_organisation, false},
    {"export-decider", decider_of, person, false},
    {"export-executor", executor_of, person, false},
    {"export-due", due_of, NULL, false},
    {"export-closed", closed_of, NULL, false},
    {"export-state", state_of, report_state, false},
    {"export-answer", answer_of, NULL, false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static bool asks_personal(const struct viche_query *query) { return strcmp(viche_filter(query, "private"), "yes") == 0; }

static void write_card(struct viche_turn *t, struct table *table, struct known *known, const struct card *card, bool personal)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *value = columns[i].value(t, card);
        if (columns[i].personal && !personal && value[strspn(value, " ")])
            value = viche_text(t, "export-hidden");
        table_text(table, columns[i].words ? known_words(t, &known[i], columns[i].words, value) : value);
    }
    table_row(table);
}

static void write_heading(struct viche_turn *t, struct table *table)
{
    for (size_t i = 0; i < COLUMNS; i++)
        table_text(table, viche_text(t, columns[i].title));
    table_row(table);
}

/* As many as a turn may take; where the next goes on, "": these were the last. */
static const char *write_cards(struct viche_turn *t, struct table *table, const struct viche_query *query)
{
    struct viche_query page = *query;
    page.after = table_after(table);
    page.limit = PART_CARDS;
    struct list_walk walk = list_open(t, &page);
    struct known *known = viche_memory(t, COLUMNS * sizeof *known);
    for (struct card card; !table_full(table) && list_next(t, &walk, &card);)
        write_card(t, table, known, &card, asks_personal(query));
    return list_after(t, &walk);
}

void export_cards(struct viche_turn *t, const struct viche_query *query, const char *format)
{
    struct table *table = table_open(t, format, query->after);
    if (table_rows(table) == 0)
        write_heading(t, table);
    const char *after = write_cards(t, table, query);
    bool cut = *after && table_rows(table) > CARDS_MAX;
    if (cut) {
        viche_let_number(t, "most", table_rows(table) - 1);
        table_text(table, viche_text(t, "export-cut"));
        table_row(table);
    }
    if (*after && !cut)
        table_part(table, after);
    else
        table_reply(table);
}
