/* SPDX-License-Identifier: MPL-2.0 */
#include "directory_cell.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "directory_place.h"

enum { NAME_BYTES = 240, DIGITS_LEAST = 3, DIGITS_MOST = 15 };

static bool phone_fits(const char *text, size_t length)
{
    size_t digits = 0;
    for (size_t i = 0; i < length; i++) {
        if (!isdigit((unsigned char)text[i]) && !strchr(" ()-", text[i]) && !(text[i] == '+' && digits == 0))
            return false;
        digits += isdigit((unsigned char)text[i]) != 0;
    }
    return digits >= DIGITS_LEAST && digits <= DIGITS_MOST;
}

const char *cell_phones(const char *text)
{
    while (*text) {
        size_t length = strcspn(text, ";");
        if (!phone_fits(text, length))
            return "bad-phone";
        text += length;
        if (*text == ';' && *++text == '\0')
            return "bad-phone";
    }
    return NULL;
}

const char *cell_site(const char *text)
{
    bool address = strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;
    return *text == '\0' || (address && !strpbrk(text, " \t\n\"<>")) ? NULL : "bad-site";
}

const char *cell_flag(const char *text) { return *text == '\0' || strcmp(text, "yes") == 0 ? NULL : "bad-flag"; }

const char *cell_name(const char *text) { return strlen(text) > NAME_BYTES || strchr(text, '\n') ? "bad-name" : NULL; }

static const char *degrees(const char *text, double limit)
{
    double value = 0;
    return *text == '\0' || place_degrees(text, limit, &value) ? NULL : "bad-degrees";
}

const char *cell_latitude(const char *text) { return degrees(text, 90); }

const char *cell_longitude(const char *text) { return degrees(text, 180); }
