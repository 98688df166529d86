/* SPDX-License-Identifier: MPL-2.0
 * The fields that forms of a regulation are made of. */
#include "cases.h"

static const struct viche_choice kinds[] = {{"remark", "kind-remark"},       {"proposal", "kind-proposal"}, {"application", "kind-application"},
                                            {"complaint", "kind-complaint"}, {"request", "kind-request"},   {"demand", "kind-demand"}};

static const struct viche_field fields[] = {
    {.name = "comment", .label = "field-comment", .kind = VICHE_FIELD_LONG},
    {.name = "justification", .label = "field-justification", .kind = VICHE_FIELD_LONG, .min = 10, .max = 4000},
    {.name = "reason", .label = "field-reason", .kind = VICHE_FIELD_LONG},
    {.name = "facts", .label = "field-facts", .kind = VICHE_FIELD_LONG},
    {.name = "decision", .label = "field-decision", .kind = VICHE_FIELD_LONG},
    {.name = "question", .label = "field-question", .kind = VICHE_FIELD_LONG},
    {.name = "message", .label = "field-message", .kind = VICHE_FIELD_LONG},
    {.name = "answer", .label = "field-answer", .kind = VICHE_FIELD_LONG},
    {.name = "grounds", .label = "field-grounds", .help = "help-grounds", .kind = VICHE_FIELD_LONG},
    {.name = "addressee", .label = "field-addressee", .help = "help-addressee"},
    {.name = "measure", .label = "field-measure", .kind = VICHE_FIELD_LONG},
    {.name = "plan", .label = "field-plan", .help = "help-plan"},
    {.name = "original", .label = "field-original", .help = "help-original"},
    {.name = "title", .label = "field-title"},
    {.name = "quote", .label = "field-quote", .help = "help-quote", .kind = VICHE_FIELD_LONG},
    {.name = "days", .label = "field-days", .kind = VICHE_FIELD_NUMBER, .min = 1, .max = 30},
    {.name = "due", .label = "field-due", .kind = VICHE_FIELD_DATE},
    {.name = "term", .label = "field-term", .kind = VICHE_FIELD_CHOICE},
    {.name = "outcome", .label = "field-outcome", .kind = VICHE_FIELD_CHOICE},
    {.name = "category", .label = "field-category", .kind = VICHE_FIELD_CHOICE},
    {.name = "kind", .label = "field-kind", .kind = VICHE_FIELD_CHOICE, .choices = {sizeof *kinds, sizeof kinds / sizeof *kinds, kinds}},
    {.name = "incident", .label = "field-incident", .kind = VICHE_FIELD_CHOICE},
    {.name = "decider", .label = "field-decider", .kind = VICHE_FIELD_STAFF},
    {.name = "executors", .label = "field-executors", .help = "help-executors", .kind = VICHE_FIELD_STAFFS},
    {.name = "timeliness", .label = "field-timeliness", .help = "help-mark", .kind = VICHE_FIELD_NUMBER, .min = 1, .max = 5},
    {.name = "quality", .label = "field-quality", .help = "help-mark", .kind = VICHE_FIELD_NUMBER, .min = 1, .max = 5},
    {.name = "considered", .label = "field-considered", .help = "help-considered", .kind = VICHE_FIELD_FILES},
    {.name = "executed", .label = "field-executed", .help = "help-executed", .kind = VICHE_FIELD_FILES},
    {.name = "materials", .label = "field-materials", .kind = VICHE_FIELD_FILES},
};

const struct viche_field *field_find(const char *name)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

/* ---- choices that depend on the card ---- */

enum { CHOICES_MAX = 60 };

struct choosing {
    struct viche_turn *t;
    struct viche_choice *items;
    uint32_t count;
};

static void choose(struct choosing *c, const char *value, const char *words)
{
    if (c->count < CHOICES_MAX)
        c->items[c->count++] = (struct viche_choice){value, viche_print(c->t, "=%s", words)};
}

static void outcomes(struct choosing *c, const struct regulation *r)
{
    char id[64];
    for (uint32_t i = 0; i < r->action_count; i++) {
        const char *to = strchr(r->actions[i].to, ' ') ? r->actions[i].to : "";
        while (word_next(&to, id, sizeof id)) {
            const struct state *state = regulation_state(r, id);
            if (state)
                choose(c, state->id, part_words(c->t, state->part, "name"));
        }
    }
}

static void terms(struct choosing *c, const struct regulation *r)
{
    for (uint32_t i = 0; i < r->term_count; i++)
        if (r->terms[i].choose)
            choose(c, r->terms[i].id, part_words(c->t, r->terms[i].part, "name"));
}

static void staff_of(struct choosing *c, const struct regulation *r, const char *seat)
{
    for (uint32_t i = 0; i < r->role_count; i++)
        if (strcmp(r->roles[i].seat, seat) == 0)
            choose(c, r->roles[i].staff, r->roles[i].staff);
}

static void incidents(struct choosing *c, const struct card *card)
{
    struct viche_incident one = {.size = sizeof one};
    for (uint32_t i = 0; i < CHOICES_MAX && incident_near(c->t, card->type, "", card->latitude, card->longitude, 0, i, &one); i++)
        choose(c, word_id(c->t, (int64_t)one.id), viche_print(c->t, "%s – %s", one.title, one.place));
}

/* As long as the regulation allows. */
static void limit_days(struct viche_turn *t, const struct regulation *r, struct viche_field *days)
{
    const struct part *rule = regulation_part(r, "bar", NULL);
    int64_t longest = rule ? word_number(part_get(rule, "longest")) : 0;
    days->max = longest ? longest : days->max;
    viche_let_number(t, "longest", days->max);
    days->help = viche_print(t, "=%s", viche_text(t, "help-days"));
}

struct viche_list field_kinds(struct viche_turn *t, const struct regulation *r, const char *name)
{
    struct choosing c = {t, viche_memory(t, CHOICES_MAX * sizeof *c.items), 0};
    const char *takes = regulation_takes(r, name);
    char kind[64];
    while (word_next(&takes, kind, sizeof kind))
        choose(&c, viche_print(t, "%s", kind), viche_text(t, viche_print(t, "file-%s", kind)));
    return (struct viche_list){sizeof *c.items, c.count, c.items};
}

struct viche_field field_for(struct viche_turn *t, const struct card *card, const char *name, bool required)
{
    const struct regulation *r = card->kept->regulation;
    const struct viche_field *known = field_find(name);
    struct viche_field field = known ? *known : (struct viche_field){.name = name, .label = name};
    struct choosing c = {t, viche_memory(t, CHOICES_MAX * sizeof *c.items), 0};
    field.flags = required ? VICHE_FIELD_REQUIRED : 0;
    if (strcmp(name, "outcome") == 0)
        outcomes(&c, r);
    else if (strcmp(name, "term") == 0)
        terms(&c, r);
    else if (strcmp(name, "decider") == 0)
        staff_of(&c, r, "decider");
    else if (strcmp(name, "executors") == 0)
        staff_of(&c, r, "executor");
    else if (strcmp(name, "incident") == 0)
        incidents(&c, card);
    else if (strcmp(name, "days") == 0)
        limit_days(t, r, &field);
    if (field.kind == VICHE_FIELD_FILES)
        field.choices = field_kinds(t, r, name);
    else if (strcmp(name, "category") == 0)
        field.choices = class_choices(t, card->type);
    else if (!field.choices.count)
        field.choices = (struct viche_list){sizeof *c.items, c.count, c.items};
    return field;
}

/* ---- what was written ---- */

const char *field_get(struct viche_turn *t, const struct action *action, const char *name)
{
    return word_in(action->require, name) || word_in(action->offer, name) ? viche_get(t, name) : "";
}

const char *field_missing(struct viche_turn *t, const struct action *action)
{
    const char *names = action->require;
    char name[64];
    while (word_next(&names, name, sizeof name)) {
        const struct viche_field *field = field_find(name);
        const char *value = viche_get(t, name);
        if (value[strspn(value, " \n\t")] && (!field || field->kind != VICHE_FIELD_LONG || strlen(value) >= (size_t)field->min))
            continue;
        viche_let(t, "field", field ? viche_text(t, field->label) : name);
        return viche_text(t, "missing-field");
    }
    return NULL;
}

const char *field_unfit(struct viche_turn *t, const struct regulation *r, const struct action *action)
{
    const char *names = viche_print(t, "%s %s", action->require, action->offer), *refusal = NULL;
    char name[64];
    while (!refusal && word_next(&names, name, sizeof name)) {
        const struct viche_field *field = field_find(name);
        if (field && field->kind == VICHE_FIELD_FILES)
            refusal = file_unfit(t, viche_text(t, field->label), viche_get(t, name), regulation_takes(r, name));
    }
    return refusal;
}

static const char *names_of(struct viche_turn *t, const char *clerks)
{
    const char *out = "", *id;
    while (word_line(t, &clerks, &id))
        out = viche_print(t, "%s%s%s", out, *out ? ", " : "", staff_name(t, (uint64_t)word_number(id)));
    return out;
}

/* As a person reads it in the timeline; "": not said there. */
static const char *written(struct viche_turn *t, const struct card *card, const struct viche_field *field, const char *value)
{
    if (strcmp(field->name, "category") == 0)
        return viche_print(t, "%s: %s", viche_text(t, field->label), class_words(t, card->type, value));
    if (strcmp(field->name, "kind") == 0)
        return viche_print(t, "%s: %s", viche_text(t, field->label), viche_text(t, viche_print(t, "kind-%s", value)));
    switch (field->kind) {
    case VICHE_FIELD_LONG:
    case VICHE_FIELD_TEXT: return value;
    case VICHE_FIELD_NUMBER: return viche_print(t, "%s: %s", viche_text(t, field->label), value);
    case VICHE_FIELD_DATE: return request_wish_words(t, value);
    case VICHE_FIELD_STAFF:
    case VICHE_FIELD_STAFFS: return names_of(t, value);
    default: return "";
    }
}

static const char *gather(struct viche_turn *t, const struct card *card, const struct action *action, bool files)
{
    const char *out = "", *names = viche_print(t, "%s %s", action->require, action->offer);
    char name[64];
    while (word_next(&names, name, sizeof name)) {
        const struct viche_field *field = field_find(name);
        const char *value = viche_get(t, name);
        if (!field || !*value || files != (field->kind == VICHE_FIELD_FILES))
            continue;
        const char *words = files ? value : written(t, card, field, value);
        out = viche_print(t, "%s%s%s", out, *out && *words ? "\n" : "", words);
    }
    return out;
}

const char *field_words(struct viche_turn *t, const struct card *card, const struct action *action) { return gather(t, card, action, false); }

const char *field_files(struct viche_turn *t, const struct action *action) { return gather(t, NULL, action, true); }
