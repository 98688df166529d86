/* SPDX-License-Identifier: MPL-2.0
 * GET requests: what was reported and how it stands. Nothing is told of who wrote; what officials have not passed yet is not shown. */
#include <time.h>

#include <viche/channel.h>

#include "cases_open311.h"

enum { SPAN_S = 90 * 24 * 60 * 60 };

/* ---- one request ------------------------------------------------------------------------------------------------------ */

struct reading {
    const struct asked *asked;
    struct known states, services, organisations;
};

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
static const char *picture_of(struct viche_turn *t, const struct card *card)
{
    const char *files = file_list(t, card, FILE_RECEIVED, 0), *file;
    struct viche_file_about about;
    while (word_line(t, &files, &file))
        if (viche_file_about(t, file, &about) && is_picture(about.type))
            return file;
    return NULL;
}

static json_t *media_url(struct viche_turn *t, const struct card *card)
{
    if (!picture_of(t, card))
        return json_string("");
    return open311_text(viche_print(t, "%s/%s/cases/open311/v2/media/%lld", viche_town(t, "origin"), viche_town(t, "id"),
                                    (long long)card->id));
}

/* "2026-11-25T08:00:00Z"; "": never */
static json_t *moment_text(int64_t at)
{
    char text[32] = "";
    struct tm day;
    time_t seconds = (time_t)at;
    if (at && gmtime_r(&seconds, &day))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &day);
    return json_string(text);
}

static json_t *degrees(double value, bool given) { return given ? json_real(value) : json_null(); }

static json_t *request_json(struct reading *reading, const struct card *card)
{
    struct viche_turn *t = reading->asked->t;
    const char *const names[] = {card->surname, card->first_name, card->patronymic};
    const char *state = viche_print(t, "%s %s", card->type, card->state);
    bool placed = card->latitude < 0 || card->latitude > 0 || card->longitude < 0 || card->longitude > 0;
    json_t *json = json_pack("{s:o, s:s, s:o, s:o, s:o, s:o}", "service_request_id", open311_text(word_id(t, card->id)), "status",
                             card_is_open(card) ? "open" : "closed", "status_notes",
                             open311_text(known_words(t, &reading->states, state_words, state)), "service_name",
                             open311_text(known_words(t, &reading->services, report_category, card->category)), "service_code",
                             open311_text(viche_print(t, "%s.%s", card->type, card->category)), "description",
                             open311_text(hide_person(t, card->essence, names, 3)));
    json_t *more = json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:s, s:s, s:o, s:o, s:o}", "agency_responsible",
                             open311_text(known_words(t, &reading->organisations, report_organisation, card->organisation)), "service_notice",
                             "", "requested_datetime", moment_text(card->received_at), "updated_datetime", moment_text(card->state_at),
                             "expected_datetime", moment_text(card->due_at), "address",
                             open311_text(hide_person(t, card->place, names, 3)), "address_id", "", "zipcode", "", "lat",
                             degrees(card->latitude, placed), "long", degrees(card->longitude, placed), "media_url", media_url(t, card));
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
    for (struct card card; card_next(t, rows, &card);)
        json_array_append_new(list, request_json(reading, &card));
    if (json_array_size(list) || !must) {
        open311_reply(asked, 200, "service_requests", list);
        return;
    }
    json_decref(list);
    open311_refuse(asked, 404, "service_request_id is not known");
}

/* ---- which ones ------------------------------------------------------------------------------------------------------- */

static const char *public_types(struct viche_turn *t) { return type_open(t, VICHE_CASE_PUBLIC); }

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
    struct card_span span = {.from = from, .until = until, .codes = *codes ? list_of(t, codes) : "",
                             .open = has_status(statuses, "open"), .closed = has_status(statuses, "closed")};
    reply_rows(asked, card_shown_of(t, public_types(t), &span), false);
}

void open311_list(const struct asked *asked)
{
    struct viche_turn *t = asked->t;
    const char *ids = asked_for(asked, "service_request_id");
    if (!*ids) {
        list_some(asked);
        return;
    }
    reply_rows(asked, card_shown(t, public_types(t), list_of(t, ids)), true);
}

static struct viche_rows *one(struct viche_turn *t, const char *id)
{
    return card_shown(t, public_types(t), viche_print(t, "[%lld]", (long long)word_number(id)));
}

void open311_show(const struct asked *asked) { reply_rows(asked, one(asked->t, asked->id), true); }

void open311_media(struct viche_turn *t, const struct viche_http *http)
{
    (void)http;
    struct card card;
    const char *picture = card_next(t, one(t, viche_get(t, "id")), &card) ? picture_of(t, &card) : NULL;
    if (picture)
        viche_reply_file(t, picture);
    else
        viche_reply(t, 404, "text/plain; charset=utf-8", "", 0);
}
