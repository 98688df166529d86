/* SPDX-License-Identifier: MPL-2.0 */
#include "tool/ask.h"

#include <curl/curl.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "tool/talk_gate.h"

enum { TIMEOUT_S = 300 };

/* ---- the host runs ---- */

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
    return buf_add(context, data, size * count) ? size * count : 0;
}

/* The host makes links from the address it was asked under. */
static const char *place_of(const struct host_config *host) { return text_starts(host->listen, "unix:") ? "localhost" : host->listen; }

static char *url_of(CURL *curl, struct arena *arena, const struct host_config *host, const char *town, const struct ask *ask)
{
    char *url = arena_print(arena, "http://%s/%s%s", place_of(host), town, ask->path);
    for (const struct pair *pair = ask->query; pair && pair->name; pair++) {
        char *name = curl_easy_escape(curl, pair->name, 0), *value = curl_easy_escape(curl, pair->value, 0);
        url = arena_print(arena, "%s%c%s=%s", url, pair == ask->query ? '?' : '&', name, value);
        curl_free(name);
        curl_free(value);
    }
    return url;
}

static CURLcode perform(CURL *curl, struct arena *arena, const struct host_config *host, const char *town, const struct ask *ask,
                        struct ask_answer *answer)
{
    curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, arena_print(arena, "%s/control", host->data));
    curl_easy_setopt(curl, CURLOPT_URL, url_of(curl, arena, host, town, ask));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer->body);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/octet-stream");
    headers = curl_slist_append(headers, "Accept-Language: en");
    headers = curl_slist_append(headers, "Expect:"); /* nobody far away: no asking before sending */
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    if (text_is(ask->method, "POST")) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ask->body_bytes);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, ask->body ? ask->body : "");
    }
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->status);
    curl_slist_free_all(headers);
    return code;
}

/* false: nobody listens there (*code tells), or it broke off. */
static bool ask_host(struct arena *arena, const struct host_config *host, const char *town, const struct ask *ask,
                     struct ask_answer *answer, CURLcode *code)
{
    CURL *curl = curl_easy_init();
    *code = curl ? perform(curl, arena, host, town, ask, answer) : CURLE_OUT_OF_MEMORY;
    curl_easy_cleanup(curl);
    return *code == CURLE_OK;
}

/* ---- it does not: the town is opened here ---- */

static void ignore(void *context, const char *chat, const char *lines) { (void)context, (void)chat, (void)lines; }

static const char *file_of(const struct host_config *host, const char *town)
{
    for (size_t i = 0; i < host->town_count; i++) {
        const char *name = strrchr(host->town_files[i], '/');
        name = name ? name + 1 : host->town_files[i];
        if (text_starts(name, town) && text_is(name + strlen(town), ".ini"))
            return host->town_files[i];
    }
    return NULL;
}

static bool ask_here(struct arena *arena, const struct host_config *host, const char *town, const struct ask *ask,
                     struct ask_answer *answer, struct fail *fail)
{
    const char *file = file_of(host, town);
    struct host_config alone = *host;
    alone.town_files = &file;
    alone.town_count = 1;
    const char *origin = *host->origin ? host->origin : arena_print(arena, "http://%s", place_of(host));
    struct talk_gate gate = {.arena = arena, .host = &alone, .town = town, .origin = origin, .ears = {.said = ignore}};
    struct http_request request = {.method = ask->method, .path = ask->path, .upload = "", .body = ask->body,
                                   .body_bytes = ask->body_bytes, .admin = true};
    request.headers[0] = (struct pair){"accept-language", "en"};
    for (size_t i = 0; ask->query && ask->query[i].name && i + 1 < REPLY_PAIRS; i++)
        request.query[i] = ask->query[i];
    struct stat file_facts = {0};
    if (ask->upload && stat(ask->upload, &file_facts) == 0) {
        request.upload = ask->upload;
        request.upload_bytes = (uint64_t)file_facts.st_size;
        request.body_bytes = 0;
    }
    struct talk_reply reply = {0};
    bool ok = talk_gate_open(&gate, (struct talk_death){0}, fail) && talk_gate_ask(&gate, &request, &reply, fail);
    talk_gate_close(&gate);
    answer->status = reply.status;
    answer->here = true;
    if (ok)
        buf_add(&answer->body, reply.body, reply.body_bytes);
    return ok;
}

/* ---- either ---- */

bool ask_knows(const struct host_config *host, const char *town)
{
    if (file_of(host, town))
        return true;
    tool_refuse("there is no town %s; the towns are the INI files in %s", town, host->towns);
    return false;
}

bool ask_town(const struct host_config *host, const char *town, const struct ask *ask, struct ask_answer *answer, struct fail *fail)
{
    *answer = (struct ask_answer){0};
    struct arena *arena = arena_new();
    CURLcode code = CURLE_OK;
    bool ok = ask_host(arena, host, town, ask, answer, &code);
    if (!ok && code == CURLE_COULDNT_CONNECT)
        ok = ask_here(arena, host, town, ask, answer, fail);
    else if (!ok)
        fail_set(fail, "%s/control: %s; is the host well? See its log", host->data, curl_easy_strerror(code));
    arena_free(arena);
    return ok;
}

/* What core/admin says is text already; of the gateway's {"error":{"message":…}} it is the message. */
static void print_words(const struct buf *body)
{
    json_t *json = json_loadb(buf_str(body), body->size, JSON_REJECT_DUPLICATES, NULL);
    const char *words = json_string_value(json_object_get(json_object_get(json, "error"), "message"));
    if (words)
        tool_refuse("%s", words);
    else
        fputs(buf_str(body), stderr);
    json_decref(json);
}

static int print(const struct ask_answer *answer, const char *into)
{
    FILE *out = into ? fopen(into, "we") : stdout;
    bool ok = out && fwrite(buf_str(&answer->body), 1, answer->body.size, out) == answer->body.size && fflush(out) == 0;
    if (out && into)
        ok = fclose(out) == 0 && ok;
    return ok ? TOOL_DONE : tool_refuse("%s: cannot be written: %s", into ? into : "the terminal", strerrordesc_np(errno));
}

int ask_and_print(const struct tool_args *args, const char *town, const struct ask *ask)
{
    struct host_config host;
    struct ask_answer answer = {0};
    struct fail fail = {0};
    int code = TOOL_REFUSED;
    if (!tool_host(args, &host))
        return code;
    if (!ask_knows(&host, town))
        code = TOOL_REFUSED;
    else if (!ask_town(&host, town, ask, &answer, &fail))
        code = tool_refuse("%s", fail.words);
    else if (answer.status >= 200 && answer.status <= 299)
        code = print(&answer, ask->into);
    else
        print_words(&answer.body);
    buf_free(&answer.body);
    host_close(&host);
    return code;
}
