/* SPDX-License-Identifier: MPL-2.0
 * What the staff desk shows of this plugin: four sections, and the fields of their rows and pages. */
#include "cases_desk.h"

#include "cases.h"
#include "cases_report.h"

#define CHOICES(list) {sizeof *(list), sizeof(list) / sizeof *(list), list}
#define LISTED VICHE_FIELD_LISTED
#define SORTED VICHE_FIELD_SORTED
#define FILTER VICHE_FIELD_FILTER
#define PRIVATE VICHE_FIELD_PRIVATE

static const struct viche_choice stages[] = {
    {"open", "stage-open"}, {"overdue", "stage-overdue"}, {"closed", "stage-closed"}, {"late", "stage-late"},
    {"flagged", "stage-flagged"}};
static const struct viche_choice kinds[] = {{"remark", "kind-remark"},       {"proposal", "kind-proposal"}, {"application", "kind-application"},
                                            {"complaint", "kind-complaint"}, {"request", "kind-request"},   {"demand", "kind-demand"}};
static const struct viche_choice channels[] = {{"telegram", "channel-telegram"}, {"viber", "channel-viber"}, {"web", "channel-web"},
                                               {"phone", "channel-phone"},       {"visit", "channel-visit"}, {"post", "channel-post"},
                                               {"open311", "channel-open311"},   {"console", "channel-console"}};

static const struct viche_field card_fields[] = {
    {.name = "number", .label = "field-number", .flags = LISTED},
    {.name = "state", .label = "field-state", .kind = VICHE_FIELD_STATE, .flags = LISTED | FILTER},
    {.name = "due", .label = "field-due", .kind = VICHE_FIELD_DUE, .flags = LISTED | SORTED | FILTER},
    {.name = "due-why", .label = "field-due-why", .kind = VICHE_FIELD_LONG},
    {.name = "stuck", .label = "field-stuck", .kind = VICHE_FIELD_LONG},
    {.name = "request", .label = "field-request"},
    {.name = "stage", .label = "field-stage", .kind = VICHE_FIELD_CHOICE, .flags = FILTER, .choices = CHOICES(stages)},
    {.name = "type", .label = "field-type", .flags = LISTED | FILTER},
    {.name = "kind", .label = "field-kind", .kind = VICHE_FIELD_CHOICE, .flags = FILTER, .choices = CHOICES(kinds)},
    {.name = "received", .label = "field-received", .kind = VICHE_FIELD_MOMENT, .flags = LISTED | SORTED | FILTER},
    {.name = "closed", .label = "field-closed", .kind = VICHE_FIELD_MOMENT, .flags = FILTER},
    {.name = "channel", .label = "field-channel", .kind = VICHE_FIELD_CHOICE, .flags = FILTER, .choices = CHOICES(channels)},
    {.name = "privilege", .label = "field-privilege", .flags = LISTED},
    {.name = "flagged", .label = "field-flagged"},
    {.name = "essence", .label = "field-essence", .kind = VICHE_FIELD_LONG, .flags = LISTED},
    {.name = "received-files", .label = "field-files", .kind = VICHE_FIELD_FILES},
    {.name = "category", .label = "field-category", .flags = FILTER},
    {.name = "place", .label = "field-place"},
    {.name = "point", .label = "field-point", .kind = VICHE_FIELD_PLACE},
    {.name = "applicant", .label = "field-applicant", .flags = PRIVATE},
    {.name = "residence", .label = "field-residence", .flags = PRIVATE},
    {.name = "phone", .label = "field-phone", .kind = VICHE_FIELD_PHONE, .flags = PRIVATE},
    {.name = "email", .label = "field-email", .flags = PRIVATE},
    {.name = "organisation", .label = "field-organisation", .kind = VICHE_FIELD_ORGANISATION, .flags = FILTER},
    {.name = "responsible", .label = "field-responsible", .kind = VICHE_FIELD_STAFF},
    {.name = "decider", .label = "field-decision-maker", .kind = VICHE_FIELD_STAFF},
    {.name = "executor", .label = "field-executor", .kind = VICHE_FIELD_STAFF, .flags = LISTED | FILTER},
    {.name = "executors", .label = "field-executors", .kind = VICHE_FIELD_LONG},
    {.name = "control", .label = "field-control", .kind = VICHE_FIELD_FLAG},
    {.name = "repeat_of", .label = "field-repeat_of", .kind = VICHE_FIELD_LINK},
    {.name = "duplicate_of", .label = "field-duplicate_of", .kind = VICHE_FIELD_LINK},
    {.name = "duplicates", .label = "field-duplicates", .kind = VICHE_FIELD_LINK},
    {.name = "incident", .label = "field-incident", .kind = VICHE_FIELD_LINK},
    {.name = "similar", .label = "field-similar", .help = "help-similar", .kind = VICHE_FIELD_LINK},
    {.name = "considered", .label = "field-considered", .kind = VICHE_FIELD_FILES},
    {.name = "executed", .label = "field-executed", .kind = VICHE_FIELD_FILES},
    {.name = "materials", .label = "field-materials", .kind = VICHE_FIELD_FILES},
    {.name = "outcome", .label = "field-outcome"},
    {.name = "answer", .label = "field-answer", .kind = VICHE_FIELD_LONG},
    {.name = "grounds", .label = "field-grounds", .kind = VICHE_FIELD_LONG},
    {.name = "addressee", .label = "field-addressee"},
    {.name = "plan", .label = "field-plan"},
    {.name = "verdict", .label = "field-verdict"},
};

static const struct viche_field request_fields[] = {
    {.name = "number", .label = "field-number", .flags = VICHE_FIELD_LISTED},
    {.name = "request", .label = "field-request", .kind = VICHE_FIELD_STATE, .flags = VICHE_FIELD_LISTED},
    {.name = "justification", .label = "field-justification", .kind = VICHE_FIELD_LONG, .flags = VICHE_FIELD_LISTED},
    {.name = "wish", .label = "field-wish", .flags = VICHE_FIELD_LISTED},
    {.name = "asked_by", .label = "field-asked_by", .kind = VICHE_FIELD_STAFF, .flags = VICHE_FIELD_LISTED},
    {.name = "at", .label = "field-at", .kind = VICHE_FIELD_MOMENT, .flags = VICHE_FIELD_LISTED},
    {.name = "due", .label = "field-due", .kind = VICHE_FIELD_DUE, .flags = VICHE_FIELD_LISTED},
};

static const struct viche_field incident_fields[] = {
    {.name = "title", .label = "field-title", .flags = VICHE_FIELD_LISTED},
    {.name = "place", .label = "field-place", .flags = VICHE_FIELD_LISTED},
    {.name = "people", .label = "field-people", .kind = VICHE_FIELD_NUMBER, .flags = VICHE_FIELD_LISTED},
    {.name = "since", .label = "field-since", .kind = VICHE_FIELD_MOMENT, .flags = VICHE_FIELD_LISTED},
    {.name = "lead", .label = "field-lead", .kind = VICHE_FIELD_LINK},
    {.name = "joined", .label = "field-joined", .kind = VICHE_FIELD_LINK},
    {.name = "essence", .label = "field-essence", .kind = VICHE_FIELD_LONG},
};

static const struct viche_choice bar_states[] = {{"proposed", "bar-proposed"}, {"barred", "bar-barred"},   {"rejected", "bar-rejected"},
                                             {"lifted", "bar-lifted"},     {"expired", "bar-expired"},
                                             {"contested", "bar-contested"}};
static const struct viche_field bar_fields[] = {
    {.name = "number", .label = "field-number", .flags = VICHE_FIELD_LISTED},
    {.name = "state", .label = "field-state", .kind = VICHE_FIELD_STATE, .flags = VICHE_FIELD_LISTED,
     .choices = {sizeof *bar_states, sizeof bar_states / sizeof *bar_states, bar_states}},
    {.name = "reason", .label = "field-reason", .kind = VICHE_FIELD_LONG, .flags = VICHE_FIELD_LISTED},
    {.name = "quote", .label = "field-quote", .kind = VICHE_FIELD_LONG, .flags = VICHE_FIELD_PRIVATE},
    {.name = "days", .label = "field-days", .kind = VICHE_FIELD_NUMBER, .flags = VICHE_FIELD_LISTED},
    {.name = "until", .label = "field-until", .kind = VICHE_FIELD_MOMENT, .flags = VICHE_FIELD_LISTED},
    {.name = "proposed_by", .label = "field-asked_by", .kind = VICHE_FIELD_STAFF, .flags = VICHE_FIELD_LISTED},
    {.name = "second", .label = "field-second", .kind = VICHE_FIELD_STAFF},
    {.name = "contest", .label = "field-contest", .kind = VICHE_FIELD_LONG, .flags = VICHE_FIELD_PRIVATE},
    {.name = "words", .label = "field-comment", .kind = VICHE_FIELD_LONG},
};

#define FIELDS(list) {sizeof *(list), sizeof(list) / sizeof *(list), list}

const struct viche_view desk_views[DESK_VIEWS] = {
    {.id = "cards", .title = "view-cards", .see = "responsible decider executor operator auditor", .fields = FIELDS(card_fields),
     .list = list_cards, .sees = view_sees, .show = view_show, .act = view_act, .file = export_cards, .staffed = gone_tell},
    {.id = "requests", .title = "view-requests", .see = "responsible decider executor auditor", .fields = FIELDS(request_fields),
     .list = request_view_list, .sees = view_sees, .show = request_view_show, .act = view_act},
    {.id = "incidents", .title = "view-incidents", .see = "responsible decider executor operator auditor", .fields = FIELDS(incident_fields),
     .list = incident_view_list, .sees = incident_view_sees, .show = incident_view_show},
    {.id = "bars", .title = "view-bars", .see = "responsible decider auditor", .fields = FIELDS(bar_fields), .list = bar_view_list,
     .sees = bar_view_sees, .show = bar_view_show, .act = bar_view_act},
    {.id = "report", .title = "report-title", .help = "report-help", .see = "responsible decider operator auditor", .report = report_draw,
     .file = report_file},
};
