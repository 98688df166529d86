/* SPDX-License-Identifier: MPL-2.0
 * An official registers what somebody said on the telephone, at the counter or wrote by post. */
#include "cases.h"

#define REGISTER "register-" /* and the type: the id of an action */

static const struct viche_choice channels[] = {{"phone", "channel-phone"}, {"visit", "channel-visit"}, {"post", "channel-post"}};

#define CHOICES(list) {sizeof *(list), sizeof(list) / sizeof *(list), list}
static const struct viche_field form[] = {
    {.name = "channel", .label = "field-channel", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_REQUIRED, .choices = CHOICES(channels)},
    {.name = "kind", .label = "field-kind", .kind = VICHE_FIELD_CHOICE},
    {.name = "surname", .label = "field-surname"},
    {.name = "first_name", .label = "field-first_name"},
    {.name = "patronymic", .label = "field-patronymic"},
    {.name = "residence", .label = "field-residence"},
    {.name = "phone", .label = "field-phone", .kind = VICHE_FIELD_PHONE},
    {.name = "email", .label = "field-email"},
    {.name = "category", .label = "field-category", .kind = VICHE_FIELD_CHOICE}, /* its choices are the type's classifier */
    {.name = "essence", .label = "field-essence", .kind = VICHE_FIELD_LONG, .max = 8000},
    {.name = "place", .label = "field-place"},
    {.name = "organisation", .label = "field-organisation", .kind = VICHE_FIELD_ORGANISATION},
    {.name = "privilege", .label = "field-privilege", .help = "help-privilege"},
    {.name = "files", .label = "field-files", .kind = VICHE_FIELD_FILES},
};
enum { FIELDS = sizeof form / sizeof *form };

/* Who takes new cards in, and operators of the hotline. */
static bool may_register(struct viche_turn *t, const struct type *type, uint64_t clerk)
{
    const struct role *role = regulation_role(type->regulation, regulation_begin(type->regulation)->waits);
    return staff_holds(t, clerk, "operator", type->name, "") || (role && staff_holds(t, clerk, role->staff, type->name, ""));
}

/* The common form with what the regulation demands of this type. */
static struct viche_list form_of(struct viche_turn *t, const struct type *type)
{
    struct viche_field *fields = viche_memory(t, sizeof form);
    uint32_t count = 0;
    for (uint32_t i = 0; i < FIELDS; i++) {
        struct viche_field field = form[i];
        if (word_in(type->regulation->require, field.name))
            field.flags |= VICHE_FIELD_REQUIRED;
        if (strcmp(field.name, "category") == 0) {
            field.choices = class_choices(t, type->name);
            if (field.choices.count == 0)
                continue; /* this town has no classifier for it */
        }
        if (strcmp(field.name, "kind") == 0)
            field.choices = field_find("kind")->choices;
        if (field.kind == VICHE_FIELD_FILES)
            field.choices = field_kinds(t, type->regulation, field.name);
        fields[count++] = field;
    }
    return (struct viche_list){sizeof *fields, count, fields};
}

/* A button for each type: «Зареєструвати: Звернення». */
void register_offer(struct viche_turn *t, const struct viche_clerk *clerk, struct viche_sheet *sheet)
{
    const char *name;
    for (uint32_t i = 0; (name = type_name(t, i)); i++) {
        const struct type *type = type_find(t, name);
        if (!type || !may_register(t, type, clerk->id))
            continue;
        viche_let(t, "title", type->title);
        struct viche_action action = {.id = viche_print(t, REGISTER "%s", name), .label = viche_print(t, "=%s", viche_text(t, "register")),
                                      .flags = VICHE_ACTION_NEW, .fields = form_of(t, type)};
        viche_sheet_action(sheet, &action);
    }
}

const char *register_type(const char *action)
{
    size_t length = sizeof REGISTER - 1;
    return strncmp(action, REGISTER, length) == 0 ? action + length : NULL;
}

const char *register_act(struct viche_turn *t, const struct viche_clerk *clerk, const char *type_named)
{
    const struct type *type = type_find(t, type_named);
    struct card card;
    if (!type || !may_register(t, type, clerk->id))
        return viche_text(t, "no-type");
    struct viche_case from = {
        .size = sizeof from, .type = type->name, .channel = viche_get(t, "channel"), .kind = viche_get(t, "kind"),
        .surname = viche_get(t, "surname"), .first_name = viche_get(t, "first_name"), .patronymic = viche_get(t, "patronymic"),
        .residence = viche_get(t, "residence"), .phone = viche_get(t, "phone"), .email = viche_get(t, "email"),
        .essence = viche_get(t, "essence"), .place = viche_get(t, "place"), .organisation = viche_get(t, "organisation"),
        .privilege = viche_get(t, "privilege"), .files = viche_get(t, "files"), .category = viche_get(t, "category")};
    const char *refusal = card_open(t, &from, 0, &card);
    if (refusal)
        return refusal;
    viche_let(t, "number", card.number);
    viche_set(t, "said", viche_text(t, "registered"));
    viche_set(t, "opens", viche_print(t, "cases/cards/%lld", (long long)card.id));
    return NULL;
}
