/* SPDX-License-Identifier: MPL-2.0
 * What the town knows of this plugin when it starts (a type of card, words to be found by), and of a citizen in it. */
#include <string.h>

#include "appeals.h"

static const char *declare(struct viche_turn *t)
{
    static const struct viche_field fields[] = {
        {.name = "whom", .label = "field-whom", .flags = VICHE_FIELD_LISTED},
        {.name = "about_name", .label = "field-about"},
    };
    const struct viche_case_type type = {
        .size = sizeof type, .name = APPEAL, .title = "card-title", .number = viche_option(t, "number"), .opens = VICHE_TRACKING_OPENS,
        .regulation = viche_option_file(t, "regulation"), .regulation_name = viche_option(t, "regulation"),
        .classifier = viche_option_file(t, "classifier"), .fields = {sizeof *fields, sizeof fields / sizeof *fields, fields},
    };
    return the_cases(t)->declare(t, &type);
}

static void index_in(struct viche_turn *t, const char *language)
{
    static const struct {
        const char *id, *opens;
    } entries[] = {{"complaint", "/appeals kind complaint"}, {"other", "/appeals other"}, {"institution", "/rate institution"},
                   {"official", "/rate official"},           {"service", "/rate service"}};
    viche_speak(t, language);
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        const char *id = entries[i].id;
        viche_index_put(t, &(struct viche_entry){
            .size = sizeof(struct viche_entry), .id = viche_print(t, "%s-%s", id, language), .language = language,
            .title = viche_text(t, viche_print(t, "index-%s", id)), .text = viche_text(t, viche_print(t, "words-%s", id)),
            .opens = entries[i].opens});
    }
}

/* What people write when they mean this, in every language of the town. */
static void index_words(struct viche_turn *t)
{
    const char *languages = viche_town(t, "languages");
    while (*languages) {
        size_t length = strcspn(languages, " ");
        index_in(t, viche_print(t, "%.*s", (int)length, languages));
        languages += length + strspn(languages + length, " ");
    }
}

void citizen_check(struct viche_turn *t)
{
    declare(t); /* says what is wrong itself, line by line */
}

void citizen_start(struct viche_turn *t)
{
    const char *why = declare(t);
    if (why)
        viche_log(t, why);
    index_words(t);
}

void citizen_export(struct viche_turn *t)
{
    person_export(t);
    rate_export(t);
}

void citizen_erase(struct viche_turn *t)
{
    person_erase(t);
    rate_erase(t);
}

void citizen_join(struct viche_turn *t, uint64_t from)
{
    person_join(t, from);
    rate_join(t, from);
}
