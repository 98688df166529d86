/* SPDX-License-Identifier: MPL-2.0
 * The report before it is sent: every line to be read, every line to be corrected. */
#include <string.h>

#include "utility.h"

static uint32_t count_lines(const char *text)
{
    uint32_t count = *text != '\0';
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static const char *add(struct viche_turn *t, const char *text, bool there, const char *key)
{
    return there ? viche_print(t, "%s\n%s", text, viche_text(t, key)) : text;
}

viche_next sum_enter(struct viche_turn *t)
{
    struct spot spot = the_spot(t);
    viche_set(t, "correcting", "");
    viche_let(t, "category_words", class_name(t, viche_get(t, "category")));
    viche_let_number(t, "count", count_lines(viche_get(t, "story_files")));
    const char *text = viche_text(t, "sum-head");
    text = add(t, text, *viche_get(t, "story"), "sum-story");
    text = add(t, text, *viche_get(t, "story_files"), "sum-files");
    text = add(t, text, spot.known, "sum-point");
    text = add(t, text, *spot.words, "sum-place");
    text = add(t, text, *viche_get(t, "name"), "sum-name");
    text = add(t, text, *viche_get(t, "phone"), "sum-phone");
    viche_say_text(t, text);
    viche_offer(t, "send", "send");
    viche_offer(t, "change", "change");
    return viche_stay(t);
}

viche_next sum_answer(struct viche_turn *t, const char *way) { return viche_go(t, way); }

viche_next sum_lines(struct viche_turn *t)
{
    static const char *const steps[] = {"story", "category", "place", "name", "phone"};
    viche_say(t, "ask-change");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        viche_offer(t, viche_print(t, "change-%s", steps[i]), steps[i]);
    viche_offer(t, "change-nothing", "summary");
    return viche_stay(t);
}

viche_next sum_line(struct viche_turn *t, const char *line)
{
    viche_set(t, "correcting", "yes");
    return viche_go(t, line);
}
