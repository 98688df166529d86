/* SPDX-License-Identifier: MPL-2.0 */
#include "common/mend.h"

#include <ctype.h>
#include <stdbool.h>
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

/* false: nested too deeply. */
static bool mend(struct mender *mender, size_t levels_max)
{
    while (mender->at < mender->end) {
        char c = *mender->at;
        if ((c == '{' || c == '[') && ++mender->depth > levels_max)
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

char *mend_json(const char *json, size_t size_bytes, size_t levels_max, size_t *mended_bytes)
{
    char *text = malloc(size_bytes + size_bytes / 8 + 2); /* two quotes for every nineteen digits, and a byte before all */
    if (!text)
        return NULL;
    *text = ' ';
    struct mender mender = {json, json + size_bytes, text + 1, 0};
    if (!mend(&mender, levels_max)) {
        free(text);
        return NULL;
    }
    *mended_bytes = (size_t)(mender.to - text);
    return text;
}
