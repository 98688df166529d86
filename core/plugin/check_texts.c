/* SPDX-License-Identifier: MPL-2.0
 * Every text key of the declaration stands in every language of the town. Keys that only code says are compared
 * between the languages by words_complete. */
#include <stdio.h>

#include "base/text.h"
#include "plugin/check.h"

struct search {
    const struct plugin *plugin;
    const char *language;
    struct fail *fail;
};

static bool has(const struct search *search, const char *key, const char *what, const char *dialog, const char *step)
{
    if (!key || words_has(search->plugin->words, search->language, key))
        return true;
    return fail_set(search->fail, "texts/%s.json lacks the key \"%s\", the %s of dialog \"%s\"%s%s%s", search->language,
                    key, what, dialog, step ? ", step \"" : "", step ? step : "", step ? "\"" : "");
}

static bool step_has(const struct search *search, const struct viche_dialog *dialog, const struct viche_step *step)
{
    if (!has(search, step->ask, "question", dialog->id, step->name) ||
        !has(search, step->retry, "retry", dialog->id, step->name) ||
        !has(search, step->help, "help", dialog->id, step->name))
        return false;
    const struct viche_choice *choices = PLUGIN_ITEMS(struct viche_choice, step->choices);
    for (uint32_t i = 0; i < step->choices.count; i++)
        if (!has(search, choices[i].label, "choice", dialog->id, step->name))
            return false;
    return true;
}

static bool language_has_all(const struct search *search)
{
    const struct viche_list list = search->plugin->decl->dialogs;
    const struct viche_dialog *dialogs = PLUGIN_ITEMS(struct viche_dialog, list);
    for (uint32_t i = 0; i < list.count; i++) {
        const struct viche_dialog *dialog = &dialogs[i];
        if (!has(search, dialog->title, "title", dialog->id, NULL) ||
            !has(search, dialog->help, "help", dialog->id, NULL))
            return false;
        const struct viche_step *steps = PLUGIN_ITEMS(struct viche_step, dialog->steps);
        for (uint32_t j = 0; j < dialog->steps.count; j++)
            if (!step_has(search, dialog, &steps[j]))
                return false;
    }
    return true;
}

bool check_texts(const struct plugin *plugin, const char *languages, struct fail *fail)
{
    if (!words_complete(plugin->words, languages, fail))
        return false;
    size_t length = 0;
    for (const char *word = text_word(&languages, &length); word; word = text_word(&languages, &length)) {
        char language[64];
        snprintf(language, sizeof language, "%.*s", (int)length, word);
        const struct search search = {plugin, language, fail};
        if (!language_has_all(&search) || !check_view_texts(plugin, language, fail))
            return false;
    }
    return true;
}
