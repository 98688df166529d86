/* SPDX-License-Identifier: MPL-2.0 */
#include "common/form.h"

#include <viche/services/tracking.h>

void form_begin(struct viche_turn *t)
{
    uint64_t key = 0;
    viche_random(t, &key, sizeof key);
    viche_set(t, "key", viche_print(t, "%016llx", (unsigned long long)key));
}

viche_next form_onward(struct viche_turn *t, const char *step)
{
    bool correcting = *viche_get(t, "correcting") != '\0';
    viche_set(t, "correcting", "");
    return viche_go(t, correcting ? "summary" : step);
}

/* ---- the summary ---- */

uint32_t form_count_lines(const char *text)
{
    uint32_t count = *text != '\0';
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

const char *form_add(struct viche_turn *t, const char *text, bool there, const char *key)
{
    return there ? viche_print(t, "%s\n%s", text, viche_text(t, key)) : text;
}

viche_next form_offer(struct viche_turn *t, const char *const *steps, size_t count)
{
    viche_say(t, "ask-change");
    for (size_t i = 0; i < count; i++)
        viche_offer(t, viche_print(t, "change-%s", steps[i]), steps[i]);
    viche_offer(t, "change-nothing", "summary");
    return viche_stay(t);
}

viche_next form_correct(struct viche_turn *t, const char *step)
{
    viche_set(t, "correcting", "yes");
    return viche_go(t, step);
}

/* ---- sending ---- */

bool form_send(struct viche_turn *t, const struct viche_case *card, struct viche_case_view *out)
{
    const struct viche_cases *cases = viche_service(t, VICHE_CASES);
    *out = (struct viche_case_view){.size = sizeof *out};
    const char *why = cases->open(t, card, out);
    if (why) {
        viche_say_text(t, why);
        return false;
    }
    viche_let(t, "number", out->number);
    viche_let_number(t, "due", out->due_at);
    return true;
}

viche_next form_done(struct viche_turn *t, const struct viche_case_view *card)
{
    const struct viche_tracking *tracking = viche_service(t, VICHE_TRACKING);
    viche_offer(t, "to-card", tracking->command(t, card->id));
    return viche_done(t);
}
