/* SPDX-License-Identifier: MPL-2.0
 * The town's directory: institutions and services by kind, what is open now, what is near, the ЦНАП at once. */
#include <viche/services/directory.h>

#include "directory.h"

static viche_next choose_kind(struct viche_turn *t, const char *kind)
{
    viche_set(t, "kind", kind);
    return viche_go(t, "list");
}

static viche_next choose_item(struct viche_turn *t, const char *id)
{
    viche_set(t, "id", id);
    return viche_go(t, "card");
}

static viche_next choose_place(struct viche_turn *t, const char *place)
{
    viche_set(t, "place", place);
    return viche_go(t, "show");
}

/* Nothing here is about a citizen. */
static void nothing(struct viche_turn *t) { (void)t; }

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.directory", .name = "Directory", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .likes = "ua.viche.feedback/1 ua.viche.staff/1",
    .options = VICHE_LIST(struct viche_option,
        { .name = "map_link", .kind = VICHE_OPTION_URL, .help = "Address of a map; {lat} and {lon} are filled in",
          .fallback = "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=18/{lat}/{lon}" },
        { .name = "order_online", .kind = VICHE_OPTION_URL, .help = "Where services are ordered online",
          .fallback = "https://diia.gov.ua" }),
    .dialogs = VICHE_LIST(struct viche_dialog,
        { .id = "directory", .opens = "/directory", .title = "title", .help = "help", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = list_start },
            { .name = "kinds", .kind = VICHE_CHOICE, .enter = list_kinds, .answer = choose_kind },
            { .name = "list", .kind = VICHE_CHOICE, .enter = list_items, .answer = choose_item },
            { .name = "card", .enter = card_enter }) },
        { .id = "open", .opens = "/open", .title = "title-open", .help = "help", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = list_open_start },
            { .name = "kinds", .kind = VICHE_CHOICE, .enter = list_open_kinds, .answer = choose_kind },
            { .name = "list", .kind = VICHE_CHOICE, .enter = list_open_items, .answer = choose_item },
            { .name = "card", .enter = card_enter }) },
        { .id = "nearest", .opens = "/nearest", .title = "title-nearest", .help = "help-nearest", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = list_nearest_start },
            { .name = "place", .kind = VICHE_PLACE, .ask = "ask-place", .answer = choose_place },
            { .name = "show", .enter = list_nearest }) },
        { .id = "cnap", .opens = "/cnap", .title = "title-cnap", .help = "help", .version = 1,
          .steps = VICHE_LIST(struct viche_step, { .name = "show", .enter = cnap_enter }) }),
    .migrations = VICHE_LIST(const char *, /* a number is never given again: old buttons hold them */
        "CREATE TABLE directory(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, name_en TEXT NOT NULL, kind TEXT NOT NULL,"
        " part_of INTEGER NOT NULL, address TEXT NOT NULL, address_en TEXT NOT NULL, phones TEXT NOT NULL, site TEXT NOT NULL,"
        " mon TEXT NOT NULL, tue TEXT NOT NULL, wed TEXT NOT NULL, thu TEXT NOT NULL, fri TEXT NOT NULL, sat TEXT NOT NULL,"
        " sun TEXT NOT NULL, exceptions TEXT NOT NULL, latitude TEXT NOT NULL, longitude TEXT NOT NULL, synonyms TEXT NOT NULL,"
        " note TEXT NOT NULL, note_en TEXT NOT NULL, sample INTEGER NOT NULL, sort TEXT NOT NULL, fresh INTEGER NOT NULL);"
        "CREATE INDEX directory_kind ON directory(kind)"),
    .datasets = VICHE_LIST(struct viche_dataset,
        { .name = "directory", .begin = data_begin, .row = data_row, .finish = data_finish, .write = data_write,
          .columns = VICHE_LIST(struct viche_column,
            { .name = "name", .help = "Shown and unique; a name that stays keeps its links", .required = 1 },
            { .name = "name_en", .help = "The same in English" },
            { .name = "kind", .help = "cnap, school, pharmacy, …: see the plugin's README", .required = 1 },
            { .name = "part_of", .help = "Name of a line above: a branch or a service belongs to it" },
            { .name = "address", .help = "Street and house, as one says it" },
            { .name = "address_en", .help = "The same in English" },
            { .name = "phones", .help = "+380 (4340) 0-00-21; 104" },
            { .name = "site", .help = "https://…" },
            { .name = "mon", .help = "08:00-12:00,13:00-17:15, or 20:00-02:00, or 24h; empty: closed" },
            { .name = "tue", .help = "as mon" }, { .name = "wed", .help = "as mon" }, { .name = "thu", .help = "as mon" },
            { .name = "fri", .help = "as mon" }, { .name = "sat", .help = "as mon" }, { .name = "sun", .help = "as mon" },
            { .name = "exceptions", .help = "2026-12-25:closed;2026-12-31:08:00-15:00, by date" },
            { .name = "latitude", .help = "48.3836" },
            { .name = "longitude", .help = "28.8647" },
            { .name = "synonyms", .help = "What else people call it; searched, never shown" },
            { .name = "note", .help = "One more line on the card" },
            { .name = "note_en", .help = "The same in English" },
            { .name = "sample", .help = "yes: marked as sample data" }) }),
    .offers = VICHE_LIST(struct viche_offer, { VICHE_DIRECTORY, &directory_service }),
    .views = VICHE_LIST(struct viche_view,
        { .id = "institutions", .title = "view-institutions", .help = "view-institutions-help", .see = "operator pr",
          .list = view_list, .sees = view_sees, .show = view_show, .act = view_act,
          .fields = VICHE_LIST(struct viche_field,
            { .name = "name", .label = "view-name", .flags = VICHE_FIELD_LISTED },
            { .name = "kind", .label = "view-kind", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_LISTED | VICHE_FIELD_FILTER,
              .choices = VICHE_LIST(struct viche_choice,
                                    {"cnap", "kind-cnap"}, {"council", "kind-council"}, {"social", "kind-social"},
                                    {"state", "kind-state"}, {"clinic", "kind-clinic"}, {"hospital", "kind-hospital"},
                                    {"pharmacy", "kind-pharmacy"}, {"vet", "kind-vet"}, {"school", "kind-school"},
                                    {"kindergarten", "kind-kindergarten"}, {"culture", "kind-culture"}, {"library", "kind-library"},
                                    {"sport", "kind-sport"}, {"transport", "kind-transport"}, {"post", "kind-post"},
                                    {"bank", "kind-bank"}, {"utility", "kind-utility"}, {"police", "kind-police"},
                                    {"rescue", "kind-rescue"}, {"shelter", "kind-shelter"}, {"law", "kind-law"},
                                    {"market", "kind-market"}, {"food", "kind-food"}, {"faith", "kind-faith"},
                                    {"service", "kind-service"}) },
            { .name = "address", .label = "view-address", .flags = VICHE_FIELD_LISTED },
            { .name = "phones", .label = "view-phones", .flags = VICHE_FIELD_LISTED },
            { .name = "now", .label = "view-now", .flags = VICHE_FIELD_LISTED },
            { .name = "part_of", .label = "view-part-of" },
            { .name = "site", .label = "view-site" },
            { .name = "mon", .label = "view-day-1" },
            { .name = "tue", .label = "view-day-2" },
            { .name = "wed", .label = "view-day-3" },
            { .name = "thu", .label = "view-day-4" },
            { .name = "fri", .label = "view-day-5" },
            { .name = "sat", .label = "view-day-6" },
            { .name = "sun", .label = "view-day-7" },
            { .name = "exceptions", .label = "view-exceptions" },
            { .name = "place", .label = "view-place", .kind = VICHE_FIELD_PLACE },
            { .name = "synonyms", .label = "view-synonyms" },
            { .name = "note", .label = "view-note" },
            { .name = "name_en", .label = "view-name-en" },
            { .name = "address_en", .label = "view-address-en" },
            { .name = "note_en", .label = "view-note-en" }) }),
    .export_citizen = nothing,
    .erase_citizen = nothing,
};
