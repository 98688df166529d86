/* SPDX-License-Identifier: MPL-2.0
 * The staff desk: officials sign in with a browser, see what plugins show them, and do what plugins let them do. It is a plugin as any
 * other: docs/decisions/020. */
#include <viche/services/calendar.h>

#include "desk.h"

/* Nothing here is a citizen's: files that officials bring belong to the things into whose forms they go. */
static void export_citizen(struct viche_turn *t) { (void)t; }
static void erase_citizen(struct viche_turn *t) { (void)t; }

enum { BODY = 256 * 1024, REPORT = 16 * 1024 };

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.desk", .name = "Staff desk", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .likes = VICHE_CALENDAR,
    .options = VICHE_LIST(struct viche_option,
        { .name = "idle", .kind = VICHE_OPTION_SECONDS, .fallback = "30m", .min = 4, .max = 86400,
          .help = "A session nobody used so long ends" },
        { .name = "absolute", .kind = VICHE_OPTION_SECONDS, .fallback = "12h", .min = 4, .max = 604800,
          .help = "Every session ends after so long" },
        { .name = "hash", .kind = VICHE_OPTION_CHOICE, .choices = "19MiB 64MiB", .fallback = "19MiB",
          .help = "Memory of argon2id for one password; 64MiB on a machine with 1 GB and more" },
        { .name = "tiles", .fallback = "", .help = "Where the page gets map tiles: https://tile.example/{z}/{x}/{y}.png; empty: no map" },
        { .name = "tiles-credit", .fallback = "© OpenStreetMap", .help = "Whose map it is: stands below every map, as providers ask for" }),
    .routes = VICHE_LIST(struct viche_route,
        { .method = "GET", .path = "/", .serve = page_serve },
        { .method = "POST", .path = "/api/csp", .max_body = REPORT, .serve = page_report },
        { .method = "POST", .path = "/csp", .serve = page_reports, .proof = VICHE_PROOF_OPERATOR },
        { .method = "POST", .path = "/first-admin", .serve = welcome_first, .proof = VICHE_PROOF_OPERATOR },
        { .method = "POST", .path = "/invite", .serve = welcome_invite, .proof = VICHE_PROOF_OPERATOR },
        { .method = "GET", .path = "/api/me", .serve = me_serve },
        { .method = "POST", .path = "/api/language", .max_body = BODY, .serve = me_language },
        { .method = "POST", .path = "/api/login", .max_body = BODY, .serve = login_serve },
        { .method = "POST", .path = "/api/code", .max_body = BODY, .serve = login_code },
        { .method = "POST", .path = "/api/logout", .max_body = BODY, .serve = login_out },
        { .method = "POST", .path = "/api/welcome", .max_body = BODY, .serve = welcome_serve },
        { .method = "POST", .path = "/api/password", .max_body = BODY, .serve = welcome_password },
        { .method = "GET", .path = "/api/enrol", .serve = enrol_show },
        { .method = "GET", .path = "/api/enrol.svg", .serve = enrol_picture },
        { .method = "POST", .path = "/api/enrol", .max_body = BODY, .serve = enrol_bind },
        { .method = "POST", .path = "/api/recovery", .max_body = BODY, .serve = enrol_recovery },
        { .method = "GET", .path = "/api/views", .serve = menu_serve },
        { .method = "GET", .path = "/api/list/{plugin}/{view}", .serve = list_serve },
        { .method = "GET", .path = "/api/show/{plugin}/{view}/{thing}", .serve = show_serve },
        { .method = "POST", .path = "/api/act/{plugin}/{view}", .max_body = BODY, .serve = act_above },
        { .method = "POST", .path = "/api/act/{plugin}/{view}/{thing}", .max_body = BODY, .serve = act_one },
        { .method = "POST", .path = "/api/reveal/{plugin}/{view}/{thing}", .max_body = BODY, .serve = show_reveal },
        { .method = "GET", .path = "/api/report/{plugin}/{view}", .serve = show_report },
        { .method = "GET", .path = "/api/file/{plugin}/{view}", .serve = list_file },
        { .method = "GET", .path = "/api/files/{plugin}/{view}/{thing}/{file}", .serve = show_file },
        { .method = "POST", .path = "/api/upload", .max_body = VICHE_UPLOAD, .serve = upload_serve },
        { .method = "GET", .path = "/api/tasks", .serve = list_tasks },
        { .method = "GET", .path = "/api/day", .serve = day_serve },
        { .method = "GET", .path = "/api/notices", .serve = notice_list },
        { .method = "POST", .path = "/api/notices", .max_body = BODY, .serve = notice_read },
        { .method = "GET", .path = "/api/templates", .serve = template_serve },
        { .method = "GET", .path = "/api/saved", .serve = saved_list },
        { .method = "POST", .path = "/api/saved", .max_body = BODY, .serve = saved_keep },
        { .method = "DELETE", .path = "/api/saved/{saved}", .serve = saved_drop },
        { .method = "GET", .path = "/api/live", .serve = live_serve }),
    .schedules = VICHE_LIST(struct viche_schedule, { .name = "sweep", .run = session_sweep },
        { .name = "uploads", .at = "03:50", .run = upload_sweep }),
    .migrations = VICHE_LIST(const char *,
        "CREATE TABLE desk_staff(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, sort BLOB NOT NULL, post TEXT NOT NULL,"
        " login TEXT NOT NULL UNIQUE, organisation TEXT NOT NULL, language TEXT NOT NULL, dismissed INTEGER NOT NULL);"
        "CREATE TABLE desk_organisation(id TEXT PRIMARY KEY, name TEXT NOT NULL, sort BLOB NOT NULL, closed INTEGER NOT NULL);"
        "CREATE TABLE desk_grant(id INTEGER PRIMARY KEY AUTOINCREMENT, staff INTEGER NOT NULL, role TEXT NOT NULL, type TEXT NOT NULL,"
        " organisation TEXT NOT NULL, UNIQUE(staff, role, type, organisation));"
        "CREATE TABLE desk_password(staff INTEGER PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL);"
        "CREATE TABLE desk_totp(staff INTEGER PRIMARY KEY, secret TEXT NOT NULL, step INTEGER NOT NULL, bound INTEGER NOT NULL);"
        "CREATE TABLE desk_recovery(staff INTEGER NOT NULL, hash TEXT NOT NULL, PRIMARY KEY(staff, hash));"
        "CREATE TABLE desk_invite(staff INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, until_at INTEGER NOT NULL);"
        "CREATE TABLE desk_try(bucket TEXT PRIMARY KEY, count INTEGER NOT NULL, until_at INTEGER NOT NULL);"
        "CREATE TABLE desk_session(id TEXT PRIMARY KEY, staff INTEGER NOT NULL, state INTEGER NOT NULL, began_at INTEGER NOT NULL,"
        " seen_at INTEGER NOT NULL, agent TEXT NOT NULL);"
        "CREATE INDEX desk_session_staff ON desk_session(staff);"
        "CREATE TABLE desk_upload(file TEXT PRIMARY KEY, staff INTEGER NOT NULL, at INTEGER NOT NULL);"
        "CREATE TABLE desk_notice(id INTEGER PRIMARY KEY AUTOINCREMENT, staff INTEGER NOT NULL, view TEXT NOT NULL, thing TEXT NOT NULL,"
        " key TEXT NOT NULL, words TEXT NOT NULL, at INTEGER NOT NULL, read_at INTEGER NOT NULL);"
        "CREATE UNIQUE INDEX desk_notice_unread ON desk_notice(staff, view, thing, key) WHERE read_at = 0;"
        "CREATE INDEX desk_notice_staff ON desk_notice(staff, id);"
        "CREATE TABLE desk_saved(id INTEGER PRIMARY KEY, staff INTEGER NOT NULL, plugin TEXT NOT NULL, view TEXT NOT NULL, name TEXT NOT NULL,"
        " sort BLOB NOT NULL, query TEXT NOT NULL);"
        "CREATE INDEX desk_saved_staff ON desk_saved(staff);"
        "CREATE TABLE desk_template(id INTEGER PRIMARY KEY, title TEXT NOT NULL, sort BLOB NOT NULL, words TEXT NOT NULL)"),
    .offers = VICHE_LIST(struct viche_offer, { VICHE_STAFF, &staff_service }),
    .datasets = VICHE_LIST(struct viche_dataset,
        { .name = "organisations", .row = data_organisation_row, .write = data_organisation_write,
          .columns = VICHE_LIST(struct viche_column,
            { .name = "id", .help = "Unique; small letters, digits, '-'", .required = 1 },
            { .name = "name", .help = "As citizens and officials read it", .required = 1 },
            { .name = "closed", .help = "yes: takes nothing new" }) },
        { .name = "staff", .row = data_staff_row, .write = data_staff_write,
          .columns = VICHE_LIST(struct viche_column,
            { .name = "login", .help = "Unique; to sign in with: small Latin letters, digits, '.', '-', '_'", .required = 1 },
            { .name = "name", .help = "Name and surname", .required = 1 },
            { .name = "post", .help = "Of the official" },
            { .name = "organisation", .help = "Id of one of the data set organisations; empty: the town itself" },
            { .name = "roles", .help = "Separated by spaces: responsible, decider:appeal, executor:appeal@water; left out: all types, all"
                                       " organisations" },
            { .name = "dismissed", .help = "yes: may not sign in any more" }) }),
    .views = VICHE_LIST(struct viche_view,
        { .id = "templates", .title = "view-templates", .help = "view-templates-help", .see = "responsible decider pr operator executor",
          .list = template_view_list, .sees = template_view_sees, .show = template_view_show, .act = template_view_act,
          .fields = VICHE_LIST(struct viche_field,
            { .name = "title", .label = "field-title", .flags = VICHE_FIELD_LISTED },
            { .name = "words", .label = "field-words", .kind = VICHE_FIELD_LONG }) },
        { .id = "sessions", .title = "view-sessions", .help = "view-sessions-help", .see = ROLES_ALL,
          .list = session_view_list, .sees = session_view_sees, .show = session_view_show, .act = session_view_act,
          .fields = VICHE_LIST(struct viche_field,
            { .name = "began", .label = "field-began", .kind = VICHE_FIELD_MOMENT, .flags = VICHE_FIELD_LISTED },
            { .name = "seen", .label = "field-seen", .kind = VICHE_FIELD_MOMENT, .flags = VICHE_FIELD_LISTED },
            { .name = "agent", .label = "field-agent", .flags = VICHE_FIELD_LISTED }) },
        { .id = "staff", .title = "view-staff", .help = "view-staff-help", .see = "admin",
          .list = staff_view_list, .sees = staff_view_sees, .show = staff_view_show, .act = staff_view_act,
          .fields = VICHE_LIST(struct viche_field,
            { .name = "name", .label = "field-name", .flags = VICHE_FIELD_LISTED },
            { .name = "post", .label = "field-post", .flags = VICHE_FIELD_LISTED },
            { .name = "login", .label = "field-login", .flags = VICHE_FIELD_LISTED },
            { .name = "organisation", .label = "field-organisation", .kind = VICHE_FIELD_ORGANISATION,
              .flags = VICHE_FIELD_LISTED | VICHE_FIELD_FILTER },
            { .name = "state", .label = "field-state", .kind = VICHE_FIELD_STATE, .flags = VICHE_FIELD_LISTED | VICHE_FIELD_FILTER,
              .choices = VICHE_LIST(struct viche_choice, {"working", "staff-working"}, {"invited", "staff-invited"},
                                    {"dismissed", "staff-dismissed"}) }) },
        { .id = "grants", .title = "view-grants", .help = "view-grants-help", .see = "admin",
          .list = grant_view_list, .sees = grant_view_sees, .show = grant_view_show, .act = grant_view_act,
          .fields = VICHE_LIST(struct viche_field,
            { .name = "staff", .label = "field-staff", .kind = VICHE_FIELD_STAFF, .flags = VICHE_FIELD_LISTED | VICHE_FIELD_FILTER },
            { .name = "role", .label = "field-role", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_LISTED | VICHE_FIELD_FILTER,
              .choices = VICHE_LIST(struct viche_choice, {"responsible", "role-responsible"}, {"decider", "role-decider"},
                                    {"executor", "role-executor"}, {"pr", "role-pr"}, {"operator", "role-operator"},
                                    {"auditor", "role-auditor"}, {"admin", "role-admin"}) },
            { .name = "type", .label = "field-type", .flags = VICHE_FIELD_LISTED },
            { .name = "where", .label = "field-organisation", .flags = VICHE_FIELD_LISTED }) },
        { .id = "organisations", .title = "view-organisations", .help = "view-organisations-help", .see = "responsible decider admin",
          .list = organisation_view_list, .sees = organisation_view_sees, .show = organisation_view_show, .act = organisation_view_act,
          .fields = VICHE_LIST(struct viche_field,
            { .name = "name", .label = "field-organisation-name", .flags = VICHE_FIELD_LISTED },
            { .name = "id", .label = "field-id", .flags = VICHE_FIELD_LISTED },
            { .name = "state", .label = "field-state", .kind = VICHE_FIELD_STATE, .flags = VICHE_FIELD_LISTED,
              .choices = VICHE_LIST(struct viche_choice, {"open", "organisation-works"}, {"closed", "organisation-closed-state"}) }) },
        { .id = "parked", .title = "view-parked", .help = "view-parked-help", .see = "admin",
          .list = parked_view_list, .sees = parked_view_sees, .show = parked_view_show, .act = parked_view_act,
          .fields = VICHE_LIST(struct viche_field,
            { .name = "at", .label = "field-at", .kind = VICHE_FIELD_MOMENT, .flags = VICHE_FIELD_LISTED },
            { .name = "channel", .label = "field-channel", .flags = VICHE_FIELD_LISTED },
            { .name = "why", .label = "field-why", .flags = VICHE_FIELD_LISTED }) },
        { .id = "audit", .title = "view-audit", .help = "view-audit-help", .see = "auditor",
          .list = audit_view_list, .sees = audit_view_sees, .show = audit_view_show,
          .fields = VICHE_LIST(struct viche_field,
            { .name = "at", .label = "field-at", .kind = VICHE_FIELD_MOMENT, .flags = VICHE_FIELD_LISTED },
            { .name = "staff", .label = "field-staff", .kind = VICHE_FIELD_STAFF, .flags = VICHE_FIELD_LISTED | VICHE_FIELD_FILTER },
            { .name = "plugin", .label = "field-plugin", .flags = VICHE_FIELD_LISTED },
            { .name = "what", .label = "field-what", .flags = VICHE_FIELD_LISTED },
            { .name = "object", .label = "field-object", .flags = VICHE_FIELD_LISTED }) }),
    .export_citizen = export_citizen,
    .erase_citizen = erase_citizen,
};
