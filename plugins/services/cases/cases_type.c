/* SPDX-License-Identifier: MPL-2.0
 * The types of cards that features declared: kept in tables, words in every language of the town, so that any later turn in any
 * process knows them. Owns `cases_type`, `cases_field` and `cases_word`. */
#include "cases.h"

/* ---- declaring ---- */

struct declaring {
    struct viche_turn *t;
    const struct viche_plugin *owner; /* whose texts the keys are of */
    const char *type;
};

/* Keeps the words of a key of the owner's in each language of the town. */
static void keep_words(const struct declaring *d, const char *name, const char *key)
{
    if (!key)
        return;
    struct viche_turn *t = d->t;
    const char *before = viche_language(t), *languages = viche_town(t, "languages");
    char language[32];
    while (word_next(&languages, language, sizeof language)) {
        viche_speak(t, language);
        viche_act(t, d->owner);
        const char *words = viche_text(t, key);
        viche_act(t, &viche_plugin_v0);
        viche_sql(t,
                  "INSERT INTO cases_word(type, key, language, words) VALUES(?, ?, ?, ?)"
                  " ON CONFLICT(type, key, language) DO UPDATE SET words = excluded.words WHERE words <> excluded.words",
                  VICHE_TEXT_VALUE(d->type), VICHE_TEXT_VALUE(name), VICHE_TEXT_VALUE(language), VICHE_TEXT_VALUE(words));
    }
    viche_speak(t, before);
}

static void keep_field(const struct declaring *d, uint32_t place, const struct viche_field *field)
{
    struct viche_turn *t = d->t;
    const char *choices = "";
    for (uint32_t i = 0; i < field->choices.count; i++) {
        const struct viche_choice *choice = viche_item(&field->choices, i);
        choices = word_add(t, choices, choice->value);
        keep_words(d, viche_print(t, "choice.%s.%s", field->name, choice->value), choice->label);
    }
    keep_words(d, viche_print(t, "field.%s", field->name), field->label);
    keep_words(d, viche_print(t, "help.%s", field->name), field->help);
    viche_sql(t, "INSERT INTO cases_field(type, place, name, kind, flags, min, max, choices) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
              VICHE_TEXT_VALUE(d->type), VICHE_INT_VALUE(place), VICHE_TEXT_VALUE(field->name), VICHE_INT_VALUE(field->kind),
              VICHE_INT_VALUE(field->flags), VICHE_INT_VALUE(field->min), VICHE_INT_VALUE(field->max), VICHE_TEXT_VALUE(choices));
}

/* What a caller gives that was compiled when it was there. */
#define GIVEN(type, field)                                                                                                      \
    ((type)->size >= offsetof(struct viche_case_type, field) + sizeof((type)->field) && (type)->field ? (type)->field : "")

/* Those of the regulation that sit anywhere or decide. */
static const char *seers_of(struct viche_turn *t, const struct regulation *r)
{
    const char *seers = "";
    for (uint32_t i = 0; i < r->role_count; i++)
        if (word_in("any decider", r->roles[i].seat) && *r->roles[i].staff)
            seers = word_add(t, seers, r->roles[i].staff);
    return seers;
}

static void keep(const struct declaring *d, const struct viche_case_type *type, const struct regulation *r)
{
    struct viche_turn *t = d->t;
    viche_sql(t,
              "INSERT INTO cases_type(name, flags, number, opens, regulation, regulation_name, classifier, seers, organisations)"
              " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"
              " ON CONFLICT(name) DO UPDATE SET flags = excluded.flags, number = excluded.number, opens = excluded.opens,"
              " regulation = excluded.regulation, regulation_name = excluded.regulation_name, classifier = excluded.classifier,"
              " seers = excluded.seers, organisations = excluded.organisations",
              VICHE_TEXT_VALUE(type->name), VICHE_INT_VALUE(type->flags), VICHE_TEXT_VALUE(type->number), VICHE_TEXT_VALUE(type->opens),
              VICHE_TEXT_VALUE(type->regulation), VICHE_TEXT_VALUE(type->regulation_name ? type->regulation_name : ""),
              VICHE_TEXT_VALUE(GIVEN(type, classifier)), VICHE_TEXT_VALUE(seers_of(t, r)), VICHE_TEXT_VALUE(GIVEN(type, organisations)));
    keep_words(d, "title", type->title);
    viche_sql(t, "DELETE FROM cases_field WHERE type = ?", VICHE_TEXT_VALUE(type->name));
    for (uint32_t i = 0; i < type->fields.count; i++)
        keep_field(d, i, viche_item(&type->fields, i));
}

/* Cards that stand where a renewed regulation has no state any more would stand there for ever. */
static const char *stranded(struct viche_turn *t, const char *type, const struct regulation *r)
{
    struct viche_rows *rows = card_states(t, type);
    while (viche_row(t, rows))
        if (!regulation_state(r, viche_row_text(t, rows, 0)))
            return viche_print(t, "%s: open cards stand in the state '%s', which is not there any more. Put it back until they are closed",
                               r->path, viche_row_text(t, rows, 0));
    return NULL;
}

const char *type_declare(struct viche_turn *t, const struct viche_plugin *owner, const struct viche_case_type *type)
{
    const char *refusal = NULL;
    const struct regulation *r = regulation_read(t, type->regulation, type->regulation_name, &refusal);
    if (!r)
        return refusal;
    refusal = regulation_prove(t, r, (type->flags & VICHE_CASE_SECRET) != 0);
    if (refusal)
        return refusal;
    keep(&(struct declaring){t, owner, type->name}, type, r);
    return stranded(t, type->name, r);
}

/* ---- finding ---- */

static const char *words_of(struct viche_turn *t, const char *type, const char *key)
{
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT words FROM cases_word WHERE type = ? AND key = ?"
                                        " ORDER BY language = ? DESC, language = 'uk' DESC LIMIT 1",
                                        VICHE_TEXT_VALUE(type), VICHE_TEXT_VALUE(key), VICHE_TEXT_VALUE(viche_language(t)));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : NULL;
}

/* As a label of desk.h that is words instead of a key. */
static const char *label_of(struct viche_turn *t, const char *type, const char *key)
{
    const char *words = words_of(t, type, key);
    return words ? viche_print(t, "=%s", words) : NULL;
}

static struct viche_list choices_of(struct viche_turn *t, const char *type, const char *field, const char *values)
{
    struct viche_choice *choices = viche_memory(t, (strlen(values) / 2 + 1) * sizeof *choices);
    uint32_t count = 0;
    char value[64];
    while (word_next(&values, value, sizeof value)) {
        choices[count].value = viche_print(t, "%s", value);
        choices[count++].label = label_of(t, type, viche_print(t, "choice.%s.%s", field, value));
    }
    return (struct viche_list){sizeof *choices, count, choices};
}

static void read_fields(struct viche_turn *t, struct type *type)
{
    struct viche_rows *rows = viche_sql(t, "SELECT count(*) FROM cases_field WHERE type = ?", VICHE_TEXT_VALUE(type->name));
    int64_t count = viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
    struct viche_field *fields = viche_memory(t, (size_t)(count + 1) * sizeof *fields);
    type->fields = fields;
    rows = viche_sql(t, "SELECT name, kind, flags, min, max, choices FROM cases_field WHERE type = ? ORDER BY place",
                     VICHE_TEXT_VALUE(type->name));
    while (type->field_count < count && viche_row(t, rows)) {
        const char *name = viche_row_text(t, rows, 0);
        fields[type->field_count++] = (struct viche_field){
            .name = name, .label = label_of(t, type->name, viche_print(t, "field.%s", name)),
            .help = label_of(t, type->name, viche_print(t, "help.%s", name)), .kind = (uint32_t)viche_row_integer(t, rows, 1),
            .flags = (uint32_t)viche_row_integer(t, rows, 2), .min = viche_row_integer(t, rows, 3), .max = viche_row_integer(t, rows, 4),
            .choices = choices_of(t, type->name, name, viche_row_text(t, rows, 5))};
    }
}

struct type *type_find(struct viche_turn *t, const char *name)
{
    struct viche_rows *rows = viche_sql(t, "SELECT name, flags, number, opens, regulation, regulation_name FROM cases_type WHERE name = ?",
                                        VICHE_TEXT_VALUE(name));
    if (!viche_row(t, rows))
        return NULL;
    const char *refusal;
    struct type *type = viche_memory(t, sizeof *type);
    *type = (struct type){.name = viche_row_text(t, rows, 0), .flags = (uint32_t)viche_row_integer(t, rows, 1),
                          .number = viche_row_text(t, rows, 2), .opens = viche_row_text(t, rows, 3),
                          .regulation = regulation_read(t, viche_row_text(t, rows, 4), viche_row_text(t, rows, 5), &refusal)};
    if (!type->regulation)
        return NULL;
    const char *title = words_of(t, name, "title");
    type->title = title ? title : type->name;
    read_fields(t, type);
    return type;
}

const struct type *type_known(struct types *types, const char *name)
{
    for (size_t i = 0; i < types->count; i++)
        if (strcmp(types->found[i]->name, name) == 0)
            return types->found[i];
    const struct type *type = type_find(types->t, name);
    if (type && types->count < sizeof types->found / sizeof *types->found)
        types->found[types->count++] = type;
    return type;
}

const char *type_open(struct viche_turn *t, uint32_t flags)
{
    struct viche_rows *rows = viche_sql(t, "SELECT json_group_array(name) FROM cases_type WHERE (flags & ?) = ? AND (flags & ?) = 0",
                                        VICHE_INT_VALUE(flags), VICHE_INT_VALUE(flags), VICHE_INT_VALUE(VICHE_CASE_SECRET));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "[]";
}

const char *type_seers(struct viche_turn *t, const char *name)
{
    struct viche_rows *rows = viche_sql(t, "SELECT seers FROM cases_type WHERE name = ?", VICHE_TEXT_VALUE(name));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
}

const char *type_classifier(struct viche_turn *t, const char *name)
{
    struct viche_rows *rows = viche_sql(t, "SELECT classifier FROM cases_type WHERE name = ?", VICHE_TEXT_VALUE(name));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
}

const char *type_organisations(struct viche_turn *t, const char *name)
{
    struct viche_rows *rows = viche_sql(t, "SELECT organisations FROM cases_type WHERE name = ?", VICHE_TEXT_VALUE(name));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : "";
}

const char *type_name(struct viche_turn *t, uint32_t index)
{
    struct viche_rows *rows = viche_sql(t, "SELECT name FROM cases_type ORDER BY name LIMIT 1 OFFSET ?", VICHE_INT_VALUE(index));
    return viche_row(t, rows) ? viche_row_text(t, rows, 0) : NULL;
}
