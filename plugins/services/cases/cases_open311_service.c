/* SPDX-License-Identifier: MPL-2.0
 * What may be reported: the leaves of the classifier under each public type of card. */
#include "cases_open311.h"

enum { LEVELS = 3 };

static bool is_leaf(struct viche_turn *t, const struct service *service)
{
    const char *below, *words;
    return !class_next(t, service->type->name, service->code, 0, &below, &words);
}

static json_t *service_json(struct viche_turn *t, const struct service *service)
{
    const char *code = viche_print(t, "%s.%s", service->type->name, service->code);
    return json_pack("{s:o, s:o, s:o, s:b, s:s, s:s, s:o}", "service_code", open311_text(code), "service_name", open311_text(service->name),
                     "description", open311_text(service->name), "metadata", service->type->field_count > 0, "type", "realtime", "keywords", "",
                     "group", open311_text(service->group));
}

static void add_below(struct viche_turn *t, json_t *list, struct service service, const char *under, uint32_t level)
{
    for (uint32_t i = 0; class_next(t, service.type->name, under, i, &service.code, &service.name); i++) {
        if (level == 0)
            service.group = service.name;
        if (is_leaf(t, &service))
            json_array_append_new(list, service_json(t, &service));
        else if (level + 1 < LEVELS)
            add_below(t, list, service, service.code, level + 1);
    }
}

void service_list(const struct asked *asked)
{
    struct viche_turn *t = asked->t;
    json_t *list = json_array();
    const char *name;
    for (uint32_t i = 0; (name = type_name(t, i)); i++) {
        const struct type *type = type_find(t, name);
        if (type && type->flags & VICHE_CASE_PUBLIC)
            add_below(t, list, (struct service){.type = type}, "", 0);
    }
    open311_reply(asked, 200, "services", list);
}

bool service_find(struct viche_turn *t, const char *service_code, struct service *out)
{
    size_t size = strcspn(service_code, ".");
    if (!service_code[size])
        return false;
    *out = (struct service){.type = type_find(t, viche_print(t, "%.*s", (int)size, service_code)), .code = service_code + size + 1};
    if (!out->type || !(out->type->flags & VICHE_CASE_PUBLIC))
        return false;
    const char *words = class_words(t, out->type->name, out->code);
    out->name = words;
    return *out->code && words && strcmp(words, out->code) != 0;
}

/* ---- definition ------------------------------------------------------------------------------------------------------- */

static const char *datatype_of(const struct viche_field *field)
{
    switch (field->kind) {
    case VICHE_FIELD_NUMBER: return "number";
    case VICHE_FIELD_DATE:
    case VICHE_FIELD_MOMENT: return "datetime";
    case VICHE_FIELD_LONG: return "text";
    case VICHE_FIELD_CHOICE:
    case VICHE_FIELD_FLAG: return "singlevaluelist";
    case VICHE_FIELD_CHOICES: return "multivaluelist";
    default: return "string";
    }
}

/* The labels of a type's own fields are words already, behind a '='. */
static const char *label_of(const char *label) { return label && *label == '=' ? label + 1 : ""; }

static json_t *values_of(const struct viche_field *field)
{
    json_t *values = json_array();
    for (uint32_t i = 0; i < field->choices.count; i++) {
        const struct viche_choice *choice = viche_item(&field->choices, i);
        json_array_append_new(values, json_pack("{s:s, s:s}", "key", choice->value, "name", label_of(choice->label)));
    }
    return values;
}

static json_t *attribute_of(const struct viche_field *field, uint32_t order)
{
    json_t *attribute = json_pack("{s:b, s:s, s:s, s:b, s:s, s:i, s:s}", "variable", true, "code", field->name, "datatype",
                                  datatype_of(field), "required", (field->flags & VICHE_FIELD_REQUIRED) != 0,
                                  "datatype_description", label_of(field->help), "order",
                                  (int)order, "description", label_of(field->label));
    if (field->choices.count)
        json_object_set_new(attribute, "values", values_of(field));
    return attribute;
}

void service_define(const struct asked *asked)
{
    struct service service;
    if (!service_find(asked->t, asked->id, &service)) {
        open311_refuse(asked, 404, "service_code is not known");
        return;
    }
    json_t *attributes = json_array();
    for (uint32_t i = 0; i < service.type->field_count; i++)
        json_array_append_new(attributes, attribute_of(&service.type->fields[i], i + 1));
    open311_reply(asked, 200, "service_definition",
                  json_pack("{s:o, s:o}", "service_code", open311_text(asked->id), "attributes", attributes));
}
