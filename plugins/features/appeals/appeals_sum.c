/* SPDX-License-Identifier: MPL-2.0
 * The appeal before it is sent: every line to be read, every line to be corrected. */
#include <string.h>

#include "appeals.h"

/* The words of `key` under what there is, if `variable` was given. */
static const char *add(struct viche_turn *t, const char *text, const char *variable, const char *key)
{
    return form_add(t, text, *viche_get(t, variable), key);
}

static const char *full_name(struct viche_turn *t)
{
    const char *patronymic = viche_get(t, "patronymic");
    bool has = strcmp(patronymic, "–") != 0;
    return viche_print(t, "%s %s%s%s", viche_get(t, "surname"), viche_get(t, "first_name"), has ? " " : "", has ? patronymic : "");
}

viche_next sum_enter(struct viche_turn *t)
{
    viche_set(t, "correcting", "");
    viche_let(t, "kind_words", viche_text(t, viche_print(t, "sum-kind-%s", viche_get(t, "kind"))));
    viche_let(t, "name", full_name(t));
    viche_let_number(t, "count", form_count_lines(viche_get(t, "story_files")));
    if (*viche_get(t, "privilege"))
        viche_let(t, "privilege_words", viche_text(t, viche_print(t, "privilege-%s", viche_get(t, "privilege"))));
    const char *text = viche_text(t, "sum-head");
    text = add(t, text, "about_name", "sum-about");
    text = add(t, text, "story", "sum-story");
    text = add(t, text, "story_files", "sum-files");
    text = add(t, text, "story_place", "sum-place");
    text = add(t, viche_print(t, "%s\n", text), "surname", "sum-person");
    text = add(t, text, "email", "sum-email");
    text = add(t, text, "privilege", "sum-privilege");
    viche_say_text(t, text);
    viche_offer(t, "send", "send");
    if (!person_is_remembered(t))
        viche_offer(t, "send-remember", "remember");
    viche_offer(t, "change", "change");
    if (!*viche_get(t, "privilege"))
        viche_offer(t, "have-privilege", "privilege");
    return viche_stay(t);
}

viche_next sum_answer(struct viche_turn *t, const char *way)
{
    if (strcmp(way, "change") == 0)
        return viche_go(t, "change");
    if (strcmp(way, "privilege") == 0)
        return viche_go(t, "privilege");
    if (strcmp(way, "remember") == 0)
        person_remember(t);
    return viche_go(t, "send");
}

viche_next sum_lines(struct viche_turn *t)
{
    static const char *const steps[] = {"kind", "whom", "story", "name", "residence", "phone", "email", "privilege"};
    return form_offer(t, steps, sizeof steps / sizeof *steps);
}

viche_next sum_privilege(struct viche_turn *t, const char *privilege)
{
    viche_set(t, "privilege", strcmp(privilege, "none") == 0 ? "" : privilege);
    return viche_go(t, "summary");
}
