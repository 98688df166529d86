/* SPDX-License-Identifier: MPL-2.0
 * Registration cards and the work on them, by a regulation that is configuration. A service: features declare types of cards and open them
 * for citizens, officials work on them in the staff desk. */
#include "cases.h"
#include "cases_desk.h"
#include "cases_open311.h"
#include "cases_schema.h"

static void start(struct viche_turn *t) { alarm_plan(t); }

static void check(struct viche_turn *t) { abuse_check(t, viche_option_file(t, "abuse"), viche_option(t, "abuse")); }

/* ---- one citizen's ---- */

static void erase_citizen(struct viche_turn *t)
{
    card_blank(t, (int64_t)viche_citizen(t), viche_now(t) - viche_option_number(t, "retention"));
    card_detach(t, (int64_t)viche_citizen(t));
    incident_forget(t, viche_citizen(t));
    bar_blank(t, viche_citizen(t));
}

static void join_citizen(struct viche_turn *t, uint64_t from)
{
    card_join_citizen(t, from);
    incident_join_citizen(t, from);
    bar_join_citizen(t, from);
}

/* Once a night: what has been kept as long as the archive wants it. */
static void forget(struct viche_turn *t, int64_t planned_at)
{
    card_blank(t, 0, planned_at - viche_option_number(t, "retention"));
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.cases", .name = "Cases", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .needs = VICHE_CALENDAR, .likes = VICHE_STAFF,
    .options = VICHE_LIST(struct viche_option,
        { .name = "abuse", .kind = VICHE_OPTION_FILE, .fallback = "",
          .help = "Beginnings of words by which abuse and hatred are suspected: «abuse word» or «hatred word» a line" },
        { .name = "per_day", .kind = VICHE_OPTION_NUMBER, .fallback = "10", .min = 1, .max = 1000,
          .help = "How many cards that are still open one citizen may have opened in a day" },
        { .name = "retention", .kind = VICHE_OPTION_SECONDS, .fallback = "1826d",
          .help = "How long the archive keeps who wrote; erasing on demand waits for it. 1826d: five years" },
        { .name = "rehearsal", .kind = VICHE_OPTION_FLAG, .fallback = "no",
          .help = "yes: `viche call TOWN cases/act` acts as any official, for tests and rehearsals; never in a real town" }),
    .schedules = VICHE_LIST(struct viche_schedule,
        { .name = "alarm", .run = alarm_run }, /* planned for whatever comes next */
        { .name = "forget", .at = "03:40", .run = forget },
        { .name = "sum", .run = sum_run }), /* planned while there is something to count */
    .routes = VICHE_LIST(struct viche_route,
        { .method = "POST", .path = "/act", .max_body = VICHE_UPLOAD, .serve = operator_act, .proof = VICHE_PROOF_OPERATOR },
        { .method = "GET", .path = "/figures", .serve = figures_page },
        { .method = "GET", .path = "/figures.json", .serve = figures_json },
        { .method = "GET", .path = "/open311/v2/{file}", .serve = open311_get },
        { .method = "GET", .path = "/open311/v2/media/{id}", .serve = open311_media },
        { .method = "GET", .path = "/open311/v2/{what}/{file}", .serve = open311_get_one },
        { .method = "POST", .path = "/open311/v2/{file}", .max_body = 65536, .serve = open311_post },
        { .method = "POST", .path = "/open311/key", .serve = open311_new_key, .proof = VICHE_PROOF_OPERATOR },
        { .method = "POST", .path = "/open311/keys", .serve = open311_keys, .proof = VICHE_PROOF_OPERATOR },
        { .method = "POST", .path = "/open311/end-key", .serve = open311_end_key, .proof = VICHE_PROOF_OPERATOR }),
    .migrations = VICHE_LIST(const char *, SCHEMA_CARD ";" SCHEMA_RECORD ";" SCHEMA_WORK ";" SCHEMA_END ";" SCHEMA_TYPE,
        SCHEMA_SUM, SCHEMA_OPEN311, SCHEMA_FILE, SCHEMA_SEERS, SCHEMA_PART, SCHEMA_ORGANISATIONS, SCHEMA_DOUBLE),
    .datasets = VICHE_LIST(struct viche_dataset, { .name = "cards", .row = data_card_row,
        .columns = VICHE_LIST(struct viche_column,
            { .name = "key", .help = "Unique: the same line is registered once", .required = 1 },
            { .name = "type", .help = "appeal, problem, …: what a feature declares", .required = 1 },
            { .name = "channel", .help = "phone, visit or post", .required = 1 },
            { .name = "essence", .help = "The words of who wrote", .required = 1 },
            { .name = "kind", .help = "remark, proposal, application, complaint, request or demand" },
            { .name = "surname", .help = "What the regulation of the type demands is mandatory here, too" },
            { .name = "first_name", .help = "as surname" }, { .name = "patronymic", .help = "as surname" },
            { .name = "residence", .help = "as surname" }, { .name = "phone", .help = "+380671234567" },
            { .name = "category", .help = "Code of the type's classifier" },
            { .name = "organisation", .help = "Id of one of the data set organisations" },
            { .name = "place", .help = "In words" }, { .name = "latitude", .help = "48.3836" }, { .name = "longitude", .help = "28.8647" }) }),
    .offers = VICHE_LIST(struct viche_offer, { VICHE_CASES, &cases_service }),
    .views = { sizeof *desk_views, DESK_VIEWS, desk_views },
    .start = start,
    .check = check,
    .export_citizen = card_export_citizen,
    .erase_citizen = erase_citizen,
    .join_citizen = join_citizen,
};
