/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/route.h"

#include <string.h>

#include "base/text.h"
#include "flow/answer.h"
#include "flow/question.h"
#include "flow/walk.h"
#include "town/search.h"

/* ---- what was meant ---- */

/* The words of the universal buttons, typed: «назад» is as good as the button. */
static const struct {
    const char *word, *way;
} typed_ways[] = {
    {"back", WAY_BACK}, {"cancel", WAY_CANCEL}, {"skip", WAY_SKIP}, {"done", WAY_DONE},
    {"more", WAY_MORE}, {"help", WAY_HELP},     {"menu", "/menu"},
};

/* A button's value, a typed command, or the way that a typed word names; NULL: none of these. */
static const char *command_of(struct turn *turn, const struct viche_event *event)
{
    if (event->kind == VICHE_EVENT_BUTTON)
        return event->value && strchr("!/", event->value[0]) ? event->value : NULL;
    if (event->kind == VICHE_EVENT_START)
        return event->text && *event->text ? arena_print(turn->arena, "/start %s", event->text) : "/start";
    if (event->kind != VICHE_EVENT_TEXT)
        return NULL;
    const char *text = event->text + strspn(event->text, " ");
    if (text_is(text, "/help"))
        return WAY_HELP;
    if (text_is(text, "/cancel"))
        return WAY_CANCEL;
    if (text_is(text, "/back"))
        return WAY_BACK;
    if (*text == '/')
        return text;
    const char *folded = search_fold(turn->arena, text);
    for (size_t i = 0; i < sizeof typed_ways / sizeof *typed_ways; i++)
        if (search_is(folded, turn_word(turn, typed_ways[i].word)))
            return typed_ways[i].way;
    return NULL;
}

/* ---- saying where one is ---- */

static void say_with_menu(struct turn *turn, const char *key)
{
    turn_say(turn, turn_word(turn, key));
    draft_button(turn->draft, turn->arena, VICHE_BUTTON_ANSWER, turn_word(turn, "menu"), "/menu", false);
}

static void open_or_say(struct turn *turn, const char *command)
{
    if (!walk_open(turn, command))
        say_with_menu(turn, "unknown-command");
}

/* ---- ways on ---- */

static void go_back(struct turn *turn)
{
    json_t *trail = turn->dialog->trail;
    size_t count = json_array_size(trail);
    if (count == 0) {
        open_or_say(turn, "/menu");
        return;
    }
    const char *step = arena_copy(turn->arena, json_string_value(json_array_get(trail, count - 1)));
    json_array_remove(trail, count - 1);
    walk_enter(turn, step);
}

static void cancel(struct turn *turn)
{
    bool form = dialog_is_form(turn->dialog);
    walk_end(turn);
    if (form)
        turn_say(turn, turn_word(turn, "cancelled"));
    open_or_say(turn, "/menu");
}

static void help(struct turn *turn)
{
    const struct dialog *dialog = turn->dialog;
    const char *key = dialog->step->help ? dialog->step->help : dialog->decl->help;
    const char *words = key ? turn_fill(turn, dialog->plugin, key) : NULL;
    turn_say(turn, words ? words : turn_word(turn, "help-in-dialog"));
    const char *person = turn_word(turn, "help-person");
    if (*turn->town->config.phone)
        turn->draft->text = arena_print(turn->arena, "%s\n\n%s", turn->draft->text, person);
    turn->draft = NULL;
    question_again(turn, NULL);
    walk_stay(turn);
}

static void more(struct turn *turn)
{
    turn->dialog->page++;
    question_again(turn, turn_word(turn, "more-of-them"));
    walk_stay(turn);
}

static void ask_again(struct turn *turn, const char *words)
{
    question_again(turn, words);
    walk_stay(turn);
}

static const char *retry_words(struct turn *turn)
{
    const struct viche_step *step = turn->dialog->step;
    if (step->retry) {
        const char *words = turn_fill(turn, turn->plugin, step->retry);
        if (words)
            return words;
    }
    static const char *const keys[] = {
        [VICHE_NONE] = "retry-choice",     [VICHE_TEXT] = "retry-text",     [VICHE_NUMBER] = "retry-number",
        [VICHE_PHONE] = "retry-phone",     [VICHE_DATE] = "retry-date",     [VICHE_CHOICE] = "retry-choice",
        [VICHE_CHOICES] = "retry-choices", [VICHE_YES_NO] = "retry-choice", [VICHE_PLACE] = "retry-place",
        [VICHE_PHOTO] = "retry-photo",     [VICHE_FILE] = "retry-file",     [VICHE_STORY] = "retry-story",
    };
    return turn_word(turn, step->kind < sizeof keys / sizeof *keys ? keys[step->kind] : "retry-choice");
}

static void finish_picks(struct turn *turn)
{
    const char *value = "";
    if (answer_finish(turn, &value) == ANSWER_FITS)
        walk_answer(turn, value);
    else
        ask_again(turn, retry_words(turn));
}

static void leave(struct turn *turn)
{
    const char *command = turn->dialog->pending;
    if (*command)
        open_or_say(turn, command);
    else
        ask_again(turn, NULL);
}

static void go_way(struct turn *turn, const char *way)
{
    struct dialog *dialog = turn->dialog;
    if (!dialog)
        open_or_say(turn, text_is(way, WAY_HELP) ? "/help" : "/menu");
    else if (text_is(way, WAY_BACK))
        go_back(turn);
    else if (text_is(way, WAY_CANCEL))
        cancel(turn);
    else if (text_is(way, WAY_HELP))
        help(turn);
    else if (text_is(way, WAY_MORE))
        more(turn);
    else if (text_is(way, WAY_SKIP) && (dialog->step->flags & VICHE_OPTIONAL))
        walk_answer(turn, "");
    else if (text_is(way, WAY_DONE) && json_array_size(dialog->picked) > 0)
        finish_picks(turn);
    else if (text_is(way, WAY_LEAVE))
        leave(turn);
    else
        ask_again(turn, NULL);
}

/* ---- a question aside ---- */

enum { SURE_PERCENT = 45 };

/* What the command says stands between two askings of the form's question. false: it has not one thing to say. */
static bool open_aside(struct turn *turn, const char *command)
{
    struct turn *aside = turn_of(turn->flow, turn->plugin, &turn->citizen);
    aside->aside = true;
    aside->event = turn->event;
    bool answered = walk_open(aside, command) && !aside->failed && !aside->dialog && aside->drafts;
    for (struct draft *draft = answered ? aside->drafts : NULL; draft; draft = draft->next) {
        draft->button_count = 0; /* the way on is the form's */
        *turn->drafts_end = draft;
        turn->drafts_end = &draft->next;
    }
    turn_end(aside);
    flow_begin(turn->flow, turn->event, turn->dialog->plugin->plugin->name);
    if (!answered)
        return false;
    turn->draft = NULL;
    const char *ask = turn->dialog->step->ask ? turn_fill(turn, turn->plugin, turn->dialog->step->ask) : NULL;
    turn->base.host->let(&turn->base, "question", ask ? ask : "");
    ask_again(turn, turn_word(turn, "back-to-form"));
    return true;
}

/* Free text where a form expects something else, or a text with a question mark: if the town knows the answer, it is given and the
 * form goes on. */
static bool answer_aside(struct turn *turn, const char *text)
{
    struct search_hit hit;
    return search_find(turn->town->db, turn->arena, turn->language, text, &hit, 1) > 0 && hit.score * 100 >= SURE_PERCENT &&
           open_aside(turn, hit.opens);
}

/* ---- commands ---- */

/* One dialog at a time: half an answered form is not thrown away by a slip of the finger. */
static void ask_to_leave(struct turn *turn, const char *command)
{
    turn->dialog->pending = arena_copy(turn->arena, command);
    struct town_command current = {turn->dialog->plugin, turn->dialog->decl};
    const char *title = current.dialog->title ? turn_fill(turn, current.plugin, current.dialog->title) : NULL;
    turn->base.host->let(&turn->base, "form", title ? title : "");
    turn_say(turn, turn_word(turn, "leave-form"));
    draft_button(turn->draft, turn->arena, VICHE_BUTTON_ANSWER, turn_word(turn, "go-on"), WAY_STAY, false);
    draft_button(turn->draft, turn->arena, VICHE_BUTTON_ANSWER, turn_word(turn, "leave"), WAY_LEAVE, true);
    walk_stay(turn);
}

/* A form is taken along to another messenger by a code, so asking for one is no leaving of it. */
static bool takes_along(struct turn *turn, const char *command)
{
    return turn->dialog && dialog_is_form(turn->dialog) && (text_is(command, "/join") || text_is(command, "/join code")) &&
           open_aside(turn, "/join code");
}

static void run_command(struct turn *turn, const char *command)
{
    if (*command == '!')
        go_way(turn, command);
    else if (takes_along(turn, command))
        return;
    else if (turn->dialog && dialog_begun(turn->dialog))
        ask_to_leave(turn, command);
    else
        open_or_say(turn, command);
}

static bool is_question(const char *text)
{
    size_t size = strlen(text);
    return size > 1 && text[size - 1] == '?';
}

/* ---- answers ---- */

/* A file that the messenger could not give us: its value says why. */
static bool is_missing(const struct viche_event *event)
{
    return event->kind == VICHE_EVENT_FILE && !event->file && event->value && *event->value;
}

static void take_answer(struct turn *turn, const struct viche_event *event)
{
    struct dialog *dialog = turn->dialog;
    turn->plugin = dialog->plugin;
    flow_begin(turn->flow, turn->event, dialog->plugin->plugin->name);
    bool text = event->kind == VICHE_EVENT_TEXT;
    if (dialog->request) {
        say_with_menu(turn, "still-waiting");
        return;
    }
    bool story = dialog->step->kind == VICHE_STORY; /* whose questions are for whoever reads it */
    if (text && !story && is_question(event->text) && dialog_is_form(dialog) && answer_aside(turn, event->text))
        return;
    const char *value = "";
    switch (answer_parse(turn, event, &value)) {
    case ANSWER_FITS:
        walk_answer(turn, value);
        break;
    case ANSWER_PICKED:
        ask_again(turn, turn_word(turn, "one-more"));
        break;
    case ANSWER_MISFIT:
        if (event->kind == VICHE_EVENT_BUTTON)
            ask_again(turn, turn_word(turn, "old-button"));
        else if (is_missing(event))
            ask_again(turn, turn_word(turn, event->value));
        else if (!(text && !story && answer_aside(turn, event->text)))
            ask_again(turn, retry_words(turn));
        break;
    }
}

static void without_dialog(struct turn *turn, const struct viche_event *event)
{
    if (event->kind == VICHE_EVENT_TEXT)
        open_or_say(turn, arena_print(turn->arena, "/search %s", event->text));
    else
        say_with_menu(turn, is_missing(event) ? event->value : event->kind == VICHE_EVENT_BUTTON ? "old-button" : "not-asked");
}

/* A list that only shows things is no form: free text there searches. */
static bool only_shows(const struct dialog *dialog)
{
    const struct viche_step *step = dialog->step;
    return !dialog_is_form(dialog) && (step->kind == VICHE_CHOICE || step->kind == VICHE_NONE) && !dialog->request;
}

/* Words that are no answer to a list are a new thought. Asked only where an answer changes nothing yet: a pick would toggle. */
static bool is_beside(struct turn *turn, const struct viche_event *event)
{
    const char *value = "";
    if (event->kind != VICHE_EVENT_TEXT || !only_shows(turn->dialog))
        return false;
    return turn->dialog->step->kind == VICHE_NONE || !answer_offered(turn, event, &value);
}

void route_event(struct turn *turn, const struct viche_event *event)
{
    bool lost = false;
    uint32_t migrated_from = 0;
    turn->dialog = dialog_load(turn->town, turn->arena, turn->citizen.id, &lost, &migrated_from);
    if (turn->dialog)
        turn->plugin = turn->dialog->plugin;
    if (migrated_from && turn->dialog->decl->migrate)
        turn->dialog->decl->migrate(&turn->base, migrated_from);
    const char *command = command_of(turn, event);
    if (command) {
        run_command(turn, command);
    } else if (lost) {
        say_with_menu(turn, "dialog-lost");
    } else if (turn->dialog) {
        if (is_beside(turn, event)) {
            walk_end(turn);
            without_dialog(turn, event);
        } else {
            take_answer(turn, event);
        }
    } else {
        without_dialog(turn, event);
    }
}
