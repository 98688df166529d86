/* SPDX-License-Identifier: MPL-2.0 */
#include "flow/walk.h"

#include <string.h>

#include "base/clock.h"
#include "flow/question.h"
#include "flow/wait.h"

enum { HOPS_MAX = 32, EXPIRES_S = 24 * 3600 };

void walk_stay(struct turn *turn)
{
    uint32_t expires_s = turn->dialog->step->expires_s;
    turn->dialog->expires_at = clock_now() + (expires_s ? expires_s : EXPIRES_S);
    if (!turn->aside)
        dialog_save(turn->town->db, turn->dialog);
}

void walk_end(struct turn *turn)
{
    if (!turn->aside) {
        dialog_drop(turn->town->db, turn->citizen.id);
        wait_drop(turn->town->db, turn->citizen.id);
    }
    dialog_close(turn->dialog);
    turn->dialog = NULL;
}

/* ---- one move each ---- */

static viche_next enter(struct turn *turn, const char *name)
{
    struct dialog *dialog = turn->dialog;
    const struct viche_step *step = name ? plugin_step(dialog->decl, name) : NULL;
    if (!step) {
        turn_fail(turn, "dialog %s has no step %s", dialog->decl->id, name ? name : "(none)");
        return NEXT_DONE;
    }
    dialog->step = step;
    dialog->page = 0;
    dialog->request = 0;
    dialog->pending = "";
    json_array_clear(dialog->offers);
    json_array_clear(dialog->picked);
    turn->draft = NULL;
    if (step->enter)
        return step->enter(&turn->base);
    if (step->kind != VICHE_NONE)
        return NEXT_STAY;
    if (step->ask)
        turn->base.host->say(&turn->base, step->ask);
    turn->next_step = step->next;
    return step->next ? NEXT_GO : NEXT_DONE;
}

static viche_next open_command(struct turn *turn, const char *command)
{
    size_t length = strcspn(command, " ");
    struct town_command found;
    if (!town_command(turn->town, arena_copy_bytes(turn->arena, command, length), &found)) {
        turn_fail(turn, "no dialog has the command %.*s", (int)length, command);
        return NEXT_DONE;
    }
    if (turn->dialog)
        walk_end(turn);
    turn->plugin = found.plugin;
    turn->dialog = dialog_new(turn->arena, turn->citizen.id, &found, command + length + strspn(command + length, " "));
    flow_begin(turn->flow, turn->event, found.plugin->plugin->name);
    return enter(turn, turn->dialog->step->name);
}

/* A step that waits for the network or a timer asks nothing now. */
static void rest(struct turn *turn, viche_next next)
{
    if (next == NEXT_AGAIN)
        question_again(turn, NULL);
    else if (next == NEXT_STAY || (next == NEXT_WAIT && turn->dialog->step->kind != VICHE_NONE))
        question_ask(turn);
    if (next == NEXT_FETCH)
        turn->fetching = true;
    walk_stay(turn);
}

static void follow(struct turn *turn, viche_next next)
{
    for (int hops = 0; hops < HOPS_MAX && !turn->failed; hops++) {
        if (next == NEXT_GO) {
            next = enter(turn, turn->next_step);
        } else if (next == NEXT_OPEN) {
            next = open_command(turn, turn->next_command);
        } else if (next == NEXT_DONE) {
            if (turn->aside)
                walk_end(turn);
            else if (question_end(turn))
                walk_stay(turn);
            else
                walk_end(turn);
            return;
        } else {
            rest(turn, next);
            return;
        }
    }
    turn_fail(turn, "dialog %s goes round in circles", turn->dialog ? turn->dialog->decl->id : "?");
}

/* ---- from outside ---- */

bool walk_open(struct turn *turn, const char *command)
{
    struct town_command found;
    if (!town_command(turn->town, arena_copy_bytes(turn->arena, command, strcspn(command, " ")), &found))
        return false;
    follow(turn, open_command(turn, command));
    return true;
}

void walk_enter(struct turn *turn, const char *step) { follow(turn, enter(turn, step)); }

void walk_answer(struct turn *turn, const char *value)
{
    struct dialog *dialog = turn->dialog;
    const struct viche_step *step = dialog->step;
    turn->draft = NULL;
    if (step->save)
        dialog_set(dialog, step->save, value);
    viche_next next = step->next ? NEXT_GO : NEXT_DONE;
    turn->next_step = step->next;
    if (step->answer)
        next = step->answer(&turn->base, value);
    if (next == NEXT_GO)
        json_array_append_new(dialog->trail, json_string(step->name));
    follow(turn, next);
}

void walk_result(struct turn *turn, const struct viche_result *result)
{
    turn->dialog->request = 0;
    follow(turn, turn->dialog->step->result(&turn->base, result));
}

void walk_expired(struct turn *turn)
{
    if (turn->dialog->step->expired) {
        follow(turn, turn->dialog->step->expired(&turn->base));
        return;
    }
    if (dialog_begun(turn->dialog))
        turn_say(turn, turn_word(turn, "expired"));
    question_end(turn);
    walk_end(turn);
}
