/* SPDX-License-Identifier: MPL-2.0
 * The report before it is sent: every line to be read, every line to be corrected. */
#include "utility.h"

viche_next sum_enter(struct viche_turn *t)
{
    struct spot spot = the_spot(t);
    viche_set(t, "correcting", "");
    viche_let(t, "category_words", class_name(t, viche_get(t, "category")));
    viche_let_number(t, "count", form_count_lines(viche_get(t, "story_files")));
    const char *text = viche_text(t, "sum-head");
    text = form_add(t, text, *viche_get(t, "story"), "sum-story");
    text = form_add(t, text, *viche_get(t, "story_files"), "sum-files");
    text = form_add(t, text, spot.known, "sum-point");
    text = form_add(t, text, *spot.words, "sum-place");
    text = form_add(t, text, *viche_get(t, "name"), "sum-name");
    text = form_add(t, text, *viche_get(t, "phone"), "sum-phone");
    viche_say_text(t, text);
    viche_offer(t, "send", "send");
    viche_offer(t, "change", "change");
    return viche_stay(t);
}

viche_next sum_answer(struct viche_turn *t, const char *way) { return viche_go(t, way); }

viche_next sum_lines(struct viche_turn *t)
{
    static const char *const steps[] = {"story", "category", "place", "name", "phone"};
    return form_offer(t, steps, sizeof steps / sizeof *steps);
}
