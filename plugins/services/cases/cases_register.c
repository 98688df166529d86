/* SPDX-License-Identifier: MPL-2.0
 * An official registers what somebody said on the telephone, at the counter or wrote by post. */
#include "cases.h"

static const struct viche_choice channels[] = {{"phone", "channel-phone"}, {"visit", "channel-visit"}, {"post", "channel-post"}};
static const struct viche_choice kinds[] = {{"remark", "kind-remark"},       {"proposal", "kind-proposal"}, {"application", "kind-application"},
                                            {"complaint", "kind-complaint"}, {"request", "kind-request"},   {"demand", "kind-demand"}};

#define CHOICES(list) {sizeof *(list), sizeof(list) / sizeof *(list), list}
static const struct viche_field form[] = {
    {.name = "type", .label = "field-type", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_REQUIRED}, /* first: its choices are filled in */
    {.name = "channel", .label = "field-channel", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_REQUIRED, .choices = CHOICES(channels)},
    {.name = "kind", .label = "field-kind", .kind = VICHE_FIELD_CHOICE, .choices = CHOICES(kinds)},
    {.name = "surname", .label = "field-surname"},
    {.name = "first_name", .label = "field-first_name"},
    {.name = "patronymic", .label = "field-patronymic"},
    {.name = "residence", .label = "field-residence"},
    {.name = "phone", .label = "field-phone", .kind = VICHE_FIELD_PHONE},
    {.name = "email", .label = "field-email"},
    {.name = "essence", .label = "field-essence", .kind = VICHE_FIELD_LONG, .flags = VICHE_FIELD_REQUIRED, .max = 8000},
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

void register_offer(struct viche_turn *t, const struct viche_clerk *clerk, struct viche_sheet *sheet)
{
    struct viche_choice *types = viche_memory(t, 16 * sizeof *types);
    struct viche_field *fields = viche_memory(t, sizeof form);
    uint32_t count = 0;
    const char *name;
    for (uint32_t i = 0; count < 16 && (name = type_name(t, i)); i++) {
        const struct type *type = type_find(t, name);
        if (type && may_register(t, type, clerk->id))
            types[count++] = (struct viche_choice){type->name, viche_print(t, "=%s", type->title)};
    }
    if (!count)
        return;
    memcpy(fields, form, sizeof form);
    fields[0].choices = (struct viche_list){sizeof *types, count, types};
    struct viche_action action = {.id = "register", .label = "register", .flags = VICHE_ACTION_NEW, .fields = {sizeof *fields, FIELDS, fields}};
    viche_sheet_action(sheet, &action);
}

const char *register_act(struct viche_turn *t, const struct viche_clerk *clerk)
{
    const struct type *type = type_find(t, viche_get(t, "type"));
    struct card card;
    if (!type || !may_register(t, type, clerk->id))
        return viche_text(t, "no-type");
    struct viche_case from = {
        .size = sizeof from, .type = type->name, .channel = viche_get(t, "channel"), .kind = viche_get(t, "kind"),
        .surname = viche_get(t, "surname"), .first_name = viche_get(t, "first_name"), .patronymic = viche_get(t, "patronymic"),
        .residence = viche_get(t, "residence"), .phone = viche_get(t, "phone"), .email = viche_get(t, "email"),
        .essence = viche_get(t, "essence"), .place = viche_get(t, "place"), .organisation = viche_get(t, "organisation"),
        .privilege = viche_get(t, "privilege"), .files = viche_get(t, "files"), .category = ""};
    const char *refusal = card_open(t, &from, 0, &card);
    if (refusal)
        return refusal;
    viche_let(t, "number", card.number);
    viche_set(t, "said", viche_text(t, "registered"));
    viche_set(t, "opens", viche_print(t, "cases/cards/%lld", (long long)card.id));
    return NULL;
}
