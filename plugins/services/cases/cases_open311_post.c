/* SPDX-License-Identifier: MPL-2.0
 * POST requests: somebody's program files a problem for somebody. It becomes a card like every other. */
#include "cases_open311.h"

#include <ctype.h>
#include <stdlib.h>

enum { PAIRS_MAX = 100, WORDS_BYTES = 16000, DESCRIPTION_LETTERS = 4000 };

/* ---- the form --------------------------------------------------------------------------------------------------------- */

static int hex(char byte) { return isdigit((unsigned char)byte) ? byte - '0' : isxdigit((unsigned char)byte) ? (byte | 32) - 'a' + 10 : -1; }

/* In place; false: an escape that is none, or a NUL. */
static bool decode(char *text)
{
    char *to = text;
    for (const char *at = text; *at; at++) {
        *to = *at == '+' ? ' ' : *at;
        if (*at == '%') {
            if (hex(at[1]) < 0 || hex(at[2]) < 0 || (at[1] == '0' && at[2] == '0'))
                return false;
            *to = (char)(hex(at[1]) * 16 + hex(at[2]));
            at += 2;
        }
        to++;
    }
    *to = '\0';
    return true;
}

static bool is_utf8(const char *text)
{
    json_t *string = json_string(text);
    json_decref(string);
    return string != NULL;
}

/* The fields of a form; NULL: it is none. */
static const struct viche_pair *read_form(struct viche_turn *t, const struct viche_http *http)
{
    struct viche_pair *pairs = viche_memory(t, (PAIRS_MAX + 1) * sizeof *pairs);
    uint32_t count = 0;
    char *rest = viche_memory(t, http->body_size + 1), *part;
    memcpy(rest, http->body, http->body_size);
    if (strlen(rest) != http->body_size)
        return NULL;
    while ((part = strsep(&rest, "&"))) {
        char *value = part, *name = strsep(&value, "=");
        value = value ? value : part + strlen(part);
        if (count == PAIRS_MAX || !decode(name) || !decode(value) || !is_utf8(name) || !is_utf8(value) || strlen(value) > WORDS_BYTES)
            return NULL;
        if (*value)
            pairs[count++] = (struct viche_pair){name, value};
    }
    return pairs;
}

/* ---- what it says ----------------------------------------------------------------------------------------------------- */

static bool read_degrees(const char *text, double most, double *out)
{
    char *end = NULL;
    if (!isdigit((unsigned char)text[*text == '-']) || text[strspn(text, "-.0123456789")])
        return false;
    *out = strtod(text, &end);
    return *end == '\0' && *out >= -most && *out <= most;
}

static size_t letters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += (*text & 0xC0) != 0x80;
    return count;
}

/* English words of what is wrong; NULL: nothing. */
static const char *read_place(const struct asked *asked, struct viche_case *out)
{
    const char *latitude = asked_for(asked, "lat"), *longitude = asked_for(asked, "long");
    out->place = asked_for(asked, "address_string");
    if (!*latitude && !*longitude)
        return *out->place ? NULL : "a location is needed: lat and long, or address_string (address_id is not supported)";
    if (!read_degrees(latitude, 90, &out->latitude) || !read_degrees(longitude, 180, &out->longitude))
        return "lat and long are degrees of WGS 84, as 48.379400 and 28.864500";
    return NULL;
}

/* attribute[CODE]=v, attribute[CODE][]=v: as the type's own field has it, several in lines. */
static const char *attribute_of(const struct asked *asked, const char *name)
{
    struct viche_turn *t = asked->t;
    const char *one = viche_print(t, "attribute[%s]", name), *many = viche_print(t, "attribute[%s][]", name), *value = "";
    for (const struct viche_pair *pair = asked->pairs; pair->name; pair++)
        if (strcmp(pair->name, one) == 0 || strcmp(pair->name, many) == 0)
            value = *value ? viche_print(t, "%s\n%s", value, pair->value) : pair->value;
    return value;
}

static bool is_among(const struct viche_field *field, const char *value)
{
    for (uint32_t i = 0; i < field->choices.count; i++) {
        const struct viche_choice *choice = viche_item(&field->choices, i);
        size_t size = strlen(choice->value);
        if (strncmp(value, choice->value, size) == 0 && (value[size] == '\0' || value[size] == '\n'))
            return value[size] == '\0' || is_among(field, value + size + 1);
    }
    return field->choices.count == 0;
}

static const char *read_attributes(const struct asked *asked, const struct type *type, struct viche_case *out)
{
    struct viche_pair *values = viche_memory(asked->t, (type->field_count + 1) * sizeof *values);
    out->values = values;
    for (uint32_t i = 0; i < type->field_count; i++) {
        const struct viche_field *field = &type->fields[i];
        *values = (struct viche_pair){field->name, attribute_of(asked, field->name)};
        if (!*values->value && field->flags & VICHE_FIELD_REQUIRED)
            return viche_print(asked->t, "attribute[%s] was not provided", field->name);
        if (*values->value && !is_among(field, values->value))
            return viche_print(asked->t, "attribute[%s] is none of its values", field->name);
        values++;
    }
    return NULL;
}

static const char *read_case(const struct asked *asked, const struct service *service, struct viche_case *out)
{
    *out = (struct viche_case){.size = sizeof *out, .type = service->type->name, .channel = "open311", .category = service->code};
    out->surname = asked_for(asked, "last_name");
    out->first_name = asked_for(asked, "first_name");
    out->phone = asked_for(asked, "phone");
    out->email = asked_for(asked, "email");
    out->essence = asked_for(asked, "description");
    if (letters(out->essence) > DESCRIPTION_LETTERS)
        return "description is longer than 4000 characters";
    if (!*out->essence)
        return "description was not provided";
    const char *wrong = read_place(asked, out);
    return wrong ? wrong : read_attributes(asked, service->type, out);
}

/* ---- filing ----------------------------------------------------------------------------------------------------------- */

void open311_file(const struct asked *asked)
{
    struct viche_turn *t = asked->t;
    struct service service;
    struct viche_case from;
    if (!*asked_for(asked, "service_code")) {
        open311_refuse(asked, 400, "service_code was not provided");
        return;
    }
    if (!service_find(t, asked_for(asked, "service_code"), &service)) {
        open311_refuse(asked, 404, "service_code is not known");
        return;
    }
    const char *wrong = read_case(asked, &service, &from);
    struct card card;
    if (!wrong)
        wrong = card_open(t, &from, 0, &card);
    if (wrong) {
        open311_refuse(asked, 400, wrong);
        return;
    }
    viche_let(t, "number", card.number);
    open311_reply(asked, 201, "service_requests",
                  json_pack("[{s:o, s:o, s:n}]", "service_request_id", open311_text(word_id(t, card.id)), "service_notice",
                            open311_text(viche_text(t, "open311-notice")), "account_id"));
}

static bool may_file(const struct asked *asked)
{
    int64_t id = 0;
    enum key_state key = key_use(asked->t, asked_for(asked, "api_key"), &id);
    if (key == KEY_UNKNOWN)
        open311_refuse(asked, 403, *asked_for(asked, "api_key") ? "api_key is not valid" : "api_key was not provided");
    if (key == KEY_SPENT) {
        viche_reply_header(asked->t, "retry-after", "3600");
        open311_refuse(asked, 429, "this api_key has filed all that it may in an hour");
    }
    return key == KEY_GOOD;
}

void open311_post(struct viche_turn *t, const struct viche_http *http)
{
    const char *file = viche_get(t, "file");
    struct asked asked = {.t = t, .id = "", .xml = strcmp(file, "requests.xml") == 0};
    asked.pairs = read_form(t, http);
    for (const struct viche_pair *pair = http->headers; pair->name; pair++)
        if (strcmp(pair->name, "accept-language") == 0)
            viche_speak(t, pair->value);
    const char *jurisdiction = asked_for(&asked, "jurisdiction_id");
    if (!asked.xml && strcmp(file, "requests.json") != 0)
        open311_refuse(&asked, 404, "there is no such resource");
    else if (!asked.pairs)
        open311_refuse(&asked, 400, "the body is no form in UTF-8 (application/x-www-form-urlencoded)");
    else if (*jurisdiction && strcmp(jurisdiction, viche_town(t, "id")) != 0)
        open311_refuse(&asked, 404, "jurisdiction_id is not known here");
    else if (may_file(&asked))
        open311_file(&asked);
}
