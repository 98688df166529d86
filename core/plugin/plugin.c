/* SPDX-License-Identifier: MPL-2.0 */
#include "plugin/plugin.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

bool plugin_at(const char *at, int *weekday, int *minute)
{
    static const char *const days[] = {"mon ", "tue ", "wed ", "thu ", "fri ", "sat ", "sun "};
    *weekday = 0;
    for (int i = 0; i < 7; i++)
        if (text_starts(at, days[i]))
            *weekday = i + 1;
    if (*weekday)
        at += strlen(days[0]);
    int hour = 0, minutes = 0, used = 0;
    if (sscanf(at, "%2d:%2d%n", &hour, &minutes, &used) != 2 || used != 5 || at[5] != '\0')
        return false;
    *minute = hour * 60 + minutes;
    return hour >= 0 && hour < 24 && minutes >= 0 && minutes < 60;
}

const struct viche_dialog *plugin_dialog(const struct plugin *plugin, const char *id)
{
    const struct viche_dialog *dialogs = PLUGIN_ITEMS(struct viche_dialog, plugin->decl->dialogs);
    for (uint32_t i = 0; i < plugin->decl->dialogs.count; i++)
        if (text_is(dialogs[i].id, id))
            return &dialogs[i];
    return NULL;
}

const struct viche_step *plugin_step(const struct viche_dialog *dialog, const char *name)
{
    const struct viche_step *steps = PLUGIN_ITEMS(struct viche_step, dialog->steps);
    if (!name)
        return NULL;
    for (uint32_t i = 0; i < dialog->steps.count; i++)
        if (text_is(steps[i].name, name))
            return &steps[i];
    for (uint32_t i = 0; i < dialog->steps.count; i++)
        if (text_is(steps[i].formerly, name))
            return &steps[i];
    return NULL;
}
