/* SPDX-License-Identifier: MPL-2.0
 * «Мої звернення»: a citizen follows their cards, of whatever type: state, history, why this date; writes more, answers a question,
 * says whether it is fixed, takes back. */
#include "tracking.h"

#include <stdlib.h>

enum { FILES_MAX = 10 }; /* as in a story */

const struct viche_cases *tracking_cases(struct viche_turn *t) { return viche_service(t, VICHE_CASES); }

bool tracking_find(struct viche_turn *t, struct viche_case_view *out)
{
    *out = (struct viche_case_view){.size = sizeof *out};
    const char *why = tracking_cases(t)->find(t, viche_citizen(t), strtoull(viche_get(t, "id"), NULL, 10), out);
    if (!why) {
        tracking_let(t, out);
        return true;
    }
    viche_say_text(t, why);
    viche_offer(t, "to-list", "/mine");
    return false;
}

bool tracking_takes(struct viche_turn *t, const struct viche_case_view *card)
{
    const char *why = tracking_cases(t)->unfit(t, card->type, "files", viche_get(t, "words_files"));
    if (why)
        viche_say_text(t, why);
    return !why;
}

void tracking_let(struct viche_turn *t, const struct viche_case_view *card)
{
    viche_let(t, "title", card->title);
    viche_let(t, "number", card->number);
    viche_let(t, "state", card->state_words);
    viche_let(t, "essence", card->essence);
    viche_let(t, "answer", card->answer);
    viche_let_number(t, "at", card->at);
    viche_let_number(t, "due", card->due_at);
}

void tracking_offer(struct viche_turn *t, const char *label, const char *command, uint64_t card)
{
    viche_offer(t, label, viche_print(t, "%s %llu", command, (unsigned long long)card));
}

static const char *command(struct viche_turn *t, uint64_t card) { return viche_print(t, "/mine show %llu", (unsigned long long)card); }

static const struct viche_tracking service = {sizeof service, 0, command};

VICHE_PLUGIN = {
    VICHE_HEAD, .id = "ua.viche.tracking", .name = "My cards", .version = "1.0", .author = "viche", .licence = "MPL-2.0",
    .needs = VICHE_CASES,
    .dialogs = VICHE_LIST(struct viche_dialog,
        { .id = "mine", .opens = "/mine", .title = "title", .help = "help", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = list_start },
            { .name = "list", .kind = VICHE_CHOICE, .enter = list_enter, .answer = list_choose },
            { .name = "card", .enter = card_enter },
            { .name = "why", .enter = card_why },
            { .name = "history", .enter = card_history }) },
        { .id = "write", .opens = "/mine_write", .title = "title-write", .help = "help-write", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "words", .kind = VICHE_STORY, .save = "words", .enter = write_start, .answer = write_keep },
            { .name = "files", .kind = VICHE_FILE, .flags = VICHE_OPTIONAL, .max = FILES_MAX, .ask = "ask-files", .save = "words_files",
              .answer = write_keep }) },
        { .id = "withdraw", .opens = "/mine_withdraw", .title = "title-withdraw", .help = "help-withdraw", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "sure", .kind = VICHE_YES_NO, .save = "sure", .enter = withdraw_start, .answer = withdraw_answer }) },
        { .id = "survey", .opens = "/mine_survey", .title = "title-survey", .help = "help-survey", .version = 1,
          .steps = VICHE_LIST(struct viche_step,
            { .name = "start", .enter = survey_start },
            { .name = "verdict", .kind = VICHE_CHOICE, .ask = "ask-verdict", .save = "verdict", .answer = survey_verdict,
              .choices = VICHE_LIST(struct viche_choice, { "fixed", "verdict-fixed" }, { "partly", "verdict-partly" },
                                    { "not", "verdict-not" }) },
            { .name = "words", .kind = VICHE_STORY, .min = 3, .save = "words", .retry = "retry-words", .enter = survey_ask_words,
              .answer = survey_words },
            { .name = "files", .kind = VICHE_FILE, .flags = VICHE_OPTIONAL, .max = FILES_MAX, .ask = "ask-files", .save = "words_files",
              .answer = survey_words },
            { .name = "keep", .enter = survey_keep }) }),
    .offers = VICHE_LIST(struct viche_offer, { VICHE_TRACKING, &service }),
};
