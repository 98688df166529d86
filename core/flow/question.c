/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/question.h"

#include <string.h>

#include "base/text.h"

enum { ROOM_FOR_WAYS = 4 };

static void way(struct turn *turn, const char *key, const char *value, bool same_row)
{
    draft_button(turn->draft, turn->arena, VICHE_BUTTON_ANSWER, turn_word(turn, key), value, same_row);
}

static const struct viche_channel *channel_of(const struct turn *turn)
{
    return turn->citizen.channel ? town_channel(turn->town, turn->citizen.channel, NULL) : NULL;
}

/* ---- the choices ---- */

static void offer_declared(struct turn *turn)
{
    const struct viche_step *step = turn->dialog->step;
    const struct viche_choice *choices = PLUGIN_ITEMS(struct viche_choice, step->choices);
    for (uint32_t i = 0; i < step->choices.count; i++) {
        const char *label = turn_fill(turn, turn->plugin, choices[i].label);
        draft_button(turn->draft, turn->arena, VICHE_BUTTON_ANSWER, label ? label : choices[i].value, choices[i].value, false);
    }
    if (step->kind == VICHE_YES_NO) {
        way(turn, "yes", "yes", false);
        way(turn, "no", "no", true);
    }
}

static void note_offers(struct turn *turn)
{
    json_array_clear(turn->dialog->offers);
    for (uint32_t i = 0; i < turn->draft->button_count; i++) {
        const struct viche_button *button = &turn->draft->buttons[i];
        if (button->kind == VICHE_BUTTON_ANSWER)
            json_array_append_new(turn->dialog->offers, json_pack("[s,s]", button->label, button->value));
    }
}

static bool is_picked(const struct dialog *dialog, const char *value)
{
    size_t i = 0;
    json_t *had = NULL;
    json_array_foreach(dialog->picked, i, had)
    {
        if (text_is(json_string_value(had), value))
            return true;
    }
    return false;
}

static size_t page_size(const struct turn *turn)
{
    const struct viche_channel *channel = channel_of(turn);
    uint32_t most = channel && channel->buttons_max ? channel->buttons_max : UINT32_MAX;
    return most > ROOM_FOR_WAYS + 1 ? most - ROOM_FOR_WAYS : 1;
}

static bool too_long(const struct turn *turn) { return json_array_size(turn->dialog->offers) > page_size(turn); }

/* Puts the current page of the noted offers under the message; links and the like stay on the first. */
static void show_offers(struct turn *turn)
{
    struct draft *draft = turn->draft;
    const struct dialog *dialog = turn->dialog;
    const struct viche_button *had = draft->buttons;
    uint32_t count = draft->button_count;
    draft->buttons = NULL;
    draft->button_count = draft->button_room = draft->next_row = 0;
    size_t pages = (json_array_size(dialog->offers) + page_size(turn) - 1) / page_size(turn);
    size_t first = pages ? (size_t)dialog->page % pages * page_size(turn) : 0;
    uint32_t row = UINT32_MAX;
    for (size_t i = first; i < json_array_size(dialog->offers) && i < first + page_size(turn); i++) {
        const json_t *offer = json_array_get(dialog->offers, i);
        const char *label = json_string_value(json_array_get(offer, 0));
        const char *value = json_string_value(json_array_get(offer, 1));
        bool beside = i < count && had[i].kind == VICHE_BUTTON_ANSWER && had[i].row == row;
        row = i < count ? had[i].row : UINT32_MAX;
        if (is_picked(dialog, value))
            label = arena_print(turn->arena, "✓ %s", label);
        draft_button(draft, turn->arena, VICHE_BUTTON_ANSWER, label, value, beside);
    }
    for (uint32_t i = 0; i < count; i++)
        if (had[i].kind != VICHE_BUTTON_ANSWER)
            draft_button(draft, turn->arena, had[i].kind, had[i].label, had[i].value, false);
    if (first + page_size(turn) < json_array_size(dialog->offers))
        way(turn, "more", WAY_MORE, false);
}

/* ---- the ways on ---- */

static void ask_the_device(struct turn *turn)
{
    const struct viche_channel *channel = channel_of(turn);
    uint32_t kind = turn->dialog->step->kind;
    if (!channel)
        return;
    bool story = kind == VICHE_STORY;
    if ((story || kind == VICHE_PLACE) && (channel->abilities & VICHE_CAN_PLACE))
        draft_button(turn->draft, turn->arena, VICHE_BUTTON_PLACE, turn_word(turn, "share-place"), "", false);
    if (kind == VICHE_PHONE && (channel->abilities & VICHE_CAN_PHONE))
        draft_button(turn->draft, turn->arena, VICHE_BUTTON_PHONE, turn_word(turn, "share-phone"), "", false);
    if ((story || kind == VICHE_PHOTO || kind == VICHE_FILE) && (channel->abilities & VICHE_CAN_FILE))
        draft_button(turn->draft, turn->arena, VICHE_BUTTON_FILE, turn_word(turn, "send-file"), "", false);
}

/* The menu and its blocks need no way to themselves. */
static bool leads_to_menu(const struct draft *draft)
{
    for (uint32_t i = 0; i < draft->button_count; i++)
        if (text_starts(draft->buttons[i].value, "/menu"))
            return true;
    return false;
}

static void ways_on(struct turn *turn)
{
    const struct dialog *dialog = turn->dialog;
    ask_the_device(turn);
    if (json_array_size(dialog->picked) > 0)
        way(turn, "done", WAY_DONE, false);
    if (dialog->step->flags & VICHE_OPTIONAL)
        way(turn, "skip", WAY_SKIP, false);
    bool back = json_array_size(dialog->trail) > 0;
    if (back)
        way(turn, "back", WAY_BACK, false);
    if (dialog_is_form(dialog))
        way(turn, "cancel", WAY_CANCEL, back);
    else if (!leads_to_menu(turn->draft))
        way(turn, "menu", "/menu", back);
}

static void speak_if_silent(struct turn *turn)
{
    const char *ask = turn->dialog->step->ask;
    if (turn->draft)
        return;
    const char *words = ask ? turn_fill(turn, turn->plugin, ask) : NULL;
    turn_say(turn, words ? words : turn_word(turn, "ask-again"));
}

void question_ask(struct turn *turn)
{
    speak_if_silent(turn);
    offer_declared(turn);
    note_offers(turn);
    show_offers(turn);
    ways_on(turn);
}

void question_again(struct turn *turn, const char *words)
{
    if (words)
        turn_say(turn, words);
    speak_if_silent(turn);
    show_offers(turn);
    ways_on(turn);
}

bool question_end(struct turn *turn)
{
    if (!turn->draft || turn->draft->citizen != turn->citizen.id)
        return false;
    if (turn->dialog) {
        note_offers(turn);
        if (too_long(turn)) {
            show_offers(turn);
            ways_on(turn);
            return true;
        }
    }
    if (!leads_to_menu(turn->draft))
        way(turn, "menu", "/menu", false);
    return false;
}
