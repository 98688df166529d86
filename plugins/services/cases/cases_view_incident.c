/* SPDX-License-Identifier: MPL-2.0
 * Incidents in the staff desk: what is known, how many wait for it, which card is worked on. */
#include "cases.h"

static bool lead_of(struct viche_turn *t, const struct viche_clerk *clerk, int64_t incident, struct card *out)
{
    return card_peek(t, incident_lead(t, incident), out) && staff_sees(t, out, clerk->id);
}

static void values(struct viche_turn *t, const struct viche_incident *incident, struct viche_sheet *sheet)
{
    viche_sheet_value(sheet, "title", incident->title);
    viche_sheet_value(sheet, "place", incident->place);
    viche_sheet_value(sheet, "people", word_id(t, incident->people));
    viche_sheet_value(sheet, "since", word_id(t, incident->since));
}

void incident_view_list(struct viche_turn *t, const struct viche_query *query, struct viche_sheet *sheet)
{
    const char *type;
    struct viche_incident incident = {.size = sizeof incident};
    struct card lead;
    for (uint32_t i = 0; !query->tasks && (type = type_name(t, i)); i++)
        for (uint32_t j = 0; j < query->limit && incident_near(t, type, "", 0, 0, 0, j, &incident); j++) {
            if (!lead_of(t, query->clerk, (int64_t)incident.id, &lead))
                continue;
            viche_sheet_row(sheet, word_id(t, (int64_t)incident.id));
            values(t, &incident, sheet);
        }
    viche_sheet_more(sheet, "", -1);
}

uint32_t incident_view_sees(struct viche_turn *t, const struct viche_clerk *clerk, const char *id)
{
    struct card lead;
    return lead_of(t, clerk, word_number(id), &lead);
}

void incident_view_show(struct viche_turn *t, const struct viche_clerk *clerk, const char *id, struct viche_sheet *sheet)
{
    struct viche_incident incident = {.size = sizeof incident};
    struct card lead, joined;
    if (!lead_of(t, clerk, word_number(id), &lead))
        return;
    if (incident_find(t, word_number(id), &incident))
        values(t, &incident, sheet);
    viche_sheet_value(sheet, "lead", view_link(t, "cards", lead.id, lead.number));
    viche_sheet_value(sheet, "essence", lead.essence);
    const char *links = "";
    struct viche_rows *rows = card_of_incident(t, word_number(id), lead.id);
    while (viche_row(t, rows))
        if (card_find(t, viche_row_integer(t, rows, 0), &joined) && staff_sees(t, &joined, clerk->id))
            links = viche_print(t, "%s%s%s", links, *links ? "\n" : "", view_link(t, "cards", joined.id, joined.number));
    viche_sheet_value(sheet, "joined", links);
}
