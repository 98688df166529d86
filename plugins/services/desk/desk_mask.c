/* SPDX-License-Identifier: MPL-2.0
 * Personal data as it is shown until somebody asks: enough to tell one from another, too little to use. */
#include <string.h>

#include "desk.h"

static size_t letter_bytes(const char *at)
{
    size_t bytes = *at != '\0';
    while (bytes && ((unsigned char)at[bytes] & 0xC0) == 0x80)
        bytes++;
    return bytes;
}

/* «+380 ** *** ** 67» */
static const char *mask_phone(struct viche_turn *t, const char *value)
{
    size_t length = strlen(value);
    if (strncmp(value, "+380", 4) == 0 && length == 13)
        return viche_print(t, "+380 ** *** ** %s", value + 11);
    return length > 6 ? viche_print(t, "%.2s*****%s", value, value + length - 2) : "*****";
}

/* «І. П.» of «Ірина Петренко» */
static const char *mask_name(struct viche_turn *t, const char *value)
{
    const char *out = "";
    for (const char *at = value + strspn(value, " "); *at; at += strspn(at, " ")) {
        out = viche_print(t, "%s%s%.*s.", out, *out ? " " : "", (int)letter_bytes(at), at);
        at += strcspn(at, " ");
    }
    return out;
}

/* «і***@ukr.net» */
static const char *mask_mail(struct viche_turn *t, const char *value)
{
    return viche_print(t, "%.*s***%s", (int)letter_bytes(value), value, strchr(value, '@'));
}

static bool is_name(const char *value)
{
    size_t words = 0;
    for (const char *at = value + strspn(value, " "); *at; at += strspn(at, " ")) {
        words++;
        at += strcspn(at, " ");
    }
    return words <= 4 && !strpbrk(value, "0123456789,;:\n/");
}

const char *mask(struct viche_turn *t, const struct viche_field *field, const char *value)
{
    if (!*value)
        return value;
    if (field->kind == VICHE_FIELD_PHONE)
        return mask_phone(t, value);
    if (field->kind != VICHE_FIELD_TEXT)
        return field->kind == VICHE_FIELD_LONG ? "•••" : "";
    if (strchr(value, '@'))
        return mask_mail(t, value);
    return is_name(value) ? mask_name(t, value) : "•••";
}
