/* SPDX-License-Identifier: MPL-2.0
 * One call of the Bot API, one answer. */
#include <stdlib.h>
#include <string.h>

#include "common/mend.h"
#include "telegram.h"

enum { LEVELS_MAX = 64 }; /* an update needs a dozen */

const struct viche_pair telegram_is_json[] = {{"content-type", "application/json"}, {NULL, NULL}};

const char *telegram_json(struct viche_turn *t, const json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);
    const char *copy = viche_print(t, "%s", text ? text : "{}");
    free(text);
    return copy;
}

static const char *entity(char c) { return c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : NULL; }

const char *telegram_html(struct viche_turn *t, const char *text)
{
    size_t room = 1;
    for (const char *at = text; *at; at++)
        room += entity(*at) ? strlen(entity(*at)) : 1;
    char *out = viche_memory(t, room);
    for (char *to = out; *text; text++) {
        const char *instead = entity(*text);
        if (instead)
            to = stpcpy(to, instead);
        else
            *to++ = *text;
    }
    return out;
}

size_t telegram_length(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

const char *telegram_url(struct viche_turn *t, const char *method)
{
    return viche_print(t, "%s/bot{secret:token}/%s", viche_option(t, "api"), method);
}

struct viche_request telegram_call(struct viche_turn *t, const char *method, json_t *parameters)
{
    const char *body = telegram_json(t, parameters);
    json_decref(parameters);
    return telegram_post(t, method, body);
}

struct viche_request telegram_post(struct viche_turn *t, const char *method, const char *body)
{
    return (struct viche_request){.size = sizeof(struct viche_request), .method = "POST", .url = telegram_url(t, method),
                                  .headers = telegram_is_json, .body = body, .body_size = (uint32_t)strlen(body)};
}

void telegram_tell(struct viche_turn *t, const char *method, json_t *parameters)
{
    struct viche_request request = telegram_call(t, method, parameters);
    viche_send_request(t, &request);
}

/* ---- answers ---- */

json_t *telegram_read(const char *body, size_t size_bytes)
{
    json_t *json = json_loadb(body, size_bytes, JSON_REJECT_DUPLICATES, NULL);
    size_t mended_bytes = 0;
    char *mended = json ? NULL : mend_json(body, size_bytes, LEVELS_MAX, &mended_bytes);
    if (mended)
        json = json_loadb(mended, mended_bytes, JSON_REJECT_DUPLICATES, NULL);
    free(mended);
    return json;
}

const char *telegram_string(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

int64_t telegram_number(const json_t *object, const char *key) { return json_integer_value(json_object_get(object, key)); }

static uint32_t header_seconds(const struct viche_result *result)
{
    for (const struct viche_pair *pair = result->headers; pair && pair->name; pair++)
        if (strcmp(pair->name, "retry-after") == 0)
            return (uint32_t)strtoul(pair->value, NULL, 10);
    return 0;
}

struct telegram_answer telegram_answer(const struct viche_result *result)
{
    struct telegram_answer answer = {.code = result->status, .why = ""};
    if (result->body_size > 0)
        answer.json = telegram_read(result->body, result->body_size);
    if (json_is_true(json_object_get(answer.json, "ok")))
        answer.result = json_object_get(answer.json, "result");
    if (answer.result)
        return answer;
    int64_t code = telegram_number(answer.json, "error_code");
    answer.code = code ? code : result->status;
    answer.why = telegram_string(answer.json, "description");
    const json_t *parameters = json_object_get(answer.json, "parameters");
    answer.retry_after = (uint32_t)telegram_number(parameters, "retry_after");
    answer.moved_to = telegram_number(parameters, "migrate_to_chat_id");
    if (answer.retry_after == 0)
        answer.retry_after = header_seconds(result);
    return answer;
}

void telegram_answer_end(struct telegram_answer *answer)
{
    json_decref(answer->json);
    answer->json = NULL;
}
