/* SPDX-License-Identifier: MPL-2.0 */
#include "viber_json.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 18 /* always fit into 63 bits */ };

struct mender {
    const char *at, *end;
    char *to;
    size_t depth;
};

static void copy(struct mender *mender, size_t bytes)
{
    memcpy(mender->to, mender->at, bytes);
    mender->to += bytes;
    mender->at += bytes;
}

/* The four digits of a \uXXXX at `at`; -1: none. */
static long unit(const struct mender *mender, const char *at)
{
    char digits[5] = "";
    if (mender->end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return -1;
    memcpy(digits, at + 2, 4);
    return strspn(digits, "0123456789abcdefABCDEF") == 4 ? strtol(digits, NULL, 16) : -1;
}

static void mend_escape(struct mender *mender)
{
    long first = unit(mender, mender->at);
    long second = first >= 0xD800 && first <= 0xDBFF ? unit(mender, mender->at + 6) : -1;
    if (second >= 0xDC00 && second <= 0xDFFF) {
        copy(mender, 12);
    } else if (first == 0 || (first >= 0xD800 && first <= 0xDFFF)) {
        memcpy(mender->to, "\\ufffd", 6);
        mender->to += 6;
        mender->at += 6;
    } else {
        copy(mender, mender->end - mender->at > 1 ? 2 : 1);
    }
}

static void mend_string(struct mender *mender)
{
    copy(mender, 1);
    while (mender->at < mender->end && *mender->at != '"') {
        if (*mender->at == '\\')
            mend_escape(mender);
        else
            copy(mender, 1);
    }
    if (mender->at < mender->end)
        copy(mender, 1);
}

static void mend_number(struct mender *mender)
{
    size_t digits = 0;
    while (mender->at + digits < mender->end && isdigit((unsigned char)mender->at[digits]))
        digits++;
    bool whole = mender->at + digits == mender->end || !strchr(".eE", mender->at[digits]);
    bool quoted = whole && digits > DIGITS_MAX && !strchr("-+.eE", mender->to[-1]);
    if (quoted)
        *mender->to++ = '"';
    copy(mender, digits);
    if (quoted)
        *mender->to++ = '"';
}

/* false: nested too deeply. Jansson allows 2048 levels; Viber needs five. */
static bool mend(struct mender *mender)
{
    while (mender->at < mender->end) {
        char c = *mender->at;
        if ((c == '{' || c == '[') && ++mender->depth > VIBER_DEPTH_MAX)
            return false;
        if ((c == '}' || c == ']') && mender->depth > 0)
            mender->depth--;
        if (c == '"')
            mend_string(mender);
        else if (isdigit((unsigned char)c))
            mend_number(mender);
        else
            copy(mender, 1);
    }
    return true;
}

json_t *viber_json_read(const char *body, size_t size_bytes)
{
    char *text = malloc(size_bytes + size_bytes / 8 + 2); /* two quotes for every nineteen digits, and a byte before all */
    if (!text)
        return NULL;
    *text = ' ';
    struct mender mender = {body, body + size_bytes, text + 1, 0};
    json_t *json = mend(&mender) ? json_loadb(text, (size_t)(mender.to - text), JSON_REJECT_DUPLICATES, NULL) : NULL;
    free(text);
    if (json_is_object(json))
        return json;
    json_decref(json);
    return NULL;
}

const char *viber_json_text(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

const char *viber_json_token(const json_t *object, char out[VIBER_TOKEN_BYTES])
{
    const json_t *token = json_object_get(object, "message_token");
    const char *text = json_string_value(token);
    *out = '\0';
    if (json_is_integer(token))
        snprintf(out, VIBER_TOKEN_BYTES, "%" JSON_INTEGER_FORMAT, json_integer_value(token));
    else if (text && *text && strlen(text) < VIBER_TOKEN_BYTES && strspn(text, "0123456789") == strlen(text))
        snprintf(out, VIBER_TOKEN_BYTES, "%s", text);
    return out;
}
