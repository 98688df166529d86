/* SPDX-License-Identifier: MPL-2.0 */
#include "gateway/crew.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "gateway/crew_inner.h"
#include "gateway/parts.h"
#include "gateway/proof.h"
#include "gateway/refuse.h"
#include "link/link.h"

enum {
    HELD_MS_MAX = 60 * 1000,
    SWEEP_MS = 500,
    TRIES_MAX = 4 /* a request that has been with that many dying workers is not handed over again */
};

/* ---- the two lists an exchange can be in: of its town (waits) or of a seat (given) ---- */

static void list_append(struct crew_list *list, struct exchange *exchange)
{
    exchange->holder = list;
    exchange->next = NULL;
    exchange->before = list->last;
    *(list->last ? &list->last->next : &list->first) = exchange;
    list->last = exchange;
}

static void list_take(struct exchange *exchange)
{
    struct crew_list *list = exchange->holder;
    *(exchange->before ? &exchange->before->next : &list->first) = exchange->next;
    *(exchange->next ? &exchange->next->before : &list->last) = exchange->before;
    exchange->holder = NULL;
}

struct exchange *crew_take(struct crew *crew, struct crew_seat *seat, uint64_t id)
{
    struct exchange *exchange = seat->given.first; /* answers come nearly in order */
    while (exchange && exchange->id != id)
        exchange = exchange->next;
    if (exchange) {
        list_take(exchange);
        crew->held--;
    }
    return exchange;
}

static void give_up(struct crew *crew, struct exchange *exchange, enum refusal refusal, uint32_t retry_after_s)
{
    list_take(exchange);
    crew->held--;
    refuse(exchange, refusal, retry_after_s);
}

/* ---- giving ---- */

static void write_request(struct crew *crew, struct buf *out, const struct exchange *exchange)
{
    const struct upload *upload = exchange->parts ? NULL : exchange->upload; /* it was taken with the first part */
    size_t mark = frame_begin(out, FRAME_REQUEST);
    frame_u64(out, exchange->id);
    frame_text(out, exchange->target->town);
    frame_text(out, exchange->method);
    frame_text(out, exchange->target->rest);
    frame_pairs(out, exchange->target->query);
    frame_pairs(out, exchange->headers);
    frame_text(out, exchange->origin);
    frame_text(out, exchange->peer);
    frame_text(out, upload ? upload->path : "");
    frame_u64(out, upload ? upload->size_bytes : 0);
    frame_u32(out, exchange->admin);
    frame_text(out, parts_more(exchange->parts));
    frame_bytes(out, buf_str(&exchange->body), exchange->body.size);
    frame_end(out, mark);
    crew->given++;
}

/* Only now, because what came before the first worker was ready found no routes yet. */
static bool proven(const struct crew *crew, struct exchange *exchange)
{
    const struct crew_route *route = crew_route(crew, exchange->target->town, exchange->target->rest);
    exchange->proven = exchange->proven || !route || !route->proof || proof_holds(crew->setup.secrets, route, exchange);
    return exchange->proven;
}

static void hand_over(struct crew *crew, struct crew_town *town, struct exchange *exchange)
{
    if (!proven(crew, exchange)) {
        crew->held--;
        refuse(exchange, REFUSE_UNPROVEN, 0);
        return;
    }
    if (!exchange->id)
        exchange->id = ++crew->last_id;
    list_append(&town->seat->given, exchange);
    write_request(crew, link_out(town->seat->link), exchange);
}

static void give_waiting(struct crew *crew, struct crew_town *town)
{
    while (town->seat && town->waiting.first) {
        struct exchange *exchange = town->waiting.first;
        list_take(exchange);
        hand_over(crew, town, exchange);
    }
}

bool crew_give(struct crew *crew, struct exchange *exchange)
{
    struct crew_town *town = map_get(&crew->towns, exchange->target->town);
    if (!exchange->admin && crew->held >= (size_t)crew->setup.host->limits.waiting)
        return false;
    exchange->since_ms = clock_mono_ms();
    crew->held++;
    if (town->seat)
        hand_over(crew, town, exchange);
    else
        list_append(&town->waiting, exchange);
    return true;
}

void crew_gone(struct crew *crew, struct exchange *exchange)
{
    if (!exchange->holder)
        return;
    list_take(exchange);
    crew->held--;
}

bool crew_answer(struct crew *crew, const struct fetch_answer *answer)
{
    struct crew_town *town = map_get(&crew->towns, answer->town);
    if (!town || !town->seat)
        return false;
    struct buf *out = link_out(town->seat->link);
    size_t mark = frame_begin(out, FRAME_FETCHED);
    frame_u64(out, answer->id);
    frame_text(out, answer->town);
    frame_u32(out, (uint32_t)answer->status);
    frame_text(out, answer->error);
    frame_pairs(out, answer->headers);
    frame_text(out, answer->upload);
    frame_bytes(out, answer->body, answer->body_bytes);
    frame_end(out, mark);
    return true;
}

/* ---- a worker comes ---- */

static struct crew_town *town_taken(struct crew *crew, const char *id, struct crew_seat *seat)
{
    struct crew_town *town = map_get(&crew->towns, id);
    if (!town)
        return NULL;
    town->seat = seat;
    arena_reset(town->arena);
    town->routes = NULL;
    town->route_count = 0;
    return town;
}

void crew_serves(struct crew *crew, struct crew_seat *seat, const char *id, const struct crew_route *routes, size_t count)
{
    struct crew_town *town = town_taken(crew, id, seat);
    if (!town)
        return;
    town->routes = arena_alloc(town->arena, (count + 1) * sizeof *routes);
    town->route_count = count;
    for (size_t i = 0; i < count; i++) {
        town->routes[i] = routes[i];
        town->routes[i].pattern = arena_copy(town->arena, routes[i].pattern);
        town->routes[i].proof_header = arena_copy(town->arena, routes[i].proof_header);
        town->routes[i].proof_secret = arena_copy(town->arena, routes[i].proof_secret);
    }
    give_waiting(crew, town);
}

/* ---- a worker goes ---- */

static bool leave_town(void *context, const char *id, void *value)
{
    (void)id;
    struct crew_town *town = value;
    if (town->seat == context)
        town->seat = NULL;
    return true;
}

static void list_prepend(struct crew_list *list, struct exchange *exchange)
{
    exchange->holder = list;
    exchange->before = NULL;
    exchange->next = list->first;
    *(list->first ? &list->first->before : &list->last) = exchange;
    list->first = exchange;
}

static bool give_town_waiting(void *crew, const char *id, void *town)
{
    (void)id;
    give_waiting(crew, town);
    return true;
}

/* What the worker had not answered goes in front of what came since, to its successor if that is there already. */
static void take_back(struct crew *crew, struct crew_seat *seat)
{
    for (struct exchange *exchange = seat->given.last; exchange; exchange = seat->given.last) {
        struct crew_town *town = map_get(&crew->towns, exchange->target->town);
        exchange->tries++;
        if (!town || exchange->tries == TRIES_MAX) {
            give_up(crew, exchange, REFUSE_LATER, 30);
            continue;
        }
        list_take(exchange);
        list_prepend(&town->waiting, exchange);
        crew->given_again++;
    }
    map_each(&crew->towns, give_town_waiting, crew);
}

void crew_seat_leaves(struct crew_seat *seat)
{
    map_each(&seat->crew->towns, leave_town, seat);
    take_back(seat->crew, seat);
}

/* A worker that died may have taken the news with it that a session was revoked: clients come back and are asked who they are. */
static bool end_streams(void *context, const char *id, void *value)
{
    const struct crew_seat *seat = context;
    const struct crew_town *town = value;
    if (town->seat == seat)
        push_end_plugins(seat->crew->setup.push, id);
    return true;
}

void crew_seat_close(struct crew_seat *seat)
{
    map_each(&seat->crew->towns, end_streams, seat); /* of those it had not handed back */
    struct crew_seat **at = &seat->crew->seats;
    while (*at != seat)
        at = &(*at)->next;
    *at = seat->next;
    crew_seat_leaves(seat);
    link_close(seat->link);
    free(seat);
}

void crew_worker(struct crew *crew, uint32_t worker, int32_t pid, int link_fd)
{
    struct crew_seat *seat = mem_alloc(sizeof *seat);
    *seat = (struct crew_seat){.next = crew->seats, .crew = crew, .worker = worker, .pid = pid};
    crew->seats = seat;
    seat->link = link_open(crew->setup.loop, link_fd, &crew_link_events, seat);
}

int32_t crew_pid(const struct crew *crew, uint32_t worker)
{
    for (const struct crew_seat *seat = crew->seats; seat; seat = seat->next) /* the youngest first */
        if (seat->worker == worker)
            return seat->pid;
    return 0;
}

void crew_stop(struct crew *crew)
{
    crew->stopping = true;
    for (struct crew_seat *seat = crew->seats; seat; seat = seat->next)
        frame_end(link_out(seat->link), frame_begin(link_out(seat->link), FRAME_STOP));
}

/* ---- towns ---- */

bool crew_knows(const struct crew *crew, const char *town) { return map_get(&crew->towns, town); }

/* How many parts of the path the pattern covers; 0: it does not. */
static size_t covers(const char *pattern, const char *path)
{
    size_t parts = 0;
    while (*pattern == '/' && pattern[1]) {
        size_t want = strcspn(pattern + 1, "/"), have = *path == '/' ? strcspn(path + 1, "/") : 0;
        bool any = pattern[1] == '{';
        if (have == 0 || (!any && (want != have || memcmp(pattern + 1, path + 1, want) != 0)))
            return 0;
        pattern += 1 + want;
        path += 1 + have;
        parts++;
    }
    return parts;
}

const struct crew_route *crew_route(const struct crew *crew, const char *town_id, const char *path)
{
    const struct crew_town *town = map_get(&crew->towns, town_id);
    const struct crew_route *best = NULL;
    size_t most = 0;
    for (size_t i = 0; town && i < town->route_count; i++) {
        size_t parts = covers(town->routes[i].pattern, path);
        if (parts <= most)
            continue;
        most = parts;
        best = &town->routes[i];
    }
    return best;
}

static void town_free(struct crew *crew, struct crew_town *town)
{
    while (town->waiting.first)
        give_up(crew, town->waiting.first, REFUSE_UNKNOWN, 0);
    arena_free(town->arena);
    free(town);
}

static bool still_configured(void *context, const char *id, void *value)
{
    struct crew *crew = context;
    const struct host_config *host = crew->setup.host;
    for (size_t i = 0; i < host->town_count; i++)
        if (text_is(crew_town_id(host->town_files[i], (char[CREW_TOWN_BYTES]){0}), id))
            return true;
    town_free(crew, value);
    return false;
}

void crew_towns(struct crew *crew)
{
    const struct host_config *host = crew->setup.host;
    map_each(&crew->towns, still_configured, crew);
    for (size_t i = 0; i < host->town_count; i++) {
        char id[CREW_TOWN_BYTES];
        crew_town_id(host->town_files[i], id);
        if (crew_knows(crew, id))
            continue;
        struct crew_town *town = mem_alloc(sizeof *town);
        town->arena = arena_new();
        map_put(&crew->towns, id, town);
    }
}

/* ---- waiting has an end ---- */

static void refuse_old(struct crew *crew, struct crew_list *list, int64_t before_ms, enum refusal refusal)
{
    for (struct exchange *exchange = list->first, *next = NULL; exchange; exchange = next) {
        next = exchange->next;
        if (exchange->since_ms <= before_ms)
            give_up(crew, exchange, refusal, 10);
    }
}

struct deadline {
    struct crew *crew;
    int64_t before_ms;
    enum refusal refusal;
};

static bool refuse_waiting(void *context, const char *id, void *value)
{
    (void)id;
    const struct deadline *deadline = context;
    struct crew_town *town = value;
    refuse_old(deadline->crew, &town->waiting, deadline->before_ms, deadline->refusal);
    return true;
}

static void refuse_before(struct deadline *deadline)
{
    map_each(&deadline->crew->towns, refuse_waiting, deadline);
    for (struct crew_seat *seat = deadline->crew->seats; seat; seat = seat->next)
        refuse_old(deadline->crew, &seat->given, deadline->before_ms, deadline->refusal);
}

static void on_sweep(uv_timer_t *timer)
{
    struct crew *crew = timer->data;
    refuse_before(&(struct deadline){crew, clock_mono_ms() - HELD_MS_MAX, REFUSE_LATER});
}

void crew_refuse_all(struct crew *crew) { refuse_before(&(struct deadline){crew, INT64_MAX, REFUSE_STOPPING}); }

/* ---- life ---- */

struct crew *crew_open(const struct crew_setup *setup)
{
    struct crew *crew = mem_alloc(sizeof *crew);
    crew->setup = *setup;
    uv_timer_init(setup->loop, &crew->sweep);
    crew->sweep.data = crew;
    uv_timer_start(&crew->sweep, on_sweep, SWEEP_MS, SWEEP_MS);
    crew_towns(crew);
    return crew;
}

static bool drop_town(void *context, const char *id, void *value)
{
    (void)id;
    town_free(context, value);
    return false;
}

static void on_closed(uv_handle_t *handle) { free(handle->data); }

void crew_close(struct crew *crew)
{
    while (crew->seats)
        crew_seat_close(crew->seats);
    map_each(&crew->towns, drop_town, crew);
    map_free(&crew->towns);
    uv_close((uv_handle_t *)&crew->sweep, on_closed);
}

static bool count_ready(void *context, const char *id, void *value)
{
    (void)id;
    const struct crew_town *town = value;
    size_t *ready = context;
    *ready += town->seat != NULL;
    return true;
}

struct crew_counts crew_counts(const struct crew *crew)
{
    struct crew_counts counts = {
        .held = crew->held, .towns = crew->towns.count, .given = crew->given, .given_again = crew->given_again};
    struct map towns = crew->towns; /* a look, nothing is dropped */
    map_each(&towns, count_ready, &counts.towns_ready);
    return counts;
}
