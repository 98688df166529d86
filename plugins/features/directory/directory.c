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
    .likes = "ua.viche.feedback/1",
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
    .export_citizen = nothing,
    .erase_citizen = nothing,
};
