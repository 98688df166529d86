/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/fetch.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "gateway/map.h"
#include "gateway/multi.h"
#include "gateway/spool.h"

enum {
    AT_ONCE_MAX = 4096, /* a long poll a town, and more; libcurl itself never queues */
    ANSWER_BYTES_MAX = 1024 * 1024,
    HEADER_PAIRS = 40,
    TIMEOUT_S = 30,
    TIMEOUT_S_MAX = 300,
    KEPT_MS = 60 * 1000,
    SWEEP_MS = 100,
    KEY_BYTES = 256,
    TOO_LARGE = 413, /* what a server says, said of a server's answer */
    IDLE_MAX = 64 /* handles kept for the next requests: making one costs as much as using it */
};

enum stage { WAITS, RUNS, ANSWERED };

struct transfer {
    struct transfer *next, *before;
    struct arena *arena;
    enum stage stage;
    uint64_t id;
    const char *town, *lane, *key, *url; /* lane: NULL or "town/lane" */
    CURL *easy;
    struct curl_slist *headers;
    uint32_t timeout_s;
    uint64_t file_bytes_max;
    int64_t deadline_ms; /* of the transfer, later of keeping its answer */
    bool cut;            /* the answer was longer than we take */
    bool too_large;      /* the file was */
    struct buf body;
    struct upload *upload; /* instead of the body; NULL: not asked for */
    curl_mime *parts;
    struct pair answer_headers[HEADER_PAIRS];
    size_t answer_header_count;
    int32_t status;
    const char *error;
};

struct fetch {
    const struct host_config *host;
    struct multi *multi;
    char *spool;
    uv_timer_t sweep;
    struct transfer *first, *last; /* in the order they were asked */
    size_t waiting, running;
    uint64_t total;
    struct map by_key, busy_lanes;
    CURL *idle[IDLE_MAX];
    size_t idle_count;
    bool (*done)(void *context, const struct fetch_answer *answer);
    void *context;
};

/* ---- what libcurl brings ---- */

static size_t on_file(struct transfer *transfer, const char *data, size_t size_bytes)
{
    transfer->too_large = transfer->upload->size_bytes + size_bytes > transfer->file_bytes_max;
    return !transfer->too_large && spool_write(transfer->upload, data, size_bytes) ? size_bytes : 0; /* 0 ends the transfer */
}

static size_t on_body(char *data, size_t one, size_t count, void *context)
{
    struct transfer *transfer = context;
    if (transfer->upload)
        return on_file(transfer, data, one * count);
    size_t room = ANSWER_BYTES_MAX - transfer->body.size;
    size_t size = one * count < room ? one * count : room;
    buf_add(&transfer->body, data, size);
    transfer->cut = size < one * count;
    return size; /* less than was given ends the transfer */
}

static size_t on_header(char *line, size_t one, size_t count, void *context)
{
    struct transfer *transfer = context;
    size_t size = one * count;
    if (size > 5 && strncmp(line, "HTTP/", 5) == 0)
        transfer->answer_header_count = 0; /* of a 100 Continue before */
    const char *colon = memchr(line, ':', size);
    if (!colon || transfer->answer_header_count == HEADER_PAIRS - 1 || !text_valid(line, size))
        return size;
    char *name = arena_copy_bytes(transfer->arena, line, (size_t)(colon - line));
    for (char *at = name; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    const char *value = colon + 1, *end = line + size;
    while (value < end && *value == ' ')
        value++;
    while (end > value && strchr("\r\n ", end[-1]))
        end--;
    transfer->answer_headers[transfer->answer_header_count++] =
        (struct pair){name, arena_copy_bytes(transfer->arena, value, (size_t)(end - value))};
    return size;
}

/* ---- the list ---- */

static void append(struct fetch *fetch, struct transfer *transfer)
{
    transfer->before = fetch->last;
    *(fetch->last ? &fetch->last->next : &fetch->first) = transfer;
    fetch->last = transfer;
    map_put(&fetch->by_key, transfer->key, transfer);
}

static CURL *take_handle(struct fetch *fetch)
{
    return fetch->idle_count ? fetch->idle[--fetch->idle_count] : curl_easy_init();
}

static void give_back(struct fetch *fetch, CURL *easy)
{
    if (fetch->idle_count == IDLE_MAX) {
        curl_easy_cleanup(easy);
        return;
    }
    curl_easy_reset(easy);
    fetch->idle[fetch->idle_count++] = easy;
}

static void transfer_free(struct fetch *fetch, struct transfer *transfer)
{
    *(transfer->before ? &transfer->before->next : &fetch->first) = transfer->next;
    *(transfer->next ? &transfer->next->before : &fetch->last) = transfer->before;
    map_take(&fetch->by_key, transfer->key);
    give_back(fetch, transfer->easy);
    curl_slist_free_all(transfer->headers);
    curl_mime_free(transfer->parts);
    spool_end(transfer->upload);
    buf_free(&transfer->body);
    arena_free(transfer->arena);
}

/* ---- the end of a transfer ---- */

static bool deliver(struct fetch *fetch, struct transfer *transfer)
{
    bool file = transfer->upload && transfer->status >= 200 && transfer->status < 300;
    const struct fetch_answer answer = {
        .id = transfer->id, .town = transfer->town, .status = transfer->status, .error = transfer->error,
        .headers = transfer->answer_headers, .upload = file ? transfer->upload->path : "",
        .body = buf_str(&transfer->body), .body_bytes = transfer->body.size};
    if (!fetch->done(fetch->context, &answer))
        return false;
    if (file) {
        spool_hand_over(transfer->upload);
        transfer->upload = NULL;
    }
    return true;
}

static void start_waiting(struct fetch *fetch);

static void answered(struct fetch *fetch, struct transfer *transfer, int32_t status, const char *error)
{
    transfer->stage = ANSWERED;
    transfer->status = status;
    transfer->error = error;
    transfer->answer_headers[transfer->answer_header_count] = (struct pair){NULL, NULL};
    transfer->deadline_ms = clock_mono_ms() + KEPT_MS;
    fetch->running--;
    if (transfer->lane)
        map_take(&fetch->busy_lanes, transfer->lane);
    if (deliver(fetch, transfer))
        transfer_free(fetch, transfer);
    start_waiting(fetch);
}

static void on_done(void *context, CURL *easy, CURLcode result)
{
    struct fetch *fetch = context;
    struct transfer *transfer = NULL;
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    bool whole = result == CURLE_OK || transfer->cut;
    if (whole)
        answered(fetch, transfer, (int32_t)status, "");
    else if (transfer->too_large)
        answered(fetch, transfer, TOO_LARGE, "the file is larger than upload-bytes");
    else
        answered(fetch, transfer, 0, curl_easy_strerror(result));
}

/* ---- the begin ---- */

static void add_parts(struct transfer *transfer, const struct fetch_request *request)
{
    if (request->part_count == 0)
        return;
    transfer->parts = curl_mime_init(transfer->easy);
    for (size_t i = 0; i < request->part_count; i++) {
        const struct fetch_part *part = &request->parts[i];
        curl_mimepart *mime = curl_mime_addpart(transfer->parts);
        curl_mime_name(mime, part->name);
        if (*part->path) {
            curl_mime_filedata(mime, part->path);
            curl_mime_filename(mime, *part->file_name ? part->file_name : "file");
            if (*part->file_type)
                curl_mime_type(mime, part->file_type);
        } else {
            curl_mime_data(mime, part->value, CURL_ZERO_TERMINATED);
        }
    }
    curl_easy_setopt(transfer->easy, CURLOPT_MIMEPOST, transfer->parts);
}

static void set_up(struct transfer *transfer, const struct fetch_request *request)
{
    CURL *easy = transfer->easy;
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* none from the environment: the checked address is the one talked to */
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "viche/" VICHE_VERSION);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    const char *method = *request->method ? request->method : request->body_bytes ? "POST" : "GET";
    add_parts(transfer, request);
    if (!request->part_count && (request->body_bytes || text_is(method, "POST"))) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_bytes);
        curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, request->body_bytes ? request->body : "");
    }
    if (text_is(method, "HEAD"))
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method);
    struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
    for (const struct pair *pair = request->headers; pair && pair->name; pair++)
        headers = curl_slist_append(headers, arena_print(transfer->arena, "%s: %s", pair->name, pair->value));
    transfer->headers = headers;
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
}

static void on_sweep(uv_timer_t *timer);

static void start(struct fetch *fetch, struct transfer *transfer)
{
    fetch->waiting--;
    fetch->running++;
    transfer->stage = RUNS;
    transfer->deadline_ms = clock_mono_ms() + (int64_t)transfer->timeout_s * 1000;
    if (transfer->lane)
        map_put(&fetch->busy_lanes, transfer->lane, transfer);
    multi_add(fetch->multi, transfer->easy, fetch->host->fetch_private);
}

static void start_waiting(struct fetch *fetch)
{
    struct transfer *transfer = fetch->first;
    for (; transfer && fetch->waiting && fetch->running < AT_ONCE_MAX; transfer = transfer->next)
        if (transfer->stage == WAITS && !(transfer->lane && map_get(&fetch->busy_lanes, transfer->lane)))
            start(fetch, transfer);
}

/* CR or LF would begin a header of the plugin's own making. */
static bool clean(const struct fetch_request *request)
{
    if (strspn(request->method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != strlen(request->method))
        return false;
    for (const struct pair *pair = request->headers; pair && pair->name; pair++)
        if (!*pair->name || strpbrk(pair->name, "\r\n: ") || strpbrk(pair->value, "\r\n"))
            return false;
    return true;
}

static struct transfer *transfer_new(const struct fetch_request *request, const char *key)
{
    struct arena *arena = arena_new();
    struct transfer *transfer = arena_alloc(arena, sizeof *transfer);
    *transfer = (struct transfer){.arena = arena, .id = request->id, .error = ""};
    transfer->town = arena_copy(arena, request->town);
    transfer->lane = *request->lane ? arena_print(arena, "%s/%s", request->town, request->lane) : NULL;
    transfer->key = arena_copy(arena, key);
    transfer->url = arena_copy(arena, request->url);
    transfer->timeout_s = request->timeout_s ? request->timeout_s : TIMEOUT_S;
    if (transfer->timeout_s > TIMEOUT_S_MAX)
        transfer->timeout_s = TIMEOUT_S_MAX;
    return transfer;
}

/* Asked again by a worker that does not know that its predecessor had asked: the answer is on its way or here. */
static bool known(struct fetch *fetch, const char *key, const char *url)
{
    struct transfer *transfer = map_get(&fetch->by_key, key);
    if (!transfer)
        return false;
    if (transfer->stage == ANSWERED) {
        bool same = text_is(transfer->url, url) && deliver(fetch, transfer);
        transfer_free(fetch, transfer);
        return same;
    }
    return true;
}

void fetch_begin(struct fetch *fetch, const struct fetch_request *request)
{
    char key[KEY_BYTES];
    snprintf(key, sizeof key, "%s/%" PRIu64, request->town, request->id);
    if (known(fetch, key, request->url))
        return;
    const char *error = clean(request) ? NULL : "a line break or a bad name in the method or a header";
    struct upload *upload = !error && request->to_file ? spool_begin(fetch->spool) : NULL;
    if (!error && request->to_file && !upload)
        error = "there is nowhere to keep the file";
    if (error) {
        fetch->done(fetch->context, &(struct fetch_answer){.id = request->id, .town = request->town, .error = error});
        return;
    }
    struct transfer *transfer = transfer_new(request, key);
    transfer->easy = take_handle(fetch);
    set_up(transfer, request);
    transfer->upload = upload;
    transfer->file_bytes_max = (uint64_t)fetch->host->limits.upload_bytes;
    append(fetch, transfer);
    fetch->waiting++;
    fetch->total++;
    start_waiting(fetch);
    if (!uv_is_active((uv_handle_t *)&fetch->sweep))
        uv_timer_start(&fetch->sweep, on_sweep, SWEEP_MS, SWEEP_MS);
}

/* ---- deadlines: one timer for all ---- */

static void on_sweep(uv_timer_t *timer)
{
    struct fetch *fetch = timer->data;
    int64_t now_ms = clock_mono_ms();
    for (struct transfer *transfer = fetch->first, *next = NULL; transfer; transfer = next) {
        next = transfer->next;
        if (transfer->stage == WAITS || now_ms < transfer->deadline_ms)
            continue;
        if (transfer->stage == ANSWERED) {
            transfer_free(fetch, transfer);
            continue;
        }
        multi_remove(fetch->multi, transfer->easy);
        answered(fetch, transfer, 0, "no answer in time");
        next = fetch->first; /* answering may have moved others */
    }
    if (!fetch->first)
        uv_timer_stop(&fetch->sweep);
}

/* ---- life ---- */

struct fetch *fetch_open(uv_loop_t *loop, const struct host_config *host,
                         bool (*done)(void *context, const struct fetch_answer *answer), void *context)
{
    curl_global_init(CURL_GLOBAL_ALL);
    struct fetch *fetch = mem_alloc(sizeof *fetch);
    *fetch = (struct fetch){.host = host, .done = done, .context = context};
    struct buf spool = {0};
    buf_print(&spool, "%s/.spool", host->data);
    fetch->spool = spool.data;
    fetch->multi = multi_open(loop, on_done, fetch);
    uv_timer_init(loop, &fetch->sweep);
    fetch->sweep.data = fetch;
    return fetch;
}

static void on_closed(uv_handle_t *handle)
{
    struct fetch *fetch = handle->data;
    free(fetch->spool);
    free(fetch);
}

void fetch_close(struct fetch *fetch)
{
    while (fetch->first) {
        if (fetch->first->stage == RUNS)
            multi_remove(fetch->multi, fetch->first->easy);
        transfer_free(fetch, fetch->first);
    }
    while (fetch->idle_count)
        curl_easy_cleanup(fetch->idle[--fetch->idle_count]);
    map_free(&fetch->by_key);
    map_free(&fetch->busy_lanes);
    multi_close(fetch->multi);
    uv_close((uv_handle_t *)&fetch->sweep, on_closed);
}

size_t fetch_count(const struct fetch *fetch) { return fetch->waiting + fetch->running; }

uint64_t fetch_total(const struct fetch *fetch) { return fetch->total; }
