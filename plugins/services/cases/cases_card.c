/* SPDX-License-Identifier: MPL-2.0
 * Cards: registering one with a number of its year, saving, moving it from state to state, forgetting whose it was. Owns `cases_card`,
 * `cases_value` and `cases_search`; cases_card_find.c and cases_card_list.c beside it read them. */
#include "cases.h"

/* ---- saving ---- */

void card_save(struct viche_turn *t, struct card *card)
{
    card->revision++;
    viche_sql(t,
              "UPDATE cases_card SET delivered_at = ?, closed_at = ?, state = ?, state_at = ?, back = ?, waits = ?, revision = ?,"
              " term = ?, due_at = ?, overdue_at = ?, responsible = ?, decider = ?, executor = ?, outcome = ?, answer = ?, grounds = ?,"
              " control = ?, plan = ?, addressee = ?, returns = ?, repeat_of = ?, incident = ?, category = ?, kind = ? WHERE id = ?",
              VICHE_INT_VALUE(card->delivered_at), VICHE_INT_VALUE(card->closed_at), VICHE_TEXT_VALUE(card->state),
              VICHE_INT_VALUE(card->state_at), VICHE_TEXT_VALUE(card->back), VICHE_TEXT_VALUE(card->waits), VICHE_INT_VALUE(card->revision),
              VICHE_TEXT_VALUE(card->term), VICHE_INT_VALUE(card->due_at), VICHE_INT_VALUE(card->overdue_at),
              VICHE_INT_VALUE(card->responsible), VICHE_INT_VALUE(card->decider), VICHE_INT_VALUE(card->executor),
              VICHE_TEXT_VALUE(card->outcome), VICHE_TEXT_VALUE(card->answer), VICHE_TEXT_VALUE(card->grounds),
              VICHE_INT_VALUE(card->control), VICHE_TEXT_VALUE(card->plan), VICHE_TEXT_VALUE(card->addressee),
              VICHE_INT_VALUE(card->returns), VICHE_INT_VALUE(card->repeat_of), VICHE_INT_VALUE(card->incident),
              VICHE_TEXT_VALUE(card->category), VICHE_TEXT_VALUE(card->kind), VICHE_INT_VALUE(card->id));
    staff_changed(t, "cases/cards", card->id);
}

bool card_is_open(const struct card *card) { return card->closed_at == 0; }

const char *card_value(struct viche_turn *t, const struct card *card, const char *name)
{
    const struct pair {
        const char *name, *value;
    } common[] = {{"surname", card->surname}, {"first_name", card->first_name}, {"patronymic", card->patronymic},
                  {"residence", card->residence}, {"phone", card->phone}, {"email", card->email}, {"kind", card->kind},
                  {"essence", card->essence}, {"category", card->category}, {"place", card->place}};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strcmp(common[i].name, name) == 0)
            return common[i].value;
    struct viche_rows *rows = viche_sql(t, "SELECT value FROM cases_value WHERE card = ? AND name = ?", VICHE_INT_VALUE(card->id),
                                        VICHE_TEXT_VALUE(name));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
}

/* ---- what must be in a new card ---- */

static const char *or_nothing(const char *value) { return value ? value : ""; }

static const char *given(const struct viche_case *from, const char *name)
{
    const struct pair {
        const char *name, *value;
    } common[] = {{"surname", from->surname}, {"first_name", from->first_name}, {"patronymic", from->patronymic},
                  {"residence", from->residence}, {"phone", from->phone}, {"email", from->email}, {"kind", from->kind},
                  {"essence", from->essence}, {"category", from->category}, {"files", from->files}, {"organisation", from->organisation},
                  {"place", from->place && *from->place ? from->place : from->latitude || from->longitude ? "geo" : NULL}};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strcmp(common[i].name, name) == 0)
            return common[i].value;
    for (const struct viche_pair *pair = from->values; pair && pair->name; pair++)
        if (strcmp(pair->name, name) == 0)
            return pair->value;
    return NULL;
}

static const char *missing(struct viche_turn *t, const char *label)
{
    viche_let(t, "field", label);
    return viche_text(t, "missing-field");
}

/* The kinds of files that a field of the type's own takes, as words of a list. */
static const char *takes(struct viche_turn *t, const struct viche_field *field)
{
    const char *kinds = "";
    for (uint32_t i = 0; i < field->choices.count; i++)
        kinds = word_add(t, kinds, ((const struct viche_choice *)viche_item(&field->choices, i))->value);
    return kinds;
}

const char *card_unfit(struct viche_turn *t, const struct type *type, const char *name, const char *files)
{
    for (uint32_t i = 0; i < type->field_count; i++)
        if (strcmp(type->fields[i].name, name) == 0)
            return file_unfit(t, type->fields[i].label + 1, files, takes(t, &type->fields[i]));
    return file_unfit(t, viche_text(t, "field-files"), files, regulation_takes(type->regulation, name));
}

/* Words for the first file of a wrong kind; NULL: none is. */
static const char *unfit(struct viche_turn *t, const struct type *type, const struct viche_case *from)
{
    const char *refusal = card_unfit(t, type, "files", or_nothing(from->files));
    for (uint32_t i = 0; i < type->field_count && !refusal; i++)
        if (type->fields[i].kind == VICHE_FIELD_FILES)
            refusal = card_unfit(t, type, type->fields[i].name, or_nothing(given(from, type->fields[i].name)));
    return refusal;
}

/* Words for the first thing that is missing; NULL: nothing is. */
static const char *lacks(struct viche_turn *t, const struct type *type, const struct viche_case *from)
{
    const char *names = type->regulation->require;
    char name[64];
    while (!(type->flags & VICHE_CASE_SECRET) && word_next(&names, name, sizeof name)) {
        const char *value = given(from, name);
        if (!value || !*value)
            return missing(t, viche_text(t, viche_print(t, "field-%s", name)));
    }
    for (uint32_t i = 0; i < type->field_count; i++) {
        const char *value = given(from, type->fields[i].name);
        if ((type->fields[i].flags & VICHE_FIELD_REQUIRED) && (!value || !*value))
            return missing(t, type->fields[i].label + 1);
    }
    return NULL;
}

/* ---- registering ---- */

static void insert(struct viche_turn *t, const struct viche_case *from, struct card *card)
{
    struct viche_rows *rows = viche_sql(
        t,
        "INSERT INTO cases_card(type, number, flags, scope, citizen, channel, language, received_at, kind, surname, first_name,"
        " patronymic, residence, phone, email, essence, category, organisation, about, place, latitude, longitude, privilege, key,"
        " state, state_at, waits, repeat_of, flagged)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?) RETURNING id",
        VICHE_TEXT_VALUE(card->type), VICHE_TEXT_VALUE(card->number), VICHE_INT_VALUE(card->flags), VICHE_INT_VALUE(card->scope),
        VICHE_INT_VALUE(card->citizen), VICHE_TEXT_VALUE(card->channel), VICHE_TEXT_VALUE(card->language),
        VICHE_INT_VALUE(card->received_at), VICHE_TEXT_VALUE(card->kind), VICHE_TEXT_VALUE(card->surname),
        VICHE_TEXT_VALUE(card->first_name), VICHE_TEXT_VALUE(card->patronymic), VICHE_TEXT_VALUE(card->residence),
        VICHE_TEXT_VALUE(card->phone), VICHE_TEXT_VALUE(card->email), VICHE_TEXT_VALUE(card->essence), VICHE_TEXT_VALUE(card->category),
        VICHE_TEXT_VALUE(card->organisation), VICHE_INT_VALUE(card->about), VICHE_TEXT_VALUE(card->place), VICHE_REAL_VALUE(card->latitude),
        VICHE_REAL_VALUE(card->longitude), VICHE_TEXT_VALUE(card->privilege),
        VICHE_TEXT_VALUE(from->key && *from->key ? viche_print(t, "%s/%s", card->type, from->key) : NULL), VICHE_TEXT_VALUE(card->state),
        VICHE_INT_VALUE(card->state_at), VICHE_INT_VALUE(card->repeat_of), VICHE_TEXT_VALUE(card->flagged));
    card->id = viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
    for (uint32_t i = 0; i < card->kept->field_count; i++) {
        const char *value = given(from, card->kept->fields[i].name);
        if (value && *value)
            viche_sql(t, "INSERT INTO cases_value(card, name, value) VALUES(?, ?, ?)", VICHE_INT_VALUE(card->id),
                      VICHE_TEXT_VALUE(card->kept->fields[i].name), VICHE_TEXT_VALUE(value));
    }
    viche_sql(t, "INSERT INTO cases_search(rowid, words) VALUES(?, ?)", VICHE_INT_VALUE(card->id),
              VICHE_TEXT_VALUE(search_folded(t, viche_print(t, "%s %s %s %s %s %s %s %s", card->number, card->surname, card->first_name,
                                                            card->patronymic, card->residence, card->phone, card->place, card->essence))));
}

/* Where the citizen writes from: their answers go there, too. */
static const char *channel_of(struct viche_turn *t, const struct viche_case *from)
{
    struct viche_person person;
    if (from->channel)
        return from->channel;
    return from->citizen && viche_person(t, from->citizen, &person) && person.id == from->citizen ? person.channel : "";
}

/* Of a secret card nothing is kept that tells who wrote it, not even the language. */
static struct card fill(struct viche_turn *t, const struct viche_case *from, const struct type *type)
{
    bool secret = (type->flags & VICHE_CASE_SECRET) != 0;
    int64_t now = viche_now(t);
    struct card card = {
        .kept = type, .type = type->name, .flags = type->flags | from->flags, .received_at = now, .state_at = now,
        .citizen = secret ? 0 : (int64_t)from->citizen, .channel = channel_of(t, from),
        .language = secret || !from->citizen ? "" : viche_language(t), .kind = or_nothing(from->kind), .essence = or_nothing(from->essence),
        .surname = secret ? "" : or_nothing(from->surname), .first_name = secret ? "" : or_nothing(from->first_name),
        .patronymic = secret ? "" : or_nothing(from->patronymic), .residence = secret ? "" : or_nothing(from->residence),
        .phone = secret ? "" : or_nothing(from->phone), .email = secret ? "" : or_nothing(from->email),
        .category = or_nothing(from->category), .organisation = or_nothing(from->organisation),
        .about = from->about ? word_number(from->about) : 0, .place = or_nothing(from->place), .latitude = from->latitude,
        .longitude = from->longitude, .privilege = or_nothing(from->privilege), .state = regulation_begin(type->regulation)->id,
        .waits = "", .back = "", .term = "", .outcome = "", .answer = "", .grounds = "", .plan = "", .addressee = "",
        .revision = 1, .incident = (int64_t)from->incident,
    };
    card.flagged = abuse_found(t, card.essence);
    card.scope = scope_id(t, card.type, card.organisation);
    card.number = number_next(t, type, now);
    return card;
}

/* A form that was sent twice. */
static bool is_there(struct viche_turn *t, const struct viche_case *from, struct card *out)
{
    if (!from->key || !*from->key)
        return false;
    struct viche_rows *rows = viche_sql(t, "SELECT id FROM cases_card WHERE key = ?",
                                        VICHE_TEXT_VALUE(viche_print(t, "%s/%s", from->type, from->key)));
    return viche_row(t, rows) && card_find(t, viche_row_integer(t, rows, 0), out);
}

static void keep_files(struct viche_turn *t, const struct card *card, const struct viche_case *from)
{
    file_add(t, card, 0, FILE_RECEIVED, or_nothing(from->files), SHOWN);
    for (uint32_t i = 0; i < card->kept->field_count; i++)
        if (card->kept->fields[i].kind == VICHE_FIELD_FILES)
            file_add(t, card, 0, FILE_FIELD, or_nothing(given(from, card->kept->fields[i].name)), SHOWN);
}

/* However it came, it goes to whoever works on such. */
static struct viche_case addressed(struct viche_turn *t, const struct viche_case *from)
{
    struct viche_case out = *from;
    if (!*or_nothing(out.organisation))
        out.organisation = class_organisation(t, out.type, or_nothing(out.category));
    return out;
}

const char *card_open(struct viche_turn *t, const struct viche_case *from, int64_t repeat_of, struct card *out)
{
    const struct type *type = type_find(t, from->type);
    if (!type)
        return viche_text(t, "no-type");
    if (is_there(t, from, out))
        return NULL;
    const struct viche_case whole = repeat_of ? *from : addressed(t, from);
    const char *refusal = repeat_of ? NULL : lacks(t, type, &whole);
    if (!refusal)
        refusal = unfit(t, type, &whole);
    if (refusal)
        return refusal;
    *out = fill(t, &whole, type);
    out->repeat_of = repeat_of;
    insert(t, &whole, out);
    event_add(t, out, 0, "registered", "", "", SHOWN);
    keep_files(t, out, &whole);
    due_begin(t, out);
    intake_take(t, out);
    card_save(t, out);
    return NULL;
}

/* ---- moving ---- */

/* Whose turn it is, so that lists of tasks can ask for it: the seat, or for a role without one the role of the desk. */
const char *card_waits(const struct regulation *r, const struct state *state)
{
    const struct role *role = regulation_role(r, state->waits);
    if (!role)
        return "";
    return strcmp(role->seat, "any") == 0 ? role->staff : role->seat;
}

static void end(struct viche_turn *t, struct card *card, const struct state *state)
{
    card->closed_at = viche_now(t);
    card->waits = "";
    alarm_clear(t, card->id, "");
    if (card->incident)
        incident_end(t, card);
    if (strcmp(state->end, "joined") != 0) /* else its duplicates wait with it */
        double_end(t, card);
}

void card_move(struct viche_turn *t, struct card *card, const char *name)
{
    const struct regulation *r = card->kept->regulation;
    const struct state *before = regulation_state(r, card->state), *state = regulation_state(r, name);
    if (!state || state == before)
        return;
    if (before && before->pauses)
        due_resume(t, card);
    if (state->pauses) {
        card->back = card->state;
        due_pause(t, card);
    }
    card->state = state->id;
    card->state_at = viche_now(t);
    card->waits = card_waits(r, state);
    if (*state->end) {
        end(t, card, state);
        return;
    }
    alarm_set(t, card->id, "silence", 0);
    due_watch_state(t, card);
    close_survey(t, card);
}

/* ---- one citizen's ---- */

void card_join_citizen(struct viche_turn *t, uint64_t from)
{
    viche_sql(t, "UPDATE cases_card SET citizen = ? WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)), VICHE_INT_VALUE(from));
}

void card_export_citizen(struct viche_turn *t)
{
    struct viche_rows *rows = card_all_of_citizen(t, viche_citizen(t));
    struct card card;
    while (card_next(t, rows, &card)) {
        viche_set(t, "number", card.number);
        struct viche_local at = viche_local(t, card.received_at);
        viche_set(t, "received", viche_print(t, "%04d-%02d-%02d %02d:%02d", at.year, at.month, at.day, at.hour, at.minute));
        viche_set(t, "name", viche_print(t, "%s %s %s", card.surname, card.first_name, card.patronymic));
        viche_set(t, "residence", card.residence);
        viche_set(t, "phone", card.phone);
        viche_set(t, "email", card.email);
        viche_set(t, "place", card.place);
        viche_set(t, "essence", card.essence);
        viche_set(t, "files", file_names(t, &card));
        viche_set(t, "answer", card.answer);
        viche_emit(t, "cards");
    }
}

/* The law keeps the card, not the person's chat: nobody is written to any more, and a closed one is not found by their name. */
void card_detach(struct viche_turn *t, int64_t citizen)
{
    viche_sql(t, "DELETE FROM cases_search WHERE rowid IN (SELECT id FROM cases_card WHERE citizen = ? AND closed_at > 0)",
              VICHE_INT_VALUE(citizen));
    viche_sql(t, "UPDATE cases_card SET citizen = 0, language = '' WHERE citizen = ?", VICHE_INT_VALUE(citizen));
}

/* What may be forgotten is: the matter stays as the archive wants it, the person goes. `before`: only cards closed by then. */
void card_blank(struct viche_turn *t, int64_t citizen, int64_t before)
{
    struct viche_rows *rows = viche_sql(t,
                                        "UPDATE cases_card SET citizen = 0, surname = '', first_name = '', patronymic = '', residence = '',"
                                        " phone = '', email = '', essence = '', answer = '', place = '', latitude = 0, longitude = 0,"
                                        " language = '', blanked_at = ?"
                                        " WHERE (citizen = ? OR ? = 0) AND closed_at > 0 AND closed_at <= ? AND blanked_at = 0 RETURNING id",
                                        VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(citizen),
                                        VICHE_INT_VALUE(before));
    while (viche_row(t, rows)) {
        int64_t id = viche_row_integer(t, rows, 0);
        viche_sql(t, "DELETE FROM cases_search WHERE rowid = ?", VICHE_INT_VALUE(id));
        viche_sql(t, "DELETE FROM cases_value WHERE card = ?", VICHE_INT_VALUE(id));
        event_blank(t, id);
        thread_blank(t, id);
        file_blank(t, id);
        close_blank(t, id);
    }
}
