/* SPDX-License-Identifier: MPL-2.0
 * Incidents: one cause, many cards. One of them leads and is worked on, the others are joined and are answered with it, as are citizens
 * who only said «me too». Owns `cases_incident` and `cases_joined`. */
#include <math.h>

#include "cases.h"

enum { METRES_OF_DEGREE = 111320, RECENT_S = 30 * 86400 };

void incident_make(struct viche_turn *t, struct card *card, uint64_t clerk, const char *title)
{
    struct viche_rows *rows = viche_sql(t,
                                        "INSERT INTO cases_incident(type, title, category, place, latitude, longitude, since, clerk, lead)"
                                        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                                        VICHE_TEXT_VALUE(card->type), VICHE_TEXT_VALUE(title), VICHE_TEXT_VALUE(card->category),
                                        VICHE_TEXT_VALUE(card->place), VICHE_REAL_VALUE(card->latitude), VICHE_REAL_VALUE(card->longitude),
                                        VICHE_INT_VALUE(card->received_at), VICHE_INT_VALUE(clerk), VICHE_INT_VALUE(card->id));
    card->incident = viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
    staff_changed(t, "cases/incidents", card->incident);
}

bool incident_leads(struct viche_turn *t, const struct card *card)
{
    struct viche_rows *rows = viche_sql(t, "SELECT 1 FROM cases_incident WHERE lead = ? AND closed_at = 0", VICHE_INT_VALUE(card->id));
    return viche_row(t, rows);
}

int64_t incident_lead(struct viche_turn *t, int64_t id)
{
    struct viche_rows *rows = viche_sql(t, "SELECT lead FROM cases_incident WHERE id = ?", VICHE_INT_VALUE(id));
    return viche_row(t, rows) ? viche_row_integer(t, rows, 0) : 0;
}

bool incident_pass(struct viche_turn *t, const struct card *from, const struct card *to)
{
    struct viche_rows *rows = viche_sql(t, "UPDATE cases_incident SET lead = ? WHERE lead = ? AND closed_at = 0 RETURNING id",
                                        VICHE_INT_VALUE(to->id), VICHE_INT_VALUE(from->id));
    return viche_row(t, rows);
}

void incident_classify(struct viche_turn *t, const struct card *lead)
{
    viche_sql(t, "UPDATE cases_incident SET category = ? WHERE lead = ? AND closed_at = 0", VICHE_TEXT_VALUE(lead->category),
              VICHE_INT_VALUE(lead->id));
}

/* ---- its end ---- */

/* How the card that was worked on ended, as far as others have to know it. */
struct ending {
    const char *end, *words;
};

static struct ending ending_of(const struct card *lead)
{
    const struct state *state = regulation_state(lead->kept->regulation, lead->state);
    bool known = state && word_in("done explained refused foreign planned rejected", state->end);
    struct ending out = {known ? state->end : "withdrawn", lead->answer};
    if (strcmp(out.end, "foreign") == 0)
        out.words = lead->addressee;
    else if (strcmp(out.end, "planned") == 0)
        out.words = lead->plan;
    else if (word_in("refused rejected", out.end))
        out.words = lead->grounds;
    return out;
}

static void answer(struct viche_turn *t, const struct card *lead, int64_t id)
{
    const struct ending ending = ending_of(lead);
    struct card joined;
    if (!card_find(t, id, &joined))
        return;
    joined.answer = lead->answer;
    joined.grounds = lead->grounds;
    event_add(t, &joined, 0, "incident-ended", ending.words, "", SHOWN);
    say_words(t, &joined, viche_print(t, "said-incident-%s", ending.end), ending.words, file_list(t, lead, FILE_EXECUTED, SHOWN));
    card_save(t, &joined);
    double_end(t, &joined);
}

void incident_end(struct viche_turn *t, const struct card *lead)
{
    struct viche_rows *rows = viche_sql(t, "UPDATE cases_incident SET closed_at = ? WHERE lead = ? AND closed_at = 0 RETURNING id, title",
                                        VICHE_INT_VALUE(viche_now(t)), VICHE_INT_VALUE(lead->id));
    if (!viche_row(t, rows))
        return;
    int64_t incident = viche_row_integer(t, rows, 0);
    const char *title = viche_row_text(t, rows, 1);
    for (rows = card_of_incident(t, incident, lead->id); viche_row(t, rows);)
        answer(t, lead, viche_row_integer(t, rows, 0));
    staff_changed(t, "cases/incidents", incident);
    const struct ending ending = ending_of(lead);
    rows = viche_sql(t, "SELECT citizen FROM cases_joined WHERE incident = ?", VICHE_INT_VALUE(incident));
    while (viche_row(t, rows)) {
        viche_let(t, "title", title);
        say_about(t, (uint64_t)viche_row_integer(t, rows, 0), lead, viche_print(t, "said-joined-%s", ending.end), ending.words);
    }
}

/* ---- known ones ---- */

#define INCIDENT_COLUMNS \
    "id, title, place, category, since, latitude, longitude," \
    " (SELECT count(*) FROM cases_joined WHERE incident = cases_incident.id)"

static struct viche_incident incident_of(struct viche_turn *t, struct viche_rows *rows)
{
    struct viche_incident out = {.size = sizeof out};
    out.id = (uint64_t)viche_row_integer(t, rows, 0);
    out.title = viche_row_text(t, rows, 1);
    out.place = viche_row_text(t, rows, 2);
    out.category = viche_row_text(t, rows, 3);
    out.since = viche_row_integer(t, rows, 4);
    out.people = (uint32_t)(viche_row_integer(t, rows, 7) + card_count_of_incident(t, (int64_t)out.id));
    return out;
}

/* Good to a metre within a town. */
static double metres(double a_latitude, double a_longitude, double b_latitude, double b_longitude)
{
    double north = (a_latitude - b_latitude) * METRES_OF_DEGREE;
    double east = (a_longitude - b_longitude) * METRES_OF_DEGREE * cos(a_latitude * 3.14159265358979 / 180);
    return sqrt(north * north + east * east);
}

static double distance(struct viche_turn *t, struct viche_rows *rows, double latitude, double longitude)
{
    bool placed = (latitude || longitude) && viche_row_real(t, rows, 5);
    return placed ? metres(latitude, longitude, viche_row_real(t, rows, 5), viche_row_real(t, rows, 6)) : 0;
}

bool incident_near(struct viche_turn *t, const char *type, const char *category, double latitude, double longitude, uint32_t within,
                   uint32_t index, struct viche_incident *out)
{
    struct found {
        struct viche_incident incident;
        double metres;
    } *found = viche_memory(t, 100 * sizeof *found), next;
    struct viche_rows *rows = viche_sql(t,
                                        "SELECT " INCIDENT_COLUMNS " FROM cases_incident WHERE type = ? AND closed_at = 0"
                                        " AND (? = '' OR category = ?) AND (? = 0 OR since > ?) ORDER BY since DESC LIMIT 100",
                                        VICHE_TEXT_VALUE(type), VICHE_TEXT_VALUE(category), VICHE_TEXT_VALUE(category),
                                        VICHE_INT_VALUE(within), VICHE_INT_VALUE(viche_now(t) - RECENT_S));
    uint32_t count = 0;
    while (viche_row(t, rows)) {
        next = (struct found){incident_of(t, rows), distance(t, rows, latitude, longitude)};
        if (within && next.metres > within)
            continue;
        uint32_t at = count++;
        for (; at && found[at - 1].metres > next.metres; at--)
            found[at] = found[at - 1];
        found[at] = next;
    }
    if (index >= count)
        return false;
    *out = found[index].incident;
    out->metres = (uint32_t)found[index].metres;
    return true;
}

bool incident_find(struct viche_turn *t, int64_t id, struct viche_incident *out)
{
    struct viche_rows *rows = viche_sql(t, "SELECT " INCIDENT_COLUMNS " FROM cases_incident WHERE id = ?", VICHE_INT_VALUE(id));
    if (!viche_row(t, rows))
        return false;
    *out = incident_of(t, rows);
    return true;
}

bool incident_open(struct viche_turn *t, int64_t id, struct viche_incident *out)
{
    struct viche_rows *rows = viche_sql(t, "SELECT 1 FROM cases_incident WHERE id = ? AND closed_at = 0", VICHE_INT_VALUE(id));
    return viche_row(t, rows) && incident_find(t, id, out);
}

const char *incident_join(struct viche_turn *t, uint64_t citizen, uint64_t incident)
{
    struct viche_incident known = {.size = sizeof known};
    if (!incident_open(t, (int64_t)incident, &known))
        return viche_text(t, "incident-gone");
    viche_sql(t, "INSERT INTO cases_joined(incident, citizen, at) VALUES(?, ?, ?) ON CONFLICT DO NOTHING", VICHE_INT_VALUE(incident),
              VICHE_INT_VALUE(citizen), VICHE_INT_VALUE(viche_now(t)));
    staff_changed(t, "cases/incidents", (int64_t)incident);
    return NULL;
}

void incident_forget(struct viche_turn *t, uint64_t citizen)
{
    viche_sql(t, "DELETE FROM cases_joined WHERE citizen = ?", VICHE_INT_VALUE(citizen));
}

void incident_join_citizen(struct viche_turn *t, uint64_t from)
{
    viche_sql(t, "UPDATE OR IGNORE cases_joined SET citizen = ? WHERE citizen = ?", VICHE_INT_VALUE(viche_citizen(t)), VICHE_INT_VALUE(from));
    incident_forget(t, from);
}
