/* SPDX-License-Identifier: MPL-2.0
 * A dialog must have a way from its first step to every other, and from every step a way on. Where a step has code,
 * the code may go anywhere; what can be known without running it is known here. */
#include <string.h>

#include "base/text.h"
#include "plugin/check.h"

enum { VALUE_BYTES_MAX = 64 };

struct where {
    const struct viche_dialog *dialog;
    const struct viche_step *steps;
    struct fail *fail;
};

static bool wrong(const struct where *where, const struct viche_step *step, const char *what)
{
    return fail_set(where->fail, "dialog \"%s\", step \"%s\": %s", where->dialog->id, step->name, what);
}

static bool has_code(const struct viche_step *step)
{
    return step->enter || step->answer || step->result || step->expired;
}

/* ---- one step ---- */

static bool choices_fit(const struct where *where, const struct viche_step *step)
{
    const struct viche_choice *choices = PLUGIN_ITEMS(struct viche_choice, step->choices);
    bool chooses = step->kind == VICHE_CHOICE || step->kind == VICHE_CHOICES;
    if (chooses && step->choices.count == 0 && !step->enter)
        return wrong(where, step, "has nothing to choose from; declare .choices, or offer them in `enter`");
    if (!chooses && step->choices.count > 0)
        return wrong(where, step, "has .choices, but its kind is neither VICHE_CHOICE nor VICHE_CHOICES");
    for (uint32_t i = 0; i < step->choices.count; i++) {
        const char *value = choices[i].value;
        if (!value || *value == '\0' || strlen(value) > VALUE_BYTES_MAX || strchr(value, '\n'))
            return wrong(where, step, "a choice's value has 1 to 64 bytes and no line break");
        if (!choices[i].label)
            return wrong(where, step, "a choice has no label; give it a text key");
        for (uint32_t j = 0; j < i; j++)
            if (text_is(choices[j].value, value))
                return wrong(where, step, "two choices have the same value");
    }
    return true;
}

static bool step_waits(const struct where *where, const struct viche_step *step)
{
    if (!step->ask && !step->enter)
        return wrong(where, step, "waits for an answer but asks nothing; give it `ask` or `enter`");
    if (!step->next && !step->answer)
        return wrong(where, step, "is a dead end: its answer leads nowhere; give it `next` or `answer`");
    return true;
}

static bool step_passes(const struct where *where, const struct viche_step *step)
{
    if (!step->ask && !has_code(step))
        return wrong(where, step, "does nothing; give it a kind and `ask`, or `enter`");
    if (step->save)
        return wrong(where, step, "has `save` but waits for no answer; give it a kind");
    return true;
}

static bool step_fits(const struct where *where, const struct viche_step *step)
{
    if (step->kind > VICHE_STORY)
        return wrong(where, step, "is of a kind this host does not know; upgrade the host");
    if (step->formerly && !check_name(step->formerly))
        return wrong(where, step, "`formerly` is no name");
    if (step->save && !check_name(step->save))
        return wrong(where, step, "`save` is no name: " CHECK_NAME_RULE);
    if (step->max != 0 && step->min > step->max)
        return wrong(where, step, "`min` is more than `max`");
    if (step->next && !plugin_step(where->dialog, step->next))
        return fail_set(where->fail, "dialog \"%s\", step \"%s\": its next step \"%s\" does not exist",
                        where->dialog->id, step->name, step->next);
    bool waits = step->kind != VICHE_NONE;
    return (waits ? step_waits(where, step) : step_passes(where, step)) && choices_fit(where, step);
}

/* ---- all of them ---- */

static bool names_fit(const struct where *where)
{
    for (uint32_t i = 0; i < where->dialog->steps.count; i++) {
        const struct viche_step *step = &where->steps[i];
        if (!step->name || !check_name(step->name))
            return fail_set(where->fail, "dialog \"%s\": step %u is named \"%.40s\": " CHECK_NAME_RULE,
                            where->dialog->id, i + 1, step->name ? step->name : "");
        for (uint32_t j = 0; j < i; j++) {
            const struct viche_step *other = &where->steps[j];
            if (text_is(other->name, step->name) || text_is(other->formerly, step->name) ||
                text_is(step->formerly, other->name))
                return wrong(where, step, "another step has this name, or had it: dialogs under way would go astray");
        }
    }
    return true;
}

/* Does entering this step come back to it without ever waiting for anybody? */
static bool runs_in_circle(const struct where *where, const struct viche_step *step)
{
    const struct viche_step *at = step;
    for (uint32_t i = 0; i <= where->dialog->steps.count; i++) {
        if (at->kind != VICHE_NONE || has_code(at) || !at->next)
            return false;
        at = plugin_step(where->dialog, at->next);
    }
    return true;
}

/* Each step has one `next`, so without code there is one path from the first step; a step with code on it may go
 * anywhere. */
static bool on_the_path(const struct where *where, const struct viche_step *step)
{
    const struct viche_step *at = where->steps;
    for (uint32_t i = 0; at && i < where->dialog->steps.count; i++) {
        if (at == step || has_code(at))
            return true;
        at = plugin_step(where->dialog, at->next);
    }
    return false;
}

bool check_dialog(const struct viche_dialog *dialog, struct fail *fail)
{
    const struct where where = {dialog, PLUGIN_ITEMS(struct viche_step, dialog->steps), fail};
    if (dialog->steps.count == 0)
        return fail_set(fail, "dialog \"%s\" has no step", dialog->id);
    if (!names_fit(&where))
        return false;
    for (uint32_t i = 0; i < dialog->steps.count; i++)
        if (!step_fits(&where, &where.steps[i]))
            return false;
    for (uint32_t i = 0; i < dialog->steps.count; i++) {
        if (runs_in_circle(&where, &where.steps[i]))
            return wrong(&where, &where.steps[i], "leads back to itself without waiting for anybody");
        if (!on_the_path(&where, &where.steps[i]))
            return wrong(&where, &where.steps[i], "cannot be reached: no `next` leads to it, and no code before it");
    }
    return true;
}
