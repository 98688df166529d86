/* SPDX-License-Identifier: MPL-2.0
 * Frequent questions: by topic, or found by free text. */
#include <stdlib.h>
#include <string.h>

#include <viche/services/feedback.h>

#include "faq.h"

const char *faq_word(struct viche_turn *t, const char *word, const char *english)
{
    return *english && strcmp(viche_language(t), "en") == 0 ? english : word;
}

static viche_next start(struct viche_turn *t)
{
    const char *args = viche_args(t);
    if (strncmp(args, "show ", 5) != 0)
        return viche_go(t, "topics");
    viche_set(t, "id", args + 5);
    return viche_go(t, "answer");
}

/* A topic is known by the id of its first question. */
static viche_next topics(struct viche_turn *t)
{
    struct viche_rows *rows = faq_topics(t);
    if (!viche_row(t, rows))
        return viche_fail(t, "empty");
    viche_say(t, "ask-topic");
    do {
        const char *topic = faq_word(t, viche_row_text(t, rows, 1), viche_row_text(t, rows, 2));
        viche_offer_text(t, viche_print(t, "%s (%lld)", topic, (long long)viche_row_integer(t, rows, 3)), viche_row_text(t, rows, 0));
    } while (viche_row(t, rows));
    return viche_stay(t);
}

static viche_next questions(struct viche_turn *t)
{
    struct viche_rows *rows = faq_questions(t, strtoll(viche_get(t, "topic"), NULL, 10));
    if (!viche_row(t, rows))
        return viche_go(t, "topics");
    viche_say(t, "ask-question");
    do
        viche_offer_text(t, faq_word(t, viche_row_text(t, rows, 1), viche_row_text(t, rows, 2)), viche_row_text(t, rows, 0));
    while (viche_row(t, rows));
    return viche_stay(t);
}

static void offer_remark(struct viche_turn *t, const char *id)
{
    const struct viche_feedback *feedback = viche_service(t, VICHE_FEEDBACK);
    if (feedback)
        viche_offer(t, "mistake", feedback->command(t, viche_print(t, "faq %.20s", id)));
}

static viche_next answer(struct viche_turn *t)
{
    const char *id = viche_get(t, "id");
    struct viche_rows *rows = faq_answer(t, strtoll(id, NULL, 10));
    if (!viche_row(t, rows))
        return viche_fail(t, "gone");
    const char *question = faq_word(t, viche_row_text(t, rows, 0), viche_row_text(t, rows, 1));
    const char *words = faq_word(t, viche_row_text(t, rows, 2), viche_row_text(t, rows, 3));
    viche_say_text(t, viche_print(t, "%s\n\n%s", question, words));
    if (*viche_row_text(t, rows, 4))
        viche_link(t, "more", viche_row_text(t, rows, 4));
    viche_offer(t, "another", "/faq");
    offer_remark(t, id);
    return viche_done(t);
}

static viche_next choose_topic(struct viche_turn *t, const char *id)
{
    viche_set(t, "topic", id);
    return viche_go(t, "questions");
}

static viche_next choose_question(struct viche_turn *t, const char *id)
{
    viche_set(t, "id", id);
    return viche_go(t, "answer");
}

/* Nothing here is about a citizen. */
static void nothing(struct viche_turn *t) { (void)t; }

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.faq", .name = "Frequent questions", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .likes = VICHE_FEEDBACK,
    .dialogs = VICHE_LIST(struct viche_dialog, {
        .id = "faq", .opens = "/faq", .title = "title", .help = "help", .version = 1,
        .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = start },
            { .name = "topics", .kind = VICHE_CHOICE, .enter = topics, .answer = choose_topic },
            { .name = "questions", .kind = VICHE_CHOICE, .enter = questions, .answer = choose_question },
            { .name = "answer", .enter = answer }),
    }),
    .migrations = VICHE_LIST(const char *,
        "CREATE TABLE faq(id INTEGER PRIMARY KEY AUTOINCREMENT, place INTEGER NOT NULL, topic TEXT NOT NULL, topic_en TEXT NOT NULL,"
        " question TEXT NOT NULL UNIQUE, question_en TEXT NOT NULL, answer TEXT NOT NULL, answer_en TEXT NOT NULL,"
        " link TEXT NOT NULL, synonyms TEXT NOT NULL, fresh INTEGER NOT NULL)"),
    .datasets = VICHE_LIST(struct viche_dataset, {
        .name = "faq", .begin = faq_begin, .row = faq_row, .finish = faq_finish, .write = faq_write,
        .columns = VICHE_LIST(struct viche_column,
            { .name = "topic", .help = "Topics and questions are shown in the order of the file", .required = 1 },
            { .name = "topic_en", .help = "The same in English" },
            { .name = "question", .help = "Shown and unique; a question that stays keeps its links", .required = 1 },
            { .name = "question_en", .help = "The same in English" },
            { .name = "answer", .help = "The answer in its first line; under 300 characters is best", .required = 1 },
            { .name = "answer_en", .help = "The same in English" },
            { .name = "link", .help = "https://…, where more is said" },
            { .name = "synonyms", .help = "What else people call it; searched, never shown" }),
    }),
    .export_citizen = nothing,
    .erase_citizen = nothing,
};
