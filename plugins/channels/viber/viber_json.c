/* SPDX-License-Identifier: MPL-2.0 */
#include "viber_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/mend.h"

json_t *viber_json_read(const char *body, size_t size_bytes)
{
    size_t mended_bytes = 0;
    char *text = mend_json(body, size_bytes, VIBER_DEPTH_MAX, &mended_bytes);
    json_t *json = text ? json_loadb(text, mended_bytes, JSON_REJECT_DUPLICATES, NULL) : NULL;
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
