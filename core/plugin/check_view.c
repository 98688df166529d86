/* SPDX-License-Identifier: MPL-2.0
 * What a plugin shows to officials: who may, what it is called, and that the desk has something to draw. */
#include "base/text.h"
#include "plugin/check.h"

static bool refuse(struct fail *fail, const char *view, const char *field, const char *why)
{
    return fail_set(fail, "view \"%.40s\"%s%.40s%s %s", view, *field ? ", field \"" : "", field, *field ? "\"" : "", why);
}

static bool needs_choices(uint32_t kind)
{
    return kind == VICHE_FIELD_CHOICE || kind == VICHE_FIELD_CHOICES;
}

static bool fields_fit(const struct viche_view *view, struct fail *fail)
{
    const struct viche_field *fields = PLUGIN_ITEMS(struct viche_field, view->fields);
    for (uint32_t i = 0; i < view->fields.count; i++) {
        const char *name = fields[i].name ? fields[i].name : "";
        if (!check_name(name))
            return refuse(fail, view->id, name, "is not named well: " CHECK_NAME_RULE);
        for (uint32_t j = 0; j < i; j++)
            if (text_is(fields[j].name, name))
                return refuse(fail, view->id, name, "is declared twice");
        if (!fields[i].label)
            return refuse(fail, view->id, name, "has no label");
        if (fields[i].kind > VICHE_FIELD_LINK)
            return refuse(fail, view->id, name, "is of a kind this host does not know; upgrade the host");
        if (needs_choices(fields[i].kind) && fields[i].choices.count == 0)
            return refuse(fail, view->id, name, "has no .choices");
    }
    return true;
}

static bool view_fits(const struct viche_view *view, struct fail *fail)
{
    if (!view->see || !*view->see)
        return refuse(fail, view->id, "", "must say which roles see it: nobody would");
    if (!view->title)
        return refuse(fail, view->id, "", "has no title");
    if (!view->list && !view->show && !view->report)
        return refuse(fail, view->id, "", "has no `list`, no `show` and no `report`: there would be nothing to look at");
    if ((view->show || view->act) && !view->sees)
        return refuse(fail, view->id, "", "must have `sees`: who may look at a row is denied by default");
    return fields_fit(view, fail);
}

bool check_views(const struct viche_plugin *decl, struct fail *fail)
{
    const struct viche_view *views = PLUGIN_ITEMS(struct viche_view, decl->views);
    for (uint32_t i = 0; i < decl->views.count; i++) {
        if (!views[i].id || !check_name(views[i].id))
            return fail_set(fail, "view %u has the id \"%.40s\": " CHECK_NAME_RULE, i + 1, views[i].id ? views[i].id : "");
        for (uint32_t j = 0; j < i; j++)
            if (text_is(views[j].id, views[i].id))
                return fail_set(fail, "two views have the id \"%s\"", views[i].id);
        if (!view_fits(&views[i], fail))
            return false;
    }
    return true;
}

/* ---- words ---- */

/* The key that is missing in this language; NULL: none. */
static const char *missing_of(const struct plugin *plugin, const char *language, const struct viche_field *field)
{
    const char *keys[] = {field->label, field->help};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i] && !words_has(plugin->words, language, keys[i]))
            return keys[i];
    const struct viche_choice *choices = PLUGIN_ITEMS(struct viche_choice, field->choices);
    for (uint32_t i = 0; i < field->choices.count; i++)
        if (choices[i].label && !words_has(plugin->words, language, choices[i].label))
            return choices[i].label;
    return NULL;
}

static const char *missing_in(const struct plugin *plugin, const char *language, const struct viche_view *view)
{
    const struct viche_field head = {.label = view->title, .help = view->help};
    const char *missing = missing_of(plugin, language, &head);
    const struct viche_field *fields = PLUGIN_ITEMS(struct viche_field, view->fields);
    for (uint32_t i = 0; !missing && i < view->fields.count; i++)
        missing = missing_of(plugin, language, &fields[i]);
    return missing;
}

bool check_view_texts(const struct plugin *plugin, const char *language, struct fail *fail)
{
    const struct viche_view *views = PLUGIN_ITEMS(struct viche_view, plugin->decl->views);
    for (uint32_t i = 0; i < plugin->decl->views.count; i++) {
        const char *missing = missing_in(plugin, language, &views[i]);
        if (missing)
            return fail_set(fail, "texts/%s.json lacks the key \"%s\" of view \"%s\"", language, missing, views[i].id);
    }
    return true;
}
