/* SPDX-License-Identifier: MPL-2.0
 * The hotline: an appeal to the council, the ЦНАП or another institution under the Law on Citizens' Appeals, in as few taps as it can be;
 * and ratings of institutions, officials and communal services. */
#include "appeals.h"

#include <string.h>

enum { FILES_MAX = 10 }; /* as in a story */

static bool known_kind(const char *kind)
{
    static const char *const kinds[] = {"complaint", "request", "proposal", "application", "remark", "demand"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], kind) == 0)
            return true;
    return false;
}

/* "", "kind complaint", "other". */
static viche_next start(struct viche_turn *t)
{
    const char *args = viche_args(t), *why = the_cases(t)->barred(t, viche_citizen(t), APPEAL);
    if (strcmp(args, "other") == 0)
        return viche_go(t, "other");
    if (why) {
        viche_say_text(t, why);
        viche_offer(t, "title-contest", "/appeals_contest");
        return viche_done(t);
    }
    form_begin(t);
    if (strncmp(args, "kind ", 5) != 0 || !known_kind(args + 5))
        return viche_go(t, "kind");
    viche_set(t, "kind", args + 5);
    return viche_go(t, "whom");
}

static viche_next choose_kind(struct viche_turn *t, const char *kind)
{
    if (strcmp(kind, "other") == 0)
        return viche_go(t, "other");
    return form_onward(t, "whom");
}

/* What this form is not for, and where that is done. */
static viche_next other(struct viche_turn *t)
{
    viche_say(t, "not-appeal");
    viche_offer(t, "to-problem", "/utility");
    viche_offer(t, "to-petitions", "/petitions");
    if (*viche_option(t, "petitions"))
        viche_link(t, "to-petitions", viche_option(t, "petitions"));
    if (*viche_option(t, "information"))
        viche_link(t, "to-information", viche_option(t, "information"));
    return viche_done(t);
}

static viche_next ask_story(struct viche_turn *t)
{
    viche_say(t, *viche_get(t, "correcting") ? "ask-story-anew" : "ask-story");
    return viche_stay(t);
}

/* The regulation may take some kinds of files and not others: the words of the story stay, whatever came with them. */
static viche_next story(struct viche_turn *t, const char *words_or_files)
{
    (void)words_or_files;
    const char *why = the_cases(t)->unfit(t, APPEAL, "files", viche_get(t, "story_files"));
    if (!why)
        return form_onward(t, "person");
    viche_say_text(t, why);
    return viche_go(t, "files");
}

static viche_next contest_start(struct viche_turn *t)
{
    if (the_cases(t)->barred(t, viche_citizen(t), APPEAL))
        return viche_go(t, "words");
    viche_say(t, "not-barred");
    viche_offer(t, "title", "/appeals");
    return viche_done(t);
}

static viche_next contest(struct viche_turn *t, const char *words)
{
    const char *why = the_cases(t)->contest(t, viche_citizen(t), words);
    if (why)
        viche_say_text(t, why);
    else
        viche_say(t, "contested");
    return viche_done(t);
}

#define CHOICES(...) .choices = VICHE_LIST(struct viche_choice, __VA_ARGS__)

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.appeals", .name = "Appeals", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .needs = VICHE_CASES " " VICHE_TRACKING, .likes = VICHE_DIRECTORY " " VICHE_STAFF,
    .start = citizen_start, .check = citizen_check,
    .options = VICHE_LIST(struct viche_option,
        { .name = "number", .fallback = "Г-{year}-{n}", .help = "How appeals are numbered, each year from 1" },
        { .name = "regulation", .kind = VICHE_OPTION_FILE, .help = "Who does what with an appeal, and until when" },
        { .name = "classifier", .kind = VICHE_OPTION_FILE, .fallback = "", .help = "The state's classifier of questions, for reports" },
        { .name = "cnap", .fallback = "cnap", .help = "Id of the ЦНАП among the organisations of the staff desk" },
        { .name = "institutions", .help = "Kinds of the directory's institutions that one may write to and rate",
          .fallback = "cnap council social clinic hospital school kindergarten culture library sport transport utility" },
        { .name = "petitions", .kind = VICHE_OPTION_URL, .fallback = "", .help = "Where petitions are signed, if not in this bot" },
        { .name = "information", .kind = VICHE_OPTION_URL, .fallback = "", .help = "Where requests for public information are made" }),
    .dialogs = VICHE_LIST(struct viche_dialog,
        { .id = "appeals", .opens = "/appeals", .title = "title", .help = "help", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = start },
            { .name = "kind", .kind = VICHE_CHOICE, .ask = "ask-kind", .save = "kind", .answer = choose_kind,
              CHOICES({ "complaint", "kind-complaint" }, { "request", "kind-request" }, { "proposal", "kind-proposal" },
                      { "application", "kind-application" }, { "remark", "kind-remark" }, { "demand", "kind-demand" },
                      { "other", "kind-other" }) },
            { .name = "other", .enter = other },
            { .name = "whom", .kind = VICHE_CHOICE, .enter = whom_enter, .answer = whom_answer },
            { .name = "institution", .kind = VICHE_CHOICE, .enter = whom_institutions, .answer = whom_institution },
            { .name = "official", .kind = VICHE_CHOICE, .enter = whom_officials, .answer = whom_official },
            { .name = "named", .kind = VICHE_TEXT, .min = 3, .max = 200, .ask = "ask-named", .answer = whom_named },
            { .name = "story", .kind = VICHE_STORY, .min = 10, .ask = "ask-story", .enter = ask_story, .retry = "retry-story",
              .help = "help-story", .save = "story", .answer = story },
            { .name = "files", .kind = VICHE_FILE, .flags = VICHE_OPTIONAL, .max = FILES_MAX, .ask = "ask-files", .save = "story_files",
              .answer = story },
            { .name = "person", .kind = VICHE_CHOICE, .enter = person_enter, .answer = person_answer },
            { .name = "name", .kind = VICHE_TEXT, .min = 2, .max = 120, .ask = "ask-name", .help = "help-person", .answer = person_name },
            { .name = "first_name", .kind = VICHE_TEXT, .max = 60, .ask = "ask-first-name", .help = "help-person", .save = "first_name",
              .next = "patronymic" },
            { .name = "patronymic", .kind = VICHE_TEXT, .max = 60, .enter = person_ask_patronymic, .help = "help-person",
              .answer = person_patronymic },
            { .name = "residence", .kind = VICHE_TEXT, .min = 5, .max = 200, .ask = "ask-residence", .retry = "retry-residence",
              .help = "help-person", .save = "residence", .answer = person_residence },
            { .name = "phone", .kind = VICHE_PHONE, .ask = "ask-phone", .help = "help-person", .save = "phone", .answer = person_phone },
            { .name = "email", .kind = VICHE_TEXT, .flags = VICHE_OPTIONAL, .max = 120, .ask = "ask-email", .save = "email",
              .answer = person_email },
            { .name = "privilege", .kind = VICHE_CHOICE, .ask = "ask-privilege", .help = "help-privilege", .answer = sum_privilege,
              CHOICES({ "veteran", "privilege-veteran" }, { "fallen", "privilege-fallen" }, { "disability", "privilege-disability" },
                      { "chornobyl", "privilege-chornobyl" }, { "mother", "privilege-mother" }, { "other", "privilege-other" },
                      { "none", "privilege-none" }) },
            { .name = "summary", .kind = VICHE_CHOICE, .enter = sum_enter, .answer = sum_answer },
            { .name = "change", .kind = VICHE_CHOICE, .enter = sum_lines, .answer = form_correct },
            { .name = "send", .enter = send_enter }) },
        { .id = "contest", .opens = "/appeals_contest", .title = "title-contest", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = contest_start },
            { .name = "words", .kind = VICHE_TEXT, .min = 10, .ask = "ask-contest", .save = "words", .answer = contest }) },
        { .id = "rate", .opens = "/rate", .title = "title-rate", .help = "help-rate", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = rate_start },
            { .name = "what", .kind = VICHE_CHOICE, .ask = "ask-what", .save = "what", .answer = rate_what,
              CHOICES({ "institution", "rate-institution" }, { "official", "rate-official" }, { "service", "rate-service" }) },
            { .name = "subject", .kind = VICHE_CHOICE, .enter = rate_subjects, .answer = rate_subject },
            { .name = "mark", .kind = VICHE_CHOICE, .ask = "ask-mark", .save = "mark", .next = "words",
              CHOICES({ "1", "mark-1" }, { "2", "mark-2" }, { "3", "mark-3" }, { "4", "mark-4" }, { "5", "mark-5" }) },
            { .name = "words", .kind = VICHE_STORY, .flags = VICHE_OPTIONAL, .ask = "ask-opinion", .save = "opinion", .next = "keep" },
            { .name = "keep", .enter = rate_keep }) }),
    .migrations = VICHE_LIST(const char *,
        "CREATE TABLE appeals_person(citizen INTEGER PRIMARY KEY, surname TEXT NOT NULL, first_name TEXT NOT NULL,"
        " patronymic TEXT NOT NULL, residence TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL, at INTEGER NOT NULL);"
        "CREATE TABLE appeals_rating(id INTEGER PRIMARY KEY, citizen INTEGER NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL,"
        " subject TEXT NOT NULL, name TEXT NOT NULL, mark INTEGER NOT NULL, words TEXT NOT NULL, files TEXT NOT NULL,"
        " UNIQUE(citizen, what, subject))"),
    .datasets = VICHE_LIST(struct viche_dataset, { .name = "ratings", .write = rate_write,
        .columns = VICHE_LIST(struct viche_column,
            { .name = "time", .help = "of the town's clock" },
            { .name = "what", .help = "institution, official or service" },
            { .name = "name", .help = "which" },
            { .name = "mark", .help = "5 very good … 1 very bad" },
            { .name = "words", .help = "the citizen's; who wrote them is not here" },
            { .name = "files", .help = "how many photos and files came with them" }) }),
    .views = VICHE_LIST(struct viche_view, {
        .id = "ratings", .title = "view-ratings", .help = "view-ratings-help", .see = "responsible decider", .list = view_list,
        .sees = view_sees, .show = view_show, .report = view_report,
        .fields = VICHE_LIST(struct viche_field,
            { .name = "at", .label = "view-at", .kind = VICHE_FIELD_MOMENT, .flags = VICHE_FIELD_LISTED },
            { .name = "what", .label = "view-what", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_LISTED | VICHE_FIELD_FILTER,
              CHOICES({ "institution", "rate-institution" }, { "official", "rate-official" }, { "service", "rate-service" }) },
            { .name = "name", .label = "view-name", .flags = VICHE_FIELD_LISTED },
            { .name = "mark", .label = "view-mark", .kind = VICHE_FIELD_CHOICE, .flags = VICHE_FIELD_LISTED | VICHE_FIELD_FILTER,
              CHOICES({ "1", "mark-1" }, { "2", "mark-2" }, { "3", "mark-3" }, { "4", "mark-4" }, { "5", "mark-5" }) },
            { .name = "words", .label = "view-words", .kind = VICHE_FIELD_LONG, .flags = VICHE_FIELD_LISTED },
            { .name = "files", .label = "view-files", .kind = VICHE_FIELD_FILES }) }),
    .export_citizen = citizen_export,
    .erase_citizen = citizen_erase,
    .join_citizen = citizen_join,
};
