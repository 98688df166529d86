/* SPDX-License-Identifier: MPL-2.0
 * What the list of cards may be narrowed by, in the words of this town: its regulations' states, its types, its classifiers. */
#include "cases.h"

enum { CHOICES_MAX = 300 };

struct choosing {
    struct viche_choice items[CHOICES_MAX];
    uint32_t count;
};

/* Two regulations may call a state of the same name differently. */
static void choose(struct viche_turn *t, struct choosing *c, const char *value, const char *words)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (strcmp(c->items[i].value, value) == 0) {
            if (!strstr(c->items[i].label, words))
                c->items[i].label = viche_print(t, "%s / %s", c->items[i].label, words);
            return;
        }
    if (c->count < CHOICES_MAX)
        c->items[c->count++] = (struct viche_choice){value, viche_print(t, "=%s", words)};
}

static void choose_classes(struct viche_turn *t, struct choosing *c, const char *type)
{
    const char *rest = type_classifier(t, type), *code, *words;
    while (class_each(t, &rest, &code, &words))
        choose(t, c, code, words);
}

static void offer_choices(struct viche_sheet *sheet, const char *name, const char *label, uint32_t kind, const struct choosing *c)
{
    const struct viche_field field = {.name = name, .label = label, .kind = kind, .flags = VICHE_FIELD_FILTER,
                                      .choices = {sizeof *c->items, c->count, c->items}};
    viche_sheet_field(sheet, &field, "");
}

void filter_offer(struct viche_turn *t, struct types *types, struct viche_sheet *sheet)
{
    struct choosing *c = viche_memory(t, 3 * sizeof *c), *states = c, *named = c + 1, *classes = c + 2;
    const char *name;
    for (uint32_t i = 0; (name = type_name(t, i)); i++) {
        const struct type *type = type_known(types, name);
        for (uint32_t j = 0; type && j < type->regulation->state_count; j++)
            choose(t, states, type->regulation->states[j].id, part_words(t, type->regulation->states[j].part, "name"));
        if (type)
            choose(t, named, type->name, type->title);
        choose_classes(t, classes, name);
    }
    offer_choices(sheet, "state", "field-state", VICHE_FIELD_STATE, states);
    offer_choices(sheet, "type", "field-type", VICHE_FIELD_TEXT, named);
    offer_choices(sheet, "category", "field-category", VICHE_FIELD_TEXT, classes);
}
