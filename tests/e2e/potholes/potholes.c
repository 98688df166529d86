/* SPDX-License-Identifier: MPL-2.0
 * A feature with one public type of card and nothing else: what Open311, the figures and the desk's bench need. */
#include <viche/services/cases.h>
#include <viche/viche.h>

static const struct viche_field fields[] = {
    {.name = "depth", .label = "depth", .kind = VICHE_FIELD_NUMBER, .max = 500},
    {.name = "danger", .label = "danger", .kind = VICHE_FIELD_CHOICE,
     .choices = VICHE_LIST(struct viche_choice, { "none", "danger-none" }, { "fall", "danger-fall" })},
};

static void declare(struct viche_turn *t)
{
    const struct viche_cases *cases = viche_service(t, VICHE_CASES);
    const struct viche_case_type type = {.size = sizeof type, .flags = VICHE_CASE_PUBLIC, .name = "pothole", .title = "title",
                                         .number = "Я-{year}-{n}", .opens = "/potholes", .regulation = viche_option_file(t, "regulation"),
                                         .regulation_name = "regulation.ini", .classifier = viche_option_file(t, "classifier"),
                                         .organisations = viche_option(t, "organisations"),
                                         .fields = {sizeof *fields, sizeof fields / sizeof *fields, fields}};
    const char *wrong = cases->declare(t, &type);
    if (wrong)
        viche_log(t, wrong);
}

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.potholes", .name = "Potholes", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .needs = VICHE_CASES,
    .options = VICHE_LIST(struct viche_option,
        { .name = "regulation", .kind = VICHE_OPTION_FILE, .fallback = "", .help = "What is done with a card" },
        { .name = "classifier", .kind = VICHE_OPTION_FILE, .fallback = "", .help = "Kinds of them" },
        { .name = "organisations", .fallback = "", .help = "Who mends which kind" }),
    .start = declare,
};
