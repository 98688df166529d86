/* SPDX-License-Identifier: MPL-2.0
 * GET requests: what was reported and how it stands. Nothing is read of who wrote; what officials have not passed yet is not shown. */
#include <viche/channel.h>

#include "cases_open311.h"

enum { LIST_MAX = 1000, SPAN_S = 90 * 24 * 60 * 60, KNOWN = 128 };

/* Cards of public types that are neither suspected of abuse nor refused for it. */
#define SHOWN_CARDS                                                                                                              \
    " FROM cases_card AS c JOIN cases_type AS y ON y.name = c.type WHERE (y.flags & 2) <> 0 AND (y.flags & 1) = 0"               \
    " AND c.flagged = '' AND c.state NOT IN ('suspected', 'rejected') AND c.blanked_at = 0"
#define MOMENT(column) "strftime('%Y-%m-%dT%H:%M:%SZ', nullif(" column ", 0), 'unixepoch')"
#define SHOWN_COLUMNS                                                                                                            \
    "SELECT c.id, c.type, c.category, c.state, c.closed_at, c.essence, c.organisation, c.place, c.latitude, c.longitude,"        \
    " c.surname, c.first_name, c.patronymic, " MOMENT("c.received_at") ", " MOMENT("c.state_at") ", " MOMENT("c.due_at")

/* ---- one request ------------------------------------------------------------------------------------------------------ */

/* What was looked up for one request is known for the next. */
struct known {
    uint32_t count;
    struct viche_pair pairs[KNOWN];
};

struct reading {
    const struct asked *asked;
    struct known states, services, organisations;
};

static const char *known(struct viche_turn *t, struct known *known, const char *(*words)(struct viche_turn *, const char *), const char *value)
{
    for (uint32_t i = 0; i < known->count; i++)
        if (strcmp(known->pairs[i].name, value) == 0)
            return known->pairs[i].value;
    struct viche_pair pair = {value, words(t, value)};
    if (known->count < KNOWN)
        known->pairs[known->count++] = pair;
    return pair.value;
}

/* "utility working": how the regulation of the type tells citizens of the state. */
static const char *state_words(struct viche_turn *t, const char *type_and_state)
{
    char name[64] = "";
    word_next(&type_and_state, name, sizeof name);
    const struct type *type = type_find(t, name);
    const struct state *state = type ? regulation_state(type->regulation, type_and_state + strspn(type_and_state, " ")) : NULL;
    return state ? part_words(t, state->part, "citizen") : "";
}

static bool is_picture(const char *type)
{
    return strcmp(type, "image/jpeg") == 0 || strcmp(type, "image/png") == 0 || strcmp(type, "image/webp") == 0;
}

/* The first picture that came with the card; the host has taken place and device out of it. NULL: none. */
static const char *picture_of(struct viche_turn *t, int64_t card)
{
    struct viche_rows *rows = viche_sql(t, "SELECT file FROM cases_file WHERE card = ? AND kind = ? ORDER BY at, file", VICHE_INT_VALUE(card),
                                        VICHE_TEXT_VALUE(FILE_RECEIVED));
    const char *name = NULL, *type = NULL;
    while (viche_row(t, rows))
        if (viche_file_path(t, viche_row_text(t, rows, 0), &name, &type) && is_picture(type))
            return viche_row_text(t, rows, 0);
    return NULL;
}

static json_t *media_url(struct viche_turn *t, int64_t card)
{
    if (!picture_of(t, card))
        return json_string("");
    return open311_text(viche_print(t, "%s/%s/cases/open311/v2/media/%lld", viche_town(t, "origin"), viche_town(t, "id"), (long long)card));
}

static json_t *degrees(double value, bool given) { return given ? json_real(value) : json_null(); }

static json_t *request_json(struct reading *reading, struct viche_rows *rows)
{
    struct viche_turn *t = reading->asked->t;
    const char *type = viche_row_text(t, rows, 1), *category = viche_row_text(t, rows, 2);
    const char *organisation = viche_row_text(t, rows, 6);
    const char *const names[] = {viche_row_text(t, rows, 10), viche_row_text(t, rows, 11), viche_row_text(t, rows, 12)};
    const char *state = viche_print(t, "%s %s", type, viche_row_text(t, rows, 3));
    int64_t id = viche_row_integer(t, rows, 0);
    double latitude = viche_row_real(t, rows, 8), longitude = viche_row_real(t, rows, 9);
    bool placed = latitude < 0 || latitude > 0 || longitude < 0 || longitude > 0;
    json_t *json = json_pack("{s:o, s:s, s:o, s:o, s:o, s:o}", "service_request_id", open311_text(word_id(t, id)), "status",
                             viche_row_integer(t, rows, 4) ? "closed" : "open", "status_notes",
                             open311_text(known(t, &reading->states, state_words, state)),
                             "service_name", open311_text(known(t, &reading->services, report_category, category)), "service_code",
                             open311_text(viche_print(t, "%s.%s", type, category)), "description",
                             open311_text(hide_person(t, viche_row_text(t, rows, 5), names, 3)));
    json_t *more = json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:s, s:s, s:o, s:o, s:o}", "agency_responsible",
                             open311_text(known(t, &reading->organisations, report_organisation, organisation)), "service_notice", "",
                             "requested_datetime", open311_text(viche_row_text(t, rows, 13)), "updated_datetime",
                             open311_text(viche_row_text(t, rows, 14)), "expected_datetime",
                             open311_text(viche_row_text(t, rows, 15)), "address",
                             open311_text(hide_person(t, viche_row_text(t, rows, 7), names, 3)), "address_id", "", "zipcode", "", "lat",
                             degrees(latitude, placed), "long", degrees(longitude, placed), "media_url", media_url(t, id));
    json_object_update(json, more);
    json_decref(more);
    return json;
}

static void reply_rows(const struct asked *asked, struct viche_rows *rows, bool must)
{
    struct viche_turn *t = asked->t;
    struct reading *reading = viche_memory(t, sizeof *reading);
    reading->asked = asked;
    json_t *list = json_array();
    while (viche_row(t, rows))
        json_array_append_new(list, request_json(reading, rows));
    if (json_array_size(list) || !must) {
        open311_reply(asked, 200, "service_requests", list);
        return;
    }
    json_decref(list);
    open311_refuse(asked, 404, "service_request_id is not known");
}

/* ---- which ones ------------------------------------------------------------------------------------------------------- */

/* "1,2,3" as a JSON list of texts. */
static const char *list_of(struct viche_turn *t, const char *commas)
{
    json_t *list = json_array();
    char *rest = viche_print(t, "%s", commas) ? (char *)viche_memory(t, strlen(commas) + 1) : NULL, *one;
    memcpy(rest, commas, strlen(commas));
    while ((one = strsep(&rest, ",")))
        json_array_append_new(list, open311_text(one + strspn(one, " ")));
    char *text = json_dumps(list, JSON_COMPACT);
    const char *out = viche_print(t, "%s", text);
    free(text);
    json_decref(list);
    return out;
}

/* "2026-11-25T10:00:00+02:00" in UTC seconds; in an address, + may have become a space. -1: no such moment. */
static int64_t moment_of(struct viche_turn *t, const char *text)
{
    const char *zone = strrchr(text, ' ');
    if (zone && zone[1] && strlen(zone) == 6)
        text = viche_print(t, "%.*s+%s", (int)(zone - text), text, zone + 1);
    struct viche_rows *rows = viche_sql(t, "SELECT coalesce(unixepoch(?), -1)", VICHE_TEXT_VALUE(text));
    return strlen(text) >= 10 && text[4] == '-' && viche_row(t, rows) ? viche_row_integer(t, rows, 0) : -1;
}

/* English words of what is wrong; NULL: nothing. */
static const char *read_span(const struct asked *asked, int64_t *from, int64_t *until)
{
    struct viche_turn *t = asked->t;
    const char *start = asked_for(asked, "start_date"), *end = asked_for(asked, "end_date");
    *until = *end ? moment_of(t, end) : viche_now(t);
    *from = *start ? moment_of(t, start) : *until - SPAN_S;
    if ((*start && *from < 0) || (*end && *until < 0))
        return "start_date and end_date are written as 2026-11-25T10:00:00Z";
    if (*start && !*end && *until - *from > SPAN_S)
        *until = *from + SPAN_S;
    if (*from > *until)
        return "start_date lies behind end_date";
    return *until - *from > SPAN_S ? "between start_date and end_date are 90 days at most" : NULL;
}

static bool has_status(const char *statuses, const char *status)
{
    const char *at = strstr(statuses, status);
    return !*statuses || at;
}

static const char *wrong_status(const char *statuses)
{
    return *statuses && strcmp(statuses, "open") != 0 && strcmp(statuses, "closed") != 0 && strcmp(statuses, "open,closed") != 0 &&
                   strcmp(statuses, "closed,open") != 0
               ? "status is open, closed, or both with a comma"
               : NULL;
}

static void list_some(const struct asked *asked)
{
    struct viche_turn *t = asked->t;
    const char *codes = asked_for(asked, "service_code"), *statuses = asked_for(asked, "status");
    int64_t from = 0, until = 0;
    const char *wrong = read_span(asked, &from, &until);
    if (!wrong)
        wrong = wrong_status(statuses);
    if (wrong) {
        open311_refuse(asked, 400, wrong);
        return;
    }
    reply_rows(asked,
               viche_sql(t,
                         SHOWN_COLUMNS SHOWN_CARDS " AND c.received_at BETWEEN ?1 AND ?2"
                                                   " AND (?3 = '' OR c.type || '.' || c.category IN (SELECT value FROM json_each(?4)))"
                                                   " AND ((?5 AND c.closed_at = 0) OR (?6 AND c.closed_at > 0))"
                                                   " ORDER BY c.received_at DESC, c.id DESC LIMIT 1000",
                         VICHE_INT_VALUE(from), VICHE_INT_VALUE(until), VICHE_TEXT_VALUE(codes), VICHE_TEXT_VALUE(list_of(t, codes)),
                         VICHE_INT_VALUE(has_status(statuses, "open")), VICHE_INT_VALUE(has_status(statuses, "closed"))),
               false);
}

void open311_list(const struct asked *asked)
{
    struct viche_turn *t = asked->t;
    const char *ids = asked_for(asked, "service_request_id");
    if (!*ids) {
        list_some(asked);
        return;
    }
    reply_rows(asked,
               viche_sql(t,
                         SHOWN_COLUMNS SHOWN_CARDS " AND c.id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))"
                                                   " ORDER BY c.received_at DESC, c.id DESC LIMIT 1000",
                         VICHE_TEXT_VALUE(list_of(t, ids))),
               true);
}

void open311_show(const struct asked *asked)
{
    reply_rows(asked, viche_sql(asked->t, SHOWN_COLUMNS SHOWN_CARDS " AND c.id = ?", VICHE_INT_VALUE(word_number(asked->id))), true);
}

void open311_media(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    int64_t id = word_number(viche_get(t, "id"));
    struct viche_rows *rows = viche_sql(t, "SELECT c.id" SHOWN_CARDS " AND c.id = ?", VICHE_INT_VALUE(id));
    const char *picture = viche_row(t, rows) ? picture_of(t, id) : NULL;
    if (picture)
        viche_reply_file(t, picture);
    else
        viche_reply(t, 404, "text/plain; charset=utf-8", "", 0);
}
