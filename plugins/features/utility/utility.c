/* SPDX-License-Identifier: MPL-2.0
 * «Повідомити про проблему»: a pit, no water, a heap of rubbish. A photo or a few words and a place are enough; no name is asked. Who comes
 * with what is known already joins it by one tap. */
#include "utility.h"

#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 10 }; /* as in a story */

struct spot the_spot(struct viche_turn *t)
{
    const char *place = *viche_get(t, "place") ? viche_get(t, "place") : viche_get(t, "story_place");
    char *rest = NULL;
    struct spot spot = {.words = place};
    spot.latitude = strtod(place, &rest);
    if (rest == place || *rest != ',')
        return spot;
    const char *second = rest + 1;
    spot.longitude = strtod(second, &rest);
    spot.known = rest > second && *rest == '\0';
    if (spot.known)
        spot.words = "";
    return spot;
}

/* "", or "about roads.pit" from the search. */
static viche_next start(struct viche_turn *t)
{
    const char *args = viche_args(t), *why = the_cases(t)->barred(t, viche_citizen(t), PROBLEM);
    if (why) {
        viche_say_text(t, why);
        viche_offer(t, "contest", "/appeals_contest");
        return viche_done(t);
    }
    form_begin(t);
    if (strncmp(args, "about ", 6) == 0 && *class_name(t, args + 6))
        viche_set(t, "category", args + 6);
    return viche_go(t, "story");
}

static viche_next ask_story(struct viche_turn *t)
{
    const char *category = viche_get(t, "category");
    viche_let(t, "category_words", class_name(t, category));
    viche_say(t, *viche_get(t, "correcting") ? "ask-story-anew" : *category ? "ask-story-about" : "ask-story");
    return viche_stay(t);
}

/* The regulation may take some kinds of files and not others: the words of the story stay, whatever came with them. */
static viche_next story(struct viche_turn *t, const char *words_or_files)
{
    (void)words_or_files;
    const char *why = the_cases(t)->unfit(t, PROBLEM, "files", viche_get(t, "story_files"));
    if (why) {
        viche_say_text(t, why);
        return viche_go(t, "files");
    }
    if (!*viche_get(t, "category"))
        viche_set(t, "category", class_guess(t, viche_get(t, "story")));
    return form_onward(t, *viche_get(t, "category") ? "place" : "category");
}

static viche_next ask_category(struct viche_turn *t)
{
    viche_say(t, "ask-category");
    class_offer(t);
    return viche_stay(t);
}

static viche_next category(struct viche_turn *t, const char *code)
{
    viche_set(t, "category", code);
    return form_onward(t, "place");
}

/* Where, unless the story brought a point. */
static viche_next ask_place(struct viche_turn *t)
{
    if (*viche_get(t, "story_place") && !*viche_get(t, "correcting"))
        return viche_go(t, "known");
    viche_say(t, "ask-place");
    if (*viche_get(t, "story"))
        viche_offer(t, "place-told", "told");
    return viche_stay(t);
}

static viche_next place(struct viche_turn *t, const char *where)
{
    if (strcmp(where, "told") == 0)
        viche_set(t, "place", "");
    return form_onward(t, "known");
}

static viche_next named(struct viche_turn *t, const char *name)
{
    (void)name;
    return viche_go(t, "summary");
}

static const char *declare(struct viche_turn *t)
{
    const struct viche_case_type type = {
        .size = sizeof type, .name = PROBLEM, .title = "card-title", .number = viche_option(t, "number"), .flags = VICHE_CASE_PUBLIC,
        .opens = VICHE_TRACKING_OPENS, .regulation = viche_option_file(t, "regulation"),
        .regulation_name = viche_option(t, "regulation"), .classifier = viche_option_file(t, "classifier"),
        .organisations = viche_option(t, "organisations"),
    };
    return the_cases(t)->declare(t, &type);
}

static void check(struct viche_turn *t)
{
    declare(t); /* says what is wrong itself, line by line */
}

static void begin(struct viche_turn *t)
{
    const char *why = declare(t);
    if (why)
        viche_log(t, why);
    class_index(t);
}

/* Nothing is kept of a citizen but their cards, which are elsewhere. */

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.utility", .name = "Communal problems", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .needs = VICHE_CASES " " VICHE_TRACKING,
    .start = begin, .check = check,
    .options = VICHE_LIST(struct viche_option,
        { .name = "number", .fallback = "П-{year}-{n}", .help = "How reports are numbered, each year from 1" },
        { .name = "regulation", .kind = VICHE_OPTION_FILE, .help = "Who does what with a report, and until when" },
        { .name = "classifier", .kind = VICHE_OPTION_FILE, .help = "Kinds of problems: «code;words;in English;what people say» a line" },
        { .name = "organisations", .fallback = "",
          .help = "Who mends what: «roads = kp-shliakh; water = vodokanal», code of the classifier = id of the desk's organisation" },
        { .name = "near", .kind = VICHE_OPTION_NUMBER, .min = 10, .max = 5000, .fallback = "150",
          .help = "Metres within which a known problem of the same kind is told first" }),
    .dialogs = VICHE_LIST(struct viche_dialog,
        { .id = "utility", .opens = "/utility", .title = "title", .help = "help", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = start },
            { .name = "story", .kind = VICHE_STORY, .enter = ask_story, .save = "story", .answer = story },
            { .name = "files", .kind = VICHE_FILE, .flags = VICHE_OPTIONAL, .max = FILES_MAX, .ask = "ask-files", .save = "story_files",
              .answer = story },
            { .name = "category", .kind = VICHE_CHOICE, .enter = ask_category, .answer = category },
            { .name = "place", .kind = VICHE_PLACE, .flags = VICHE_OR_WORDS, .enter = ask_place, .save = "place", .answer = place },
            { .name = "known", .kind = VICHE_CHOICE, .enter = known_enter, .answer = known_answer },
            { .name = "summary", .kind = VICHE_CHOICE, .enter = sum_enter, .answer = sum_answer },
            { .name = "change", .kind = VICHE_CHOICE, .enter = sum_lines, .answer = form_correct },
            { .name = "name", .kind = VICHE_TEXT, .flags = VICHE_OPTIONAL, .max = 120, .ask = "ask-name", .save = "name", .answer = named },
            { .name = "phone", .kind = VICHE_PHONE, .flags = VICHE_OPTIONAL, .ask = "ask-phone", .save = "phone", .answer = named },
            { .name = "send", .enter = send_enter }) }),
};
